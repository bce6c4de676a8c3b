// Single keys count only when nobody is typing and no modifier is held.
export function isPlainKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target;
  if (!(target instanceof HTMLElement || target instanceof SVGElement)) return true;
  if (target.closest("[popover]:popover-open, dialog[open]")) return false;
  return !(target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)));
}
