// The menu of kinds above the events: K opens it, arrows walk it, Escape closes it. Its choices are links.
import { bind } from "./keys";

export function bindKinds(list: HTMLElement): (() => void)[] {
  // A list that is drawn anew has a menu of its own, so it is looked for each time.
  const menu = (): HTMLDetailsElement | null => list.querySelector<HTMLDetailsElement>("details[data-kinds]");
  const close = (): boolean => {
    const found = menu();
    if (!found?.open) return false;
    const hadFocus = found.contains(document.activeElement);
    found.open = false;
    if (hadFocus) found.querySelector<HTMLElement>("summary")?.focus();
    return true;
  };
  const away = (event: MouseEvent): void => {
    if (!(event.target as Element).closest("details[data-kinds]")) close();
  };
  document.addEventListener("click", away);
  return [
    () => document.removeEventListener("click", away),
    bind("lists", "K", "events of one kind", () => {
      const found = menu();
      if (!found) return false;
      found.open = true;
      (found.querySelector<HTMLElement>("a[aria-current]") ?? found.querySelector<HTMLElement>("a"))?.focus();
      return true;
    }),
    bind("lists", ["ArrowDown", "ArrowUp"], "", (_, key) => walk(menu(), key === "ArrowDown" ? 1 : -1)),
    bind("lists", "Escape", "", close),
  ];
}

function walk(menu: HTMLDetailsElement | null, by: number): boolean {
  if (!menu?.open || !menu.contains(document.activeElement)) return false;
  const links = [...menu.querySelectorAll<HTMLElement>("a")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  links[(at + by + links.length) % links.length]?.focus();
  return true;
}
