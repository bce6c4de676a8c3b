// Why a gate let it through, written in its row. What stands there unsaved outlives the page drawn anew around it.
import { coached } from "../coach/watch";

export interface Why {
  readonly gate: string;
  readonly title: string;
  readonly before: string;
  // A sentence that came along from elsewhere, "" for none; it is kept on purpose only.
  readonly said: string;
  readonly save: (why: string) => void;
  // After it was kept or left; the place is that of the row as it stands then.
  readonly done: () => void;
}

export class WhyField {
  private readonly area = document.createElement("textarea");
  private readonly wrap: HTMLElement;
  private isDone = false;

  constructor(private readonly why: Why) {
    this.area.className = "inp";
    this.area.value = why.said && !why.before.includes(why.said) ? [why.before, why.said].filter(Boolean).join(" ") : why.before;
    this.area.setAttribute("aria-label", `Why ${why.title} let this through`);
    this.wrap = coached(this.area, "prose", "gate");
    this.area.addEventListener("keydown", (event) => this.keyed(event));
    this.area.addEventListener("blur", (event) => {
      // Whoever answers the coach is still writing, and so is who loses the field to a page drawn anew.
      const stays = event.relatedTarget instanceof Node && this.wrap.contains(event.relatedTarget);
      if (!stays && !why.said) queueMicrotask(() => this.wrap.isConnected && this.close(true));
    });
  }

  get gate(): string {
    return this.why.gate;
  }

  // Into the place of its row, in front of what is read there.
  stand(place: HTMLElement): void {
    const [from, to] = [this.area.selectionStart, this.area.selectionEnd];
    const takesFocus = document.activeElement === document.body || this.wrap.parentElement === null;
    for (const each of place.children) if (each instanceof HTMLElement && each !== this.wrap) each.hidden = true;
    if (this.wrap.parentElement !== place) place.prepend(this.wrap);
    if (!takesFocus) return;
    this.area.focus();
    this.area.setSelectionRange(from, to);
  }

  private keyed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape") this.close(false);
    else if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.close(true);
    } else return;
    event.stopPropagation();
  }

  private close(saves: boolean): void {
    if (this.isDone) return;
    this.isDone = true;
    const place = this.wrap.parentElement;
    this.wrap.remove();
    for (const each of place?.children ?? []) if (each instanceof HTMLElement) each.hidden = false;
    this.why.done();
    const why = this.area.value.trim();
    if (saves && why !== this.why.before) this.why.save(why);
  }
}
