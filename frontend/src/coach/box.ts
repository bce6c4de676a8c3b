// One suggestion: what it asks, the sentence as it stands and as it could read, and what may become of it.
import { button, icon, make } from "../words";
import { wordsApart } from "./apart";
import type { Finding } from "./findings";

export interface Verbs {
  readonly take: () => void;
  readonly edit: () => void;
  readonly dismiss: () => void;
  readonly next: () => void;
  readonly close: () => void;
  // Where the sentence leads beside a rewrite: its gate, its minute, the account of what a person did.
  readonly links: readonly { readonly label: string; readonly key: string; readonly href: string; readonly go: () => void }[];
}

let drawn = 0;

export function drawBox(finding: Finding, at: number, all: number, verbs: Verbs): HTMLElement {
  const id = `coach-${++drawn}`;
  const isKind = finding.rule === "LS";
  const title = make("b", "", isKind ? "Kinder to yourself" : finding.title);
  title.id = `${id}-t`;
  const question = make("p", "coach-q", finding.question);
  question.id = `${id}-q`;
  const kind = make("span", `row coach-kind ${isKind ? "m-people" : "m-signal"}`, icon("bulb"), title);
  const close = button("", "quiet", verbs.close);
  close.setAttribute("aria-label", "Close the suggestion");
  close.append(icon("close"));
  const count = make("span", "row dim small", all > 1 ? `${at + 1} of ${all}` : "", close);
  const box = make("div", "popover coachbox", make("div", "row between", kind, count), question, ...message(finding), sentence(finding));
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-labelledby", title.id);
  box.setAttribute("aria-describedby", question.id);
  box.tabIndex = -1;
  box.dataset["rule"] = finding.rule;
  const why = reasons(finding, id);
  box.append(choices(finding, all, verbs, why), why);
  return box;
}

// What only says the title again is left out.
function message(finding: Finding): HTMLElement[] {
  const says = finding.message.toLowerCase().includes(finding.title.toLowerCase());
  return says && finding.rule !== "LS" ? [] : [make("p", "small soft", finding.message)];
}

function sentence(finding: Finding): HTMLElement {
  if (!finding.suggestion) return make("p", "diff", make("mark", "", finding.sentence));
  const words = wordsApart(finding.sentence, finding.suggestion).map((each) => (each.kind === "same" ? each.text : make(each.kind, "", each.text)));
  return make("p", "diff", ...words);
}

function choices(finding: Finding, all: number, verbs: Verbs, why: HTMLElement): HTMLElement {
  const row = make("div", "row wrap coach-verbs");
  const add = (label: string, key: string, className: string, action: () => void): HTMLButtonElement => {
    const made = button(label, className, action);
    made.dataset["key"] = key;
    made.setAttribute("aria-keyshortcuts", key);
    made.append(" ", make("kbd", "", key));
    row.append(made);
    return made;
  };
  if (finding.suggestion) add("Take it", "t", "btn small primary", verbs.take);
  add(finding.suggestion ? "Edit first" : "Edit", "e", "btn small", verbs.edit);
  for (const each of verbs.links) {
    const link = make("a", "btn small", `${each.label} `, make("kbd", "", each.key));
    link.href = each.href;
    link.dataset["key"] = each.key;
    link.addEventListener("click", each.go);
    row.append(link);
  }
  add("Not here", "d", "btn small ghost", verbs.dismiss);
  if (all > 1) add("Next", "n", "btn small ghost", verbs.next);
  const opener = add("Why this", "w", "btn small ghost", () => {
    why.hidden = !why.hidden;
    opener.setAttribute("aria-expanded", String(!why.hidden));
  });
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", why.id);
  return row;
}

function reasons(finding: Finding, id: string): HTMLElement {
  const link = make("a", "link", "Language rules");
  link.href = `/language/#${finding.rule}`;
  const why = make("div", "coach-why small", make("p", "", finding.reason), make("p", "soft", `Rule ${finding.rule}. An admin can make it quieter or switch it off under `, link, "."));
  why.id = `${id}-w`;
  why.hidden = true;
  return why;
}

// Below the underlined words, or above them where there is no room; a phone shows it at its lower edge.
export function place(box: HTMLElement, lines: readonly DOMRect[]): void {
  const last = lines.at(-1);
  const first = lines[0];
  if (!last || !first) return;
  const room = 8;
  const width = Math.min(560, innerWidth - 2 * room);
  box.style.setProperty("width", `${width}px`);
  const height = box.offsetHeight;
  const below = last.bottom + room;
  const top = below + height <= innerHeight - room || first.top - room - height < room ? below : first.top - room - height;
  box.style.setProperty("left", `${Math.max(room, Math.min(Math.min(first.left, last.left), innerWidth - width - room))}px`);
  box.style.setProperty("top", `${Math.max(room, Math.min(top, innerHeight - height - room))}px`);
}
