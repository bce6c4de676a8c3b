// The box in which responders log one line and press Enter. It never asks anything back; without a connection the line
// waits in this browser with the time at which it was written.
import { bind } from "./keys";
import { send } from "./send";
import { toast } from "./toast";
import { make } from "./words";

export function watchLogBox(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-log]");
  const field = form?.querySelector<HTMLInputElement>("input[name=line]");
  if (!form || !field) return;
  bind("everywhere", "l", "log a line", () => {
    form.closest("details")?.setAttribute("open", "");
    field.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const line = field.value.trim();
    if (!line) return;
    field.value = "";
    void send(form.action, { json: { line, written_at: new Date().toISOString() }, queue: form.dataset["label"] ?? "Log entry" }).then((reply) => {
      if (reply.ok) {
        toast("Logged", { about: "log" });
        show(form, reply.data.entry);
        document.body.dispatchEvent(new CustomEvent("evidence-changed"));
      } else if (!reply.kept && !field.value) field.value = line;
    });
    field.focus();
  });
}

// The line stands under the box at once; the timeline has it when it was read.
function show(form: HTMLElement, entry: { at?: string; text?: string } | undefined): void {
  const list = form.parentElement?.querySelector<HTMLElement>("[data-logged]");
  if (!list || !entry?.at || !entry.text) return;
  const time = make("time", "mono small", `${entry.at.slice(11, 16)} UTC`);
  time.dateTime = entry.at;
  list.append(make("li", "", time, make("span", "grow wrap-any", entry.text)));
  list.hidden = false;
}
