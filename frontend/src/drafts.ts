// What people write is kept in their browser while they write it: every field with data-draft="key", and every text
// in a form with data-draft="key" as "key:name". It is kept per account, offered when the field is there again, and
// goes when it was saved.
import { account, forget, keep, kept, keptNames } from "./account";
import { button, make, timeOfDay } from "./words";

type Field = HTMLTextAreaElement | HTMLInputElement;
export interface Draft {
  readonly text: string;
  readonly at: number;
  // What the field is called: "Why it happened".
  readonly name: string;
}

const TEXTS = "textarea, input:not([type]), input[type=text], input[type=url], input[type=search]";
const FIELDS = `textarea[data-draft], input[data-draft], form[data-draft] :is(${TEXTS})`;
const SENT = "aa-sent-drafts";
const KEPT_DAYS = 30;
const begun = new WeakMap<Field, { from: string; at: number }>();

export function watchDrafts(): void {
  if (!account()) {
    // The sign-in came first, so what was sent last was not taken.
    sessionStorage.removeItem(SENT);
    return;
  }
  settleSent();
  putAwayOld();
  for (const field of fields()) begin(field);
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const added of change.addedNodes) {
        if (added instanceof Element) for (const field of fields(added)) begin(field);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("input", (event) => {
    if (isDraft(event.target)) written(event.target);
  });
  document.addEventListener("submit", (event) => {
    const keys = [...(event.target as HTMLFormElement).querySelectorAll<Field>(FIELDS)].map(keyOf);
    // Whether a form was saved shows on the page that comes next.
    if (keys.length && !event.defaultPrevented) sessionStorage.setItem(SENT, JSON.stringify(keys));
  });
}

// Call it when what stands in the field was saved.
export function clearDraft(key: string): void {
  for (const name of keptNames("draft:")) if (name === `draft:${key}` || name.startsWith(`draft:${key}:`)) forget(name);
  for (const field of fields()) if (keyOf(field) === key || keyOf(field).startsWith(`${key}:`)) begun.set(field, { from: field.value, at: 0 });
}

// Keeps every field as it stands; false when the browser keeps no more.
export function keepAll(): boolean {
  return fields()
    .filter(isChanged)
    .map((field) => keepDraft(field))
    .every(Boolean);
}

export function unsaved(): Draft[] {
  return fields().filter(isChanged).map(draftOf);
}

function fields(within: Element | Document = document): Field[] {
  const inside = [...within.querySelectorAll<Field>(FIELDS)];
  return within instanceof Element && within.matches(FIELDS) ? [within as Field, ...inside] : inside;
}

function isDraft(target: EventTarget | null): target is Field {
  return target instanceof Element && target.matches(FIELDS);
}

function keyOf(field: Field): string {
  return field.dataset["draft"] ?? `${field.form?.dataset["draft"] ?? ""}:${field.name}`;
}

function isChanged(field: Field): boolean {
  const from = begun.get(field);
  return from !== undefined && field.value !== from.from && field.value.trim() !== "";
}

function draftOf(field: Field): Draft {
  const name = field.labels?.[0]?.textContent?.trim() || field.getAttribute("aria-label") || field.name || "this page";
  return { text: field.value, at: begun.get(field)?.at || Date.now(), name };
}

function written(field: Field): void {
  const from = begun.get(field)?.from ?? field.defaultValue;
  begun.set(field, { from, at: Date.now() });
  if (isChanged(field)) keepDraft(field);
  else forget(`draft:${keyOf(field)}`);
}

function keepDraft(field: Field): boolean {
  return keep(`draft:${keyOf(field)}`, draftOf(field));
}

function begin(field: Field): void {
  if (begun.has(field)) return;
  begun.set(field, { from: field.value, at: 0 });
  const draft = kept<Draft>(`draft:${keyOf(field)}`);
  if (!draft || draft.text === field.value) return;
  offer(field, draft);
}

// The draft is put back where it was written, and what the server has is one click away.
function offer(field: Field, draft: Draft): void {
  const saved = field.value;
  field.value = draft.text;
  begun.set(field, { from: saved, at: draft.at });
  const note = make("p", "draftnote small", `Not saved yet, written ${timeOfDay(draft.at)}. `);
  note.append(
    button(saved ? "Go back to what is saved" : "Throw it away", "btn small", () => {
      field.value = saved;
      forget(`draft:${keyOf(field)}`);
      note.remove();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    }),
  );
  note.setAttribute("role", "status");
  field.after(note);
}

// What the page before sent was saved unless this page says that it was refused, or asks for a sign-in first.
function settleSent(): void {
  const sent = sessionStorage.getItem(SENT);
  if (!sent) return;
  sessionStorage.removeItem(SENT);
  if (document.querySelector("html[data-refused], [data-errors], .fld.bad")) return;
  for (const key of JSON.parse(sent) as string[]) forget(`draft:${key}`);
}

function putAwayOld(): void {
  const limit = Date.now() - KEPT_DAYS * 24 * 3600 * 1000;
  for (const name of keptNames("draft:")) if ((kept<Draft>(name)?.at ?? 0) < limit) forget(name);
}
