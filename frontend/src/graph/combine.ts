// How the causes of one effect combine: all, any, some, one while another holds, or in order, with groups inside.
import { button, make } from "../words";
import { LOGIC } from "./choices";
import { fill } from "./forms";
import type { Body, Parts, Wish } from "./parts";
import { type Done, logicOf } from "./verbs";

interface Group {
  type: string;
  k: number;
  inputs: Input[];
  // The id of the logic that it was, "" for a new one.
  id: string;
}
type Input = string | Group;

const WORDS: Record<string, string> = { and: " AND ", or: " OR ", vote: ", ", inhibit: " IF ", pand: ", then " };

export async function combine(parts: Parts, effect: string): Done {
  const builder = new Builder(parts, effect);
  if (builder.top.inputs.length < 2) return undefined;
  const form = fill({
    title: "How do these causes combine?",
    about: `of “${parts.statement(effect)}”`,
    fields: [],
    more: builder.element,
    yes: "Save logic",
    check: () => builder.problem(),
  });
  builder.element.querySelector<HTMLElement>("select")?.focus();
  if (!(await form)) return undefined;
  return (await parts.save("edit", builder.wishes())) && effect;
}

class Builder {
  readonly element = make("div", "combine stack");
  readonly top: Group;
  private readonly marked = new Set<Input>();
  private readonly before: string[] = [];

  constructor(
    private readonly parts: Parts,
    private readonly effect: string,
  ) {
    const written = logicOf(parts, effect);
    this.top = written ? this.read(written[0], written[1]) : { type: "and", k: 2, inputs: [], id: "" };
    const known = new Set(nodesIn(this.top));
    for (const [, edge] of parts.into(effect)) {
      const source = String(edge["source"]);
      const counts = edge["relation"] !== "mitigated" && edge["status"] !== "refuted";
      if (counts && !known.has(source) && (!written || edge["necessity"] !== "contributing")) this.top.inputs.push(source);
      known.add(source);
    }
    this.draw();
  }

  problem(): string {
    const wrong = groupsIn(this.top).find((each) => (each.type === "inhibit" && each.inputs.length !== 2) || each.inputs.length < 2);
    if (wrong) return wrong.type === "inhibit" ? "IF takes exactly two: what comes through, and the condition that lets it." : "A group has at least two causes.";
    const vote = groupsIn(this.top).find((each) => each.type === "vote" && (each.k < 1 || each.k > each.inputs.length));
    return vote ? `Between 1 and ${vote.inputs.length} of ${vote.inputs.length} can be enough.` : "";
  }

  wishes(): Wish[] {
    const wishes: Wish[] = [];
    let number = 0;
    const write = (group: Group, effect: string): string => {
      const id = group.id || `?logic${(number += 1)}`;
      const inputs = group.inputs.map((each) => (typeof each === "string" ? each : write(each, "")));
      const body: Body = { type: group.type, inputs };
      if (effect) body["effect"] = effect;
      if (group.type === "vote") body["k"] = group.k;
      // The condition is a node; a group in its place stays an input of an AND, which says the same.
      if (group.type === "inhibit" && typeof group.inputs[1] === "string") Object.assign(body, { inputs: [inputs[0]], condition: inputs[1] });
      else if (group.type === "inhibit") body["type"] = "and";
      wishes.push({ sort: "logic", id, body });
      return id;
    };
    write(this.top, this.effect);
    const kept = new Set(wishes.map((each) => each.id));
    return [...wishes, ...this.before.filter((each) => !kept.has(each)).map((id): Wish => ({ sort: "logic", id, body: null }))];
  }

  private read(id: string, logic: Body): Group {
    this.before.push(id);
    const inputs = [...(logic["inputs"] as string[]), ...(logic["condition"] ? [String(logic["condition"])] : [])];
    return {
      id,
      type: String(logic["type"]),
      k: Number(logic["k"] ?? 2) || 2,
      inputs: inputs.flatMap((each): Input[] => {
        const inner = this.parts.body("logic", each);
        if (inner && !this.before.includes(each)) return [this.read(each, inner)];
        return this.parts.body("node", each) ? [each] : [];
      }),
    };
  }

