// Forms whose fields are fields of one part: <form data-fields="frame:review">. A form is saved as a whole, with what
// its part has beside them.
import { clearDraft } from "../drafts";
import type { Body } from "../graph/parts";
import { toast } from "../toast";
import type { ReviewHost } from "./host";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function watchFields(page: ReviewHost): void {
  page.addEventListener("input", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-fields]");
    const save = form?.querySelector<HTMLButtonElement>("button[type=submit]");
    if (save) save.disabled = false;
  });
  page.addEventListener("keydown", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-fields], form[data-propose], form[data-remark]");
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  for (const form of page.querySelectorAll<HTMLFormElement>("form[data-fields]")) {
    // A draft that was put back is not saved yet.
    const save = form.querySelector<HTMLButtonElement>("button[type=submit]");
    if (save && form.querySelector(".draftnote")) save.disabled = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void saveForm(page, form);
    });
  }
}

async function saveForm(page: ReviewHost, form: HTMLFormElement): Promise<void> {
  const [sort = "", id = ""] = (form.dataset["fields"] ?? "").split(":");
  const body: Body = { ...page.parts.body(sort, id), ...valuesOf(form) };
  for (const [name, value] of Object.entries(body)) if (value === "" || value === undefined) delete body[name];
  const said = await page.parts.save("edit", [{ sort, id, body }]);
  if (!said) return;
  for (const each of form.querySelectorAll<HTMLElement>("[data-draft]")) {
    clearDraft(each.dataset["draft"] ?? "");
    each.closest(".fld")?.querySelector(".draftnote")?.remove();
  }
  const save = form.querySelector<HTMLButtonElement>("button[type=submit]");
  if (save) save.disabled = true;
  toast("Saved", { undo: () => page.undo(said.number, true), about: form.dataset["fields"] ?? "" });
  await page.refresh();
}

export function valuesOf(form: HTMLFormElement): Body {
  const values: Body = {};
  for (const each of form.elements) {
    if (!isControl(each) || !each.name) continue;
    if (each instanceof HTMLInputElement && each.type === "radio") {
      if (each.checked) values[each.name] = Number(each.value);
    } else values[each.name] = each.value.trim();
  }
  return values;
}

function isControl(element: Element): element is Control {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}
