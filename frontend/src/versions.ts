// Two people changed the same thing: both versions with what differs, and three ways on.
//
// <two-versions> holds the text of each side in [data-mine] and [data-theirs], buttons or links with
// data-choice="mine" and "theirs", and a textarea with what joins them beside a button with data-choice="joined".
// Keys in it: 1 keeps mine, 2 keeps theirs, 3 goes to the joined text, ⌘ Enter saves it. A server draws it with
// ui/part_two_versions.html; scripts open it with `openVersions`.
import { bind, printed } from "./keys";
import { openDialog } from "./dialog";
import { button, make, wordsIn } from "./words";

const SAVE = printed("Mod+Enter").join(" ");
export type Choice = "mine" | "theirs" | "joined";
export interface Versions {
  // "Two people changed this title"
  readonly title: string;
  // "E7, deploy finished"
  readonly about: string;
  readonly mine: string;
  // "not saved yet, 10:21"
  readonly mineSaid: string;
  readonly theirs: string;
  // "Robin Keller"; "Someone" when unknown.
  readonly theirsName: string;
  // "saved 2 min ago, 10:19"
  readonly theirsSaid: string;
}

// Resolves with what was chosen and the text to save; with undefined when the dialog was left. Nothing is sent here.
export function openVersions(versions: Versions): Promise<{ choice: Choice; text: string } | undefined> {
  return new Promise((resolve) => {
    const element = drawn(versions);
    let chosen: { choice: Choice; text: string } | undefined;
    element.addEventListener("click", (event) => {
      const choice = (event.target as Element).closest<HTMLElement>("[data-choice]")?.dataset["choice"] as Choice | undefined;
      if (!choice) return;
      const joined = element.querySelector("textarea")?.value ?? "";
      chosen = { choice, text: choice === "mine" ? versions.mine : choice === "theirs" ? versions.theirs : joined };
      dialog.close(choice);
    });
    const dialog = openDialog(element, { className: "wide versions", leaveByBackdrop: false, onClose: () => resolve(chosen) });
  });
}

export class TwoVersions extends HTMLElement {
  private unbind: (() => void)[] = [];

  connectedCallback(): void {
    const mine = this.querySelector<HTMLElement>("[data-mine]");
    const theirs = this.querySelector<HTMLElement>("[data-theirs]");
    const area = this.querySelector("textarea");
    const saving = this.querySelector("[data-choice=joined] kbd");
    if (saving) saving.textContent = SAVE;
    if (mine && theirs && !this.hasAttribute("data-drawn")) {
      const [first, second] = [mine.textContent ?? "", theirs.textContent ?? ""];
      this.setAttribute("data-drawn", "");
      const parts = differences(first, second);
      mine.replaceChildren(...marked(parts, "mine"));
      theirs.replaceChildren(...marked(parts, "theirs"));
      if (area && (!area.value.trim() || area.value === first)) area.value = joined(parts);
    }
    this.unbind = [
      bind("dialog", "1", "keep mine", () => this.press("mine"), this),
      bind("dialog", "2", "keep theirs", () => this.press("theirs"), this),
      bind("dialog", "3", "join both", () => area?.focus(), this),
      bind("dialog", "Mod+Enter", "save joined", () => this.press("joined"), this),
    ];
    if (this.closest("dialog")) this.querySelector<HTMLElement>("[data-choice]")?.focus();
  }

  disconnectedCallback(): void {
    for (const each of this.unbind) each();
  }

  private press(choice: Choice): void {
    this.querySelector<HTMLElement>(`[data-choice=${choice}]`)?.click();
  }
}

function drawn(versions: Versions): HTMLElement {
  const side = (kind: "mine" | "theirs", title: string, said: string, text: string, label: string, key: string): HTMLElement => {
    const words = make("p", "diff", text);
    words.dataset[kind] = "";
    const keep = choosing(kind, label, key);
    return make("div", kind === "mine" ? "side-a" : "side-b", make("p", "small", make("b", "", title), " ", make("span", "dim", said)), words, keep);
  };
  const area = make("textarea", "inp");
  area.rows = 4;
  area.setAttribute("aria-label", "Joined text");
  const both = make(
    "div",
    "joined",
    make("p", "small", make("b", "", "Joined"), " ", make("span", "dim", "edit freely")),
    area,
    make("p", "row wrap", choosing("joined", "Save joined", SAVE, "primary"), make("span", "small dim", "The version you do not choose stays in the history.")),
  );
  const whose = /s$/.test(versions.theirsName) ? `${versions.theirsName}’` : `${versions.theirsName}’s`;
  const element = document.createElement("two-versions");
  element.append(
    make("div", "head slim", make("h2", "", versions.title), make("p", "", `${versions.about}. Nothing is lost: choose, or join them.`)),
    make(
      "div",
      "sides",
      side("mine", "Yours", versions.mineSaid, versions.mine, "Keep mine", "1"),
      side("theirs", whose, versions.theirsSaid, versions.theirs, "Keep theirs", "2"),
    ),
    both,
  );
  return element;
}

