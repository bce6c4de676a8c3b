// Evidence laid on a node or a link: found by words or by its citation, or dragged there from what is at hand.
import { send } from "../send";
import { make } from "../words";
import { STANCES, STRENGTHS } from "./choices";
import { fill } from "./forms";
import type { Body, Parts } from "./parts";
import { type Done, linkWords, trimmed } from "./verbs";

interface Item {
  readonly label: string;
  readonly title: string;
  readonly time: string;
  readonly day: string;
  readonly support: Body;
}
export const DRAGGED = "application/x-afteraction-support";
const PAUSE = 180;

async function found(url: string, text: string): Promise<Item[]> {
  const reply = await send(`${url}?q=${encodeURIComponent(text)}`, { method: "GET", quiet: true });
  return reply.ok ? (reply.data.items as Item[]) : [];
}

function claimWords(parts: Parts, claim: string): string {
  const edge = parts.body("edge", claim);
  return edge ? linkWords(parts, edge) : `“${parts.statement(claim)}”`;
}

export async function addEvidence(parts: Parts, claim: string, url: string): Done {
  if (!claim) return undefined;
  let items: Item[] = [];
  const listed = make("div", "pick");
  listed.setAttribute("role", "radiogroup");
  listed.setAttribute("aria-label", "Events found");
  const show = async (text: string): Promise<void> => {
    items = await found(url, text);
    listed.replaceChildren(...items.map((each, at) => choice(each, at)));
    if (!items.length) listed.append(make("p", "small dim", "Nothing with these words. It may be cited by hand below."));
  };
  void show("");
  let timer = 0;
  listed.addEventListener("input", (event) => event.stopPropagation());
  const search = make("div", "");
  const form = fill({
    title: "Add evidence",
    about: claimWords(parts, claim),
    fields: [
      { name: "q", label: "Find an event, by words or as E7", kind: "search" },
      { name: "stance", label: "It", kind: "select", options: STANCES, half: true },
      { name: "strength", label: "How strongly", kind: "select", options: STRENGTHS, half: true },
      { name: "note", label: "What it shows", hint: "Without it the event's title is kept." },
    ],
    more: make("div", "fld", listed, search),
    yes: "Add evidence",
    check: (values) => (chosen(listed, items) || values["note"]?.trim() ? "" : "Choose an event, or write what shows it."),
  });
  const field = listed.closest("form")?.querySelector<HTMLInputElement>("input[name=q]");
  const place = field?.closest(".fld");
  place?.after(listed);
  field?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void show(field.value), PAUSE);
  });
  const said = await form;
  if (!said) return undefined;
  const item = chosen(listed, items);
  return lay(parts, claim, item?.support ?? { label: said["q"]?.toUpperCase().match(/^E\d+$/)?.[0] ?? "" }, said);
}

// The same for something dragged there.
export async function layDragged(parts: Parts, claim: string, support: Body): Done {
  const said = await fill({
    title: `Lay ${String(support["label"] || "this")} here`,
    about: claimWords(parts, claim),
    fields: [
      { name: "stance", label: "It", kind: "select", options: STANCES, half: true },
      { name: "strength", label: "How strongly", kind: "select", options: STRENGTHS, half: true },
      { name: "note", label: "What it shows", value: support["note"] ?? "" },
    ],
    yes: "Add evidence",
  });
  return said ? lay(parts, claim, support, said) : undefined;
}

async function lay(parts: Parts, claim: string, support: Body, said: Record<string, string>): Done {
  const body = trimmed({ ...support, claim, stance: said["stance"], strength: said["strength"], note: said["note"] || support["note"] });
  return (await parts.save("cite", [{ sort: "support", id: "", body }])) && claim;
}

function choice(item: Item, at: number): HTMLElement {
  const radio = make("input", "");
  radio.type = "radio";
  radio.name = "item";
  radio.value = String(at);
  return make("label", "", radio, make("span", "cite", item.label), make("span", "", `${item.title} `, make("span", "dim small", item.time)));
}

function chosen(listed: Element, items: readonly Item[]): Item | undefined {
  const at = listed.querySelector<HTMLInputElement>("input:checked")?.value;
  return at === undefined ? undefined : items[Number(at)];
}

// What is at hand beside the drawing, to be dragged.
export async function fillHand(body: HTMLElement, url: string): Promise<void> {
  if (body.childElementCount) return;
  const field = make("input", "inp");
  field.type = "search";
  field.setAttribute("aria-label", "Find evidence");
  field.placeholder = "Words, or E7";
  const shown = make("ul", "hand-list");
  const show = async (): Promise<void> => {
    shown.replaceChildren(
      ...(await found(url, field.value)).map((each) => {
        const row = make("li", "", make("span", "cite", each.label), make("span", "", `${each.time} ${each.title}`));
        row.draggable = true;
        row.addEventListener("dragstart", (event) => event.dataTransfer?.setData(DRAGGED, JSON.stringify(each.support)));
        return row;
      }),
    );
  };
  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void show(), PAUSE);
  });
  body.append(field, shown);
  await show();
}
