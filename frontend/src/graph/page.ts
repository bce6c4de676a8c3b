// The page of the cause graph: select, walk, edit, and show what the server drew anew, without leaving the page.
import { coached } from "../coach/watch";
import { bind } from "../keys";
import { send } from "../send";
import { toast } from "../toast";
import { button, make } from "../words";
import { writeAccount } from "./accounts";
import { boxesOf, placesFor } from "./arrange";
import { DRAGGED, addEvidence, fillHand, layDragged } from "./citing";
import { combine } from "./combine";
import { Drawing } from "./drawing";
import { Parts } from "./parts";
import { type Done, addCause, addMitigator, addWording, decideLevel, editPart, effectOf, judge, link, remove, reword, setAside } from "./verbs";
import { beside } from "./walk";

const VIEWS = ["whys", "fishbone", "fault-tree", "causal"];
const PAUSE = 90;

export class CauseGraph extends HTMLElement {
  private readonly parts = new Parts(this.address("save"), this.address("undo"));
  private readonly drawing = new Drawing(this);
  private view = "whys";
  private tops = "both";
  private selected = "";
  private timer = 0;
  private asked = 0;
  private unbind: (() => void)[] = [];

  connectedCallback(): void {
    const query = new URLSearchParams(location.search);
    this.view = query.get("view") ?? "whys";
    this.tops = query.get("top") ?? "both";
    this.selected = query.get("node") ?? "";
    this.readParts();
    this.settle();
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("dblclick", (event) => this.doubleClicked(event));
    this.addEventListener("keydown", (event) => this.keyed(event));
    this.addEventListener("toggle", (event) => this.toggled(event), true);
    this.listenToDrags();
    this.unbind = this.bindKeys();
    addEventListener("popstate", this.wentBack);
    if (query.has("account") && this.works) this.askForAccount();
  }

  // A sentence that blames human error asks for how the act made sense; the first act without an account is meant.
  private askForAccount(): void {
    history.replaceState(history.state, "", this.query());
    const acts = Object.entries(this.parts.of("node")).filter(([id, part]) => part.body["kind"] === "action" && !this.parts.body("human", id));
    void this.accountOf(acts[0]?.[0]);
  }

  // Without an act in the graph it is written first: an account belongs to what somebody did.
  private async accountOf(known: string | undefined): Promise<void> {
    this.parts.begin();
    const id = known ?? (await addCause(this.parts, "", this.drawing, "action"));
    if (!id) return;
    if (!known) await this.refresh();
    this.select(id);
    await this.act("account");
  }

  disconnectedCallback(): void {
    for (const each of this.unbind) each();
    removeEventListener("popstate", this.wentBack);
  }

  private address(name: string): string {
    return this.dataset[name] ?? "";
  }

  private get works(): boolean {
    return this.hasAttribute("data-works");
  }

  private bindKeys(): (() => void)[] {
    const shown = VIEWS.map((view, at) => bind("graph", String(at + 1), view.replace("-", " "), () => this.show(view)));
    const always = [
      ...shown,
      bind("graph", "0", "fit", () => this.drawing.fit()),
      bind("graph", ["+", "="], "larger", () => this.drawing.zoom(1)),
      bind("graph", ["-", "−"], "smaller", () => this.drawing.zoom(-1)),
      bind("graph", ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"], "walk the graph", (event) => this.walk(event)),
      bind("graph", "Escape", "nothing selected", () => (this.selected ? this.select("") : false)),
    ];
    if (!this.works) return always;
    const verb = (key: string | string[], label: string, name: string): (() => void) => bind("graph", key, label, () => void this.act(name));
    return [
      ...always,
      verb("a", "add a cause", "add"),
      verb("r", "reword", "reword"),
      verb("s", "status", "status"),
      verb("e", "add evidence", "evidence"),
      verb("l", "link two nodes", "link"),
      verb("c", "how causes combine", "combine"),
      verb("w", "how it made sense", "account"),
      verb("i", "all details", "more"),
      verb(["Delete", "x"], "remove", "remove"),
      bind("graph", "d", "dismiss what is open", () => this.dismissFirst("may")),
      bind("graph", "o", "override what must be met", () => this.dismissFirst("must")),
      bind("graph", "Mod+z", "undo, with Shift redo", (event) => this.undo(event)),
    ];
  }

  // What is shown.

  private readonly wentBack = (): void => {
    const query = new URLSearchParams(location.search);
    this.view = query.get("view") ?? "whys";
    this.tops = query.get("top") ?? "both";
    this.selected = query.get("node") ?? "";
    void this.refresh();
  };

  private show(view: string, tops = this.tops): void {
    if (!VIEWS.includes(view)) return;
    this.view = view;
    this.tops = tops;
    history.pushState(null, "", this.query());
    this.drawing.show(0);
    void this.refresh();
  }

  private query(part = ""): string {
    const query = new URLSearchParams({ view: this.view, top: this.tops, node: this.selected });
    if (part) query.set("part", part);
    return `?${query}`;
  }

  private select(id: string, { focus = false } = {}): void {
    this.selected = id;
    history.replaceState(null, "", this.query());
    this.drawing.select(id);
    for (const each of this.querySelectorAll(".why-list li")) {
      each.classList.toggle("sel", each.querySelector<HTMLElement>(":scope > .why-node")?.dataset["part"] === `node:${id}`);
    }
    if (focus) this.focusOn(id);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.refresh("inspector"), PAUSE);
  }

