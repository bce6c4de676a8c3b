// A place to drop files and folders, or to choose them. On an incident's page (`data-page`) they become its evidence;
// with `data-start` an incident is made for them first.
import { send } from "./send";
import { toast } from "./toast";
import { upload } from "./upload";
import { button, count, icon, make } from "./words";

interface Coming {
  readonly file: File;
  readonly path: string;
}

const AT_ONCE = 3;

export class DropPlace extends HTMLElement {
  private going = 0;
  private stop = new AbortController();

  connectedCallback(): void {
    this.dataset["ready"] = "";
    for (const hidden of this.querySelectorAll<HTMLElement>("[data-choose], [data-choose-folder]")) hidden.hidden = false;
    this.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      this.classList.add("over");
    });
    for (const name of ["dragleave", "drop"]) this.addEventListener(name, () => this.classList.remove("over"));
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer) void this.dropped(event.dataTransfer);
    });
    this.querySelector<HTMLInputElement>("input[type=file]")?.addEventListener("change", (event) => {
      const input = event.currentTarget as HTMLInputElement;
      void this.take([...(input.files ?? [])].map((file) => ({ file, path: file.name }))).then(() => (input.value = ""));
    });
    this.querySelector("[data-choose]")?.addEventListener("click", () => this.choose(false));
    this.querySelector("[data-choose-folder]")?.addEventListener("click", () => this.choose(true));
    this.querySelector<HTMLFormElement>("[data-paste]")?.addEventListener("submit", (event) => this.pasted(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.going > 0) event.preventDefault();
    });
  }

  private choose(folder: boolean): void {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.webkitdirectory = folder;
    input.addEventListener("change", () => {
      void this.take([...(input.files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
    });
    input.click();
  }

  private async dropped(data: DataTransfer): Promise<void> {
    const entries = [...data.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry());
    const text = data.getData("text/plain");
    const plain = [...data.files].map((file) => ({ file, path: file.name }));
    const found: Coming[] = [];
    for (const entry of entries) if (entry) await walk(entry, found);
    if (found.length > 0 || plain.length > 0) await this.take(found.length > 0 ? found : plain);
    else if (text && this.dataset["page"]) this.offerText(text);
    else this.say("There was no file in that.");
  }

  private offerText(text: string): void {
    const area = this.querySelector<HTMLTextAreaElement>("textarea[name=text]");
    if (!area) return;
    area.value = text;
    area.closest("details")?.setAttribute("open", "");
    area.focus();
  }

  private async take(coming: Coming[]): Promise<void> {
    if (coming.length === 0) return;
    const page = await this.page(coming);
    if (!page) return;
    const list = this.list();
    const batch = crypto.getRandomValues(new Uint32Array(2)).join("-");
    const rows = coming.map((each) => ({ ...each, row: drawRow(list, each) }));
    list.hidden = false;
    this.going += coming.length;
    let finished = 0;
    let failed = 0;
    const next = async (): Promise<void> => {
      for (let one = rows.shift(); one; one = rows.shift()) {
        const isHere = await this.sendOne(page, one, batch);
        if (!isHere) failed += 1;
        finished += 1;
        this.going -= 1;
        this.say(`${finished} of ${count(coming.length, "file")} sent${failed ? `, ${failed} not` : ""}.`);
        document.body.dispatchEvent(new CustomEvent("evidence-changed"));
      }
    };
    this.say(`Sending ${count(coming.length, "file")}.`);
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    if (this.dataset["start"]) window.location.assign(page);
  }

  private async sendOne(page: string, one: Coming & { row: HTMLElement }, batch: string): Promise<boolean> {
    const [note, bar] = [one.row.querySelector(".n"), one.row.querySelector(".bar-fg")];
    try {
      const sent = await upload(page, one.file, one.path, batch, (going) => {
        const percent = going.total ? Math.floor((100 * going.done) / going.total) : 0;
        bar?.setAttribute("width", `${percent}%`);
        if (note) note.textContent = going.waits ? "waiting for the connection" : `${percent} %`;
      }, this.stop.signal);
      mark(one.row, "f-done", "check", sent.isNew ? "sent" : sent.said);
      return true;
    } catch (problem) {
      mark(one.row, "f-warn", "warn", problem instanceof Error ? problem.message : "not sent");
      one.row.append(button("Try again", "btn small ghost", () => {
        one.row.remove();
        void this.take([one]);
      }));
      return false;
    }
  }

  private async page(coming: Coming[]): Promise<string> {
    const page = this.dataset["page"];
    if (page) return page;
    const form = new FormData();
    form.set("form", `${Date.now()}-${coming.length}-${crypto.getRandomValues(new Uint32Array(1))[0]}`);
    const reply = await send(this.dataset["start"] ?? "", { form });
    return reply.ok ? (reply.data.page as string) : "";
  }

  private pasted(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const pressed = form.querySelector("button");
    if (pressed) pressed.disabled = true;
    void send(form.action, { form: new FormData(form) }).then((reply) => {
      if (pressed) pressed.disabled = false;
      if (!reply.ok) return;
      toast(reply.data.said);
      form.reset();
      form.closest("details")?.removeAttribute("open");
      document.body.dispatchEvent(new CustomEvent("evidence-changed"));
    });
  }

  private list(): HTMLElement {
    const known = this.querySelector<HTMLElement>("[data-uploads]");
    if (known) return known;
    const made = make("ul", "imports uploads");
    made.dataset["uploads"] = "";
    made.setAttribute("aria-label", "Being sent");
    this.append(made);
    return made;
  }

  private say(text: string): void {
    const place = this.querySelector("[data-said]");
    if (place) place.textContent = text;
  }
}

async function walk(entry: FileSystemEntry, found: Coming[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)).catch(() => undefined);
    if (file) found.push({ file, path: entry.fullPath.replace(/^\//, "") });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A folder is given in parts of a hundred.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => []);
    if (some.length === 0) return;
    for (const each of some) await walk(each, found);
  }
}

function drawRow(list: HTMLElement, coming: Coming): HTMLElement {
  const plot = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  plot.setAttribute("class", "plot bar");
  plot.setAttribute("height", "5");
  plot.setAttribute("aria-hidden", "true");
  for (const [name, width] of [["bar-bg", "100%"], ["bar-fg", "0%"]] as const) {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    bar.setAttribute("class", name);
    bar.setAttribute("width", width);
    bar.setAttribute("height", "5");
    bar.setAttribute("rx", "2.5");
    plot.append(bar);
  }
  const row = make("li", "f-run", icon("arrow"), make("span", "mono", coming.path), plot, make("span", "n", "waiting"));
  list.append(row);
  return row;
}

function mark(row: HTMLElement, className: string, name: string, told: string): void {
  row.className = className;
  row.querySelector(".i")?.replaceWith(icon(name));
  row.querySelector(".plot")?.replaceWith(make("span", ""));
  const note = row.querySelector(".n");
  if (note) note.textContent = told;
}
