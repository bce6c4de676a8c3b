// <aa-answer>: one question's answer, read and written. What is written stays in this browser until it is saved; a
// save names what it was based on, and where two people changed the same sentence both versions are shown.
import { COACHED, REFILLED } from "../coach/field";
import { clearDraft } from "../drafts";
import type { Body } from "../graph/parts";
import { bind, printForThisMachine } from "../keys";
import { SEEN } from "../request";
import { editId, send } from "../send";
import { toast } from "../toast";
import { button, count, icon, make } from "../words";
import { showHistory } from "./history";
import type { ReviewHost } from "./host";
import { pickCitation } from "./picking";
import { apart, asAccounts } from "./sentences";

const LOOKS_AFTER = 500;

export class Answer extends HTMLElement {
  private base: { rev: number; body: Body } = { rev: 0, body: {} };
  private timer = 0;
  private turn = 0;
  private waitsForServer = false;
  private unbind: (() => void)[] = [];
  private readonly cameBack = (): void => {
    if (this.waitsForServer) void this.save();
  };

  connectedCallback(): void {
    if (!this.area) return;
    this.rebase();
    printForThisMachine(this);
    this.addEventListener("click", (event) => this.clicked(event));
    this.area.addEventListener("input", () => this.written());
    this.area.addEventListener("keydown", (event) => this.keyed(event));
    this.addEventListener(COACHED, (event) => this.counted((event as CustomEvent<number>).detail));
    document.addEventListener(SEEN, this.cameBack);
    this.unbind = [
      bind("review", "Mod+Enter", "save the answer", () => void this.save(), this),
      bind("review", "Escape", "", () => (this.isWriting && !this.isDirty ? this.show("read") : false), this),
    ];
    // A draft was put back: it is shown where it can be saved.
    if (this.area.value !== this.text) this.show("write", false);
  }

  disconnectedCallback(): void {
    for (const each of this.unbind) each();
    document.removeEventListener(SEEN, this.cameBack);
  }

  get question(): string {
    return this.dataset["question"] ?? "";
  }

  get isWriting(): boolean {
    return this.querySelector<HTMLElement>("[data-writing]")?.hidden === false;
  }

  get isDirty(): boolean {
    return this.area !== null && this.area.value !== this.text;
  }

  write(): void {
    this.show("write");
  }

  async cite(): Promise<void> {
    if (!this.area) return;
    if (!this.isWriting) this.show("write", false);
    const [from, to] = [this.area.selectionStart, this.area.selectionEnd];
    const label = await pickCitation(this.page.evidence, this.page.originals);
    this.area.focus();
    if (!label) return;
    const before = this.area.value.slice(0, from);
    this.area.setRangeText(`${before && !/\s$/.test(before) ? " " : ""}[${label}]`, from, to, "end");
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // What the server has now, once nothing unsaved stands here.
  rebase(): void {
    if (!this.area || (this.isWriting && this.isDirty)) return;
    const part = this.page.parts.of("answer")[this.question];
    const isBehind = this.area.value === this.text;
    this.base = { rev: part?.rev ?? 0, body: part?.body ?? {} };
    if (isBehind) this.refill(this.area);
  }

  private refill(area: HTMLTextAreaElement): void {
    if (area.value === this.text) return;
    area.value = this.text;
    area.dispatchEvent(new Event(REFILLED));
  }

  private get area(): HTMLTextAreaElement | null {
    return this.querySelector("textarea");
  }

  private get text(): string {
    return String(this.base.body["text"] ?? "");
  }

  private get page(): ReviewHost {
    return this.closest("aa-review") as ReviewHost;
  }

  private show(mode: "read" | "write", focus = true): void {
    const isWriting = mode === "write";
    for (const [selector, hidden] of [["[data-writing]", !isWriting], ["[data-writing-keys]", !isWriting], ["[data-reading]", isWriting], ["[data-reading-keys]", isWriting]] as const) {
      for (const each of this.querySelectorAll<HTMLElement>(selector)) each.hidden = hidden;
    }
    for (const each of this.querySelectorAll("[data-mode]")) each.setAttribute("aria-pressed", String(each.getAttribute("data-mode") === mode));
    if (!this.area) return;
    if (isWriting) {
      this.fit();
      if (focus) this.area.focus();
      void this.look();
    } else {
      void this.read();
      if (this.contains(document.activeElement)) this.querySelector<HTMLElement>("[data-write]")?.focus();
    }
  }

  // What stands in the field as it will read, saved or not.
  private async read(): Promise<void> {
    const looked = this.isDirty ? await this.look() : undefined;
    const place = this.querySelector("[data-reading]");
    if (looked && place) place.innerHTML = looked;
  }

  private written(): void {
    this.fit();
    this.say("");
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(), LOOKS_AFTER);
  }

