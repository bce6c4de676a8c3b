// The panel beside the list: fetched when an event is chosen, the newest choice wins.
let latest = 0;

export const CHOSEN = "aa-chosen";

export async function openEvidence(eventId: string, show: string, focus: boolean): Promise<void> {
  const panel = document.querySelector<HTMLElement>("aside[data-panel]");
  if (!panel) return;
  const turn = ++latest;
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${panel.dataset["panel"]}${encodeURIComponent(eventId)}/?show=${show}`);
    if (turn !== latest) return;
    if (!answer.ok) throw new Error(String(answer.status));
    panel.innerHTML = await answer.text();
    mark(eventId);
    remember(eventId);
    if (focus) panel.querySelector<HTMLElement>("#h-evidence")?.focus();
  } catch {
    if (turn === latest) say(panel, "The evidence could not be loaded. Check that the server runs, then choose the event again.");
  } finally {
    if (turn === latest) panel.removeAttribute("aria-busy");
  }
}

function say(panel: HTMLElement, text: string): void {
  const told = document.createElement("p");
  told.className = "problem small";
  told.setAttribute("role", "alert");
  told.textContent = text;
  panel.replaceChildren(told);
}

function mark(eventId: string): void {
  for (const one of document.querySelectorAll("[data-event]")) {
    if (one.getAttribute("data-event") === eventId) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  document.dispatchEvent(new CustomEvent(CHOSEN, { detail: eventId }));
}

function remember(eventId: string): void {
  const here = new URL(location.href);
  here.searchParams.set("event", eventId);
  here.hash = "";
  history.replaceState(null, "", here);
}
