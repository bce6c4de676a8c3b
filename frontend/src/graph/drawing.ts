// The drawing on the page: how large it is shown, and what a save will make of it, shown before it is answered.
const SMALLEST = 0.35;
const LARGEST = 2.5;
const STEP = 1.2;
const STATUS_CLASS: Record<string, string> = { hypothesis: "hyp", refuted: "ref" };

export class Drawing {
  private scale = 0;

  constructor(private readonly page: HTMLElement) {}

  get svg(): SVGSVGElement | null {
    return this.page.querySelector<SVGSVGElement>("svg.drawing");
  }

  get canvas(): HTMLElement | null {
    return this.page.querySelector<HTMLElement>(".graph-canvas");
  }

  zoom(by: 1 | -1): void {
    this.show(Math.min(LARGEST, Math.max(SMALLEST, (this.scale || this.fitting()) * STEP ** by)));
  }

  // As large as its place, never larger than it is, and never too small to read.
  fit(): void {
    this.scale = 0;
    this.show(0);
  }

  show(scale = this.scale): void {
    const svg = this.svg;
    if (!svg) return;
    this.scale = scale;
    const factor = scale || this.fitting();
    svg.setAttribute("width", String(Math.round(svg.viewBox.baseVal.width * factor)));
    svg.setAttribute("height", String(Math.round(svg.viewBox.baseVal.height * factor)));
  }

  private fitting(): number {
    const wide = (this.canvas?.clientWidth ?? 0) - 32;
    const natural = this.svg?.viewBox.baseVal.width ?? 0;
    return wide > 0 && natural > 0 ? Math.min(1, Math.max(0.82, wide / natural)) : 1;
  }

  nodes(): SVGGElement[] {
    return [...(this.svg?.querySelectorAll<SVGGElement>('[data-part^="node:"]') ?? [])];
  }

  of(id: string): SVGElement[] {
    return [...(this.svg?.querySelectorAll<SVGElement>(`[data-part="node:${CSS.escape(id)}"], [data-part="edge:${CSS.escape(id)}"]`) ?? [])];
  }

  // One node can be reached with Tab; arrows walk from there.
  rove(id: string): void {
    const nodes = this.nodes();
    const current = nodes.find((each) => each.dataset["part"] === `node:${id}`) ?? nodes[0];
    for (const each of nodes) each.setAttribute("tabindex", each === current ? "0" : "-1");
  }

  select(id: string): void {
    for (const each of this.svg?.querySelectorAll(".sel") ?? []) each.classList.remove("sel");
    for (const each of this.of(id)) each.classList.add("sel");
    this.rove(id);
  }

  // What a save will make of it, before it is answered.
  reworded(id: string, statement: string): void {
    for (const each of this.of(id)) {
      const lines = [...each.querySelectorAll<SVGTextElement>("text:not(.kind):not(.meta):not(.basic-t):not(.meta-t):not(.lgate-t)")].filter((text) => !text.closest(".ev"));
      const words = statement.split(" ");
      const most = Math.ceil(words.length / Math.max(1, lines.length));
      lines.forEach((line, at) => (line.textContent = words.slice(at * most, (at + 1) * most).join(" ")));
      each.setAttribute("aria-label", statement);
      each.classList.add("is-saving");
    }
  }

  judged(id: string, status: string): void {
    for (const each of this.of(id)) {
      each.classList.remove("hyp", "ref", "guess", "no");
      const name = STATUS_CLASS[status];
      if (name) each.classList.add(each.tagName === "path" ? (name === "hyp" ? "guess" : "no") : name);
      each.classList.add("is-saving");
    }
  }

  leaving(ids: readonly string[]): void {
    for (const id of ids) for (const each of this.of(id)) each.classList.add("is-leaving");
  }

  coming(beside: string, statement: string): void {
    const box = this.of(beside)[0]?.querySelector("rect, text");
    if (!(box instanceof SVGGraphicsElement) || !this.svg) return;
    const at = box.getBBox();
    const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
    text.setAttribute("class", "meta-t is-saving");
    text.setAttribute("x", String(at.x));
    text.setAttribute("y", String(at.y + at.height + 14));
    text.textContent = `+ ${statement.length > 40 ? `${statement.slice(0, 39)}…` : statement}`;
    this.svg.append(text);
  }
}
