// Which node stands beside another on the screen, so that arrow keys walk any drawing alike.
type Way = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";
// What lies off the way counts this much more than what lies along it.
const ASIDE = 2.5;

export function beside(from: Element, way: Way, among: readonly Element[]): Element | undefined {
  const start = middle(from);
  const isAcross = way === "ArrowLeft" || way === "ArrowRight";
  const sign = way === "ArrowRight" || way === "ArrowDown" ? 1 : -1;
  let best: { element: Element; far: number } | undefined;
  for (const element of among) {
    if (element === from) continue;
    const at = middle(element);
    const along = (isAcross ? at.x - start.x : at.y - start.y) * sign;
    const aside = Math.abs(isAcross ? at.y - start.y : at.x - start.x);
    if (along < 4) continue;
    const far = along + ASIDE * aside;
    if (!best || far < best.far) best = { element, far };
  }
  return best?.element;
}

function middle(element: Element): { x: number; y: number } {
  const box = element.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
