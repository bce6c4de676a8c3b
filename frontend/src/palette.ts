// The command palette: what this page can do, where one can go, and what is found. ⌘ K or Ctrl K opens it.
//
// A page offers a command by naming it: <button data-command="Print the report" data-keys-shown="p">. Choosing it
// presses that button or follows that link. What is found comes from data-suggest of the search field's form.
import { bind, printed } from "./keys";
import { openDialog } from "./dialog";
import { icon, make } from "./words";

interface Entry {
  readonly group: string;
  readonly title: string;
  readonly detail: string;
  readonly mark: string;
  readonly key: string;
  readonly choose: () => void;
}
interface Found {
  readonly title: string;
  readonly detail?: string;
  readonly url: string;
  readonly icon?: string;
}
interface Suggested {
  readonly groups?: readonly { readonly title: string; readonly items: readonly Found[] }[];
}

const PAUSE = 120;

export function bindPalette(): void {
  bind("everywhere", "Mod+k", "commands", () => open());
  for (const opener of document.querySelectorAll<HTMLElement>("[data-opens=commands]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => open());
  }
}

function open(): void {
  const field = make("input", "");
  field.type = "text";
  field.placeholder = "Type a command or search";
  field.autocomplete = "off";
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-label": "Type a command or search",
    "aria-expanded": "true",
    "aria-controls": "palette-list",
    "aria-autocomplete": "list",
    autofocus: "",
  })) {
    field.setAttribute(name, value);
  }
  const esc = make("kbd", "", "Esc");
  esc.setAttribute("aria-hidden", "true");
  const list = make("div", "results");
  list.id = "palette-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Commands and results");
  const said = make("p", "sr");
  said.setAttribute("role", "status");
  const content = make("div", "", make("div", "pin", icon("search"), field, esc), list, said);
  const dialog = openDialog(content, { label: "Commands", className: "palette", onClose: () => search.stop() });
  const search = new Palette(dialog, field, list, said);
  search.start();
}

class Palette {
  private entries: Entry[] = [];
  private at = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked: AbortController | undefined;
  private readonly commands = commandsOfPage();

  constructor(
    private readonly dialog: HTMLDialogElement,
    private readonly field: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly said: HTMLElement,
  ) {}

