// Facts that are being computed anew: said quietly, and drawn when they are done.
import { refreshPage } from "./refresh";
import { sendNow } from "./request";

const ASKED = "aa-recompute";
const SOON = 700;
const LATER = 3000;

// An edit was kept whose facts are still being computed.
export function factsAreMoving(): void {
  document.dispatchEvent(new CustomEvent(ASKED));
}

export class Facts extends HTMLElement {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;
  private readonly onAsked = (): void => this.begin();

  connectedCallback(): void {
    document.addEventListener(ASKED, this.onAsked);
    if (this.hasAttribute("data-recomputing")) this.begin();
  }

  disconnectedCallback(): void {
    document.removeEventListener(ASKED, this.onAsked);
    clearTimeout(this.timer);
  }

  private begin(): void {
    this.setAttribute("data-recomputing", "");
    const place = this.querySelector("[data-part=standing]");
    if (place && !place.querySelector(".recomputing")) {
      const told = document.createElement("span");
      told.className = "dim small recomputing";
      told.setAttribute("role", "status");
      told.textContent = "Recomputing";
      place.prepend(told);
    }
    this.asked = 0;
    this.again();
  }

  private again(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), this.asked++ < 8 ? SOON : LATER);
  }

  private async look(): Promise<void> {
    if (document.visibilityState === "hidden") return this.again();
    const reply = await sendNow(this.dataset["state"] ?? "", { method: "GET" });
    if (!reply.ok) return reply.status === 401 ? undefined : this.again();
    const state = reply.data as { recomputing: boolean; analysis: number };
    if (String(state.analysis) !== this.dataset["analysis"]) await refreshPage();
    if (state.recomputing) return this.again();
    this.removeAttribute("data-recomputing");
    for (const told of this.querySelectorAll(".recomputing")) told.remove();
    // The button that confirms is there again.
    await refreshPage();
  }
}
