// The lanes: zoom and pan by asking the server for another stretch of time, the slider of what was known when, and
// marks that open their evidence in place. While the answer is on its way the drawing is stretched to where it will be.
import { CHOSEN, openEvidence } from "./evidence";
import { bind } from "./keys";
import { refreshPage, refreshed } from "./refresh";
import { scriptHeaders } from "./request";
import { signInEnded } from "./signin";

const SHORTEST = 60;
const SETTLES = 140;
// Room at both sides of the plot in per cent, as the server draws it.
const PAD = 1.2;

interface Stretch {
  readonly from: number;
  readonly to: number;
}

export class Timeline extends HTMLElement {
  private unbind: (() => void)[] = [];
  private turn = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private wanted: Stretch | undefined;
  private marked: Element | null = null;
  private readonly onChosen = (event: Event): void => this.reveal((event as CustomEvent<string>).detail);

  connectedCallback(): void {
    if (!this.scroller) return;
    for (const group of this.querySelectorAll<HTMLElement>(".zoom, [data-known]")) group.hidden = false;
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("wheel", (event) => this.wheeled(event), { passive: false });
    document.addEventListener(CHOSEN, this.onChosen);
    this.unbind = [
      bind("timeline", ["+", "="], "zoom in", () => this.zoom(0.5)),
      bind("timeline", ["-", "−"], "zoom out", () => this.zoom(2)),
      bind("timeline", "0", "the whole incident", () => this.whole()),
      bind("timeline", ["[", "]"], "known at: step back, step on", (_, key) => this.stepKnown(key === "]" ? 1 : -1)),
      bind("timeline", "t", "time zone", () => this.nextZone()),
      bind("timeline", ["ArrowLeft", "ArrowRight"], "previous, next mark", (event, key) => this.walk(event, key === "ArrowRight")),
    ];
    this.letDrag();
    this.slider?.addEventListener("input", () => this.known());
    refreshed(() => this.begin());
    this.begin();
    this.start();
  }

  disconnectedCallback(): void {
    for (const each of this.unbind) each();
    document.removeEventListener(CHOSEN, this.onChosen);
  }

