// The page drawn anew without being left: each [data-part] takes what the server has now for this address.
import { wire } from "./htmx";
import { scriptHeaders } from "./request";
import { signInEnded } from "./signin";

const REFRESHED = "aa-refreshed";
let latest = 0;

export function refreshed(then: () => void): void {
  document.addEventListener(REFRESHED, then);
}

// False when there was no connection, or somebody asked again meanwhile.
export async function refreshPage(): Promise<boolean> {
  const turn = ++latest;
  let text: string;
  try {
    const answer = await fetch(location.href, { headers: { ...scriptHeaders(), Accept: "text/html" } });
    if (answer.status === 401) signInEnded();
    if (!answer.ok) return false;
    text = await answer.text();
  } catch {
    return false;
  }
  if (turn !== latest) return false;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const part of document.querySelectorAll<HTMLElement>("[data-part]")) {
    const now = fresh.querySelector<HTMLElement>(`[data-part="${part.dataset["part"]}"]`);
    if (now) take(part, now);
  }
  for (const count of document.querySelectorAll<HTMLElement>("[data-count]")) {
    const now = fresh.querySelector(`[data-count="${count.dataset["count"]}"]`);
    if (now) count.textContent = now.textContent;
  }
  const facts = document.querySelector<HTMLElement>("aa-facts");
  const analysis = fresh.querySelector<HTMLElement>("aa-facts")?.dataset["analysis"];
  if (facts && analysis) facts.dataset["analysis"] = analysis;
  document.dispatchEvent(new CustomEvent(REFRESHED));
  return true;
}

// What did not change stays, with its focus, its open details and its place of scrolling.
function take(part: HTMLElement, now: HTMLElement): void {
  if (part.innerHTML === now.innerHTML) return;
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const again = focused?.closest("[id]")?.id;
  const open = [...part.querySelectorAll("details")].map((each) => each.open);
  if (part.dataset["part"] === "list") stay(part, now);
  part.replaceChildren(...[...now.childNodes].map((node) => document.adoptNode(node)));
  [...part.querySelectorAll("details")].forEach((each, at) => (each.open = open[at] ?? each.open));
  wire(part);
  if (again) {
    const back = document.getElementById(again);
    (back?.querySelector<HTMLElement>("a.what") ?? back)?.focus({ preventScroll: true });
  }
}

// Rows that were kept or hidden just now stay where they are, so that the next key finds the next row.
function stay(part: HTMLElement, now: HTMLElement): void {
  if (new URL(location.href).searchParams.has("known")) return;
  for (const row of [...part.querySelectorAll<HTMLElement>("li[data-decided]")].reverse()) {
    if (now.querySelector(`#${row.id}`)) continue;
    let next = row.nextElementSibling;
    while (next && !(next.id && now.querySelector(`#${next.id}`))) next = next.nextElementSibling;
    const place = next && now.querySelector(`#${next.id}`);
    if (place) place.before(now.ownerDocument.adoptNode(row.cloneNode(true)));
  }
}