  start(): void {
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option) this.choose(Number(option.dataset["at"]));
    });
    this.show(this.commands, "");
  }

  stop(): void {
    clearTimeout(this.timer);
    this.asked?.abort();
  }

  private typed(): void {
    const wanted = this.field.value.trim();
    const mine = matching(this.commands, wanted);
    this.show(mine, wanted);
    this.stop();
    if (wanted.length > 1) this.timer = setTimeout(() => void this.ask(wanted, mine), PAUSE);
  }

  private async ask(wanted: string, mine: readonly Entry[]): Promise<void> {
    const address = document.querySelector<HTMLElement>("[data-suggest]")?.dataset["suggest"];
    if (!address) return;
    this.asked = new AbortController();
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(wanted)}`, {
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
        signal: this.asked.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = ((await answer.json()) as Suggested).groups ?? [];
      const entries = found.flatMap((group) => group.items.map((each) => entryOf(group.title, each)));
      this.show([...entries, ...mine, ...everywhere(wanted)], wanted);
    } catch (problem) {
      if (problem instanceof DOMException && problem.name === "AbortError") return;
      this.show(mine, wanted, "The search could not be asked. Commands work; try the search again in a moment.");
    }
  }

  private show(entries: readonly Entry[], wanted: string, problem = ""): void {
    this.entries = [...entries];
    this.at = 0;
    this.list.replaceChildren();
    let group: HTMLElement | undefined;
    this.entries.forEach((entry, at) => {
      if (group?.getAttribute("aria-label") !== entry.group) {
        const title = make("p", "grp", entry.group);
        title.setAttribute("aria-hidden", "true");
        group = make("div", "", title);
        group.setAttribute("role", "group");
        group.setAttribute("aria-label", entry.group);
        this.list.append(group);
      }
      group.append(option(entry, at, wanted));
    });
    const count = `${this.entries.length || "No"} ${this.entries.length === 1 ? "entry" : "entries"}`;
    this.said.textContent = problem || (wanted ? `${count} for ${wanted}` : count);
    const none = problem || (this.entries.length ? "" : `Nothing here is called “${wanted}”.`);
    if (none) this.list.append(make("p", "none", none));
    this.mark();
  }

  private mark(): void {
    const options = [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
    options.forEach((each, at) => {
      each.classList.toggle("on", at === this.at);
      each.setAttribute("aria-selected", String(at === this.at));
    });
    const current = options[this.at];
    if (current) this.field.setAttribute("aria-activedescendant", current.id);
    else this.field.removeAttribute("aria-activedescendant");
    current?.scrollIntoView({ block: "nearest" });
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const last = this.entries.length - 1;
    if (event.key === "ArrowDown") this.at = this.at >= last ? 0 : this.at + 1;
    else if (event.key === "ArrowUp") this.at = this.at <= 0 ? Math.max(last, 0) : this.at - 1;
    else if (event.key === "Enter") this.choose(this.at);
    else if (event.key === "k" && (event.ctrlKey || event.metaKey)) this.dialog.close("");
    else return;
    event.preventDefault();
    this.mark();
  }

  private choose(at: number): void {
    const entry = this.entries[at];
    if (!entry) return;
    this.dialog.close("");
    entry.choose();
  }
}

function commandsOfPage(): Entry[] {
  const seen = new Set<string>();
  const places: Entry[] = [];
  const commands: Entry[] = [];
  const own: Entry[] = [];
  for (const each of document.querySelectorAll<HTMLElement>("[data-command], nav a[data-keys]")) {
    const title = each.dataset["command"] ?? each.textContent?.trim() ?? "";
    if (!title || seen.has(title) || each.closest("dialog") || (each as HTMLButtonElement).disabled) continue;
    seen.add(title);
    const isPlace = each instanceof HTMLAnchorElement && !each.dataset["form"];
    const key = each.dataset["keysShown"] ?? each.dataset["keys"] ?? "";
    const isOwn = each.closest(".account") !== null;
    const entry = { group: isOwn ? "Account" : isPlace ? "Go to" : "Do", title, detail: "", mark: isPlace ? "chevron" : "arrow", key, choose: () => each.click() };
    (isOwn ? own : isPlace ? places : commands).push(entry);
  }
  return [...commands, ...places, ...own];
}

function everywhere(wanted: string): Entry[] {
  const form = document.querySelector<HTMLFormElement>("form[data-suggest]");
  if (!form) return [];
  const go = (): void => location.assign(`${form.action}?q=${encodeURIComponent(wanted)}`);
  return [{ group: "Search", title: `Search everything for “${wanted}”`, detail: "", mark: "search", key: "", choose: go }];
}

function entryOf(group: string, found: Found): Entry {
  return { group, title: found.title, detail: found.detail ?? "", mark: found.icon ?? "file", key: "", choose: () => location.assign(found.url) };
}

function matching(entries: readonly Entry[], wanted: string): Entry[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((each) => words.every((word) => each.title.toLowerCase().includes(word)));
}

function option(entry: Entry, at: number, wanted: string): HTMLElement {
  const title = make("span", "", ...emphasised(entry.title, wanted));
  if (entry.detail) title.append(make("small", "", entry.detail));
  const made = make("div", "opt", icon(entry.mark), title);
  if (entry.key) {
    const keys = make("span", "keys-here", ...printed(entry.key).map((each) => make("kbd", "", each)));
    keys.setAttribute("aria-hidden", "true");
    made.append(keys);
  }
  made.id = `palette-${at}`;
  made.dataset["at"] = String(at);
  made.setAttribute("role", "option");
  return made;
}

// The letters that were typed stand out; everything stays text.
function emphasised(title: string, wanted: string): (Node | string)[] {
  const from = wanted ? title.toLowerCase().indexOf(wanted.toLowerCase()) : -1;
  if (from < 0) return [title];
  return [title.slice(0, from), make("b", "", title.slice(from, from + wanted.length)), title.slice(from + wanted.length)];
}
