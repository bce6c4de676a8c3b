// The list of events: j and k move, Enter opens the evidence, later events are added in place.
import { openEvidence } from "./evidence";
import { isPlainKey } from "./keys";

export class EventList extends HTMLElement {
  private readonly onKey = (event: KeyboardEvent): void => this.key(event);

  connectedCallback(): void {
    document.addEventListener("keydown", this.onKey);
    this.addEventListener("click", (event) => this.clicked(event));
    document.querySelector("aside[data-panel]")?.addEventListener("click", (event) => this.step(event as MouseEvent));
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
  }

  private get show(): string {
    return new URL(location.href).searchParams.get("show") === "all" ? "all" : "key";
  }

  private rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("li[data-event]")];
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const more = target.closest<HTMLAnchorElement>("a[data-more]");
    if (more && isPlainClick(event)) {
      event.preventDefault();
      void this.addLater(more);
      return;
    }
    const row = target.closest<HTMLElement>("li[data-event]");
    if (row && isPlainClick(event)) {
      event.preventDefault();
      this.choose(row, isBelow());
    }
  }

  private step(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-step]");
    const id = link && new URL(link.href).searchParams.get("event");
    if (!id || !isPlainClick(event)) return;
    event.preventDefault();
    this.rows().find((row) => row.dataset["event"] === id)?.scrollIntoView({ block: "nearest" });
    void openEvidence(id, this.show, false);
  }

  private key(event: KeyboardEvent): void {
    if (!isPlainKey(event)) return;
    if (event.key === "j" || event.key === "k") {
      const rows = this.rows();
      const at = rows.findIndex((row) => row.getAttribute("aria-current") === "true");
      const next = rows[event.key === "j" ? at + 1 : Math.max(0, at - 1)];
      if (next) {
        event.preventDefault();
        this.choose(next, false);
        next.querySelector<HTMLElement>("a.what")?.focus({ preventScroll: true });
        next.scrollIntoView({ block: "nearest" });
      } else if (event.key === "j") {
        const more = this.querySelector<HTMLAnchorElement>("a[data-more]");
        if (more) void this.addLater(more);
      }
    } else if (event.key === "Enter") {
      const current = this.rows().find((row) => row.contains(document.activeElement));
      if (!current) return;
      event.preventDefault();
      this.choose(current, true);
    }
  }

  private choose(row: HTMLElement, focus: boolean): void {
    for (const one of this.rows()) one.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    void openEvidence(row.dataset["event"] ?? "", this.show, focus);
  }

  private async addLater(link: HTMLAnchorElement): Promise<void> {
    const place = link.closest("li");
    link.textContent = "Loading later events";
    try {
      const answer = await fetch(link.dataset["part"] ?? link.href);
      if (!answer.ok) throw new Error(String(answer.status));
      const part = document.createElement("template");
      part.innerHTML = await answer.text();
      place?.replaceWith(part.content);
    } catch {
      link.textContent = "Later events could not be loaded. Try again";
    }
  }
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
}

// On narrow screens the panel stands below the list, so choosing an event goes there.
function isBelow(): boolean {
  return matchMedia("(max-width: 1240px)").matches;
}
