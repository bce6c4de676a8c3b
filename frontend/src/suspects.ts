// The list of suspects by keys: j and k walk, h makes a hypothesis of the one in focus, or of the first.
import { bind } from "./keys";

export class Suspects extends HTMLElement {
  private unbind: (() => void)[] = [];

  connectedCallback(): void {
    this.unbind = [
      bind("lists", ["j", "k"], "next, previous suspect", (_event, key) => this.step(key === "j" ? 1 : -1)),
      bind("review", "h", "make the suspect a hypothesis", () => this.suppose()),
    ];
  }

  disconnectedCallback(): void {
    for (const each of this.unbind) each();
  }

  private get items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".suspect")];
  }

  private get current(): number {
    return this.items.findIndex((item) => item.contains(document.activeElement));
  }

  private step(by: number): void {
    const items = this.items;
    const next = Math.min(Math.max(this.current + by, 0), items.length - 1);
    items[next]?.focus();
  }

  private suppose(): boolean {
    const item = this.items[Math.max(this.current, 0)];
    const button = item?.querySelector<HTMLButtonElement>("[data-suppose]");
    button?.click();
    return Boolean(button);
  }
}