  private draw(focus = ""): void {
    const chosen = make("select", "inp");
    chosen.name = "group-type";
    chosen.setAttribute("aria-label", "The marked ones together");
    for (const [value, label] of LOGIC) chosen.append(new Option(label, value, false, value === "or"));
    const group = button("Group the marked", "btn small", () => this.group(chosen.value));
    group.dataset["focus"] = "group";
    this.element.replaceChildren(
      make("div", "fld", this.typeOf(this.top, "All of it"), this.listOf(this.top)),
      make("div", "row wrap", make("span", "small dim", "Mark two or more, then"), chosen, group),
      make("p", "formula", this.formula(this.top)),
    );
    if (focus) this.element.querySelector<HTMLElement>(`[data-focus="${focus}"]`)?.focus();
  }

  private typeOf(group: Group, label: string): HTMLElement {
    const select = make("select", "inp");
    select.setAttribute("aria-label", label);
    for (const [value, words] of LOGIC) select.append(new Option(words, value, false, value === group.type));
    const key = `type${groupsIn(this.top).indexOf(group)}`;
    select.dataset["focus"] = key;
    select.addEventListener("change", () => {
      group.type = select.value;
      this.draw(key);
    });
    if (group.type !== "vote") return select;
    const k = make("input", "inp");
    k.type = "number";
    k.min = "1";
    k.value = String(group.k);
    k.setAttribute("aria-label", "How many are enough");
    k.addEventListener("input", () => {
      group.k = Number(k.value);
      const formula = this.element.querySelector(".formula");
      if (formula) formula.textContent = this.formula(this.top);
    });
    return make("div", "two", select, k);
  }

  private listOf(group: Group): HTMLElement {
    return make("ul", "", ...group.inputs.map((each, at) => this.row(group, each, at)));
  }

  private row(group: Group, input: Input, at: number): HTMLElement {
    const box = make("input", "");
    box.type = "checkbox";
    box.checked = this.marked.has(input);
    box.addEventListener("change", () => (box.checked ? this.marked.add(input) : this.marked.delete(input)));
    const words = typeof input === "string" ? this.parts.statement(input) : this.formula(input);
    const label = make("label", "row grow", box, make("span", "", words));
    const line = make("div", "rowline", label);
    if (at > 0 && (group.type === "pand" || group.type === "inhibit")) {
      line.append(
        button("Earlier", "quiet", () => {
          group.inputs.splice(at - 1, 0, ...group.inputs.splice(at, 1));
          this.draw();
        }),
      );
    }
    if (typeof input === "string") return make("li", "", line);
    line.append(button("Ungroup", "quiet", () => this.ungroup(group, input)));
    return make("li", "", line, this.typeOf(input, `The group ${words}`), this.listOf(input));
  }

  private group(type: string): void {
    const owner = groupsIn(this.top).find((each) => each.inputs.filter((input) => this.marked.has(input)).length > 1);
    if (!owner) return;
    const taken = owner.inputs.filter((input) => this.marked.has(input));
    const at = owner.inputs.indexOf(taken[0] as Input);
    const made: Group = { type, k: 1, inputs: taken, id: "" };
    if (taken.length === owner.inputs.length) owner.type = type;
    else {
      owner.inputs = owner.inputs.filter((input) => !taken.includes(input));
      owner.inputs.splice(at, 0, made);
    }
    this.marked.clear();
    this.draw("group");
  }

  private ungroup(owner: Group, group: Group): void {
    owner.inputs.splice(owner.inputs.indexOf(group), 1, ...group.inputs);
    this.marked.clear();
    this.draw("group");
  }

  private formula(group: Group): string {
    const told = group.inputs.map((each) => (typeof each === "string" ? this.parts.statement(each) : `(${this.formula(each)})`));
    const words = told.join(WORDS[group.type] ?? " AND ");
    return group.type === "vote" ? `${group.k} of ${told.length}: ${words}` : words;
  }
}

function groupsIn(group: Group): Group[] {
  return [group, ...group.inputs.flatMap((each) => (typeof each === "string" ? [] : groupsIn(each)))];
}

function nodesIn(group: Group): string[] {
  return group.inputs.flatMap((each) => (typeof each === "string" ? [each] : nodesIn(each)));
}
