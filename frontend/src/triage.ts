// What people do to events of the list: keep, hide, merge, undo, and the forms for what takes words. Each change is
// sent once, one after the other, and the rows that the server answers with take the place of those that are shown.
import { cite } from "./cite";
import { ask } from "./dialog";
import { openForm } from "./editforms";
import { bind } from "./keys";
import { factsAreMoving } from "./recompute";
import { refreshPage } from "./refresh";
import type { Reply } from "./request";
import { editId, send } from "./send";
import { toast } from "./toast";
import { count } from "./words";

interface Done {
  readonly edit_id: string;
  readonly told: string;
  readonly rows: Record<string, string>;
  readonly undo: string;
  readonly counts: Record<string, number>;
  readonly recomputing: boolean;
  readonly is_sweep?: boolean;
}
const WORDS: Record<string, string> = { keep: "Keep", hide: "Hide", merge: "Merge" };

export class Triage {
  private readonly selected = new Set<string>();
  private readonly unbind: (() => void)[];
  private line: Promise<unknown> = Promise.resolve();
  private readonly acts: HTMLTemplateElement | null;

  constructor(
    private readonly list: HTMLElement,
    private readonly current: () => HTMLElement | null,
    private readonly choose: (row: HTMLElement) => void,
  ) {
    this.acts = list.querySelector("template[data-acts-template]");
    list.addEventListener("click", (event) => this.clicked(event));
    list.addEventListener("change", () => this.readSelected());
    document.addEventListener("click", (event) => this.formAsked(event));
    document.addEventListener("submit", (event) => this.changeAsked(event));
    this.unbind = [
      bind("lists", "x", "select", () => this.select()),
      bind("events", "e", "keep", () => this.decide("keep")),
      bind("events", "h", "hide", () => this.decide("hide")),
      bind("events", "H", "hide with a reason", () => this.form("hide")),
      bind("events", "m", "milestone", () => this.form("milestone")),
      bind("events", "n", "note", () => this.form("note")),
      bind("events", "r", "edit: wording, kind, time", () => this.form("edit")),
      bind("events", "w", "merge what is selected", () => this.merge()),
      bind("events", "s", "split what was merged", () => this.form("split")),
      bind("lists", "X", "select every event shown", () => this.selectShown()),
      bind("events", "B", "decide on many at once", () => this.press("a[data-form=sweep]")),
      bind("events", "p", "pin: pick an account", () => this.form("pin")),
      bind("events", "f", "confirm the facts", () => this.press("a[data-form=confirm]")),
      bind("events", "c", "cite", () => void cite()),
      bind("lists", "u", "", () => this.undoRow()),
      bind("everywhere", "Escape", "", () => this.clear()),
    ];
  }

  end(): void {
    for (const each of this.unbind) each();
  }

  // The buttons stand on the current row alone.
  showActs(row: HTMLElement | null): void {
    for (const old of this.list.querySelectorAll("[data-acts]")) if (!row?.contains(old)) old.remove();
    const place = row?.querySelector(".triage");
    if (!row || !place || !this.acts || place.querySelector("[data-acts]")) return;
    const id = row.dataset["event"] ?? "";
    const part = this.acts.content.cloneNode(true) as DocumentFragment;
    for (const button of part.querySelectorAll<HTMLButtonElement>("button")) button.value = button.value.replace("EVENT", id);
    for (const link of part.querySelectorAll<HTMLAnchorElement>("a")) link.href = link.href.replace("EVENT", encodeURIComponent(id));
    place.append(part);
  }

  showSelected(): void {
    for (const row of this.list.querySelectorAll<HTMLElement>("li[data-event]")) {
      const isOn = this.selected.has(row.dataset["event"] ?? "");
      row.classList.toggle("selected", isOn);
      const box = row.querySelector<HTMLInputElement>("input[type=checkbox]");
      if (box) box.checked = isOn;
    }
    const bar = this.list.querySelector<HTMLElement>("[data-selected]");
    if (bar) bar.hidden = this.selected.size === 0;
    const told = this.list.querySelector("[data-selected-count]");
    if (told) told.textContent = this.selected.size ? `${count(this.selected.size, "event")} selected` : "";
    const merge = bar?.querySelector<HTMLButtonElement>("[data-verb=merge]");
    if (merge) merge.disabled = this.selected.size < 2;
  }