  private focusOn(id: string): boolean {
    const nodes = this.isListed ? [...this.querySelectorAll<HTMLElement>(".why-list .why-node")] : this.drawing.nodes();
    const found = nodes.find((each) => each.dataset["part"] === `node:${id}`);
    found?.focus();
    return Boolean(found);
  }

  private get isListed(): boolean {
    const list = this.querySelector<HTMLElement>(".why-list");
    return Boolean(list?.offsetParent) && !this.drawing.canvas?.contains(document.activeElement);
  }

  private walk(event: KeyboardEvent): boolean {
    const place = (event.target as Element).closest("[data-part]");
    const isHere = place !== null && (this.drawing.canvas?.contains(place) || place.closest(".why-list") !== null);
    if (!isHere && document.activeElement !== document.body && document.activeElement !== this.drawing.canvas) return false;
    if (document.activeElement === this.drawing.canvas && !this.selected) return false;
    const among: Element[] = this.isListed ? [...this.querySelectorAll(".why-list .why-node")] : this.drawing.nodes();
    const from = isHere ? place : among.find((each) => (each as HTMLElement).dataset["part"] === `node:${this.selected}`);
    const next = from ? beside(from, event.key as "ArrowUp", among) : among[0];
    if (!(next instanceof HTMLElement || next instanceof SVGElement)) return isHere;
    next.focus();
    this.select((next.dataset["part"] ?? "").slice(5));
    return true;
  }

  // Asks for what changed and puts it where it belongs; what has the focus keeps it.
  private async refresh(part = "1"): Promise<void> {
    const number = ++this.asked;
    const reply = await send(this.address("here") + this.query(part), { method: "GET", quiet: part === "inspector" });
    if (!reply.ok || number !== this.asked) return;
    const made = document.createElement("template");
    made.innerHTML = reply.text;
    const kept = this.keeping();
    for (const region of made.content.querySelectorAll<HTMLElement>("[data-region]")) {
      const old = this.querySelector(`[data-region="${region.dataset["region"]}"]`);
      if (old && old.outerHTML !== region.outerHTML) old.replaceWith(region);
      else if (!old) return this.replaceAll(made, kept);
    }
    const parts = made.content.querySelector("#graph-parts");
    if (parts) {
      this.querySelector("#graph-parts")?.replaceWith(parts);
      this.readParts();
    }
    this.settle();
    kept();
  }

  private replaceAll(made: HTMLTemplateElement, kept: () => void): void {
    this.replaceChildren(made.content);
    this.readParts();
    this.settle();
    kept();
  }

  private keeping(): () => void {
    const canvas = this.drawing.canvas;
    const [left, top] = [canvas?.scrollLeft ?? 0, canvas?.scrollTop ?? 0];
    const active = document.activeElement instanceof HTMLElement || document.activeElement instanceof SVGElement ? document.activeElement : null;
    const had = active && this.contains(active) ? active : null;
    const name = ["data-part", "data-verb", "data-do", "data-view", "data-top"].find((each) => had?.hasAttribute(each));
    const region = had?.closest("[data-region]")?.getAttribute("data-region");
    const within = had?.closest(".why-list") ? ".why-list " : had?.closest(".graph-canvas") ? ".graph-canvas " : "";
    const value = name ? CSS.escape(had?.getAttribute(name) ?? "") : "";
    const isList = this.querySelector("[data-shows=list]") !== null;
    const wasOpen = this.querySelector<HTMLDetailsElement>("details[data-hand]");
    return () => {
      this.drawing.canvas?.scrollTo(left, top);
      if (isList) this.shows("list");
      const hand = this.querySelector<HTMLDetailsElement>("details[data-hand]");
      if (wasOpen?.open && hand && hand !== wasOpen) hand.replaceWith(wasOpen);
      if (had && !had.isConnected && name) {
        const again = this.querySelector<HTMLElement>(`[data-region="${region}"] ${within}[${name}="${value}"]`);
        if (again) again.focus({ preventScroll: true });
        else if (this.selected) this.focusOn(this.selected);
      }
    };
  }

