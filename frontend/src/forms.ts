// Forms that leave the page: the box of problems gets the focus, ⌘ Enter saves, and a double click sends once.
import { bind, printForThisMachine } from "./keys";

export function watchForms(): void {
  focusProblems(document);
  printForThisMachine(document);
  bind("everywhere", "Mod+Enter", "", (event) => saveFrom(event));
  document.addEventListener("htmx:after:swap", (event) => {
    const target = (event as CustomEvent<{ ctx?: { target?: unknown } }>).detail.ctx?.target;
    if (target instanceof Element) focusProblems(target.isConnected ? target : document);
  });
  document.addEventListener("submit", (event) => once(event));
  // Going back to a page that the browser kept finds its forms ready again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sending]")) ready(form);
  });
}

// ⌘ Enter in a field presses the form's main button.
function saveFrom(event: KeyboardEvent): boolean {
  const form = (event.target as HTMLElement).closest("form");
  const main = form?.querySelector<HTMLButtonElement>("button.primary:not([type=button])");
  if (!form || !main) return false;
  form.requestSubmit(main);
  return true;
}

function focusProblems(within: Element | Document): void {
  within.querySelector<HTMLElement>("[data-errors]")?.focus();
}

function once(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== "post" || form.target) return;
  if (form.hasAttribute("data-sending")) {
    event.preventDefault();
    return;
  }
  form.setAttribute("data-sending", "");
  event.submitter?.setAttribute("aria-busy", "true");
  // A file that is saved instead of a page leaves this one open.
  setTimeout(() => ready(form), 5000);
}

function ready(form: HTMLFormElement): void {
  form.removeAttribute("data-sending");
  for (const each of form.querySelectorAll("[aria-busy]")) each.removeAttribute("aria-busy");
}
