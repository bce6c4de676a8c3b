// The list of events: j and k move, Enter opens the evidence, later events are added in place.
import { CHOSEN, offerCitation, openEvidence } from "./evidence";
import { bind } from "./keys";
import { bindKinds } from "./kinds";
import { refreshed } from "./refresh";
import { scriptHeaders } from "./request";
import { Triage } from "./triage";

// Held keys pass many events by; only the one they stop at is opened.
const SETTLES = 90;

export class EventList extends HTMLElement {
  private unbind: (() => void)[] = [];
  private current: HTMLElement | null = null;
  private loading: Promise<boolean> | undefined;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private triage: Triage | undefined;
  private readonly seer = new IntersectionObserver((seen) => {
    if (seen.some((each) => each.isIntersecting)) void this.loadMore();
  }, { rootMargin: "600px" });
  private readonly onChosen = (event: Event): void => this.mark((event as CustomEvent<string>).detail);

  connectedCallback(): void {
    this.current = this.querySelector<HTMLElement>("li[aria-current=true]");
    this.unbind = [
      bind("lists", ["j", "k"], "next, previous", (_, key) => this.move(key === "j")),
      bind("lists", "Enter", "open the evidence", (event) => this.enter(event)),
      ...bindKinds(this),
    ];
    this.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener(CHOSEN, this.onChosen);
    document.querySelector("aside[data-panel]")?.addEventListener("click", (event) => this.step(event as MouseEvent));
    if (this.hasAttribute("data-may-work")) this.triage = new Triage(this, () => this.current, (to) => this.choose(to, false));
    refreshed(() => void this.afterRefresh());
    document.addEventListener("aa-edited", (event) => void openEvidence((event as CustomEvent<string>).detail, false));
    offerCitation();
    this.watchEnd();
  }

  disconnectedCallback(): void {
    for (const each of this.unbind) each();
    document.removeEventListener(CHOSEN, this.onChosen);
    this.seer.disconnect();
    this.triage?.end();
  }

  row(eventId: string): HTMLElement | null {
    return document.getElementById(`e-${eventId}`);
  }

  private watchEnd(): void {
    this.seer.disconnect();
    const more = this.querySelector(".more-row");
    if (more) this.seer.observe(more);
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    if (target.closest("input, button, [data-form]")) return;
    const more = target.closest<HTMLAnchorElement>("a[data-more]");
    if (more && isPlainClick(event)) {
      event.preventDefault();
      void this.loadMore();
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
    this.row(id)?.scrollIntoView({ block: "nearest" });
    void openEvidence(id, false);
  }

  private move(isDown: boolean): boolean {
    const from = this.current?.isConnected ? this.current : null;
    const next = from ? neighbour(from, isDown) : this.querySelector<HTMLElement>("li[data-event]");
    if (next) this.walkTo(next);
    else if (isDown && this.querySelector("a[data-more]")) {
      void this.loadMore().then((added) => {
        const first = added && from ? neighbour(from, true) : null;
        if (first) this.walkTo(first);
      });
    }
    return true;
  }

  private walkTo(row: HTMLElement): void {
    this.mark(row.dataset["event"] ?? "");
    row.querySelector<HTMLElement>("a.what")?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    clearTimeout(this.settling);
    this.settling = setTimeout(() => void openEvidence(row.dataset["event"] ?? "", false), SETTLES);
  }

  private enter(event: KeyboardEvent): boolean {
    const row = (event.target as Element).closest?.<HTMLElement>("li[data-event]");
    if (!row || !this.contains(row) || (event.target as Element).matches("button, input, .triage a")) {
      if (event.target !== document.body || !this.current) return false;
    }
    this.choose(row ?? this.current!, true);
    return true;
  }

  private choose(row: HTMLElement, focus: boolean): void {
    clearTimeout(this.settling);
    this.mark(row.dataset["event"] ?? "");
    void openEvidence(row.dataset["event"] ?? "", focus);
  }

  private mark(eventId: string): void {
    const row = this.row(eventId);
    if (this.current && this.current !== row) this.current.removeAttribute("aria-current");
    this.current = row;
    row?.setAttribute("aria-current", "true");
    this.triage?.showActs(row);
  }

  private loadMore(): Promise<boolean> {
    this.loading ??= this.addLater().finally(() => {
      this.loading = undefined;
      this.watchEnd();
    });
    return this.loading;
  }

  private async addLater(): Promise<boolean> {
    const link = this.querySelector<HTMLAnchorElement>("a[data-more]");
    if (!link) return false;
    link.textContent = "Loading later events";
    try {
      const answer = await fetch(link.dataset["part"] ?? link.href, { headers: { ...scriptHeaders(), Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const part = document.createElement("template");
      part.innerHTML = await answer.text();
      link.closest("li")?.replaceWith(part.content);
      this.sayShown();
      return true;
    } catch {
      link.textContent = "Later events could not be loaded. Try again";
      this.seer.disconnect();
      return false;
    }
  }

  private sayShown(): void {
    const shown = this.querySelector("[data-part=shown]");
    const more = this.querySelector("a[data-more]") ? ", more load as you scroll" : "";
    if (shown) shown.textContent = `${this.querySelectorAll("li[data-event]").length} shown${more}`;
  }

  // A list that was drawn anew begins at its first page: go on until it reaches as far as the reader was.
  private async afterRefresh(): Promise<void> {
    const id = this.current?.dataset["event"] ?? "";
    const before = this.current?.getBoundingClientRect().top;
    for (let pages = 0; id && !this.row(id) && pages < 20 && this.querySelector("a[data-more]"); pages++) await this.loadMore();
    this.mark(id);
    const after = this.current?.getBoundingClientRect().top;
    if (before !== undefined && after !== undefined && before !== 0) scrollBy({ top: after - before, behavior: "instant" });
    this.triage?.showSelected();
    this.watchEnd();
  }
}

function neighbour(row: HTMLElement, isDown: boolean): HTMLElement | null {
  let next = isDown ? row.nextElementSibling : row.previousElementSibling;
  while (next && !next.hasAttribute("data-event")) next = isDown ? next.nextElementSibling : next.previousElementSibling;
  return next as HTMLElement | null;
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
}

// On narrow screens the panel stands below the list, so choosing an event goes there.
function isBelow(): boolean {
  return matchMedia("(max-width: 1240px)").matches;
}