  private get scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".lanes-scroll");
  }

  private get plot(): SVGSVGElement | null {
    return this.querySelector<SVGSVGElement>("svg.plot");
  }

  private get slider(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("#known-at");
  }

  private get stretch(): Stretch {
    return { from: this.number("from"), to: this.number("to") };
  }

  private number(name: string): number {
    return Number(this.scroller?.dataset[name] ?? 0);
  }

  // What belongs to each drawing, also to one that came later.
  private begin(): void {
    this.wanted = undefined;
    this.marks().forEach((mark, at) => mark.setAttribute("tabindex", at === 0 ? "0" : "-1"));
    this.marked = null;
    this.show(this.querySelector("a.mark[aria-current]")?.getAttribute("data-event") ?? new URL(location.href).searchParams.get("event") ?? "");
    const span = this.querySelector("[data-span]:not(.lanes-scroll)");
    if (span) span.textContent = this.scroller?.dataset["span"] ?? span.textContent;
    this.drawVeil();
  }

  private marks(): SVGAElement[] {
    return [...this.querySelectorAll<SVGAElement>("a.mark")];
  }

  // Where the lanes do not fit, begin where impact does.
  private start(): void {
    const scroller = this.scroller;
    const first = this.querySelector(".windows rect");
    if (!first || !scroller || scroller.scrollWidth <= scroller.clientWidth) return;
    const left = first.getBoundingClientRect().left - scroller.getBoundingClientRect().left;
    scroller.scrollLeft = Math.max(0, left - scroller.clientWidth * 0.4);
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const zoom = target.closest<HTMLElement>("[data-zoom]")?.dataset["zoom"];
    if (zoom) this.zoom(zoom === "in" ? 0.5 : 2);
    const mark = target.closest<SVGAElement>("a.mark");
    if (mark && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      void openEvidence(mark.dataset["event"] ?? "", matchMedia("(max-width: 1240px)").matches);
    }
  }

  private nextZone(): boolean {
    const zones = [...document.querySelectorAll<HTMLAnchorElement>("nav[data-zones] a")];
    const at = zones.findIndex((zone) => zone.hasAttribute("aria-current"));
    zones[(at + 1) % zones.length]?.click();
    return zones.length > 1;
  }

  private walk(event: KeyboardEvent, isRight: boolean): boolean {
    const at = event.target instanceof Element ? event.target.closest<SVGAElement>("a.mark") : null;
    if (!at || !this.contains(at)) return false;
    const left = (mark: Element): number => mark.getBoundingClientRect().left;
    const marks = this.marks().sort((a, b) => left(a) - left(b));
    const next = marks[marks.indexOf(at) + (isRight ? 1 : -1)];
    if (!next) return true;
    at.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
    return true;
  }

  // ---- zoom and pan

  private zoom(by: number, around = 0.5): boolean {
    const now = this.wanted ?? this.stretch;
    const length = now.to - now.from;
    const most = Math.max(this.number("last") - this.number("first"), this.number("wholeTo") - this.number("wholeFrom")) * 1.1;
    const next = Math.min(Math.max(Math.round(length * by), SHORTEST), Math.max(most, SHORTEST));
    const from = Math.round(now.from + (length - next) * around);
    this.want({ from, to: from + next });
    return true;
  }

  private whole(): boolean {
    this.want({ from: this.number("wholeFrom"), to: this.number("wholeTo") });
    return true;
  }

  private wheeled(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    const box = this.plot?.getBoundingClientRect();
    if (!box || event.clientX < box.left) return;
    event.preventDefault();
    this.zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 120), (event.clientX - box.left) / box.width);
  }

  private letDrag(): void {
    let from: { x: number; at: Stretch } | null = null;
    this.addEventListener("pointerdown", (event) => {
      const target = event.target as Element;
      const isPlot = target.closest("svg.plot") && !target.closest("a");
      if (isPlot && event.pointerType === "mouse" && event.button === 0) from = { x: event.clientX, at: this.wanted ?? this.stretch };
    });
    addEventListener("pointermove", (event) => {
      const width = this.plot?.getBoundingClientRect().width ?? 0;
      if (!from || !width || Math.abs(event.clientX - from.x) < 3) return;
      const by = Math.round(((from.x - event.clientX) / this.naturalWidth()) * (from.at.to - from.at.from));
      this.want({ from: from.at.from + by, to: from.at.to + by });
    });
    addEventListener("pointerup", () => {
      from = null;
    });
  }

  private naturalWidth(): number {
    return this.querySelector(".plot-box")?.clientWidth ?? 1;
  }

  private want(next: Stretch): void {
    this.wanted = next;
    this.preview(next);
    clearTimeout(this.settling);
    this.settling = setTimeout(() => void this.fetchBoard(next), SETTLES);
  }

  // The drawing moved and stretched as a picture, until the server's own takes its place.
  private preview(next: Stretch): void {
    const plot = this.plot;
    if (!plot) return;
    const now = this.stretch;
    const room = PAD / 100;
    const inner = (1 - 2 * room) * this.naturalWidth();
    const scale = (now.to - now.from) / (next.to - next.from);
    const shift = ((now.from - next.from) / (next.to - next.from)) * inner + room * this.naturalWidth() * (1 - scale);
    plot.style.transformOrigin = "0 0";
    plot.style.transform = `translateX(${shift}px) scaleX(${scale})`;
  }

  private async fetchBoard(next: Stretch): Promise<void> {
    const turn = ++this.turn;
    const place = new URL(location.href);
    const isWhole = next.from === this.number("wholeFrom") && next.to === this.number("wholeTo");
    for (const [name, value] of [["from", next.from], ["to", next.to]] as const) {
      if (isWhole) place.searchParams.delete(name);
      else place.searchParams.set(name, String(value));
    }
    history.replaceState(null, "", place);
    try {
      const answer = await fetch(`${this.dataset["board"]}${place.search}`, { headers: { ...scriptHeaders(), Accept: "text/html" } });
      if (turn !== this.turn) return;
      if (answer.status === 401) return signInEnded();
      if (!answer.ok) throw new Error(String(answer.status));
      const part = this.querySelector("[data-part=board]");
      const hadFocus = part?.contains(document.activeElement) ?? false;
      if (part) part.innerHTML = await answer.text();
      for (const choice of this.querySelectorAll("nav[aria-label=Range] a")) {
        const isOn = isWhole && (new URL((choice as HTMLAnchorElement).href).searchParams.get("range") ?? "incident") === (place.searchParams.get("range") ?? "incident");
        if (isOn) choice.setAttribute("aria-current", "true");
        else choice.removeAttribute("aria-current");
      }
      this.begin();
      if (hadFocus) this.scroller?.focus({ preventScroll: true });
    } catch {
      // The drawing that is there goes back to what it shows.
      this.wanted = undefined;
      if (this.plot) this.plot.style.transform = "";
    }
  }

  // ---- known at

  private stepKnown(by: number): boolean {
    const slider = this.slider;
    if (!slider) return false;
    slider.value = String(Number(slider.value) + by * Number(slider.step) * 2);
    this.known();
    return true;
  }

  private known(): void {
    this.drawVeil();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      const slider = this.slider;
      const place = new URL(location.href);
      if (!slider || isEnd(slider)) place.searchParams.delete("known");
      else place.searchParams.set("known", slider.value);
      history.replaceState(null, "", place);
      void refreshPage();
    }, SETTLES);
  }

  // Covers what lies after the moment, and says which moment it is.
  private drawVeil(): void {
    const slider = this.slider;
    const plot = this.plot;
    const told = this.querySelector<HTMLOutputElement>("#known-at-time");
    if (!slider || !plot) return;
    const at = Number(slider.value);
    const isAll = isEnd(slider);
    const words = isAll ? "Everything known" : `${new Date(at * 1000).toISOString().slice(11, 16)} UTC`;
    if (told && told.textContent !== words) told.textContent = words;
    slider.setAttribute("aria-valuetext", words);
    for (const old of plot.querySelectorAll(".veil, .veil-edge")) old.remove();
    if (isAll) return;
    const { from, to } = this.stretch;
    if (at >= to) return;
    const x = Math.min(Math.max(PAD + ((at - from) / (to - from)) * (100 - 2 * PAD), 0), 100);
    const height = Number(plot.getAttribute("height") ?? 0) - 48;
    plot.append(
      drawn("rect", { class: "veil", x: `${x}%`, width: `${100 - x}%`, y: "22", height: String(height) }),
      drawn("line", { class: "veil-edge", x1: `${x}%`, x2: `${x}%`, y1: "22", y2: String(22 + height) }),
    );
  }

  // ---- the chosen event

  private show(eventId: string): void {
    const mark = eventId ? this.querySelector(`a.mark[data-event="${CSS.escape(eventId)}"]`) : null;
    if (this.marked && this.marked !== mark) this.marked.removeAttribute("aria-current");
    mark?.setAttribute("aria-current", "true");
    this.marked = mark;
  }

  private reveal(eventId: string): void {
    this.show(eventId);
    const scroller = this.scroller;
    if (!scroller || !this.marked || scroller.scrollWidth <= scroller.clientWidth) return;
    const box = scroller.getBoundingClientRect();
    const at = this.marked.getBoundingClientRect().left;
    if (at < box.left + 120 || at > box.right - 20) scroller.scrollLeft += at - (box.left + box.width / 2);
  }
}

function isEnd(slider: HTMLInputElement): boolean {
  return Number(slider.value) + Number(slider.step) > Number(slider.max);
}

function drawn(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
