// The gates page: rows by keyboard, answers in place, changes, and the back-test. It reads without any of this.
import { ask } from "../dialog";
import { bind } from "../keys";
import { refreshed, refreshPage } from "../refresh";
import { send } from "../send";
import { toast } from "../toast";
import { askReason, fillIn } from "./forms";
import { type Body, Parts } from "./parts";
import { WhyField } from "./why";

const COULD: Record<string, string> = { y: "yes", p: "plausibly", n: "no" };
type Deed = (from: HTMLElement, row: HTMLElement | undefined) => Promise<unknown> | void;

export class Gates extends HTMLElement {
  private readonly parts = new Parts(this);
  private unbind: (() => void)[] = [];
  private chosen = "";
  private writing: WhyField | undefined;
  private isListening = false;

  connectedCallback(): void {
    if (!this.isListening) this.listen();
    this.unbind = [
      bind("lists", ["j", "k"], "next, previous row", (_event, key) => this.move(key === "j" ? 1 : -1)),
      bind("lists", "Escape", "", () => this.leave()),
    ];
    if (!this.hasAttribute("data-works")) return;
    this.unbind.push(
      bind("lists", ["y", "p", "n"], "could have caught it: yes, plausibly, no", (_event, key) => this.answer(COULD[key] ?? "")),
      bind("lists", "w", "say why", () => this.openWhy()),
      bind("lists", "c", "take or propose a change", () => this.propose()),
      bind("lists", "a", "accept a change", () => this.press("accept")),
      bind("lists", "r", "replay the back-test", () => this.press("replay", this)),
      bind("lists", "Enter", "open a row", (event) => this.open(event)),
    );
    if (this.hasAttribute("data-unfilled")) void this.fill(true);
    this.goToNamed();
  }

  disconnectedCallback(): void {
    for (const each of this.unbind) each();
  }

  private listen(): void {
    this.isListening = true;
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("change", (event) => this.altered(event));
    refreshed(() => {
      this.choose(this.row(this.chosen), false);
      if (this.writing) this.standAgain();
      else if (new URLSearchParams(location.search).has("said")) this.goToNamed();
    });
    addEventListener("hashchange", () => this.goToNamed());
  }

  // rows

