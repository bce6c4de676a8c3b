// What stands where something is awaited: nothing for 300 ms, then a shape, and after 2 s words that say for what.
//
//   const reply = await waiting(panel, "Merging 214 events of 38 files", fetch(url));
//
// HTMX requests wait by themselves where the target or the asking element has data-waits="…".
import { make } from "./words";

const SHAPE_AFTER = 300;
const WORDS_AFTER = 2000;

export async function waiting<Result>(panel: Element, words: string, work: Promise<Result>): Promise<Result> {
  const stop = begin(panel, words);
  try {
    return await work;
  } finally {
    stop();
  }
}

export function begin(panel: Element, words: string): () => void {
  panel.setAttribute("aria-busy", "true");
  const isEmpty = !panel.textContent?.trim();
  const shape = make("div", "sk");
  const said = make("p", "words small dim");
  said.setAttribute("role", "status");
  const shapeTimer = setTimeout(() => {
    panel.classList.add("awaits");
    if (isEmpty) for (const each of ["", "s", "", "s"]) shape.append(make("i", `skeleton ${each}`.trim()));
    shape.append(said);
    panel.append(shape);
  }, SHAPE_AFTER);
  const wordsTimer = setTimeout(() => {
    said.textContent = words;
  }, WORDS_AFTER);
  return () => {
    clearTimeout(shapeTimer);
    clearTimeout(wordsTimer);
    shape.remove();
    panel.classList.remove("awaits");
    panel.removeAttribute("aria-busy");
  };
}

export function watchWaiting(): void {
  const stops = new WeakMap<object, () => void>();
  document.addEventListener("htmx:before:request", (event) => {
    const { ctx } = event.detail;
    const target = ctx.target instanceof HTMLElement ? ctx.target : undefined;
    const asking = ctx.sourceElement instanceof HTMLElement ? ctx.sourceElement : undefined;
    const words = asking?.dataset["waits"] ?? target?.dataset["waits"];
    if (target && words) stops.set(ctx, begin(target, words));
  });
  document.addEventListener("htmx:finally:request", (event) => stops.get(event.detail.ctx)?.());
}
