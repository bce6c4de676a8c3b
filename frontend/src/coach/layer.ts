// The layer over a field in which what it says stands again, unseen, so that stretches of it can be underlined. It
// wraps, scrolls and runs from right to left as the field does.
import { make } from "../words";
import type { Span } from "./findings";

export type Field = HTMLTextAreaElement | HTMLInputElement;
export interface Mark extends Span {
  readonly kind: string;
  readonly id: string;
}
const COPIED = [
  "font-family", "font-size", "font-weight", "font-style", "font-stretch", "font-kerning", "font-feature-settings", "font-variant", "font-optical-sizing",
  "letter-spacing", "word-spacing", "line-height", "text-indent", "text-transform", "text-align", "text-rendering", "tab-size", "direction", "unicode-bidi",
  "overflow-wrap", "word-break", "hyphens",
  "padding-top", "padding-bottom", "padding-left", "border-top-width", "border-right-width", "border-bottom-width", "border-left-width",
] as const;

export class Layer {
  readonly element = make("div", "coach-layer");
  private readonly text = make("div", "coach-text");
  private readonly sizes: ResizeObserver;

  constructor(private readonly field: Field) {
    this.element.setAttribute("aria-hidden", "true");
    this.element.append(this.text);
    this.element.classList.toggle("one-line", field instanceof HTMLInputElement);
    field.addEventListener("scroll", () => this.scroll());
    this.sizes = new ResizeObserver(() => this.fit());
    this.sizes.observe(field);
  }

  stop(): void {
    this.sizes.disconnect();
  }

  draw(text: string, marks: readonly Mark[]): void {
    const pieces: (Node | string)[] = [];
    let at = 0;
    for (const mark of [...marks].sort((one, other) => one.start - other.start)) {
      if (mark.start < at || mark.end <= mark.start) continue;
      const drawn = make("span", `um ${mark.kind}`, text.slice(mark.start, mark.end));
      drawn.dataset["mark"] = mark.id;
      pieces.push(text.slice(at, mark.start), drawn);
      at = mark.end;
    }
    // Without a mark nothing needs to stand here.
    this.text.replaceChildren(...(pieces.length ? [...pieces, text.slice(at), "\u200b"] : []));
    this.fit();
  }

  // Where a stretch stands on the screen, line by line.
  places(id: string): DOMRect[] {
    const drawn = [...this.text.querySelectorAll<HTMLElement>("[data-mark]")].find((each) => each.dataset["mark"] === id);
    return drawn ? [...drawn.getClientRects()] : [];
  }

  private fit(): void {
    const of = getComputedStyle(this.field);
    for (const name of COPIED) this.element.style.setProperty(name, of.getPropertyValue(name));
    const borders = parseFloat(of.borderLeftWidth) + parseFloat(of.borderRightWidth);
    const bar = Math.max(0, this.field.offsetWidth - this.field.clientWidth - borders);
    this.element.style.setProperty("padding-right", `${parseFloat(of.paddingRight) + bar}px`);
    this.element.style.setProperty("left", `${this.field.offsetLeft}px`);
    this.element.style.setProperty("top", `${this.field.offsetTop}px`);
    this.element.style.setProperty("width", `${this.field.offsetWidth}px`);
    this.element.style.setProperty("height", `${this.field.offsetHeight}px`);
    this.scroll();
  }

  private scroll(): void {
    this.text.style.setProperty("transform", `translate(${-this.field.scrollLeft}px, ${-this.field.scrollTop}px)`);
  }
}
