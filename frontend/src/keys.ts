// The registry of keys: what a page binds works, and stands in the sheet that "?" opens. One listener for all.
//
//   const unbind = bind("lists", ["j", "k"], "next, previous", (event, key) => move(key === "j" ? 1 : -1));
//
// A key is what KeyboardEvent.key says ("j", "?", "Enter", "["), "Mod+k" for ⌘ or Ctrl, "Alt+Enter", or two in a row:
// "g h".
// Keys of one character without Mod wait until nobody is typing and can be turned off in the account. The newest
// binding of a key is asked first; an action that returns false leaves the key to the next one. Without a label
// a key works and is not printed. `within` keeps a key to one part of the page, fields and dialogs included.
export type Group = "everywhere" | "lists" | "events" | "timeline" | "evidence" | "report" | "review" | "graph" | "dialog";
export type Action = (event: KeyboardEvent, key: string) => boolean | void;
export interface Binding {
  readonly where: Group;
  readonly keys: readonly string[];
  readonly label: string;
  readonly action: Action;
  readonly within: Element | undefined;
}

const bindings: Binding[] = [];
const PAUSE = 1000;
let first = "";
let firstAt = 0;

export function bind(
  where: Group,
  key: string | readonly string[],
  label: string,
  action: Action,
  within?: Element,
): () => void {
  const bound: Binding = { where, keys: typeof key === "string" ? [key] : key, label, action, within };
  bindings.push(bound);
  return () => {
    const at = bindings.indexOf(bound);
    if (at >= 0) bindings.splice(at, 1);
  };
}

export function boundKeys(): readonly Binding[] {
  return bindings;
}

export function listenToKeys(): void {
  document.addEventListener("keydown", heard);
}

// Single keys count only when nobody is typing, no dialog is open, no modifier is held, and the account allows them.
export function isPlainKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  if (event.key.length === 1 && document.documentElement.dataset["singleKeys"] === "off") return false;
  if (document.querySelector("dialog:modal")) return false;
  const target = event.target;
  if (!(target instanceof HTMLElement || target instanceof SVGElement)) return true;
  if (target.closest("[popover]:popover-open, dialog[open]")) return false;
  return !isTyping(target);
}

function isTyping(target: Element): boolean {
  if (target instanceof HTMLInputElement) {
    return !/^(checkbox|radio|button|submit|reset|image)$/.test(target.type);
  }
  return (target instanceof HTMLElement && target.isContentEditable) || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

function heard(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || /^(Shift|Control|Alt|Meta|AltGraph)$/.test(event.key)) return;
  const name = nameOf(event);
  const pair = Date.now() - firstAt < PAUSE && first ? `${first} ${name}` : "";
  first = "";
  if (pair && answered(event, pair)) return;
  if (answered(event, name)) return;
  if (isPlainKey(event) && bindings.some((each) => each.keys.some((key) => key.startsWith(`${name} `)))) {
    first = name;
    firstAt = Date.now();
  }
}

function answered(event: KeyboardEvent, name: string): boolean {
  for (const bound of [...bindings].reverse()) {
    if (!bound.keys.includes(name) || !isMeant(event, name, bound)) continue;
    if (bound.action(event, name) === false) continue;
    event.preventDefault();
    return true;
  }
  return false;
}

function isMeant(event: KeyboardEvent, name: string, bound: Binding): boolean {
  const within = bound.within;
  if (within) {
    if (!within.isConnected || !(event.target instanceof Node && within.contains(event.target))) return false;
    const isSingle = name.length === 1;
    return !isSingle || (!isTyping(event.target as Element) && document.documentElement.dataset["singleKeys"] !== "off");
  }
  // Said while somebody writes, in dialogs too.
  if (name.startsWith("Alt+")) return true;
  if (name.startsWith("Mod+")) return !document.querySelector("dialog:modal");
  return isPlainKey(event);
}

function nameOf(event: KeyboardEvent): string {
  if (event.key === "Enter" && event.altKey && !event.ctrlKey && !event.metaKey) return "Alt+Enter";
  const key = event.key.length === 1 && (event.ctrlKey || event.metaKey) ? event.key.toLowerCase() : event.key;
  return (event.ctrlKey || event.metaKey) && !event.altKey ? `Mod+${key}` : key;
}

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

const SHOWN: Record<string, string> = { Escape: "Esc", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

// A key as it is printed: Mod is ⌘ or Ctrl, a pair is two keys.
export function printed(key: string): string[] {
  return key.split(" ").flatMap((each) => {
    if (each.startsWith("Alt+")) return [isMac ? "⌥" : "Alt", each.slice(4)];
    const [modifier, rest] = each.startsWith("Mod+") ? [isMac ? "⌘" : "Ctrl", each.slice(4)] : ["", each];
    const name = rest.length === 1 && modifier ? rest.toUpperCase() : (SHOWN[rest] ?? rest);
    return modifier ? [modifier, name] : [name];
  });
}

// Pages print ⌘; on other machines the same key is called Ctrl.
export function printForThisMachine(within: ParentNode): void {
  if (isMac) return;
  for (const key of within.querySelectorAll("kbd")) {
    if (key.textContent?.startsWith("⌘")) key.textContent = key.textContent.replace("⌘", "Ctrl");
  }
}
