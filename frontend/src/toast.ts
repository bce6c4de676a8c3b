// What is said after the fact. One at a time for 8 s, longer while it is hovered or focused; the rest wait.
//
//   toast("3 events hidden", { undo: () => send(url, …).then(() => undefined) });
//   toast("Not saved: the title is empty", { failure: true, go: { label: "Go there", action: () => field.focus() } });
//
// `about` names what a toast is about: a newer one about the same takes the place of the older. The key u takes back
// the newest thing that can be undone while its toast is shown or waits.
import { bind } from "./keys";
import { icon, make } from "./words";

export interface ToastOptions {
  readonly undo?: () => Promise<void>;
  readonly failure?: boolean;
  readonly go?: { readonly label: string; readonly action: () => void };
  readonly about?: string;
}
interface Said extends ToastOptions {
  readonly text: string;
}

const STAYS = 8000;
let waiting: Said[] = [];
let shown: { said: Said; element: HTMLElement } | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export function toast(text: string, options: ToastOptions = {}): void {
  const said: Said = { ...options, text };
  if (said.about) waiting = waiting.filter((each) => each.about !== said.about);
  if (said.failure) waiting.unshift(said);
  else waiting.push(said);
  if (shown && (said.failure || (said.about && shown.said.about === said.about)) && !isHeld(shown.element)) takeAway();
  else if (!shown) showNext();
}

export function bindUndo(): void {
  bind("lists", "u", "undo", () => undoNewest());
}

function undoNewest(): boolean {
  const newest = [shown?.said, ...waiting].filter((each): each is Said => Boolean(each?.undo)).at(-1);
  if (!newest) return false;
  void takeBack(newest);
  return true;
}

async function takeBack(said: Said): Promise<void> {
  waiting = waiting.filter((each) => each !== said);
  if (shown?.said === said) takeAway();
  try {
    await said.undo?.();
  } catch (problem) {
    const why = problem instanceof Error && problem.message ? `: ${problem.message}` : "";
    toast(`Not undone${why}`, { failure: true });
  }
}

function showNext(): void {
  const said = waiting.shift();
  const region = document.getElementById(said?.failure ? "failures" : "toasts");
  if (!said || !region) return;
  // What stands outside of an open dialog cannot be reached, so the toast is said inside of it.
  const place = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;
  if (region.parentElement !== place) place.append(region);
  const element = make("div", "toast");
  element.setAttribute("role", said.failure ? "alert" : "status");
  region.append(element);
  // Screen readers say what changes in a region that is there already.
  setTimeout(() => element.append(...partsOf(said)), 30);
  shown = { said, element };
  for (const name of ["mouseenter", "focusin"]) element.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["mouseleave", "focusout"]) element.addEventListener(name, () => startTimer());
  startTimer();
}

function partsOf(said: Said): Node[] {
  const parts: Node[] = said.failure ? [icon("warn")] : [];
  parts.push(make("span", "", said.text));
  if (said.undo) {
    const key = make("kbd", "", "u");
    key.setAttribute("aria-hidden", "true");
    parts.push(plain("Undo", () => void takeBack(said)), key);
  } else if (said.go) {
    const go = said.go;
    parts.push(plain(go.label, () => {
      takeAway();
      go.action();
    }));
  }
  const close = plain("", takeAway);
  close.className = "leave";
  close.setAttribute("aria-label", "Close this message");
  close.append(icon("close"));
  return [...parts, close];
}

function plain(label: string, action: () => void): HTMLButtonElement {
  const made = make("button", "", label);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

function isHeld(element: HTMLElement): boolean {
  return element.matches(":hover, :focus-within");
}

function startTimer(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (shown && isHeld(shown.element)) startTimer();
    else takeAway();
  }, STAYS);
}

function takeAway(): void {
  clearTimeout(timer);
  shown?.element.remove();
  shown = undefined;
  showNext();
}
