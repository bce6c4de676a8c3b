// The panel beside the list: fetched when an event is chosen, the newest choice wins.
import { scriptHeaders } from "./request";
import { signInEnded } from "./signin";

let latest = 0;
let shownId = "";

export const CHOSEN = "aa-chosen";

export async function openEvidence(eventId: string, focus: boolean): Promise<void> {
  const panel = document.querySelector<HTMLElement>("aside[data-panel]");
  if (!panel) return;
  const turn = ++latest;
  if (eventId !== shownId) document.dispatchEvent(new CustomEvent(CHOSEN, { detail: eventId }));
  shownId = eventId;
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(addressOf(panel, eventId), { headers: { ...scriptHeaders(), Accept: "text/html" } });
    if (turn !== latest) return;
    if (answer.status === 401) return signInEnded();
    if (!answer.ok) throw new Error(String(answer.status));
    panel.innerHTML = await answer.text();
    offerCitation();
    remember(eventId);
    if (focus) panel.querySelector<HTMLElement>("#h-evidence")?.focus();
  } catch {
    if (turn === latest) say(panel, "The evidence could not be loaded. Check that the server runs, then choose the event again.");
  } finally {
    if (turn === latest) panel.removeAttribute("aria-busy");
  }
}

// Copying needs a script, so the button waits for one.
export function offerCitation(): void {
  const button = document.querySelector<HTMLElement>("aside[data-panel] [data-cite]");
  if (button) button.hidden = false;
}

function addressOf(panel: HTMLElement, eventId: string): string {
  const here = new URL(location.href).searchParams;
  const asked = new URLSearchParams();
  for (const name of ["show", "kind", "known"]) if (here.has(name)) asked.set(name, here.get(name) ?? "");
  return `${panel.dataset["panel"]}${encodeURIComponent(eventId)}/?${asked.toString()}`;
}

function say(panel: HTMLElement, text: string): void {
  const told = document.createElement("p");
  told.className = "problem small";
  told.setAttribute("role", "alert");
  told.textContent = text;
  panel.replaceChildren(told);
}

function remember(eventId: string): void {
  const here = new URL(location.href);
  here.searchParams.set("event", eventId);
  here.hash = "";
  history.replaceState(null, "", here);
}