  private readSelected(): void {
    for (const box of this.list.querySelectorAll<HTMLInputElement>("input[name=events]")) {
      if (box.checked) this.selected.add(box.value);
      else this.selected.delete(box.value);
    }
    this.showSelected();
  }

  private select(): boolean {
    const id = this.current()?.dataset["event"];
    if (!id) return false;
    if (!this.selected.delete(id)) this.selected.add(id);
    this.showSelected();
    return true;
  }

  private selectShown(): boolean {
    for (const row of this.list.querySelectorAll<HTMLElement>("li[data-event]")) this.selected.add(row.dataset["event"] ?? "");
    this.showSelected();
    return true;
  }

  private clear(): boolean {
    if (!this.selected.size) return false;
    this.selected.clear();
    this.showSelected();
    return true;
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const back = target.closest<HTMLElement>("[data-undo]");
    const verb = target.closest<HTMLElement>("[data-verb]");
    if (target.closest("[data-clear]")) this.clear();
    else if (back) {
      event.preventDefault();
      void this.change(this.addressOf(back.dataset["undo"] ?? "", "withdraw"));
    } else if (verb) {
      event.preventDefault();
      const row = verb.closest<HTMLElement>("li[data-event]");
      if (verb.dataset["verb"] === "merge") this.merge();
      else this.decide(verb.dataset["verb"] as "keep" | "hide", row ?? undefined);
    }
  }

