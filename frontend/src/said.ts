// What the server has to say after the fact, said as toasts: Django's messages that came with a page, and the event
// aa-toast that an answer to HTMX triggers (HX-Trigger: {"aa-toast": {"text": "3 events hidden", "undo": "/…"}}).
// `undo` is an address that is posted to; the page is loaded anew when that was done.
import { send } from "./send";
import { toast } from "./toast";

interface Said {
  readonly text?: string;
  readonly undo?: string;
  readonly failure?: boolean;
}

export function sayWhatServerSaid(): void {
  for (const each of document.querySelectorAll<HTMLElement>("#toasts [data-said]")) {
    each.remove();
    say({
      text: each.textContent?.trim() ?? "",
      failure: each.dataset["said"] === "failure",
      ...(each.dataset["undo"] ? { undo: each.dataset["undo"] } : {}),
    });
  }
  document.addEventListener("aa-toast", (event) => say((event as CustomEvent<Said>).detail));
}

function say({ text, undo, failure }: Said): void {
  if (!text) return;
  if (!undo) {
    toast(text, { failure: failure ?? false });
    return;
  }
  toast(text, {
    undo: async () => {
      const reply = await send(undo, { quiet: true });
      if (!reply.ok) throw new Error(reply.problem);
      location.reload();
    },
  });
}