  private fit(): void {
    if (!this.area) return;
    this.area.rows = Math.max(6, Math.min(30, this.area.value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 84), 1)));
  }

  private async look(): Promise<string | undefined> {
    const turn = ++this.turn;
    const reply = await send(`${this.page.root}look`, { json: { text: this.area?.value ?? "" }, quiet: true });
    if (!reply.ok || turn !== this.turn) return undefined;
    const words = this.querySelector("[data-words]");
    const unknown = (reply.data.unknown as string[]).join(", ");
    if (words) words.textContent = `${count(reply.data.words as number, "word")}, ${count(reply.data.citations as number, "citation")}${unknown ? `, no evidence is called ${unknown}` : ""}`;
    return reply.data.html as string;
  }

  private counted(suggestions: number): void {
    const place = this.querySelector<HTMLElement>("[data-coach-count]");
    if (!place) return;
    place.hidden = !suggestions;
    place.replaceChildren(icon("bulb"), count(suggestions, "suggestion"));
  }

  private keyed(event: KeyboardEvent): void {
    const before = this.area?.value[(this.area.selectionStart || 0) - 1] ?? " ";
    if (event.key === "@" && /[\s([]/.test(before)) {
      event.preventDefault();
      void this.cite();
    }
  }

  private clicked(event: MouseEvent): void {
    const target = (event.target as Element).closest<HTMLElement>("button");
    if (!target || !this.area) return;
    const told = target.dataset;
    if (told["mode"] === "write" || "write" in told) this.show("write");
    else if (told["mode"] === "read") this.show("read");
    else if ("save" in told) void this.save();
    else if ("answered" in told) void this.save({ state: "answered" });
    else if ("closeAnswer" in told) void this.save({ state: "answered" });
    else if ("reopen" in told) void this.save({ state: "open", parked_because: "" });
    else if ("park" in told) void this.park();
    else if ("history" in told) void showHistory(this.page, "answer", this.question);
    else if ("take" in told) {
      this.area.value = told["take"] ?? "";
      this.show("write");
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  private async park(): Promise<void> {
    const reason = await this.page.askReason("Park this question", "It stays open, and the record says that it was skipped.", "Why it waits", "Park");
    if (reason) await this.save({ state: "parked", parked_because: reason });
  }

  // Saves the text as it stands with `more`; `onto` is a revision that was seen since.
  private async save(more: Body = {}, onto?: { rev: number; body: Body }): Promise<void> {
    if (!this.area) return;
    const base = onto ?? this.base;
    const body: Body = { ...base.body, text: this.area.value, ...more };
    if (!("state" in more) && body["state"] === "parked") body["state"] = "open";
    if (body["state"] !== "parked") delete body["parked_because"];
    this.say("Saving …");
    const verb = "state" in more ? "answer" : "edit";
    const reply = await send(`${this.page.root}save`, { json: { verb, batch: editId(), parts: [{ sort: "answer", id: this.question, body, based_on: base.rev }] }, quiet: true });
    this.waitsForServer = reply.status === 0 || reply.status === 503;
    if (reply.ok) return this.saved(reply.data, body);
    if (reply.conflict?.stale) return this.conflict(reply.conflict.stale[0]);
    if (reply.status === 401) return this.say("Not saved: your sign-in ended. What you wrote is kept in this browser.");
    this.say(this.waitsForServer ? "Not saved yet: no connection. It is kept in this browser and saved when the server is back." : `Not saved: ${reply.problem}`);
  }

  private async saved(data: Body, mine: Body): Promise<void> {
    const part = (data["parts"] as Record<string, { rev: number; body: Body }>)[`answer:${this.question}`];
    const joined = (data["joined"] as string[]).length > 0;
    if (part) this.base = part;
    if (this.area && this.area.value === mine["text"]) this.refill(this.area);
    this.querySelector("[data-conflict]")?.replaceChildren();
    clearDraft(`review:${this.page.dataset["key"]}:${this.question}`);
    this.querySelector(".draftnote")?.remove();
    this.show("read");
    this.say("");
    toast(joined ? "Saved, joined with what somebody else wrote" : "Saved", { undo: () => this.page.undo(data["number"] as number), about: `answer ${this.question}` });
    await this.page.refresh();
  }

  private conflict(stale: { rev: number; mine: Body | null; theirs: Body | null }): void {
    const [mine, theirs] = [String(stale.mine?.["text"] ?? ""), String(stale.theirs?.["text"] ?? "")];
    const differ = apart(mine, theirs);
    const onto = { rev: stale.rev, body: stale.theirs ?? {} };
    const state: Body = stale.mine?.["state"] ? { state: stale.mine["state"] } : {};
    const keep = (text: string): void => {
      if (this.area) this.area.value = text;
      void this.save(state, onto);
    };
    const versions = make("div", "versions", make("p", "", make("span", "label", "You"), differ.mine), make("p", "", make("span", "label", "Somebody else"), differ.theirs));
    const choices = make(
      "div",
      "row wrap",
      button("Keep mine", "btn small", () => keep(mine)),
      button("Keep theirs", "btn small", () => keep(theirs)),
      button("Keep both as accounts", "btn small", () => keep(asAccounts(mine, theirs))),
    );
    const box = make("div", "conflict", make("p", "row", icon("split"), make("b", "", "Two versions of this, both are kept")), versions, choices);
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Two versions of this answer");
    if (!this.isWriting) this.show("write", false);
    this.querySelector("[data-conflict]")?.replaceChildren(box);
    this.say("Not saved yet: somebody changed the same sentence.");
    choices.querySelector("button")?.focus();
  }

  private say(words: string): void {
    const place = this.querySelector("[data-kept]");
    if (place) place.textContent = words;
  }
}
