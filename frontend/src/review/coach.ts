// What reads as an accusation in a text that is being written: a question and a way to say it of the system, below the
// text. Nothing is changed by itself.
import { button, icon, make } from "../words";

export interface Finding {
  readonly id: string;
  readonly kind: string;
  readonly severity: string;
  readonly message: string;
  readonly question: string;
  readonly sentence: string;
  readonly suggestion: string;
  readonly start: number;
  readonly end: number;
}
export interface Coached {
  readonly use: (finding: Finding, text: string) => void;
  readonly edit: (finding: Finding) => void;
  readonly dismiss: (finding: Finding) => void;
}

export function drawCoach(finding: Finding, at: number, all: number, verbs: Coached): HTMLElement {
  const kind = make("span", "row coach-kind m-signal", icon("bulb"), make("b", "", finding.kind));
  const head = make("div", "row between", kind, make("span", "dim small", all > 1 ? `${at + 1} of ${all}` : ""));
  const box = make("div", "popover coachbox", head, make("p", "coach-q", finding.question), make("p", "small soft", finding.message));
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", `Suggestion: ${finding.kind}`);
  const quoted = make("p", "diff", make(finding.suggestion ? "del" : "mark", "", finding.sentence));
  if (finding.suggestion) quoted.append(" ", make("ins", "", finding.suggestion));
  const row = make("div", "row wrap");
  if (finding.suggestion) row.append(button("Use rewrite", "btn small primary", () => verbs.use(finding, finding.suggestion)));
  const dismiss = button("Dismiss", "btn small ghost right", () => verbs.dismiss(finding));
  row.append(button(finding.suggestion ? "Edit first" : "Edit", "btn small", () => verbs.edit(finding)), dismiss);
  box.append(quoted, row);
  return box;
}
