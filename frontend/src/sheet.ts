// The keys that work everywhere, and the sheet that lists every key that works on this page.
import { type Binding, type Group, bind, boundKeys, printed } from "./keys";
import { openDialog } from "./dialog";
import { button, make } from "./words";

const TITLES: [Group, string][] = [
  ["everywhere", "Everywhere"],
  ["lists", "Lists"],
  ["events", "Events"],
  ["timeline", "Timeline"],
  ["evidence", "Evidence"],
  ["report", "Report"],
  ["review", "Review"],
  ["graph", "Cause graph"],
  ["dialog", "In a dialog"],
];

// Links with data-keys="g h" are gone to by these keys; the rest is bound here.
export function bindPlaces(): void {
  bind("everywhere", "/", "search", () => focusSearch());
  bind("everywhere", "?", "this list", () => openSheet());
  const bound = new Set<string>();
  for (const link of document.querySelectorAll<HTMLElement>("[data-keys]")) {
    const keys = link.dataset["keys"] ?? "";
    if (bound.has(keys)) continue;
    bound.add(keys);
    bind("everywhere", keys, link.dataset["keysFor"] ?? link.textContent?.trim().toLowerCase() ?? "", () => link.click());
  }
  for (const opener of document.querySelectorAll<HTMLElement>("[data-opens=keys]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => openSheet());
  }
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("#find-all");
  if (!field) return false;
  if (field.offsetParent) {
    field.focus();
    field.select();
  } else document.querySelector<HTMLElement>("a.find")?.click();
  return true;
}

function openSheet(): void {
  const grid = make("div", "keygrid");
  for (const [group, title] of TITLES) {
    const list = make("dl", "");
    const printedOnce = new Set<string>();
    for (const bound of boundKeys()) {
      const line = `${bound.keys.join()} ${bound.label}`;
      if (bound.where !== group || !bound.label || printedOnce.has(line)) continue;
      printedOnce.add(line);
      list.append(row(bound));
    }
    if (list.children.length) grid.append(make("div", "", make("h3", "", title), list));
  }
  const off = document.documentElement.dataset["singleKeys"] === "off";
  const said = off ? "Single keys are turned off in your account" : "Single keys work when you are not typing";
  const close = button("Close", "btn ghost small", () => dialog.close(""));
  const head = make("header", "row between", make("h2", "", "Keyboard"), make("span", "row small dim", said, close));
  const dialog = openDialog(make("div", "", head, grid), { className: "keysheet" });
}

function row(bound: Binding): HTMLElement {
  const keys = make("dt", "");
  for (const key of bound.keys) for (const each of printed(key)) keys.append(make("kbd", "", each));
  return make("div", "", keys, make("dd", "", bound.label));
}
