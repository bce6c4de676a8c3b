// <aa-review>: the review page. Saves go through the parts, and what the server draws anew after one takes its place
// without the page being left.
import { openDialog } from "../dialog";
import { type Values, fill } from "../graph/forms";
import { Parts } from "../graph/parts";
import { setAside } from "../graph/verbs";
import { bind } from "../keys";
import { scriptHeaders } from "../request";
import { send } from "../send";
import { signInEnded } from "../signin";
import { toast } from "../toast";
import { make } from "../words";
import type { Answer } from "./answer";
import { valuesOf, watchFields } from "./fields";
import type { ReviewHost } from "./host";
import { Presence } from "./presence";

export class ReviewPage extends HTMLElement implements ReviewHost {
  readonly parts = new Parts(`${this.root}save`, `${this.root}undo/0`);
  private presence: Presence | undefined;
  private version = 0;
  private turn = 0;
  private unbind: (() => void)[] = [];

  connectedCallback(): void {
    this.readParts(document);
    this.addEventListener("click", (event) => void this.clicked(event));
    watchFields(this);
    this.watchForms();
    this.unbind = this.bindKeys();
    if (!this.works) return;
    this.presence = new Presence(this, `${this.root}here`, (version) => {
      if (version !== this.version) void this.refresh();
    });
    this.presence.start();
  }

  disconnectedCallback(): void {
    for (const each of this.unbind) each();
    this.presence?.stop();
  }

  get root(): string {
    return this.dataset["root"] ?? "";
  }

  get evidence(): string {
    return this.dataset["evidence"] ?? "";
  }

  get originals(): Record<string, string> {
    return JSON.parse(document.getElementById("review-originals")?.textContent ?? "{}") as Record<string, string>;
  }

  get works(): boolean {
    return this.hasAttribute("data-works");
  }

  async askReason(title: string, about: string, label: string, yes: string, more: readonly { name: string; label: string; hint: string }[] = []): Promise<string | undefined> {
    const said = await fill({ title, about, yes, fields: [{ name: "reason", label, required: true }, ...more] });
    return said?.["reason"]?.trim();
  }

  async undo(number: number, anew = false): Promise<void> {
    const reply = await send(`${this.root}undo/${number}`, { quiet: true });
    if (!reply.ok) throw new Error(reply.conflict ? "somebody changed it since" : reply.problem);
    if (anew) location.reload();
    else await this.refresh();
  }

  async refresh(): Promise<void> {
    const turn = ++this.turn;
    let text = "";
    try {
      const answer = await fetch(this.root, { headers: { ...scriptHeaders(), Accept: "text/html" } });
      if (answer.status === 401) signInEnded();
      if (!answer.ok) return;
      text = await answer.text();
    } catch {
      return;
    }
    if (turn !== this.turn) return;
    const fresh = new DOMParser().parseFromString(text, "text/html");
    this.readParts(fresh);
    for (const each of this.querySelectorAll<HTMLElement>("[data-live]")) this.take(each, fresh.getElementById(each.id));
    for (const each of this.querySelectorAll<Answer>("aa-answer")) each.rebase();
  }

  private take(old: HTMLElement, now: HTMLElement | null): void {
    if (!now || old.innerHTML === now.innerHTML) return;
    const focused = old.contains(document.activeElement) ? document.activeElement?.closest<HTMLElement>("[data-finding]")?.dataset["finding"] : undefined;
    const place = [...old.querySelectorAll("[data-finding]")].findIndex((each) => each.getAttribute("data-finding") === focused);
    old.innerHTML = now.innerHTML;
    old.className = now.className;
    if (focused === undefined) return;
    const issues = [...old.querySelectorAll<HTMLElement>("[data-finding]")];
    (issues.find((each) => each.dataset["finding"] === focused) ?? issues[Math.min(place, issues.length - 1)])?.focus();
  }

  private readParts(from: Document): void {
    const text = from.getElementById("review-parts")?.textContent ?? '{"version":0,"parts":{}}';
    this.version = (JSON.parse(text) as { version: number }).version;
    this.parts.read(text);
  }

  private bindKeys(): (() => void)[] {
    const always = [
      bind("review", ["1", "2", "3", "4", "5"], "question", (_, key) => this.go(key)),
      bind("review", "v", "views of the cause graph", () => location.assign(this.dataset["graph"] ?? "")),
      bind("review", ["j", "k"], "next, previous open issue", (_, key) => this.step(key === "j" ? 1 : -1)),
      bind("review", "Enter", "go to the issue", () => this.goThere()),
    ];
    if (!this.works) return always;
    return [
      ...always,
      bind("review", "e", "write the answer", () => this.answer()?.write()),
      bind("review", ["c", "@"], "cite evidence", () => void this.answer()?.cite()),
      bind("review", "d", "dismiss the issue", () => this.aside(false)),
      bind("review", "o", "override the issue", () => this.aside(true)),
      bind("review", "y", "take the signal as answer", () => this.press("[data-take-signal]")),
    ];
  }

