// Citations of the evidence that is open, as Markdown: [E7, line 47](https://…).
import { make } from "./words";
import { openDialog } from "./dialog";
import { toast } from "./toast";

export function citation(): string {
  const button = document.querySelector<HTMLElement>("aside[data-panel] [data-cite]");
  const name = button?.dataset["cite"];
  const link = button?.dataset["href"];
  return name && link ? `[${name.replace(/[[\]]/g, "")}](${new URL(link, location.href).href})` : "";
}

export async function cite(): Promise<void> {
  const text = citation();
  if (!text) {
    toast("This event has no original to cite", { failure: true });
    return;
  }
  try {
    await navigator.clipboard.writeText(text);
    toast(`Copied ${text.slice(1, text.indexOf("]"))}`, { about: "citation" });
  } catch {
    const field = make("textarea", "inp");
    field.value = text;
    field.readOnly = true;
    field.setAttribute("aria-label", "Citation");
    openDialog(make("div", "asks", make("h2", "", "Copy this citation"), field), { className: "center" });
    field.select();
  }
}

// @ in a note writes the citation of the evidence that is open beside it.
export function citeAt(event: KeyboardEvent): void {
  const field = event.target;
  if (event.key !== "@" || !(field instanceof HTMLTextAreaElement) || field.dataset["cites"] === undefined) return;
  const text = citation();
  if (!text) return;
  event.preventDefault();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
