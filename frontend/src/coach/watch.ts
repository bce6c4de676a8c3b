// Every field with data-coach="prose" (or cause, question, timeline, action, external) gets a coach; data-coach-part
// names the part of the review under which a suggestion is set aside. Fields that come later get theirs as they come.
import { account } from "../account";
import { bind } from "../keys";
import { make } from "../words";
import { FieldCoach } from "./field";
import type { Field } from "./layer";

const FIELDS = "textarea[data-coach]:not([readonly]), input[data-coach]:not([readonly])";
const coaches = new WeakMap<Field, FieldCoach>();

export function watchCoach(): void {
  if (!account()) return;
  bind("everywhere", "Alt+Enter", "next suggestion in what you write", () => {
    const field = document.activeElement as Field | null;
    return (field && coaches.get(field)?.openNext()) ?? false;
  });
  coachIn(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) for (const added of change.addedNodes) if (added instanceof Element) coachIn(added);
  }).observe(document.body, { childList: true, subtree: true });
}

// Gives a field that was just made its coach before it stands anywhere; what comes back stands in its place.
export function coached(field: Field, kind: string, part = ""): HTMLElement {
  field.dataset["coach"] = kind;
  field.dataset["coachPart"] = part;
  const wrap = make("div", "coached", field);
  begin(field, wrap);
  return wrap;
}

function coachIn(within: Element): void {
  const fields = [...within.querySelectorAll<Field>(FIELDS), ...(within.matches(FIELDS) ? [within as Field] : [])];
  for (const field of fields) if (!coaches.has(field)) enclose(field);
}

function enclose(field: Field): void {
  const hasFocus = document.activeElement === field;
  const [from, to] = [field.selectionStart, field.selectionEnd];
  const wrap = make("div", "coached");
  field.before(wrap);
  wrap.append(field);
  begin(field, wrap);
  if (!hasFocus) return;
  field.focus({ preventScroll: true });
  field.setSelectionRange(from, to);
}

function begin(field: Field, wrap: HTMLElement): void {
  coaches.set(field, new FieldCoach(field, wrap, field.dataset["coach"] || "prose", field.dataset["coachPart"] ?? field.name));
}