  // The answer of the question that is looked at.
  private answer(): Answer | null {
    const within = document.activeElement?.closest("section[data-question]");
    const middle = innerHeight / 2;
    const all = [...this.querySelectorAll<HTMLElement>("section[data-question]")];
    const seen = within ?? all.find((each) => each.getBoundingClientRect().bottom > middle) ?? all[0];
    return seen?.querySelector("aa-answer") ?? null;
  }

  private go(key: string): void {
    const section = this.querySelector<HTMLElement>(`#q${key}`);
    if (!section) return;
    section.tabIndex = -1;
    section.focus({ preventScroll: true });
    section.scrollIntoView({ block: "start" });
    for (const each of this.querySelectorAll("[data-spine] a")) each.toggleAttribute("aria-current", false);
    this.querySelector(`[data-spine=q${key}] a`)?.setAttribute("aria-current", "step");
  }

  private press(selector: string): boolean {
    const found = this.querySelector<HTMLElement>(selector);
    found?.click();
    return Boolean(found);
  }

  private get issue(): HTMLElement | null {
    return document.activeElement?.closest<HTMLElement>("[data-finding]") ?? null;
  }

  private step(by: number): boolean {
    const all = [...this.querySelectorAll<HTMLElement>("[data-finding]")].filter((each) => each.checkVisibility());
    const at = this.issue ? all.indexOf(this.issue) : by > 0 ? -1 : all.length;
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    next?.focus();
    return Boolean(next);
  }

  private goThere(): boolean {
    if (!this.issue || document.activeElement !== this.issue) return false;
    this.issue.querySelector<HTMLElement>("[data-go]")?.click();
    return true;
  }

  private aside(isMust: boolean): boolean {
    const issue = this.issue;
    if (!issue || issue.hasAttribute("data-blocks") !== isMust || issue.hasAttribute("data-fixed")) return false;
    void this.setAside(issue);
    return true;
  }

  private async setAside(issue: HTMLElement): Promise<void> {
    const isMust = issue.hasAttribute("data-blocks");
    issue.focus();
    if (!(await setAside(this.parts, issue.dataset["finding"] ?? "", isMust, issue.dataset["sentence"] ?? ""))) return;
    const number = this.parts.done.at(-1);
    toast(isMust ? "Overridden, with your reason" : "Dismissed", { ...(number ? { undo: () => this.undo(number) } : {}), about: "issue" });
    issue.focus();
    await this.refresh();
  }

  private async clicked(event: MouseEvent): Promise<void> {
    const target = (event.target as Element).closest<HTMLElement>("button, a[data-go]");
    if (!target) return;
    const told = target.dataset;
    const issue = target.closest<HTMLElement>("[data-finding]");
    if (issue && ("dismiss" in told || "override" in told)) return this.setAside(issue);
    if ("go" in told) return this.follow(event, target);
    if (told["again"]) return this.change("note", "dismissal", told["again"], null, "It is open again");
    if (told["move"]) return this.move(told["move"]);
    if ("back" in told) return this.back();
    if ("renewFacts" in told) return this.renewFacts();
    if (told["takeSignal"]) return this.takeSignal(told["takeSignal"]);
    if (told["dropSignal"]) return this.change("remove", "signal", told["dropSignal"], null, "Signal withdrawn");
    if (told["dropRemark"]) return this.change("remove", "remark", told["dropRemark"], null, "Remark removed");
    if (told["fill"]) this.begin(told["fill"], told["text"] ?? "");
  }