function choosing(choice: Choice, label: string, key: string, kind = ""): HTMLButtonElement {
  const made = button(label, `btn small ${kind}`.trim(), () => undefined);
  made.dataset["choice"] = choice;
  const printedKey = make("kbd", "", key);
  printedKey.setAttribute("aria-hidden", "true");
  made.append(printedKey);
  return made;
}

export interface Part {
  readonly in: "both" | "mine" | "theirs";
  readonly text: string;
}

const MOST_CELLS = 4_000_000;

// What two texts share and what each has alone, word by word, or line by line where they are long.
export function differences(mine: string, theirs: string): Part[] {
  const words = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? [];
  let [first, second] = [words(mine), words(theirs)];
  if (first.length * second.length > MOST_CELLS) [first, second] = [mine.split(/(?<=\n)/), theirs.split(/(?<=\n)/)];
  if (first.length * second.length > MOST_CELLS) return [{ in: "mine", text: mine }, { in: "theirs", text: theirs }];
  return gathered(aligned(first, second));
}

// The longest common subsequence, walked from the start.
function aligned(first: readonly string[], second: readonly string[]): Part[] {
  const width = second.length + 1;
  const longest = new Uint32Array((first.length + 1) * width);
  for (let i = first.length - 1; i >= 0; i--) {
    for (let j = second.length - 1; j >= 0; j--) {
      const [right, down] = [longest[i * width + j + 1] ?? 0, longest[(i + 1) * width + j] ?? 0];
      longest[i * width + j] = first[i] === second[j] ? (longest[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(right, down);
    }
  }
  const parts: Part[] = [];
  let [i, j] = [0, 0];
  while (i < first.length || j < second.length) {
    const [mine, theirs] = [first[i], second[j]];
    if (mine !== undefined && mine === theirs) {
      parts.push({ in: "both", text: mine });
      i += 1;
      j += 1;
    } else if (mine !== undefined && (theirs === undefined || (longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0))) {
      parts.push({ in: "mine", text: mine });
      i += 1;
    } else {
      parts.push({ in: "theirs", text: theirs ?? "" });
      j += 1;
    }
  }
  return parts;
}

const SHORT = 3;

// Fewer than three words shared between two changes belong to both of them, so that a sentence is not cut to pieces.
function gathered(parts: readonly Part[]): Part[] {
  const out: Part[] = [];
  let [mine, theirs, between] = ["", "", ""];
  const flush = (): void => {
    if (mine) out.push({ in: "mine", text: mine });
    if (theirs) out.push({ in: "theirs", text: theirs });
    if (between) out.push({ in: "both", text: between });
    [mine, theirs, between] = ["", "", ""];
  };
  for (const part of parts) {
    if (part.in === "both") {
      between += part.text;
      if (!mine && !theirs) continue;
      if (wordsIn(between) >= SHORT) flush();
      continue;
    }
    if (!mine && !theirs && between) flush();
    [mine, theirs, between] = [mine + between, theirs + between, ""];
    if (part.in === "mine") mine += part.text;
    else theirs += part.text;
  }
  flush();
  return out;
}

function marked(parts: readonly Part[], side: "mine" | "theirs"): (Node | string)[] {
  return parts.filter((part) => part.in === "both" || part.in === side).map((part) => (part.in === "both" ? part.text : make("ins", "", part.text)));
}

// Everything that either has, mine before theirs.
function joined(parts: readonly Part[]): string {
  let text = "";
  for (const part of parts) {
    const isTouching = text && !/\s$/.test(text) && !/^\s/.test(part.text);
    text += (isTouching ? " " : "") + part.text;
  }
  return text;
}
