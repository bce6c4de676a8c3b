// The box in which responders log one line and press Enter. It never asks anything back; without a connection the line
// waits in this browser with the time at which it was written.
import { bind } from "./keys";
import { send } from "./send";
import { toast } from "./toast";

export function watchLogBox(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-log]");
  const field = form?.querySelector<HTMLInputElement>("input[name=line]");
  if (!form || !field) return;
  bind("everywhere", "l", "log a line", () => field.focus());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const line = field.value.trim();
    if (!line) return;
    field.value = "";
    void send(form.action, { json: { line, written_at: new Date().toISOString() }, queue: form.dataset["label"] ?? "Log entry" }).then((reply) => {
      if (reply.ok) {
        toast("Logged", { about: "log" });
        document.body.dispatchEvent(new CustomEvent("evidence-changed"));
      } else if (!reply.kept && !field.value) field.value = line;
    });
    field.focus();
  });
}
