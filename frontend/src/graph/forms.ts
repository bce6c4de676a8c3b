// Small forms above the page: a few fields, one verb. Enter saves, Esc leaves, nothing is sent from here.
import { openDialog } from "../dialog";
import { button, make } from "../words";

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind?: "text" | "area" | "select" | "check" | "search";
  readonly value?: string | boolean;
  readonly options?: readonly (readonly [string, string])[];
  readonly hint?: string;
  readonly required?: boolean;
  // Shares its line with the next such field.
  readonly half?: boolean;
}
export type Values = Record<string, string>;

let numbered = 0;

export interface Form {
  readonly title: string;
  readonly about?: string;
  readonly fields: readonly Field[];
  readonly yes: string;
  // Stands below the fields: what else is chosen here.
  readonly more?: HTMLElement;
  // Words for what is wrong with the values, "" where nothing is.
  readonly check?: (values: Values) => string;
}

// Resolves with the values ("on" and "" for boxes), with undefined when the form was left.
export function fill(form: Form): Promise<Values | undefined> {
  return new Promise((resolve) => {
    let values: Values | undefined;
    const element = make("form", "gform", make("h2", "", form.title));
    if (form.about) element.append(make("p", "small dim", form.about));
    element.append(...rows(form.fields));
    if (form.more) element.append(form.more);
    const wrong = make("p", "small");
    wrong.setAttribute("role", "alert");
    const yes = make("button", "btn primary", form.yes);
    yes.type = "submit";
    element.append(wrong, make("p", "row right wrap", button("Cancel", "btn", () => dialog.close("")), yes));
    element.noValidate = true;
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const told = read(element, form.fields);
      const missing = form.fields.find((each) => each.required && !told[each.name]?.trim());
      const problem = missing ? `${missing.label} is missing.` : (form.check?.(told) ?? "");
      wrong.textContent = problem;
      if (problem) {
        element.querySelector<HTMLElement>(`[name="${missing?.name ?? form.fields[0]?.name}"]`)?.focus();
        return;
      }
      values = told;
      dialog.close("saved");
    });
    // Enter saves from lists and boxes too; a text of several lines ends with Ctrl or ⌘ Enter.
    element.addEventListener("keydown", (event) => {
      const isChoice = event.target instanceof HTMLSelectElement || (event.target instanceof HTMLInputElement && /^(radio|checkbox)$/.test(event.target.type));
      if (event.key !== "Enter" || !(isChoice || event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      element.requestSubmit();
    });
    const dialog = openDialog(element, { leaveByBackdrop: false, onClose: () => resolve(values) });
    const first = element.querySelector<HTMLElement>("input:not([type=hidden]), textarea, select");
    first?.focus();
    if (first instanceof HTMLInputElement && first.type === "text") first.select();
  });
}

function rows(fields: readonly Field[]): HTMLElement[] {
  const made: HTMLElement[] = [];
  let pair: HTMLElement | undefined;
  for (const each of fields) {
    const drawn = drawField(each);
    if (!each.half) {
      made.push(drawn);
      pair = undefined;
    } else if (pair) {
      pair.append(drawn);
      pair = undefined;
    } else {
      pair = make("div", "two", drawn);
      made.push(pair);
    }
  }
  return made;
}

function drawField(field: Field): HTMLElement {
  const id = `g-field-${++numbered}`;
  const label = make("label", "", field.label);
  label.htmlFor = id;
  const input = control(field);
  input.id = id;
  input.setAttribute("name", field.name);
  if (field.required) input.setAttribute("aria-required", "true");
  if (field.kind === "check") return make("label", "row", input, field.label);
  const drawn = make("div", "fld", label, input);
  if (field.hint) {
    const hint = make("p", "hint", field.hint);
    hint.id = `${id}-h`;
    input.setAttribute("aria-describedby", hint.id);
    drawn.append(hint);
  }
  return drawn;
}

function control(field: Field): HTMLElement {
  if (field.kind === "select") {
    const select = make("select", "inp");
    for (const [value, label] of field.options ?? []) select.append(new Option(label, value, false, value === field.value));
    return select;
  }
  if (field.kind === "area") {
    const area = make("textarea", "inp");
    area.rows = 3;
    area.dataset["coach"] = "prose";
    area.value = String(field.value ?? "");
    return area;
  }
  const input = make("input", field.kind === "check" ? "" : "inp");
  input.type = field.kind === "check" ? "checkbox" : field.kind === "search" ? "search" : "text";
  if (field.kind === "check") input.checked = field.value === true;
  else input.value = String(field.value ?? "");
  input.autocomplete = "off";
  return input;
}

function read(form: HTMLFormElement, fields: readonly Field[]): Values {
  const data = new FormData(form);
  return Object.fromEntries(fields.map((each) => [each.name, String(data.get(each.name) ?? "")]));
}
