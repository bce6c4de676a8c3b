// The room of a meeting: the item of this minute with its timer, silent writing, and the scribe's quick keys. Which
// item it is stays in this tab; who has spoken is in nothing but its boxes.
import { bind } from "../keys";
import { editId, send } from "../send";
import { toast } from "../toast";
import { make } from "../words";
import { type Here, type Item, byTheClock, secondsLeft, spoken } from "./clock";

const KINDS: Record<string, string> = { n: "node", g: "gap", a: "action", q: "quote", p: "park" };

export class Meeting extends HTMLElement {
  private timer: ReturnType<typeof setInterval> | undefined;
  private items: HTMLElement[] = [];
  private chosen: Here | undefined;
  private silentUntil = 0;
  private shown = -1;
  private unbind: (() => void)[] = [];

  connectedCallback(): void {
    this.items = [...this.querySelectorAll<HTMLElement>("[data-item]")];
    this.chosen = this.remembered();
    this.addEventListener("click", this.clicked);
    this.querySelector("[data-quick]")?.addEventListener("submit", (event) => void this.write(event as SubmitEvent));
    this.querySelector("#quick")?.addEventListener("keydown", this.typed);
    this.querySelector("#quick")?.addEventListener("input", () => this.nameLine());
    this.unbind = [
      bind("review", ["n", "g", "a", "q", "p"], "write down a cause, gap, action, quote, or park", (_, key) => this.pick(key)),
      bind("review", ["]", "["], "next item, item before", (_, key) => this.go(this.here().at + (key === "]" ? 1 : -1))),
    ];
    if (this.hasAttribute("data-ended")) return;
    this.classList.add("runs");
    this.timer = setInterval(() => this.show(), 1000);
    this.show();
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
    this.removeEventListener("click", this.clicked);
    for (const each of this.unbind) each();
  }

  private get began(): number {
    return Date.parse(this.dataset["began"] ?? "");
  }

  private read(element: HTMLElement): Item {
    const { item = "", begins = "0", minutes = "1" } = element.dataset;
    return { code: item, begins: Number(begins), minutes: Number(minutes) };
  }

  private here(): Here {
    return this.chosen ?? byTheClock(this.items.map((each) => this.read(each)), this.began, Date.now());
  }

  private go(at: number): void {
    if (at < 0 || at >= this.items.length || this.hasAttribute("data-ended")) return;
    this.chosen = { at, since: Date.now() };
    this.silentUntil = 0;
    sessionStorage.setItem(this.memory, JSON.stringify(this.chosen));
    this.show();
  }

  private get memory(): string {
    return `aa-meeting:${this.dataset["write"]}:${this.dataset["began"]}`;
  }

  private remembered(): Here | undefined {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.memory) ?? "null") as Here | null;
      return kept && this.items[kept.at] ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  private show(): void {
    const { at, since } = this.here();
    const element = this.items[at];
    if (!element) return;
    const item = this.read(element);
    const now = Date.now();
    const left = secondsLeft(item, since, now);
    this.say("[data-left]", spoken(left));
    this.say("[data-total]", `${Math.max(0, Math.floor((now - this.began) / 60_000))} min since it began`);
    const bar = this.querySelector("progress");
    if (bar) bar.value = Math.min(1, Math.max(0, 1 - left / (item.minutes * 60)));
    this.querySelector("[data-now]")?.classList.toggle("over", left < 0);
    const silent = Math.round((this.silentUntil - now) / 1000);
    this.say("[data-silence]", silent > 0 ? spoken(silent) : element.dataset["silent"] !== "0" ? `${element.dataset["silent"]} min` : "");
    if (this.silentUntil && silent <= 0) {
      this.silentUntil = 0;
      this.say("[data-told]", "The silence is over. Go round, most junior first.");
    }
    if (this.shown !== at) this.turnTo(element, at);
  }

  private turnTo(element: HTMLElement, at: number): void {
    this.shown = at;
    for (const each of this.items) each.removeAttribute("aria-current");
    element.setAttribute("aria-current", "step");
    this.say("[data-title]", element.dataset["name"] ?? "");
    this.say("[data-asks]", element.dataset["asks"] ?? "");
    this.say("[data-told]", `Now: ${element.dataset["name"]}`);
    const field = this.querySelector<HTMLInputElement>("[data-quick] [name=during]");
    if (field) field.value = element.dataset["item"] ?? "";
  }

  private say(place: string, words: string): void {
    const element = this.querySelector(place);
    if (element && element.textContent !== words) element.textContent = words;
  }

  private readonly clicked = (event: Event): void => {
    const target = event.target as Element;
    const verb = target.closest<HTMLElement>("[data-do]")?.dataset["do"];
    if (verb === "next") this.go(this.here().at + 1);
    else if (verb === "back") this.go(this.here().at - 1);
    else if (verb === "silence") {
      const silent = Number(this.items[this.here().at]?.dataset["silent"]) || 2;
      this.silentUntil = Date.now() + silent * 60_000;
      this.show();
    } else {
      const item = target.closest("[data-go]")?.closest<HTMLElement>("[data-item]");
      if (item) this.go(this.items.indexOf(item));
    }
  };

  private pick(key: string): boolean {
    const choice = this.querySelector<HTMLInputElement>(`[data-quick] [name=what][value=${KINDS[key]}]`);
    const field = this.querySelector<HTMLTextAreaElement>("#quick");
    if (!choice || !field) return false;
    choice.checked = true;
    field.focus();
    return true;
  }

  private readonly typed = (event: Event): void => {
    const key = event as KeyboardEvent;
    if (key.key === "Escape") (key.target as HTMLElement).blur();
    if (key.key !== "Enter" || key.shiftKey || key.isComposing) return;
    key.preventDefault();
    this.querySelector<HTMLFormElement>("[data-quick]")?.requestSubmit();
  };

  // Each line has its own name, so that one that is sent twice is written once.
  private nameLine(): void {
    const name = this.querySelector<HTMLInputElement>("[data-quick] [name=ident]");
    if (name) name.value = editId();
  }

  private async write(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const field = form.querySelector<HTMLTextAreaElement>("#quick");
    if (!field || !field.value.trim()) return;
    const sent = field.value;
    const reply = await send(form.action, { form: new FormData(form) });
    if (!reply.ok) return;
    // What was typed while it was on its way stays.
    if (field.value === sent) field.value = "";
    const made = make("li", "", make("b", "", String(reply.data.said)), make("span", "wrap-any", String(reply.data.text)));
    this.querySelector("[data-written]")?.prepend(made);
    toast(String(reply.data.said));
  }
}

// A change that came back is confirmed with one click; then the page shows what is left.
export function watchConfirm(): void {
  document.addEventListener("click", async (event) => {
    const pressed = (event.target as Element).closest<HTMLButtonElement>("[data-confirm]");
    if (!pressed) return;
    pressed.disabled = true;
    const reply = await send(pressed.dataset["confirm"] ?? "", { json: {} });
    if (reply.ok) location.reload();
    else pressed.disabled = false;
  });
}