  private readParts(): void {
    const told = this.querySelector("#graph-parts")?.textContent;
    if (told) this.parts.read(told);
  }

  private settle(): void {
    this.drawing.show();
    this.drawing.rove(this.selected);
  }

  private shows(what: "drawing" | "list"): void {
    this.querySelector("[data-shows]")?.setAttribute("data-shows", what);
    this.querySelector("[data-do=list]")?.setAttribute("aria-pressed", String(what === "list"));
  }

  // What is clicked and pressed.

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const tab = target.closest<HTMLElement>("a[data-view], a[data-top]");
    const done = target.closest<HTMLElement>("[data-do]")?.dataset["do"];
    const verb = target.closest<HTMLElement>("[data-verb]");
    const part = target.closest<HTMLElement | SVGElement>("[data-part]");
    if (tab && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.show(tab.dataset["view"] ?? this.view, tab.dataset["top"] ?? this.tops);
    } else if (done) this.doing(done);
    else if (verb) void this.act(verb.dataset["verb"] ?? "", verb);
    else if (part) {
      const id = (part.dataset["part"] ?? "").replace(/^\w+:/, "");
      this.select(id);
      if (part.closest(".graph-canvas")) part.focus();
    }
  }

  private doubleClicked(event: MouseEvent): void {
    if (this.works && (event.target as Element).closest('.graph-canvas [data-part^="node:"]')) void this.act("reword");
  }

  private keyed(event: KeyboardEvent): void {
    const part = (event.target as Element).closest<SVGElement>(".graph-canvas [data-part]");
    if (part && (event.key === "Enter" || event.key === " ") && event.target === part) {
      event.preventDefault();
      this.select((part.dataset["part"] ?? "").replace(/^\w+:/, ""));
    }
  }

  private toggled(event: Event): void {
    const details = event.target as HTMLDetailsElement;
    const body = details.querySelector?.<HTMLElement>(".hand-body");
    if (details.open && body && details.hasAttribute("data-hand")) void fillHand(body, this.address("evidence"));
  }

  private doing(name: string): void {
    if (name === "in") this.drawing.zoom(1);
    else if (name === "out") this.drawing.zoom(-1);
    else if (name === "fit") this.drawing.fit();
    else if (name === "close") this.select("");
    else if (name === "list") this.shows(this.querySelector("[data-shows=list]") ? "drawing" : "list");
    else if (name === "arrange") void this.arrange();
  }

  // What is done.

  private async act(verb: string, from?: HTMLElement): Promise<void> {
    const id = this.selected;
    const done = await this.did(verb, id, from);
    if (done === undefined) return;
    this.selected = done;
    history.replaceState(null, "", this.query());
    await this.refresh();
    if (!document.querySelector("dialog[open]")) this.focusOn(done);
  }

  private did(verb: string, id: string, from?: HTMLElement): Done {
    const finding = from?.dataset["finding"] ?? "";
    this.parts.begin();
    if (verb === "add") return addCause(this.parts, id, this.drawing);
    if (verb === "helped") return addMitigator(this.parts, "designed");
    if (verb === "lucky") return addMitigator(this.parts, "luck");
    if (verb === "combine") return combine(this.parts, effectOf(this.parts, id));
    if (verb === "dismiss" && from) return this.dismiss(from.closest<HTMLElement>("[data-finding]"));
    if (verb === "reopen") return this.saved("restore", [{ sort: "dismissal", id: finding, body: null }]);
    if (verb === "unsupport") return this.saved("remove", [{ sort: "support", id: from?.dataset["support"] ?? "", body: null }]);
    if (!id) {
      toast("Choose a node first: the arrows walk the graph.", { about: "graph" });
      return Promise.resolve(undefined);
    }
    if (verb === "status") return judge(this.parts, id, this.drawing);
    if (verb === "evidence") return addEvidence(this.parts, id, this.address("evidence"));
    if (verb === "more") return editPart(this.parts, id);
    if (verb === "link") return link(this.parts, effectOf(this.parts, id));
    if (verb === "account") return writeAccount(this.parts, id);
    if (verb === "level") return decideLevel(this.parts, id);
    if (verb === "wording") return addWording(this.parts, id);
    if (verb === "remove") return remove(this.parts, id, this.drawing);
    return verb === "reword" ? this.rewordInPlace(id) : Promise.resolve(undefined);
  }

  private async saved(verb: string, wishes: Parameters<Parts["save"]>[1]): Done {
    return (await this.parts.save(verb, wishes)) && this.selected;
  }

  // The statement becomes a field where it stands.
  private rewordInPlace(id: string): Done {
    const heading = this.querySelector<HTMLElement>(".inspector [data-statement]");
    const statement = this.parts.body("node", id)?.["statement"] as string | undefined;
    if (!heading || statement === undefined) return editPart(this.parts, id);
    // What is on its way for the inspector would take the field from under somebody's hands.
    clearTimeout(this.timer);
    this.asked += 1;
    return new Promise((resolve) => {
      const field = make("textarea", "inp");
      field.value = statement;
      field.rows = 3;
      field.setAttribute("aria-label", "Statement");
      const left = (): void => {
        box.replaceWith(heading);
        this.focusOn(id);
        void this.refresh("inspector");
        resolve(undefined);
      };
      const keep = (): void => {
        heading.textContent = field.value.trim() || statement;
        box.replaceWith(heading);
        this.focusOn(id);
        resolve(reword(this.parts, id, field.value, this.drawing));
      };
      const box = make("div", "stack", coached(field, "cause", id), make("p", "row", button("Save", "btn small primary", keep), button("Cancel", "btn small", left)));
      field.addEventListener("keydown", (event) => {
        if (event.key === "Escape") left();
        else if (event.key === "Enter" && !event.shiftKey) keep();
        else return;
        event.preventDefault();
        event.stopPropagation();
      });
      heading.replaceWith(box);
      field.focus();
      field.select();
    });
  }

  private async dismiss(row: HTMLElement | null): Done {
    if (!row) return undefined;
    const sentence = row.querySelector("p")?.textContent ?? "";
    return (await setAside(this.parts, row.dataset["finding"] ?? "", row.dataset["severity"] === "must", sentence)) ? this.selected : undefined;
  }

  // The one that has the focus, else the first about what is selected, else the first of all.
  private dismissFirst(severity: "may" | "must"): boolean {
    const rows = [...this.querySelectorAll<HTMLElement>(`[data-finding][data-severity=${severity}]`)];
    const row = rows.find((each) => each.contains(document.activeElement)) ?? rows.find((each) => each.dataset["finding"]?.endsWith(`:${this.selected}`)) ?? rows[0];
    const pressed = row?.querySelector<HTMLElement>("[data-verb=dismiss]");
    if (!pressed) return false;
    void this.act("dismiss", pressed);
    return true;
  }

  private undo(event: KeyboardEvent): boolean {
    const target = event.target as HTMLElement;
    if (target.closest("input, textarea, select, [contenteditable]")) return false;
    const { done, undone } = this.parts;
    void this.takeBack(event.shiftKey ? undone : done, event.shiftKey ? done : undone, event.shiftKey ? "redo" : "undo");
    return true;
  }

  private async takeBack(from: number[], to: number[], word: string): Promise<void> {
    const taken = await this.parts.takeBack(from, to);
    if (taken === undefined) toast(`Nothing to ${word} since this page was opened.`, { about: "graph" });
    if (!taken) return;
    toast(word === "undo" ? "Taken back" : "Done again", { about: "graph" });
    await this.refresh();
    this.focusOn(this.selected);
  }

  private async arrange(): Promise<void> {
    const svg = this.drawing.svg;
    if (!svg) return;
    try {
      this.parts.begin();
      const started = performance.now();
      const edges = this.parts.all("edge").map(([, edge]) => edge);
      const places = await placesFor(this.address("arranger"), boxesOf(svg), edges, this.view === "fault-tree");
      this.dataset["arrangedIn"] = String(Math.round(performance.now() - started));
      if (await this.parts.save("arrange", [{ sort: "layout", id: this.view, body: { places } }])) await this.refresh();
    } catch (problem) {
      toast(`Not arranged: ${problem instanceof Error ? problem.message : "the layout engine stopped."}`, { failure: true });
    }
  }

  // Evidence is dragged onto a node or a link.

  private listenToDrags(): void {
    if (!this.works) return;
    this.addEventListener("dragstart", (event) => {
      const support = this.parts.body("support", (event.target as HTMLElement).dataset?.["support"] ?? "");
      if (support) event.dataTransfer?.setData(DRAGGED, JSON.stringify(support));
    });
    this.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes(DRAGGED)) return;
      const part = (event.target as Element).closest("[data-part]");
      for (const each of this.querySelectorAll(".is-over")) if (each !== part) each.classList.remove("is-over");
      if (!part) return;
      part.classList.add("is-over");
      event.preventDefault();
    });
    this.addEventListener("drop", (event) => {
      const claim = (event.target as Element).closest<HTMLElement | SVGElement>("[data-part]")?.dataset["part"]?.replace(/^\w+:/, "");
      const told = event.dataTransfer?.getData(DRAGGED);
      for (const each of this.querySelectorAll(".is-over")) each.classList.remove("is-over");
      if (!claim || !told) return;
      event.preventDefault();
      this.parts.begin();
      void layDragged(this.parts, claim, JSON.parse(told)).then(async (done) => {
        if (done === undefined) return;
        this.select(done);
        await this.refresh();
      });
    });
  }
}