  private rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-row]")].filter((each) => each.getClientRects().length > 0);
  }

  private row(name: string): HTMLElement | undefined {
    return name ? (this.querySelector<HTMLElement>(`[data-row="${CSS.escape(name)}"]`) ?? undefined) : undefined;
  }

  private choose(row: HTMLElement | undefined, goes = true): void {
    for (const each of this.querySelectorAll("[data-row][aria-selected]")) each.removeAttribute("aria-selected");
    if (!row) return;
    this.chosen = row.dataset["row"] ?? "";
    row.setAttribute("aria-selected", "true");
    if (!goes) return;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  private move(step: number): boolean {
    const rows = this.rows();
    const now = this.row(this.chosen);
    const at = now ? rows.indexOf(now) : -1;
    const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)];
    if (!next) return false;
    this.choose(next);
    return true;
  }

  private leave(): boolean {
    if (!this.row(this.chosen)) return false;
    this.choose(undefined);
    this.chosen = "";
    return true;
  }

  private goToNamed(): void {
    // With a sentence the address names the gate without a fragment: to that the browser itself moves the focus, once
    // the page has loaded.
    const named = new URLSearchParams(location.search).get("gate") ?? decodeURIComponent(location.hash.slice(1));
    const row = named ? (this.row(`gate:${named}`) ?? this.row(`change:${named}`)) : undefined;
    if (!row) return;
    this.choose(row);
    this.takeSaid();
  }

  private named(row: HTMLElement | undefined): [string, string] {
    const [sort = "", ...rest] = (row?.dataset["row"] ?? "").split(":");
    return [sort, rest.join(":")];
  }

  // answers

  private answer(could: string): boolean {
    const row = this.row(this.chosen);
    const [sort, id] = this.named(row);
    if (sort !== "gate" || !row) return false;
    for (const each of row.querySelectorAll<HTMLElement>("[data-could]")) {
      each.setAttribute("aria-pressed", String(each.dataset["could"] === could));
    }
    void this.parts.change("gate", id, { could, prefilled: false }, "answer", `${this.titleOf(row)}: ${could}`);
    return true;
  }

  private titleOf(row: HTMLElement): string {
    return row.querySelector(".gate-name")?.textContent?.trim() ?? "";
  }

  // A sentence that named this gate comes along, to be worded anew before it is kept. Until somebody keeps it or leaves
  // it, the address has it.
  private takeSaid(): void {
    const said = new URL(location.href).searchParams.get("said");
    if (said && this.hasAttribute("data-works")) this.openWhy(said);
  }

  private forgetSaid(): void {
    const here = new URL(location.href);
    here.hash = here.searchParams.get("gate") ?? here.hash;
    here.searchParams.delete("gate");
    here.searchParams.delete("said");
    history.replaceState(history.state, "", here);
  }

  private openWhy(said = ""): boolean {
    const row = this.row(this.chosen);
    const [sort, id] = this.named(row);
    const place = row?.querySelector<HTMLElement>("[data-why]");
    if (sort !== "gate" || !row || !place || this.writing) return false;
    this.writing = new WhyField({
      gate: id, title: this.titleOf(row), before: String(this.parts.body("gate", id)["why"] ?? ""), said,
      save: (why) => void this.parts.change("gate", id, { why, prefilled: false }, "answer", "Why was saved"),
      done: () => {
        this.writing = undefined;
        if (said) this.forgetSaid();
        this.row(`gate:${id}`)?.focus({ preventScroll: true });
      },
    });
    this.writing.stand(place);
    return true;
  }

  // What is being written goes into the row as the server drew it anew.
  private standAgain(): void {
    if (!this.writing) return;
    const place = this.row(`gate:${this.writing.gate}`)?.querySelector<HTMLElement>("[data-why]");
    if (place) this.writing.stand(place);
    else this.writing = undefined;
  }

  private propose(): boolean {
    const row = this.row(this.chosen);
    const gap = row?.dataset["gap"] ?? "";
    if (row?.hasAttribute("data-candidates")) void this.take(gap, 0);
    else void this.writeChange("", gap);
    return true;
  }

  private take(gap: string, at: number): Promise<boolean> {
    return this.parts.ask(this.dataset["take"] ?? "", "Change proposed", { gap, at });
  }

  private open(event: KeyboardEvent): boolean {
    const row = this.row(this.chosen);
    const [sort, id] = this.named(row);
    if (!row || (event.target instanceof Element && event.target.closest("a, button, select, summary"))) return false;
    if (sort === "change") void this.writeChange(id, "");
    else if (sort === "gate") void this.writeGate(id);
    else return this.propose();
    return true;
  }

  private press(deed: string, within: ParentNode | undefined = this.row(this.chosen)): boolean {
    const found = within?.querySelector<HTMLElement>(`[data-do="${deed}"]`);
    found?.click();
    return Boolean(found);
  }

  // what is pressed

  private clicked(event: Event): void {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>("[data-row]") ?? undefined;
    if (row && row.dataset["row"] !== this.chosen) this.choose(row, false);
    const could = target.closest<HTMLElement>("[data-could]");
    if (could) return void this.answer(could.dataset["could"] ?? "");
    const pressed = target.closest<HTMLElement>("[data-do]");
    const deed = pressed && this.deeds[pressed.dataset["do"] ?? ""];
    if (pressed && deed) void deed(pressed, row);
  }

  private altered(event: Event): void {
    const field = event.target;
    if (!(field instanceof HTMLSelectElement)) return;
    const row = field.closest<HTMLElement>("[data-row]") ?? undefined;
    const [sort, id] = this.named(row);
    const [name, property] = [field.dataset["field"], field.dataset["property"]];
    if (name && sort === "gate") {
      void this.parts.change("gate", id, { [name]: field.value, prefilled: false }, "answer", "Saved");
    } else if (property) {
      const properties = { ...((this.parts.body("change", id)["properties"] as Body | undefined) ?? {}) };
      properties[property] = field.value === "" ? null : field.value === "yes";
      void this.parts.change("change", id, { properties }, "judge", `${property} saved`);
    }
  }

  private readonly deeds: Record<string, Deed> = {
    fill: () => this.fill(false),
    why: () => void this.openWhy(),
    propose: () => void this.propose(),
    take: (from) => this.take(from.dataset["gap"] ?? "", Number(from.dataset["at"] ?? 0)),
    replay: (from) => this.parts.ask(`${this.dataset["signals"]}${from.dataset["signal"]}/replay`, "Replayed on the stored samples"),
    "gate-form": (_from, row) => this.writeGate(this.named(row)[1]),
    "change-form": (_from, row) => this.writeChange(this.named(row)[0] === "change" ? this.named(row)[1] : "", ""),
    "signal-form": (from) => this.writeSignal(from.dataset["signal"] ?? ""),
    "not-applicable": (_from, row) => this.setAside(row),
    applies: (_from, row) =>
      this.parts.change("gate", this.named(row)[1], { reached: "unknown", not_applicable_because: "" }, "answer", "Counts again"),
    "remove-gate": (_from, row) => this.removeGate(row),
    "add-load": () =>
      this.parts.save([{ sort: "gate", id: "load_test", body: { title: "Load test", position: 4.5 } }], "add", "Load test added"),
    dismiss: (from) => this.dismiss(from.dataset["finding"] ?? "", false),
    override: (from) => this.dismiss(from.dataset["finding"] ?? "", true),
    restore: (from) => this.parts.save([{ sort: "dismissal", id: from.dataset["finding"] ?? "", body: null }], "restore", "Open again"),
    waive: (from) => this.waive(from.dataset["finding"] ?? ""),
    "no-action": () => this.decideNothing(),
    accept: (_from, row) => this.verb(row, "accept", "Accepted"),
    decline: (_from, row) => this.verb(row, "decline", "It has no owner now"),
    confirm: (_from, row) => this.verb(row, "confirm", "Confirmed"),
    commit: (from, row) => this.commit(from, row),
    cancel: (_from, row) => this.cancel(row),
  };

  private verb(row: HTMLElement | undefined, verb: string, said: string): Promise<boolean> {
    return this.parts.ask(`${this.dataset["changes"]}${this.named(row)[1]}/${verb}`, said);
  }

  private async fill(isByItself: boolean): Promise<void> {
    const reply = await send(this.dataset["fill"] ?? "", { json: {}, quiet: isByItself });
    if (!reply.ok) return;
    this.removeAttribute("data-unfilled");
    await refreshPage();
    if (reply.data?.changed) toast("The gates were filled in from the evidence");
  }

  private async writeGate(id: string): Promise<void> {
    const filled = await fillIn(`${this.dataset["forms"]}gate?gate=${encodeURIComponent(id)}`);
    if (!filled) return;
    const body = { ...this.parts.body("gate", id), ...filled.fields };
    await this.parts.save([{ sort: "gate", id, body: without(body) }], id ? "edit" : "add", id ? "Gate saved" : "Gate added");
  }

  private async writeChange(id: string, gap: string): Promise<void> {
    const filled = await fillIn(`${this.dataset["forms"]}change?change=${encodeURIComponent(id)}&gap=${encodeURIComponent(gap)}`);
    if (!filled) return;
    const before = this.parts.body("change", id);
    const body: Body = { ...before, ...filled.fields };
    // Whoever owned it accepted for themselves.
    if ((before["owner"] ?? "") !== (body["owner"] ?? "")) body["accepted_at"] = "";
    await this.parts.save([{ sort: "change", id, body: without(body) }], id ? "edit" : "propose", id ? "Change saved" : "Change proposed");
  }

  private async writeSignal(id: string): Promise<void> {
    const filled = await fillIn(`${this.dataset["forms"]}signal?signal=${encodeURIComponent(id)}`);
    if (!filled) return;
    const body = { ...this.parts.body("signal", id), ...filled.fields, result: {} };
    await this.parts.save([{ sort: "signal", id, body: without(body) }], id ? "edit" : "propose", "Alert saved, replay it");
  }

  private async setAside(row: HTMLElement | undefined): Promise<void> {
    const answer = await askReason({ title: "This gate does not apply", label: "Why it does not apply here", yes: "Set aside" });
    if (!answer) return;
    const fields = { reached: "not_applicable", not_applicable_because: answer.reason, prefilled: false };
    await this.parts.change("gate", this.named(row)[1], fields, "answer", "Set aside");
  }

  private async removeGate(row: HTMLElement | undefined): Promise<void> {
    if (!row) return;
    const yes = await ask({ title: `Remove ${this.titleOf(row)}?`, text: "Its answer goes with it; undo brings both back.", yes: "Remove" });
    if (yes) await this.parts.save([{ sort: "gate", id: this.named(row)[1], body: null }], "remove", "Gate removed");
  }

  private async dismiss(finding: string, overrides: boolean): Promise<void> {
    const answer = await askReason({
      title: overrides ? "Go on without this" : "Set this aside", label: "Why", yes: overrides ? "Override" : "Dismiss",
    });
    if (!answer) return;
    const body = { reason: answer.reason, overridden: overrides };
    await this.parts.save([{ sort: "dismissal", id: finding, body }], overrides ? "override" : "dismiss", "Set aside");
  }

  private async waive(finding: string): Promise<void> {
    const answer = await askReason({ title: "None is needed here", label: "Why this plan does without", yes: "Waive" });
    if (!answer) return;
    const waivers = { ...((this.parts.body("frame", "review")["waivers"] as Body | undefined) ?? {}), [finding]: answer.reason };
    await this.parts.change("frame", "review", { waivers }, "decide", "Waived");
  }

  private async decideNothing(): Promise<void> {
    const filled = await fillIn(`${this.dataset["forms"]}no-action`);
    if (!filled) return;
    await this.parts.change("frame", "review", without(filled.fields, true), "decide", "Decision saved");
  }

  private async commit(from: HTMLElement, row: HTMLElement | undefined): Promise<unknown> {
    if (!from.hasAttribute("data-cooling")) return this.verb(row, "commit", "Committed");
    const answer = await askReason({
      title: "Commit before the cool-off is over?", label: "Why it cannot wait until tomorrow", yes: "Commit now", mark: "It is an emergency",
    });
    if (!answer) return undefined;
    const fields = { commit_now_because: answer.reason, emergency: answer.marked, state: "committed" };
    return this.parts.change("change", this.named(row)[1], fields, "commit", "Committed; it comes back once for a look");
  }

  private async cancel(row: HTMLElement | undefined): Promise<void> {
    const answer = await askReason({ title: "Cancel this change", label: "Why it is not done", yes: "Cancel change" });
    if (!answer) return;
    await this.parts.change("change", this.named(row)[1], { state: "cancelled", cancelled_because: answer.reason }, "decide", "Cancelled");
  }
}

// Without what is as it is by default: the server knows what that is. `keeps` leaves empty texts in.
function without(body: Body, keeps = false): Body {
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== undefined && (keeps || (value !== null && value !== ""))),
  );
}
