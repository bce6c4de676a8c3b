// The list of incidents: j and k move, Enter opens, x selects; what is selected is acted on together.
import { bind } from "./keys";
import { send } from "./send";
import { toast } from "./toast";

export class IncidentList extends HTMLElement {
  private unbind: (() => void)[] = [];

  connectedCallback(): void {
    this.unbind = [
      bind("lists", ["j", "k"], "next, previous", (_event, key) => this.move(key === "j" ? 1 : -1)),
      bind("lists", "Enter", "open", (event) => this.open(event)),
      bind("lists", "x", "select", () => this.select()),
    ];
    this.addEventListener("change", () => this.count());
    this.querySelector("[data-none]")?.addEventListener("click", () => this.selectNone());
    this.count();
  }

  disconnectedCallback(): void {
    for (const each of this.unbind) each();
  }

  private rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("tr[data-row]")];
  }

  private current(): HTMLElement | undefined {
    const focused = document.activeElement?.closest<HTMLElement>("tr[data-row]");
    return focused ?? this.rows().find((row) => row.getAttribute("aria-current") === "true");
  }

  private move(by: number): boolean {
    const rows = this.rows();
    const current = this.current();
    const next = rows[current ? Math.min(Math.max(rows.indexOf(current) + by, 0), rows.length - 1) : 0];
    if (!next) return false;
    for (const row of rows) row.toggleAttribute("aria-current", false);
    next.setAttribute("aria-current", "true");
    next.querySelector<HTMLElement>(".what a")?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  // A link that has focus is opened by the browser itself.
  private open(event: KeyboardEvent): boolean {
    if ((event.target as Element).closest("a, button, input, select")) return false;
    const link = this.current()?.querySelector<HTMLAnchorElement>(".what a");
    link?.click();
    return Boolean(link);
  }

  private select(): boolean {
    const box = this.current()?.querySelector<HTMLInputElement>("input[name=key]");
    if (!box) return false;
    box.checked = !box.checked;
    this.count();
    return true;
  }

  private selectNone(): void {
    for (const box of this.querySelectorAll<HTMLInputElement>("input[name=key]:checked")) box.checked = false;
    this.count();
  }

  private count(): void {
    const chosen = this.querySelectorAll("input[name=key]:checked").length;
    const bar = this.querySelector<HTMLElement>("[data-several]");
    const said = this.querySelector("[data-count]");
    if (!bar || !said) return;
    bar.hidden = chosen === 0;
    said.textContent = chosen === 1 ? "1 incident selected" : `${chosen} incidents selected`;
  }
}

// What was just deleted is offered back where everything is undone; without script a bar on the page does that.
export function offerUndelete(): void {
  const bar = document.querySelector<HTMLElement>("[data-undelete]");
  const address = bar?.dataset["undelete"];
  if (!bar || !address) return;
  bar.remove();
  toast(bar.dataset["said"] ?? "", {
    undo: async () => {
      const reply = await send(address, { quiet: true });
      if (!reply.ok) throw new Error(reply.problem);
      window.location.reload();
    },
  });
}

// A filter takes effect when it is chosen; without script the button beside it does that.
export function watchFilters(): void {
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field instanceof HTMLSelectElement && field.hasAttribute("data-submits")) field.form?.requestSubmit();
  });
}
