// A change while it is written: what its words leave open stands below them, the size proposes a day and phases, and
// one click takes a proposal. Nothing is changed by itself but a day that nobody chose.
import { sendNow } from "../request";

const PAUSE_MS = 250;
const WRITTEN = ["text", "barrier", "size", "owner", "due"];
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export function writeAlong(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>("[data-written]");
  const url = form.dataset["writing"];
  if (!place || !url) return;
  let timer = 0;
  let asked = 0;
  let proposed = place.querySelector<HTMLElement>("[data-due]")?.dataset["due"] ?? "";
  if (!form.dataset["id"]) prefill(form, place, "", proposed);
  const ask = async (sized: boolean): Promise<void> => {
    const number = ++asked;
    const fields = new FormData();
    fields.set("change", form.dataset["id"] ?? "");
    for (const name of WRITTEN) fields.set(name, field(form, name)?.value ?? "");
    const reply = await sendNow(url, { method: "POST", form: fields });
    if (!reply.ok || number !== asked || !form.isConnected) return;
    const drawn = document.createElement("template");
    drawn.innerHTML = reply.text;
    const isOpen = place.querySelector("details")?.open ?? false;
    place.replaceChildren(drawn.content);
    const details = place.querySelector("details");
    if (details) details.open = isOpen;
    const told = place.querySelector<HTMLElement>("[data-due]");
    const proposes = form.querySelector("[data-proposes]");
    if (proposes) proposes.textContent = told?.dataset["dueSaid"] ?? "";
    if (sized || !form.dataset["id"]) prefill(form, place, proposed, told?.dataset["due"] ?? "");
    proposed = told?.dataset["due"] ?? "";
  };
  const later = (event: Event): void => {
    const name = (event.target as Field).name;
    if (!WRITTEN.includes(name)) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(name === "size"), event.type === "change" ? 0 : PAUSE_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  place.addEventListener("click", (event) => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-use-text], [data-use-date]");
    if (!pressed) return;
    const [text, day] = [pressed.dataset["useText"], pressed.dataset["useDate"]];
    if (text !== undefined) put(form, "text", text);
    if (day !== undefined) {
      put(form, "due", day);
      put(form, "due_because", pressed.dataset["because"] ?? "");
    }
    field(form, text !== undefined ? "text" : "due")?.focus();
    void ask(false);
  });
}

// The phases that were written, undefined where the form has no place for them.
export function phasesOf(form: HTMLFormElement): Record<string, unknown>[] | undefined {
  const lines = form.querySelectorAll<HTMLElement>("[data-phase]");
  if (!lines.length) return undefined;
  const size = field(form, "size")?.value;
  return [...lines].map((line) => {
    const said = (name: string): HTMLInputElement | null => line.querySelector<HTMLInputElement>(`[name=${name}]`);
    const done = said("phase-done");
    const first = { text: done?.value.trim() ?? "", check: done?.dataset["check"] ?? "", auditor: done?.dataset["auditor"] ?? "" };
    const rest = JSON.parse(line.dataset["rest"] ?? "[]") as unknown[];
    return { text: said("phase-text")?.value.trim() ?? "", due: said("phase-due")?.value || null, done_when: [...(first.text ? [first] : []), ...rest] };
  }).filter((phase) => phase.text || (size === "XL" && phase.done_when.length > 0));
}

function prefill(form: HTMLFormElement, place: HTMLElement, before: string, day: string): void {
  const due = field(form, "due");
  if (due && (due.value === "" || due.value === before) && field(form, "size")?.value) {
    due.value = day;
    const because = field(form, "due_because");
    if (because instanceof HTMLInputElement) because.placeholder = place.querySelector<HTMLElement>("[data-due]")?.dataset["dueBecause"] ?? "";
  }
  const phases = form.querySelector<HTMLElement>("[data-phases]");
  if (!phases) return;
  const days = (place.querySelector<HTMLElement>("[data-ladder]")?.dataset["ladder"] ?? "").split(" ").filter(Boolean);
  const isWritten = [...phases.querySelectorAll<HTMLInputElement>("[name=phase-text]")].some((each) => each.value.trim());
  phases.hidden = !isWritten && field(form, "size")?.value !== "XL";
  const dates = [...phases.querySelectorAll<HTMLInputElement>("[name=phase-due]")];
  if (!isWritten) for (const [at, each] of dates.entries()) each.value = days[at] ?? each.value;
}

function field(form: HTMLFormElement, name: string): Field | null {
  return form.querySelector<Field>(`[name="${name}"]`);
}

function put(form: HTMLFormElement, name: string, value: string): void {
  const found = field(form, name);
  if (found) found.value = value;
}
