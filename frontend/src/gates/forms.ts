// Dialogs of the gates page: forms that the server draws, and questions for a reason.
import { openDialog } from "../dialog";
import { sendNow } from "../request";
import { toast } from "../toast";
import { button, make } from "../words";
import { phasesOf, writeAlong } from "./writing";
import type { Body } from "./parts";

// A form of the server in a dialog; resolves with what was filled in, undefined when it was left.
export async function fillIn(url: string): Promise<{ fields: Body; id: string } | undefined> {
  const reply = await sendNow(url, { method: "GET" });
  if (!reply.ok) {
    toast(`Not opened: ${reply.problem}`, { failure: true });
    return undefined;
  }
  return new Promise((resolve) => {
    let filled: { fields: Body; id: string } | undefined;
    const dialog = openDialog(reply.text, { className: "wide gates-form", leaveByBackdrop: false, onClose: () => resolve(filled) });
    const form = dialog.querySelector("form");
    if (!form) return dialog.close("");
    form.addEventListener("click", (event) => addLine(event, form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      filled = { fields: collected(form), id: form.dataset["id"] ?? "" };
      dialog.close("save");
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) form.requestSubmit();
    });
    writeAlong(form);
    form.querySelector<HTMLElement>("[autofocus], textarea, input:not([type=hidden])")?.focus();
  });
}

export interface Asked {
  readonly title: string;
  readonly label: string;
  readonly yes: string;
  readonly mark?: string;
  readonly value?: string;
}

// A reason in one's own words; undefined when the dialog was left. `mark` is a box to tick instead of a reason.
export function askReason(asked: Asked): Promise<{ reason: string; marked: boolean } | undefined> {
  return new Promise((resolve) => {
    let answer: { reason: string; marked: boolean } | undefined;
    const area = make("textarea", "inp");
    area.value = asked.value ?? "";
    area.setAttribute("aria-label", asked.label);
    area.placeholder = asked.label;
    area.rows = 3;
    const box = make("input", "");
    box.type = "checkbox";
    const problem = make("p", "problem");
    problem.setAttribute("role", "alert");
    const yes = button(asked.yes, "btn primary", () => {
      if (!area.value.trim() && !box.checked) {
        problem.textContent = "A reason is needed, in a few words.";
        return area.focus();
      }
      answer = { reason: area.value.trim(), marked: box.checked };
      dialog.close("yes");
    });
    const content = make("div", "asks", make("h2", "", asked.title), area);
    if (asked.mark) content.append(make("label", "row", box, asked.mark));
    content.append(problem, make("p", "row mid wrap", button("Cancel", "btn", () => dialog.close("")), yes));
    content.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) yes.click();
    });
    const dialog = openDialog(content, { className: "center", onClose: () => resolve(answer) });
    area.focus();
  });
}

function addLine(event: Event, form: HTMLFormElement): void {
  const pressed = (event.target as Element).closest<HTMLElement>("[data-add-line]");
  const lines = form.querySelectorAll<HTMLElement>("[data-line]");
  const last = lines[lines.length - 1];
  if (!pressed || !last) return;
  const fresh = last.cloneNode(true) as HTMLElement;
  for (const field of fresh.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")) field.value = "";
  last.after(fresh);
  fresh.querySelector("input")?.focus();
}

// What a form says, by the fields of the part. Empty ones are left to what they are by default.
function collected(form: HTMLFormElement): Body {
  const fields: Body = {};
  for (const each of form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>("[data-as]")) {
    fields[each.name] = valueOf(each);
  }
  for (const group of form.querySelectorAll<HTMLElement>("[data-many]")) {
    const ticked = [...group.querySelectorAll<HTMLInputElement>("input:checked")].map((each) => each.value);
    fields[group.dataset["many"] ?? ""] = ticked;
  }
  const lines = form.querySelectorAll<HTMLElement>("[data-line]");
  if (lines.length) fields["done_when"] = [...lines].map(lineOf).filter((each) => each["text"]);
  const phases = phasesOf(form);
  if (phases) fields["phases"] = phases;
  return fields;
}

function lineOf(row: HTMLElement): Record<string, string> {
  const said = (name: string): string => row.querySelector<HTMLInputElement>(`[name=${name}]`)?.value.trim() ?? "";
  return { text: said("text"), check: said("check"), auditor: said("auditor") };
}

function valueOf(field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement): unknown {
  const text = field.value.trim();
  switch (field.dataset["as"]) {
    case "number":
      return text === "" ? null : Number(text);
    case "choice":
      return text === "" ? null : text;
    case "flag":
      return field instanceof HTMLInputElement ? field.checked : text === "true";
    case "labels":
      return text.split(/[\s,]+/).filter(Boolean);
    default:
      return text;
  }
}
