// Forms of edits in a dialog: what is written is kept while it is written, sent once, and never over somebody else's.
import { citeAt } from "./cite";
import { ask, openDialog } from "./dialog";
import { clearDraft } from "./drafts";
import { wire } from "./htmx";
import { bind } from "./keys";
import { refreshPage } from "./refresh";
import type { Reply } from "./request";
import { editId, send } from "./send";
import { toast } from "./toast";
import { openVersions } from "./versions";

type Fields = Record<string, unknown>;
interface Theirs {
  readonly by: string;
  readonly told: string;
  readonly at: string;
  readonly title?: string;
  readonly reason?: string;
}

export async function openForm(address: string, took: (done: unknown) => void): Promise<void> {
  if (document.querySelector("dialog:modal") || isOpening) return;
  isOpening = true;
  const typed = typedMeanwhile();
  const reply = await send(address, { method: "GET" });
  isOpening = false;
  const text = typed();
  if (!reply.ok || text === undefined) return;
  const dialog = openDialog(reply.text, { className: "wide edits", leaveByBackdrop: false });
  new FormDialog(dialog, took);
  const field = document.activeElement;
  if (!text || !(field instanceof HTMLTextAreaElement)) return;
  field.setRangeText(text, field.value.length, field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

let isOpening = false;

// Who types on before the form is there writes into it, and hits no key of the page. Esc means: not now.
function typedMeanwhile(): () => string | undefined {
  let text: string | undefined = "";
  const heard = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") text = undefined;
    else if (event.key.length === 1 && text !== undefined) text += event.key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener("keydown", heard, { capture: true });
  return () => {
    removeEventListener("keydown", heard, { capture: true });
    return text;
  };
}

class FormDialog {
  private readonly name = editId();
  private isSending = false;
  private turn = 0;

  constructor(
    private readonly dialog: HTMLDialogElement,
    private readonly took: (done: unknown) => void,
  ) {
    dialog.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (event.submitter?.hasAttribute("data-count-again")) void this.refill();
      else void this.save();
    });
    dialog.addEventListener("click", (event) => {
      // A link that closes leads nowhere here.
      if ((event.target as Element).closest("a[data-close]")) event.preventDefault();
    });
    dialog.addEventListener("change", (event) => void this.reload(event.target as Element));
    dialog.addEventListener("keydown", citeAt);
    const unbind = bind("dialog", "Mod+Enter", "save", () => this.form?.requestSubmit(), dialog);
    dialog.addEventListener("close", unbind);
    this.begin();
  }

  private get form(): HTMLFormElement | null {
    return this.dialog.querySelector("form");
  }

  private begin(): void {
    wire(this.dialog);
    const time = this.dialog.querySelector<HTMLInputElement>("input[name=time]");
    const typed = this.dialog.querySelector<HTMLInputElement>("#a-typed");
    // Who types a moment means it.
    time?.addEventListener("input", () => {
      if (typed) typed.checked = true;
    });
    this.dialog.querySelector<HTMLElement>("[autofocus]")?.focus();
  }

  // Another choice means other events: the form counts them anew.
  private async refill(): Promise<boolean> {
    const form = this.form;
    const address = form?.dataset["refill"];
    if (!form || !address) return false;
    const filled = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "back");
    const asked = new URLSearchParams(filled.map(([name, value]) => [name, String(value)]));
    const turn = ++this.turn;
    const reply = await send(`${address}?${asked}`, { method: "GET" });
    if (!reply.ok || turn !== this.turn || !this.dialog.open) return true;
    const id = document.activeElement?.id;
    const written = this.dialog.querySelector<HTMLTextAreaElement>("textarea")?.value;
    this.dialog.innerHTML = reply.text;
    wire(this.dialog);
    const text = this.dialog.querySelector<HTMLTextAreaElement>("textarea");
    if (text && written) text.value = written;
    if (id) document.getElementById(id)?.focus();
    return true;
  }

  // Another milestone has other accounts.
  private async reload(field: Element): Promise<void> {
    const address = (field as HTMLElement).dataset["reload"];
    if (!address) {
      if (!field.matches("textarea")) await this.refill();
      return;
    }
    const reply = await send(address + encodeURIComponent((field as HTMLSelectElement).value), { method: "GET" });
    if (!reply.ok) return;
    const id = field.id;
    this.dialog.innerHTML = reply.text;
    this.begin();
    document.getElementById(id)?.focus();
  }

  private async save(based?: Record<string, number>, changed: Fields = {}): Promise<void> {
    const form = this.form;
    if (!form || this.isSending) return;
    this.isSending = true;
    const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
    button?.setAttribute("aria-busy", "true");
    const fields = { ...fieldsOf(form, this.name), ...(based ? { based_on: based } : {}), ...changed };
    const isConfirm = form.dataset["edit"] === "confirm";
    const reply = isConfirm
      ? await send(form.action, { form: new FormData(form), quiet: true })
      : await send(form.action, { json: fields, queue: labelOf(form), quiet: true });
    this.isSending = false;
    button?.removeAttribute("aria-busy");
    if (reply.ok || reply.kept) this.close(form, reply, isConfirm);
    else if (reply.conflict && !isConfirm) await this.bothSides(form, fields, reply);
    else if (reply.status !== 401) {
      await this.refill();
      this.say(reply.problem ?? "");
    }
  }

  private close(form: HTMLFormElement, reply: Reply, isConfirm: boolean): void {
    for (const field of form.querySelectorAll<HTMLElement>("[data-draft]")) clearDraft(field.dataset["draft"] ?? "");
    this.dialog.close("saved");
    if (!reply.ok) return;
    if (!isConfirm) return this.took(reply.data);
    toast((reply.data as { told: string }).told);
    void refreshPage();
  }

  private say(problem: string): void {
    const told = this.dialog.querySelector<HTMLElement>("[data-problem]");
    if (!told) return;
    told.textContent = problem;
    told.hidden = false;
  }

  private async bothSides(form: HTMLFormElement, fields: Fields, reply: Reply): Promise<void> {
    const conflict = reply.conflict as { theirs: Theirs[]; revisions: Record<string, number> };
    const last = conflict.theirs.at(-1);
    const name = "title" in fields ? "title" : "reason";
    const [mine, theirs] = [String(fields[name] ?? ""), String(last?.[name] ?? "")];
    if (!last || !mine || !theirs) {
      const goOn = await ask({
        title: "Two people changed this event",
        text: `The ${last?.by ?? "other side"} ${last?.told ?? "changed it"} after you had looked. Yours is not saved yet.`,
        yes: "Save mine",
        no: "Keep theirs",
      });
      return goOn ? this.save(conflict.revisions) : this.giveWay(form);
    }
    const chosen = await openVersions({
      title: "Two people changed this event",
      about: name === "title" ? "Its wording" : "Why an account counts",
      mine,
      mineSaid: "not saved yet",
      theirs,
      theirsName: last.by.charAt(0).toUpperCase() + last.by.slice(1),
      theirsSaid: `saved ${last.at.slice(11, 16)} UTC`,
    });
    if (chosen?.choice === "theirs") this.giveWay(form);
    else if (chosen) await this.save(conflict.revisions, { [name]: chosen.text });
  }

  private giveWay(form: HTMLFormElement): void {
    for (const field of form.querySelectorAll<HTMLElement>("[data-draft]")) clearDraft(field.dataset["draft"] ?? "");
    this.dialog.close("theirs");
    void refreshPage();
  }
}

function fieldsOf(form: HTMLFormElement, name: string): Fields {
  const data = new FormData(form);
  const fields: Fields = { edit_id: name, events: data.getAll("events"), members: data.getAll("members") };
  const based: Record<string, number> = {};
  for (const each of data.getAll("based_on")) {
    const [about, revision] = String(each).split("=");
    if (about) based[about] = Number(revision);
  }
  fields["based_on"] = based;
  for (const [key, value] of data) {
    if (["csrfmiddlewaretoken", "based_on", "events", "members", "back"].includes(key)) continue;
    // Browsers send line ends as two characters; what is compared has one.
    fields[key] = String(value).replace(/\r\n/g, "\n");
  }
  return fields;
}

function labelOf(form: HTMLFormElement): string {
  return form.querySelector("h2")?.textContent?.trim() ?? "An edit";
}