  private formAsked(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-form]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || link.closest("dialog")) return;
    event.preventDefault();
    void openForm(link.href, (done) => this.took(done as Done));
  }

  // Undo and restore in the history beside the list.
  private changeAsked(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (!form.hasAttribute("data-change")) return;
    event.preventDefault();
    void this.change(form.action);
  }

  private form(name: string): boolean {
    const row = this.current();
    if (!row && name !== "pin" && name !== "note") return false;
    const address = (this.list.dataset["forms"] ?? "").replace("FORM", name);
    const about = row && name !== "pin" ? `?event=${encodeURIComponent(row.dataset["event"] ?? "")}` : "";
    void openForm(address + about, (done) => this.took(done as Done));
    return true;
  }

  private press(selector: string): boolean {
    const found = document.querySelector<HTMLElement>(selector);
    found?.click();
    return found !== null;
  }

  private meant(row?: HTMLElement): string[] {
    if (!row && this.selected.size) return [...this.selected];
    const one = (row ?? this.current())?.dataset["event"];
    return one ? [one] : [];
  }

  private decide(verb: "keep" | "hide", row?: HTMLElement): boolean {
    const ids = this.meant(row);
    if (!ids.length) return false;
    const wasSelection = !row && this.selected.size > 0;
    this.lay(verb, ids);
    if (wasSelection) this.clear();
    else if (!row || row === this.current()) this.goOn();
    return true;
  }

  private goOn(): void {
    let next = this.current()?.nextElementSibling ?? null;
    while (next && !next.hasAttribute("data-event")) next = next.nextElementSibling;
    if (!(next instanceof HTMLElement)) return;
    this.choose(next);
    next.querySelector<HTMLElement>("a.what")?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  private merge(): boolean {
    if (this.selected.size < 2) {
      toast("Select two or more events with x, then merge them", { failure: true, about: "merge" });
      return true;
    }
    this.lay("merge", [...this.selected]);
    this.clear();
    return true;
  }

  // Edits go one after the other: each is based on what the one before made of the events.
  private lay(verb: string, events: string[]): void {
    const name = editId();
    const wait = (work: () => Promise<void>): void => {
      this.line = this.line.then(work, work);
    };
    for (const id of events) document.getElementById(`e-${id}`)?.setAttribute("data-sending", "");
    wait(async () => {
      const based_on = Object.fromEntries(events.map((id) => [id, this.revisionOf(id)]));
      const json = { verb, events, based_on, edit_id: name };
      await this.sendEdit(json, `${WORDS[verb]} ${count(events.length, "event")}`);
      for (const id of events) document.getElementById(`e-${id}`)?.removeAttribute("data-sending");
    });
  }

  private async sendEdit(json: Record<string, unknown>, label: string): Promise<void> {
    const reply = await send(this.list.dataset["edits"] ?? "", { json, queue: label });
    if (reply.ok) this.took(reply.data as Done);
    else if (reply.conflict) await this.bothSides(json, label, reply);
    else if (reply.kept && json["verb"] !== "merge") this.showAsKept(json);
  }

  private async bothSides(json: Record<string, unknown>, label: string, reply: Reply): Promise<void> {
    const theirs = reply.conflict as { theirs: { by: string; told: string }[]; revisions: Record<string, number> };
    const last = theirs.theirs.at(-1);
    const verb = WORDS[String(json["verb"])] ?? "Save";
    const isMine = await ask({
      title: "Two people changed this event",
      text: `The ${last?.by ?? "other side"} ${last?.told ?? "changed it"} after you had looked. Yours is not saved yet.`,
      yes: `${verb} all the same`,
      no: "Keep theirs",
    });
    if (isMine) await this.sendEdit({ ...json, based_on: theirs.revisions }, label);
    else await refreshPage();
  }

  // Without a connection the row says what was decided; it is sent when there is one.
  private showAsKept(json: Record<string, unknown>): void {
    for (const id of json["events"] as string[]) {
      const row = document.getElementById(`e-${id}`);
      row?.classList.toggle("hidden-by", json["verb"] === "hide");
      row?.classList.add("waiting");
    }
  }

  private revisionOf(id: string): number {
    return Number(document.getElementById(`e-${id}`)?.dataset["revision"] ?? 0);
  }

  private addressOf(edit: string, verb: string): string {
    return `${this.list.dataset["edits"]}${encodeURIComponent(edit)}/${verb}`;
  }

  private undoRow(): boolean {
    // What was done last comes first; its toast says so.
    if (document.querySelector("#toasts .toast kbd")) return false;
    const edit = this.current()?.dataset["decided"];
    if (!edit) return false;
    void this.change(this.addressOf(edit, "withdraw"));
    return true;
  }

  private async change(address: string): Promise<void> {
    await this.line;
    const reply = await send(address, { json: {}, queue: "Undo" });
    if (reply.ok) this.took(reply.data as Done, false);
    else if (!reply.kept && reply.problem) throw new Error(reply.problem);
  }

  private took(done: Done, canUndo = true): void {
    for (const [id, html] of Object.entries(done.rows ?? {})) this.replaceRow(id, html);
    for (const [name, number] of Object.entries(done.counts ?? {})) {
      for (const place of document.querySelectorAll(`[data-count="${name}"]`)) place.textContent = String(number);
    }
    if (done.told) toast(done.told, canUndo && done.undo ? { undo: () => this.change(done.undo) } : {});
    if (done.is_sweep) void refreshPage();
    if (done.recomputing) factsAreMoving();
    const id = this.current()?.dataset["event"];
    if (id && done.rows?.[id] !== undefined) document.dispatchEvent(new CustomEvent("aa-edited", { detail: id }));
    this.showSelected();
  }

  private replaceRow(id: string, html: string): void {
    const row = document.getElementById(`e-${id}`);
    if (!row) return;
    const part = document.createElement("template");
    part.innerHTML = html.trim();
    const fresh = part.content.firstElementChild as HTMLElement | null;
    if (!fresh) return;
    const hadFocus = row.contains(document.activeElement);
    const isCurrent = row.getAttribute("aria-current") === "true";
    row.replaceWith(fresh);
    if (isCurrent) this.choose(fresh);
    if (hadFocus) fresh.querySelector<HTMLElement>("a.what")?.focus({ preventScroll: true });
  }
}