  // A place on this page gets the focus, so that somebody can go on writing there.
  private follow(event: MouseEvent, link: HTMLElement): void {
    const href = link.getAttribute("href") ?? "";
    const place = href.startsWith("#") ? document.getElementById(href.slice(1)) : null;
    if (!place) return;
    event.preventDefault();
    place.closest("details")?.setAttribute("open", "");
    place.scrollIntoView({ block: "center" });
    if (!place.matches("input, textarea, select, button, a")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  private async change(verb: string, sort: string, id: string, body: Record<string, unknown> | null, told: string): Promise<void> {
    const said = await this.parts.save(verb, [{ sort, id, body }]);
    if (!said) return;
    toast(told, { undo: () => this.undo(said.number) });
    await this.refresh();
  }

  private takeSignal(id: string): Promise<void> {
    return this.change("accept", "signal", id, { ...this.parts.body("signal", id), taken: true }, "Taken as answer");
  }

  private begin(name: string, text: string): void {
    const field = this.querySelector<HTMLTextAreaElement>(`[name="${name}"]`);
    if (!field) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  private async move(to: string): Promise<void> {
    const button = this.querySelector<HTMLElement>("[data-move]");
    if (button?.getAttribute("aria-disabled") === "true") {
      toast(button.title || "Something has to be met first.", { go: { label: "Go there", action: () => void this.step(1) } });
      return;
    }
    let said: Values | undefined = {};
    if (to === "published") {
      said = await fill({
        title: "Publish this review?",
        about: "Everybody in the organisation reads it from now on, unless it is restricted or you say why it is for members only.",
        fields: [{ name: "narrowed_because", label: "For members only, because", hint: "Empty: for everybody." }],
        yes: "Publish",
      });
    }
    if (said) await this.send({ to, ...said });
  }

  private async back(): Promise<void> {
    const said = await fill({
      title: "Go back to an earlier state",
      fields: [
        { name: "to", label: "To", kind: "select", options: [["analysis", "Analysis"], ["facts_confirmed", "Facts confirmed"], ["reviewed", "Reviewed"], ["committed", "Committed"]] },
        { name: "reason", label: "Why", required: true },
      ],
      yes: "Go back",
    });
    if (said) await this.send(said);
  }

  private async send(json: Values): Promise<void> {
    const reply = await send(`${this.root}move`, { json, quiet: true });
    if (reply.ok) toast(String(reply.data.told));
    else if (reply.status !== 401) this.refused(reply.problem ?? "", (reply.data?.blocking ?? []) as { sentence: string }[]);
    if (reply.ok) await this.refresh();
  }

  private refused(problem: string, blocking: readonly { sentence: string }[]): void {
    const list = make("ul", "plain-list small", ...blocking.slice(0, 12).map((each) => make("li", "", each.sentence)));
    const close = make("button", "btn", "Close");
    close.type = "button";
    close.dataset["close"] = "";
    openDialog(make("div", "asks", make("h2", "", "Not yet"), make("p", "", problem), list, make("p", "row", close)), { className: "center" });
  }

  private async renewFacts(): Promise<void> {
    const reply = await send(`${this.root}facts`, {});
    if (!reply.ok) return;
    toast(String(reply.data.told));
    await this.refresh();
  }

  // Signals and remarks, which are parts of their own.
  private watchForms(): void {
    const propose = this.querySelector<HTMLFormElement>("form[data-propose]");
    propose?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.propose(propose);
    });
    const source = propose?.querySelector<HTMLSelectElement>("[name=source]");
    source?.addEventListener("change", () => this.suggest(source));
    if (source) this.suggest(source);
    const remark = this.querySelector<HTMLFormElement>("form[data-remark]");
    remark?.addEventListener("submit", (event) => {
      event.preventDefault();
      const body = Object.fromEntries(Object.entries(valuesOf(remark)).filter(([, value]) => value !== ""));
      void this.change("note", "remark", "", body, "Remark added").then(() => remark.reset());
    });
  }

  private suggest(source: HTMLSelectElement): void {
    const chosen = source.selectedOptions[0];
    const threshold = source.form?.querySelector<HTMLInputElement>("[name=threshold]");
    const unit = source.form?.querySelector("[data-unit-word]");
    if (threshold) threshold.value = chosen?.dataset["usual"] ?? "";
    if (unit) unit.textContent = chosen?.dataset["unit"] ? `in ${chosen.dataset["unit"]}` : "";
  }

  private async propose(form: HTMLFormElement): Promise<void> {
    const said = valuesOf(form) as Record<string, string>;
    const threshold = said["threshold"] ? Number(said["threshold"].replace(",", ".")) : undefined;
    if (threshold !== undefined && !Number.isFinite(threshold)) {
      toast(`“${said["threshold"]}” is no threshold. Write a number.`, { failure: true });
      form.querySelector<HTMLElement>("[name=threshold]")?.focus();
      return;
    }
    const seconds = Number(said["for_s"] || "60");
    const body = {
      title: said["title"], source: said["source"], above: said["above"] === "above", for_s: Number.isFinite(seconds) ? seconds : 60,
      route: said["route"], ...(threshold === undefined ? {} : { threshold }),
    };
    await this.change("propose", "signal", "", body, "Proposed and back-tested");
    form.reset();
    const source = form.querySelector<HTMLSelectElement>("[name=source]");
    if (source) this.suggest(source);
  }
}
