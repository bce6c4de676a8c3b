// Zoom and pan of the lanes, and marks that open their evidence in place. The server draws; places are in per cent,
// so zooming only widens the plot.
import { CHOSEN, openEvidence } from "./evidence";
import { isPlainKey } from "./keys";

const STEPS = [1, 1.5, 2, 3, 4, 6, 8, 12, 16];

export class Timeline extends HTMLElement {
  private step = 0;
  private natural = 0;
  private readonly onKey = (event: KeyboardEvent): void => this.key(event);
  private readonly onChosen = (event: Event): void => this.reveal((event as CustomEvent<string>).detail);

  connectedCallback(): void {
    const scroller = this.scroller;
    if (!scroller) return;
    for (const group of this.querySelectorAll<HTMLElement>(".zoom")) group.hidden = false;
    this.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("keydown", this.onKey);
    document.addEventListener(CHOSEN, this.onChosen);
    this.makeOneStop();
    this.letDrag(scroller);
    this.start(scroller);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener(CHOSEN, this.onChosen);
  }

  private get scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".lanes-scroll");
  }

  private get plot(): SVGSVGElement | null {
    return this.querySelector<SVGSVGElement>("svg.plot");
  }

  private marks(): SVGAElement[] {
    const marks = [...this.querySelectorAll<SVGAElement>("a.mark")];
    return marks.sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left);
  }

  // Where the lanes do not fit, begin where impact does.
  private start(scroller: HTMLElement): void {
    const first = this.querySelector(".windows rect");
    if (!first || scroller.scrollWidth <= scroller.clientWidth) return;
    const left = first.getBoundingClientRect().left - scroller.getBoundingClientRect().left;
    scroller.scrollLeft = Math.max(0, left - scroller.clientWidth * 0.4);
  }

  // One tab stop for all marks; arrows go from one to the next.
  private makeOneStop(): void {
    this.marks().forEach((mark, at) => mark.setAttribute("tabindex", at === 0 ? "0" : "-1"));
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const zoom = target.closest<HTMLElement>("[data-zoom]")?.dataset["zoom"];
    if (zoom) this.zoom(zoom === "in" ? 1 : -1);
    const mark = target.closest<SVGAElement>("a.mark");
    if (mark && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const show = new URL(location.href).searchParams.get("show") === "all" ? "all" : "key";
      void openEvidence(mark.dataset["event"] ?? "", show, matchMedia("(max-width: 1240px)").matches);
    }
  }

  private key(event: KeyboardEvent): void {
    if (!isPlainKey(event)) return;
    if (event.key === "+" || event.key === "=") this.zoom(1);
    else if (event.key === "-" || event.key === "−") this.zoom(-1);
    else if (event.key === "0") this.zoom(-this.step);
    else if (event.key === "t") this.nextZone();
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") this.walk(event);
  }

  private nextZone(): void {
    const zones = [...document.querySelectorAll<HTMLAnchorElement>("nav[data-zones] a")];
    const at = zones.findIndex((zone) => zone.hasAttribute("aria-current"));
    zones[(at + 1) % zones.length]?.click();
  }

  private walk(event: KeyboardEvent): void {
    const marks = this.marks();
    const at = marks.findIndex((mark) => mark === document.activeElement);
    const next = marks[at + (event.key === "ArrowRight" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    for (const mark of marks) mark.setAttribute("tabindex", mark === next ? "0" : "-1");
    next.focus();
  }

  private zoom(by: number): void {
    const scroller = this.scroller;
    const plot = this.plot;
    if (!scroller || !plot) return;
    if (!this.natural) this.natural = plot.getBoundingClientRect().width;
    const before = STEPS[this.step] ?? 1;
    this.step = Math.min(Math.max(this.step + by, 0), STEPS.length - 1);
    const now = STEPS[this.step] ?? 1;
    const middle = scroller.scrollLeft + scroller.clientWidth / 2;
    if (now === 1) this.style.removeProperty("--lanes-width");
    else this.style.setProperty("--lanes-width", `${Math.round(this.natural * now)}px`);
    scroller.scrollLeft = (middle / before) * now - scroller.clientWidth / 2;
  }

  private letDrag(scroller: HTMLElement): void {
    let from: number | null = null;
    scroller.addEventListener("pointerdown", (event) => {
      const target = event.target as Element;
      if (event.pointerType === "mouse" && event.button === 0 && !target.closest("a")) from = event.clientX + scroller.scrollLeft;
    });
    addEventListener("pointermove", (event) => {
      if (from !== null) scroller.scrollLeft = from - event.clientX;
    });
    addEventListener("pointerup", () => {
      from = null;
    });
  }

  private reveal(eventId: string): void {
    const scroller = this.scroller;
    const mark = this.marks().find((one) => one.dataset["event"] === eventId);
    if (!scroller || !mark) return;
    const box = scroller.getBoundingClientRect();
    const at = mark.getBoundingClientRect().left;
    if (at < box.left + 120 || at > box.right - 20) scroller.scrollLeft += at - (box.left + box.width / 2);
  }
}
