// On the evidence page "e" goes from failure to failure, in the order of the list.
import { bind } from "./keys";

export function bindFailures(): void {
  if (!document.getElementById("evidence-live")) return;
  bind("evidence", "e", "next failure", () => {
    const all = [...document.querySelectorAll<HTMLElement>("#evidence-live .orig.f-warn")];
    const at = all.findIndex((each) => each.contains(document.activeElement));
    const next = all[(at + 1) % all.length];
    if (!next) return false;
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "center" });
    return true;
  });
}
