// One field and its coach: it is read after a pause, underlined where something is asked, and what is asked opens by
// mouse or by Alt+Enter. Nothing is changed by itself; without the server nothing is said.
import { keep, kept } from "../account";
import { send } from "../send";
import { toast } from "../toast";
import { button, count, icon, make } from "../words";
import { drawBox, place } from "./box";
import { type Advice, type Finding, NOTHING, advise, carried } from "./findings";
import { type Field, Layer } from "./layer";

export const COACHED = "aa-coached";
// Said on a field into which a script wrote what nobody typed.
export const REFILLED = "aa-refilled";
const PAUSE = 400;
// How often each rule is shown is counted once for a suggestion on a page.
const seen = new Set<string>();

export class FieldCoach {
  private advice: Advice = NOTHING;
  private readText = "";
  private turn = 0;
  private timer = 0;
  private box: HTMLElement | undefined;
  private shown: Finding | undefined;
  private readonly layer: Layer;
  private readonly line = make("div", "coach-line small");
  private readonly live = make("span", "sr");
  private readonly told = make("span", "sr");
  private readonly moved = (): void => this.placeBox();

  constructor(private readonly field: Field, private readonly wrap: HTMLElement, private readonly kind: string, private readonly part: string) {
    this.layer = new Layer(field);
    this.live.setAttribute("role", "status");
    this.told.id = `coach-told-${Math.random().toString(36).slice(2)}`;
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${this.told.id}`.trim());
    wrap.append(this.layer.element, this.line, this.told, this.live);
    this.line.hidden = true;
    field.addEventListener("input", () => this.written());
    field.addEventListener("focus", () => this.written(0));
    field.addEventListener(REFILLED, () => this.show(this.field.value, NOTHING, false));
    field.addEventListener("click", () => this.pointed());
    wrap.addEventListener("keydown", (event) => this.keyed(event), true);
    wrap.addEventListener("focusout", (event) => this.left(event));
    if (field.ownerDocument.activeElement === field) this.written(0);
  }

  // Opens the suggestion at the caret, or the next one behind it.
  openNext(): boolean {
    const asked = this.asked;
    if (!asked.length) return false;
    const at = this.shown ? asked.indexOf(this.shown) + 1 : Math.max(0, asked.findIndex((each) => each.sentence_end >= (this.field.selectionStart ?? 0)));
    this.open(asked[at % asked.length] as Finding, true);
    return true;
  }

  // What is asked of everybody who writes here; notes are listed below for whoever facilitates.
  private get asked(): Finding[] {
    return this.advice.findings.filter((each) => !this.isNote(each));
  }

  // In the timeline its neutral form is for whoever writes the entry, and so is what keeps an action from being done.
  private isNote(finding: Finding): boolean {
    const isForWriter = (this.kind === "timeline" && finding.rule === "LI") || (this.kind === "action" && !finding.rule.startsWith("L"));
    return finding.severity === "note" && !isForWriter;
  }

  private get incident(): string {
    return /^\/incidents\/([-\w]+)\//.exec(location.pathname)?.[1] ?? "";
  }

  private written(pause = PAUSE): void {
    const text = this.field.value;
    if (text !== this.readText) {
      this.close(false);
      this.show(text, carried(this.readText, text, this.advice), false);
    } else if (pause === 0 && this.turn) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.read(), pause);
  }

  private async read(): Promise<void> {
    const [turn, text] = [++this.turn, this.field.value];
    const advice = await advise(text, this.kind, this.incident, this.part);
    if (advice && turn === this.turn && text === this.field.value) this.show(text, this.without(advice), true);
  }

  // What was set aside where there is no review that would remember it for everybody.
  private without(advice: Advice): Advice {
    const aside = kept<string[]>(this.asideName) ?? [];
    return aside.length ? { ...advice, findings: advice.findings.filter((each) => !aside.includes(each.id)) } : advice;
  }

  private get asideName(): string {
    return `aside:${this.incident}`;
  }

  private show(text: string, advice: Advice, isNew: boolean): void {
    const before = this.asked.length;
    [this.readText, this.advice] = [text, advice];
    this.layer.draw(text, this.asked.map((each) => ({ start: each.start, end: each.end, id: each.id, kind: each.rule === "LS" ? "um-kind" : `um-${each.severity}` })));
    this.drawLine();
    const said = this.asked.length ? `${count(this.asked.length, "suggestion")}. Alt and Enter opens the next one.` : "";
    this.told.textContent = said;
    if (isNew && before !== this.asked.length) this.live.textContent = said || "No suggestions.";
    this.field.dispatchEvent(new CustomEvent(COACHED, { bubbles: true, detail: this.asked.length }));
  }

  private drawLine(): void {
    const parts: Node[] = [];
    if (this.asked.length) {
      const opener = button("", "quiet coach-count", () => this.openNext());
      opener.append(icon("bulb"), count(this.asked.length, "suggestion"), " ", make("kbd", "", "Alt"), make("kbd", "", "Enter"));
      parts.push(opener);
      if (this.advice.more) parts.push(make("span", "dim", `${this.advice.more} more, quieter`));
    }
    if (this.advice.names.length) parts.push(this.rolesButton());
    const notes = this.advice.findings.filter((each) => this.isNote(each));
    if (notes.length) parts.push(this.noteList(notes));
    this.line.replaceChildren(...parts);
    this.line.hidden = !parts.length;
  }

  private rolesButton(): HTMLElement {
    const names = this.advice.names;
    const roles = [...new Set(names.map((each) => each.role))].join(", ");
    const made = button("", "quiet", () => this.takeRoles());
    made.append(icon("eye"), names.length === 1 ? `Write “${roles}” for the name` : `Write roles for ${count(names.length, "name")}`);
    made.title = roles;
    return made;
  }

  private takeRoles(): void {
    if (this.field.value !== this.readText) return;
    // The last first, so that the places of the others stay.
    for (const each of [...this.advice.names].reverse()) this.write(each.start, each.end, each.role);
    this.field.focus();
  }

  private noteList(notes: readonly Finding[]): HTMLElement {
    const list = make("ul", "", ...notes.map((each) => make("li", "", button(each.title, "quiet", () => this.open(each, true)), ` “${shortened(each.sentence)}”`)));
    return make("details", "coach-notes", make("summary", "", `${count(notes.length, "note")} for whoever facilitates`), list);
  }

  private pointed(): void {
    const at = this.field.selectionStart;
    if (at === null || at !== this.field.selectionEnd) return;
    const found = this.asked.find((each) => each.start <= at && at <= each.end);
    if (found) this.open(found, false);
    else this.close(false);
  }

  private keyed(event: KeyboardEvent): void {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (event.key === "Enter" && event.altKey && !event.ctrlKey && !event.metaKey) {
      if (!this.openNext()) return;
    } else if (event.key === "Escape" && this.box) this.close(true);
    else if (isPlain && this.box?.contains(event.target as Node)) {
      if (event.key.length === 1 && document.documentElement.dataset["singleKeys"] === "off") return;
      const pressed = this.box.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
      if (!pressed) return event.stopPropagation();
      pressed.click();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private left(event: FocusEvent): void {
    const to = event.relatedTarget;
    if (to instanceof Node && this.wrap.contains(to)) return;
    if (this.box && to) this.close(false);
  }

  private open(finding: Finding, takesFocus: boolean): void {
    this.close(false);
    const asked = this.asked;
    this.shown = finding;
    const box = drawBox(finding, asked.indexOf(finding), this.isNote(finding) ? 1 : asked.length, {
      take: () => this.take(finding),
      edit: () => this.edit(finding),
      dismiss: () => void this.dismiss(finding),
      next: () => this.openNext(),
      close: () => this.close(true),
      links: this.linksOf(finding),
    });
    box.setAttribute("popover", "manual");
    this.wrap.append(box);
    box.showPopover();
    this.box = box;
    this.placeBox();
    addEventListener("scroll", this.moved, true);
    addEventListener("resize", this.moved);
    if (takesFocus) box.querySelector<HTMLElement>("[data-key]")?.focus({ preventScroll: true });
    else this.live.textContent = `${finding.title}. ${finding.question}`;
    if (!seen.has(finding.id)) this.counted(finding, "shown");
    seen.add(finding.id);
  }

  private placeBox(): void {
    if (!this.box) return;
    const lines = this.layer.places(this.shown?.id ?? "");
    place(this.box, lines.length ? lines : [this.line.getBoundingClientRect()]);
  }

  private close(returns: boolean): void {
    if (!this.box) return;
    const box = this.box;
    [this.box, this.shown] = [undefined, undefined];
    removeEventListener("scroll", this.moved, true);
    removeEventListener("resize", this.moved);
    if (returns || box.contains(document.activeElement)) this.field.focus({ preventScroll: true });
    box.remove();
  }

  private linksOf(finding: Finding): { label: string; key: string; href: string; go: () => void }[] {
    const root = `/incidents/${this.incident}/`;
    if (!this.incident) return [];
    const links = [];
    if (finding.gate) {
      const said = new URLSearchParams({ gate: finding.gate, said: finding.sentence.trim().slice(0, 300) });
      links.push({ label: "Move to the gate matrix", key: "m", href: `${root}review/gates/?${said}`, go: () => this.counted(finding, "taken") });
    }
    if (finding.minute !== null) {
      links.push({ label: `Show what was known at ${finding.minute_said}`, key: "k", href: `${root}?known=${finding.minute}`, go: () => this.counted(finding, "taken") });
    }
    if (finding.rule === "L4") links.push({ label: "Write the account", key: "m", href: `${root}review/graph/?account=1`, go: () => this.counted(finding, "taken") });
    return links;
  }

  private take(finding: Finding): void {
    if (this.field.value.slice(finding.sentence_start, finding.sentence_end) !== finding.sentence) return;
    this.close(true);
    this.write(finding.sentence_start, finding.sentence_end, finding.suggestion);
    this.counted(finding, "taken");
    this.live.textContent = "Taken.";
  }

  private edit(finding: Finding): void {
    this.close(true);
    this.field.setSelectionRange(finding.sentence_start, finding.sentence_end);
  }

  // As if it were typed, so that the field's own undo takes it back.
  private write(start: number, end: number, text: string): void {
    this.field.focus();
    this.field.setSelectionRange(start, end);
    const before = this.field.value;
    const isTyped = document.execCommand("insertText", false, text);
    if (isTyped && this.field.value !== before) return;
    this.field.setRangeText(text, start, end, "end");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private async dismiss(finding: Finding): Promise<void> {
    this.close(true);
    this.show(this.readText, { ...this.advice, findings: this.advice.findings.filter((each) => each.id !== finding.id) }, true);
    this.counted(finding, "dismissed");
    const review = `/api/v1/incidents/${this.incident}/review/`;
    const json = { verb: "dismiss", parts: [{ sort: "dismissal", id: finding.id, body: { reason: finding.message } }] };
    const reply = this.incident ? await send(`${review}parts`, { json, quiet: true }) : undefined;
    const again = async (undone: Promise<unknown>): Promise<void> => {
      await undone;
      await this.read();
    };
    const stays = finding.severity === "gate" ? " It still waits for a decision before everyone reads it." : "";
    if (reply?.ok) {
      const number = reply.data.number as number;
      toast(`Not asked here again.${stays}`, { undo: () => again(this.undone(`${review}undo/${number}`)), about: "dismissed" });
      return;
    }
    const aside = kept<string[]>(this.asideName) ?? [];
    keep(this.asideName, [...aside, finding.id].slice(-500));
    toast("Not asked here again, in this browser.", { undo: () => again(Promise.resolve(keep(this.asideName, aside))), about: "dismissed" });
  }

  private async undone(address: string): Promise<void> {
    const reply = await send(address, { quiet: true });
    if (!reply.ok) throw new Error(reply.problem);
  }

  private counted(finding: Finding, deed: string): void {
    void fetchQuietly(finding.rule, deed);
  }
}

// Only the rule is told, and nobody waits for it.
async function fetchQuietly(rule: string, deed: string): Promise<void> {
  await send("/api/v1/language/uses", { json: { rule, deed }, quiet: true });
}

function shortened(text: string): string {
  const words = text.replace(/\s+/g, " ").trim();
  return words.length > 90 ? `${words.slice(0, 88)} …` : words;
}
