// Choosing what to cite, by words or as E7: resolves with the label, with undefined when the dialog was left.
import { openDialog } from "../dialog";
import { send } from "../send";
import { make } from "../words";

interface Item {
  readonly label: string;
  readonly title: string;
  readonly time: string;
}
const PAUSE = 160;

export function pickCitation(url: string, originals: Readonly<Record<string, string>>): Promise<string | undefined> {
  return new Promise((resolve) => {
    let chosen: string | undefined;
    let timer = 0;
    let asked = 0;
    const search = make("input", "inp");
    search.type = "search";
    search.setAttribute("aria-label", "Find what to cite, by words or as E7");
    search.placeholder = "Words of the event, or E7";
    const list = make("ul", "pick cites-found");
    const show = async (): Promise<void> => {
      const turn = ++asked;
      const reply = await send(`${url}?q=${encodeURIComponent(search.value)}`, { method: "GET", quiet: true });
      if (turn !== asked) return;
      const items = reply.ok ? (reply.data.items as Item[]).filter((each) => /^E\d+$/.test(each.label)) : [];
      // An original of which no event was read is cited as a whole.
      const label = search.value.trim().toUpperCase();
      const whole = originals[label];
      if (whole !== undefined && !items.some((each) => each.label === label)) items.unshift({ label: label, title: whole, time: "" });
      list.replaceChildren(...items.map((each) => make("li", "", choice(each))));
      if (!items.length) list.append(make("li", "soft", reply.ok ? "No evidence has these words." : "The evidence could not be asked for."));
    };
    const choice = (item: Item): HTMLButtonElement => {
      const made = make("button", "row", make("span", "cite", item.label), make("span", "dim nowrap", item.time), make("span", "", item.title));
      made.type = "button";
      made.addEventListener("click", () => {
        chosen = item.label;
        dialog.close("chosen");
      });
      return made;
    };
    const content = make("form", "asks cite-pick", make("h2", "", "Cite evidence"), search, list);
    content.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      // What is listed may be behind what was typed.
      void show().then(() => list.querySelector<HTMLButtonElement>("button")?.click());
    });
    content.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      const all = [search, ...list.querySelectorAll<HTMLElement>("button")];
      const at = all.indexOf(document.activeElement as HTMLInputElement);
      all[Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), all.length - 1)]?.focus();
    });
    search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => void show(), PAUSE);
    });
    const dialog = openDialog(content, { onClose: () => resolve(chosen) });
    search.focus();
    void show();
  });
}
