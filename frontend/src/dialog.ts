// Dialogs above the page: the browser keeps the focus inside, Esc leaves, and the focus goes back where it was.
import { printForThisMachine } from "./keys";
import { button, make } from "./words";

export interface DialogOptions {
  // What the dialog is called when no heading in it has an id for aria-labelledby.
  readonly label?: string;
  readonly className?: string;
  // Called once with the value the dialog was closed with, "" when it was left.
  readonly onClose?: (value: string) => void;
  // False for a dialog that may only be left through its buttons or Esc.
  readonly leaveByBackdrop?: boolean;
}

let numbered = 0;

// Markup given as text must come from this server; text from people goes through `make`.
export function openDialog(content: string | Node, options: DialogOptions = {}): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = `dialog ${options.className ?? ""}`.trim();
  if (typeof content === "string") dialog.innerHTML = content;
  else dialog.append(content);
  nameIt(dialog, options.label);
  printForThisMachine(dialog);
  const opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  dialog.addEventListener("close", () => {
    document.body.append(...dialog.querySelectorAll(".toasts"));
    dialog.remove();
    if (opener?.isConnected && (document.activeElement === document.body || !document.activeElement)) opener.focus();
    options.onClose?.(dialog.returnValue);
  });
  dialog.addEventListener("click", (event) => {
    const target = event.target as Element;
    const closing = target.closest<HTMLElement>("[data-close]");
    if (closing) dialog.close(closing.dataset["close"] ?? "");
    else if (target === dialog && options.leaveByBackdrop !== false && isOutside(event, dialog)) dialog.close("");
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no?: string;
}

// Asks before what cannot be undone. The safe answer has the focus.
export function ask(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const no = button(question.no ?? "Cancel", "btn", () => dialog.close(""));
    const yes = button(question.yes, "btn primary", () => dialog.close("yes"));
    no.autofocus = true;
    const content = make(
      "div",
      "asks",
      make("h2", "", question.title),
      make("p", "", question.text),
      make("p", "row mid wrap", yes, no),
    );
    const dialog = openDialog(content, { className: "center", onClose: (value) => resolve(value === "yes") });
  });
}

function nameIt(dialog: HTMLDialogElement, label: string | undefined): void {
  const heading = dialog.querySelector<HTMLElement>("h1, h2, h3, h4");
  if (label || !heading) {
    dialog.setAttribute("aria-label", label ?? "Dialog");
    return;
  }
  heading.id ||= `h-dialog-${++numbered}`;
  dialog.setAttribute("aria-labelledby", heading.id);
}

function isOutside(event: MouseEvent, dialog: HTMLElement): boolean {
  const box = dialog.getBoundingClientRect();
  const isIn = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  return !isIn;
}
