// What people do to the graph. Each verb asks what it needs, saves parts, and says which part is open afterwards.
import { ask } from "../dialog";
import { toast } from "../toast";
import { make } from "../words";
import {
  ALL_KINDS,
  BONES,
  CONFIDENCE,
  CONTROL,
  FACTORS,
  HAPPENED,
  KINDS,
  LASTED,
  LEVELS,
  MITIGATORS,
  NECESSITY,
  RELATIONS,
  STATUSES,
} from "./choices";
import { type Field, type Values, fill } from "./forms";
import type { Body, Parts, Wish } from "./parts";
import { TIME_HINT, readMoment, writtenMoment } from "./times";

// The drawing shows at once what a save will make of it.
export interface Preview {
  reworded(id: string, statement: string): void;
  judged(id: string, status: string): void;
  leaving(ids: readonly string[]): void;
  coming(beside: string, statement: string): void;
}
// The id that is open afterwards; undefined when nothing was saved.
export type Done = Promise<string | undefined>;

export async function addCause(parts: Parts, selected: string, preview: Preview, kind = ""): Done {
  const effect = effectOf(parts, selected);
  if (!effect) {
    toast("Say what happened first: a cause stands below its effect.", { about: "graph" });
    return undefined;
  }
  const isLasting = parts.body("node", effect)?.["top"] === "lasted";
  const said = await fill({
    title: kind === "action" ? "What did somebody do?" : "Add a cause",
    about: `of “${parts.statement(effect)}”`,
    fields: [
      { name: "statement", label: "What was so, in one clause", required: true, hint: "About the system, not about a person." },
      { name: "kind", label: "Kind", kind: "select", options: KINDS, value: kind, half: true },
      { name: "relation", label: "It", kind: "select", options: isLasting ? [...LASTED, ...HAPPENED] : [...HAPPENED, ...LASTED], half: true },
      { name: "necessity", label: "Would it have happened without it?", kind: "select", options: NECESSITY, half: true },
      { name: "factor", label: "Where it lies", kind: "select", options: FACTORS, half: true },
    ],
    yes: "Add cause",
  });
  if (!said) return undefined;
  preview.coming(effect, said["statement"] ?? "");
  const edge = { source: "?cause", target: effect, relation: said["relation"], necessity: said["necessity"] };
  const wishes: Wish[] = [
    { sort: "node", id: "?cause", body: trimmed({ kind: said["kind"], statement: said["statement"], factor: said["factor"] }) },
    { sort: "edge", id: "", body: edge },
  ];
  const logic = logicOf(parts, effect);
  // What is necessary takes its place in logic that somebody wrote.
  if (logic && said["necessity"] === "necessary") {
    wishes.push({ sort: "logic", id: logic[0], body: { ...logic[1], inputs: [...(logic[1]["inputs"] as string[]), "?cause"] } });
  }
  const saved = await parts.save("add", wishes);
  return saved?.named["?cause"];
}

export async function addMitigator(parts: Parts, kind: "designed" | "luck"): Done {
  const outcomes = parts.all("node").filter(([, node]) => node["kind"] === "outcome");
  const said = await fill({
    title: kind === "luck" ? "Where luck had a part" : "What helped",
    fields: [
      { name: "statement", label: "What made it less bad", required: true },
      { name: "mitigator", label: "Kind", kind: "select", options: MITIGATORS, value: kind },
      { name: "target", label: "It bore on", kind: "select", options: outcomes.map(([id, node]) => [id, String(node["statement"])] as const) },
      { name: "follow_up", label: "What becomes of it", hint: "For luck: a change, or “accepted”." },
    ],
    yes: "Add",
  });
  if (!said) return undefined;
  const node = trimmed({ kind: "mitigator", statement: said["statement"], mitigator: said["mitigator"], follow_up: said["follow_up"], status: "confirmed" });
  const wishes: Wish[] = [{ sort: "node", id: "?it", body: node }];
  if (said["target"]) wishes.push({ sort: "edge", id: "", body: { source: "?it", target: said["target"], relation: "mitigated", necessity: "contributing" } });
  return (await parts.save("add", wishes))?.named["?it"];
}

export async function reword(parts: Parts, id: string, statement: string, preview: Preview): Done {
  const body = parts.body("node", id);
  const text = statement.trim();
  if (!body || !text || text === body["statement"]) return undefined;
  preview.reworded(id, text);
  return (await parts.save("edit", [{ sort: "node", id, body: { ...body, statement: text } }])) && id;
}

export async function judge(parts: Parts, id: string, preview: Preview): Done {
  const sort = parts.body("node", id) ? "node" : "edge";
  const body = parts.body(sort, id);
  if (!body || body["kind"] === "outcome") return undefined;
  const order = ["hypothesis", "confirmed", "refuted"];
  const next = order[(order.indexOf(String(body["status"] ?? "hypothesis")) + 1) % order.length] ?? "hypothesis";
  const counter: Field[] =
    sort === "node"
      ? [{ name: "ruled_out_by", label: "If ruled out: by what", value: body["ruled_out_by"] ?? "", hint: "It stays visible, with this line." }]
      : [
          { name: "would_contradict", label: "What would contradict it", value: body["would_contradict"] ?? "" },
          { name: "looked_for", label: "What was found of that", value: body["looked_for"] ?? "", hint: "“None” is an answer." },
        ];
  const said = await fill({
    title: "How far is it settled?",
    about: sort === "node" ? `“${parts.statement(id)}”` : linkWords(parts, body),
    fields: [
      { name: "status", label: "Status", kind: "select", options: STATUSES, value: next, half: true },
      { name: "confidence", label: "Confidence", kind: "select", options: CONFIDENCE, value: body["confidence"] ?? "medium", half: true },
      ...counter,
    ],
    yes: "Save status",
    check: (values) => (sort === "node" && values["status"] === "refuted" && !values["ruled_out_by"]?.trim() ? "Say in a line what rules it out." : ""),
  });
  if (!said) return undefined;
  preview.judged(id, said["status"] ?? "");
  return (await parts.save("judge", [{ sort, id, body: changed(body, said) }])) && id;
}

export async function editPart(parts: Parts, id: string): Done {
  return parts.body("node", id) ? editNode(parts, id) : editEdge(parts, id);
}

async function editNode(parts: Parts, id: string): Done {
  const body = parts.body("node", id) ?? {};
  const isMitigator = body["kind"] === "mitigator";
  const of = (name: string): string => list(body[name]);
  const said = await fill({
    title: "Details",
    fields: [
      { name: "statement", label: "Statement", value: body["statement"] ?? "", required: true },
      { name: "kind", label: "Kind", kind: "select", options: ALL_KINDS, value: body["kind"], half: true },
      { name: "factor", label: "Where it lies", kind: "select", options: FACTORS, value: body["factor"] ?? "", half: true },
      { name: "valid_from", label: "Since", value: writtenMoment(body["valid_from"]), half: true, hint: TIME_HINT },
      { name: "valid_to", label: "Until", value: writtenMoment(body["valid_to"]), half: true },
      { name: "still_holds", label: "It still holds", kind: "check", value: body["still_holds"] === true, half: true },
      { name: "undeveloped", label: "Not followed further, on purpose", kind: "check", value: body["undeveloped"] === true, half: true },
      { name: "bone", label: "Bone of the fishbone", kind: "select", options: BONES, value: body["bone"] ?? "", half: true },
      { name: "control", label: "In whose hands", kind: "select", options: CONTROL, value: body["control"] ?? "own", half: true },
      { name: "services", label: "Services it names", value: of("services"), half: true, hint: "Separated by commas" },
      { name: "incidents", label: "Further incidents with it", value: of("incidents"), half: true, hint: "Their keys" },
      { name: "looked_in", label: "If it is about an absence: where was looked", value: body["looked_in"] ?? "" },
      { name: "trigger", label: "It set this off", kind: "check", value: (body["roles"] ?? []).includes("trigger") },
      ...(isMitigator
        ? ([
            { name: "mitigator", label: "What made it less bad", kind: "select", options: MITIGATORS, value: body["mitigator"] ?? "designed" },
            { name: "follow_up", label: "What becomes of it", value: body["follow_up"] ?? "" },
          ] as Field[])
        : []),
    ],
    yes: "Save details",
    check: (values) => ["valid_from", "valid_to"].map((name) => (readMoment(values[name] ?? "") === undefined ? `“${values[name]}” is not a moment. ${TIME_HINT}.` : "")).join(""),
  });
  if (!said) return undefined;
  const { trigger, services, incidents, valid_from, valid_to, still_holds, undeveloped, ...plain } = said;
  const roles = ((body["roles"] ?? []) as string[]).filter((each) => each !== "trigger");
  const made = trimmed({
    ...changed(body, plain),
    still_holds: still_holds === "on",
    undeveloped: undeveloped === "on",
    services: items(services),
    incidents: items(incidents),
    roles: trigger === "on" ? ["trigger", ...roles] : roles,
    valid_from: sameMoment(valid_from, body["valid_from"]),
    valid_to: sameMoment(valid_to, body["valid_to"]),
  });
  return (await parts.save("edit", [{ sort: "node", id, body: made }])) && id;
}

async function editEdge(parts: Parts, id: string): Done {
  const body = parts.body("edge", id);
  if (!body) return undefined;
  const said = await fill({ title: "Link", about: linkWords(parts, body), fields: edgeFields(body), yes: "Save link" });
  if (!said) return undefined;
  const { reinforcing, ...plain } = said;
  return (await parts.save("edit", [{ sort: "edge", id, body: trimmed({ ...changed(body, plain), reinforcing: reinforcing === "on" }) }])) && id;
}

function edgeFields(body: Body): Field[] {
  return [
    { name: "relation", label: "It", kind: "select", options: RELATIONS, value: body["relation"] ?? "contributed", half: true },
    { name: "necessity", label: "Without it", kind: "select", options: NECESSITY, value: body["necessity"] ?? "necessary", half: true },
    { name: "mechanism", label: "How it led there", value: body["mechanism"] ?? "" },
    { name: "would_contradict", label: "What would contradict it", value: body["would_contradict"] ?? "" },
    { name: "looked_for", label: "What was found of that", value: body["looked_for"] ?? "", hint: "“None” is an answer." },
    { name: "reinforcing", label: "It goes round: cut the circle here in trees", kind: "check", value: body["reinforcing"] === true },
  ];
}

export async function link(parts: Parts, id: string): Done {
  const others = parts.all("node").filter(([other]) => other !== id);
  const said = await fill({
    title: "Link two nodes",
    about: `“${parts.statement(id)}”`,
    fields: [
      { name: "way", label: "This node", kind: "select", options: [["to", "led to"], ["from", "was made possible by"]], half: true },
      { name: "other", label: "The other node", kind: "select", options: others.map(([other, node]) => [other, String(node["statement"])] as const), required: true, half: true },
      ...edgeFields({ relation: "enabled" }).slice(0, 3),
    ],
    yes: "Link",
    check: (values) => {
      const [source, target] = values["way"] === "to" ? [id, values["other"]] : [values["other"], id];
      return parts.all("edge").some(([, edge]) => edge["source"] === source && edge["target"] === target) ? "These two are linked already." : "";
    },
  });
  if (!said) return undefined;
  const { way, other, ...plain } = said;
  const ends = way === "to" ? { source: id, target: other } : { source: other, target: id };
  return (await parts.save("link", [{ sort: "edge", id: "", body: trimmed({ ...plain, ...ends }) }])) && id;
}

export async function remove(parts: Parts, id: string, preview: Preview): Done {
  if (!parts.body("node", id)) return removeEdge(parts, id, preview);
  const [into, outOf] = [parts.into(id), parts.outOf(id)];
  const supports = parts.all("support").filter(([, each]) => each["claim"] === id || [...into, ...outOf].some(([edge]) => edge === each["claim"]));
  const left = into.filter(([, edge]) => parts.outOf(String(edge["source"])).length === 1).map(([, edge]) => String(edge["source"]));
  const hangs = [count(into.length, "cause"), count(outOf.length, "effect"), count(supports.length, "piece of evidence", "pieces of evidence")].filter(Boolean);
  const more = make("div", "");
  if (left.length) more.append(make("p", "small dim", `Would lead to nothing then: ${left.map((each) => `“${parts.statement(each)}”`).join(", ")}.`));
  const said = await fill({
    title: `Remove “${parts.statement(id)}”?`,
    about: hangs.length ? `On it hang ${hangs.join(", ")}. An explanation that did not hold is better ruled out: it stays visible.` : "Nothing hangs on it.",
    fields: into.length && outOf.length ? [{ name: "bridge", label: "Link its causes to what it led to", kind: "check", value: true }] : [],
    more,
    yes: "Remove",
  });
  if (!said) return undefined;
  preview.leaving([id, ...into.map(([edge]) => edge), ...outOf.map(([edge]) => edge)]);
  const gone = (sort: string, ids: readonly string[]): Wish[] => ids.map((each) => ({ sort, id: each, body: null }));
  const bridges: Wish[] = said["bridge"]
    ? into.flatMap(([, cause]) => outOf.filter(([, effect]) => effect["target"] !== cause["source"]).map(([, effect]): Wish => ({ sort: "edge", id: "", body: { ...cause, target: effect["target"] } })))
    : [];
  const wishes = [
    ...gone("node", [id]),
    ...gone("edge", [...into, ...outOf].map(([edge]) => edge)),
    ...gone("support", supports.map(([each]) => each)),
    ...gone("human", parts.body("human", id) ? [id] : []),
    ...gone("ask", parts.all("ask").filter(([, each]) => each["node"] === id).map(([each]) => each)),
    ...withoutInput(parts, id, said["bridge"] ? into.map(([, edge]) => String(edge["source"])) : []),
    ...bridges.map((each, at) => ({ ...each, id: `?bridge${at}` })),
  ];
  const next = String(outOf[0]?.[1]["target"] ?? "");
  return (await parts.save("remove", wishes)) && next;
}

async function removeEdge(parts: Parts, id: string, preview: Preview): Done {
  const body = parts.body("edge", id);
  if (!body) return undefined;
  const supports = parts.all("support").filter(([, each]) => each["claim"] === id);
  const text = supports.length ? `${count(supports.length, "piece of evidence", "pieces of evidence")} on it goes too. A step that did not hold is better ruled out.` : "No evidence hangs on it.";
  if (!(await ask({ title: `Remove the link ${linkWords(parts, body)}?`, text, yes: "Remove" }))) return undefined;
  preview.leaving([id]);
  const wishes: Wish[] = [{ sort: "edge", id, body: null }, ...supports.map(([each]): Wish => ({ sort: "support", id: each, body: null }))];
  return (await parts.save("remove", wishes)) && String(body["target"]);
}

// Logic without an input that goes; what is left of a group without inputs goes as well.
function withoutInput(parts: Parts, id: string, instead: readonly string[]): Wish[] {
  const wishes: Wish[] = [];
  for (const [name, logic] of parts.all("logic")) {
    const inputs = logic["inputs"] as string[];
    if (logic["effect"] === id) wishes.push({ sort: "logic", id: name, body: null });
    else if (inputs.includes(id) || logic["condition"] === id) {
      const kept = inputs.flatMap((each) => (each === id ? instead : [each]));
      const body = { ...logic, inputs: [...new Set(kept)] };
      if (logic["condition"] === id) delete (body as Body)["condition"];
      wishes.push({ sort: "logic", id: name, body: kept.length ? body : null });
    }
  }
  return wishes;
}

export async function decideLevel(parts: Parts, id: string): Done {
  const body = parts.body("node", id);
  if (!body) return undefined;
  const said = await fill({
    title: "How deep does it lie?",
    about: `“${parts.statement(id)}”`,
    fields: [
      { name: "level", label: "Level", kind: "select", options: LEVELS, value: body["level"] ?? "" },
      { name: "level_reason", label: "Why", value: body["level_reason"] ?? "" },
    ],
    yes: "Save level",
    check: (values) => (values["level"] && !values["level_reason"]?.trim() ? "Say why; without a reason the rules decide." : ""),
  });
  return said && (await parts.save("override", [{ sort: "node", id, body: changed(body, said) }])) ? id : undefined;
}

export async function addWording(parts: Parts, id: string): Done {
  const body = parts.body("node", id);
  if (!body) return undefined;
  const said = await fill({
    title: "Another account of the same",
    about: `“${parts.statement(id)}”`,
    fields: [{ name: "wording", label: "How somebody else puts it", required: true }],
    yes: "Keep both",
  });
  if (!said) return undefined;
  const wordings = [...((body["wordings"] ?? []) as string[]), said["wording"] ?? ""];
  return (await parts.save("edit", [{ sort: "node", id, body: { ...body, wordings } }])) && id;
}

export async function setAside(parts: Parts, finding: string, isMust: boolean, sentence: string): Promise<boolean> {
  const said = await fill({
    title: isMust ? "Override this?" : "Set this aside?",
    about: sentence,
    fields: [{ name: "reason", label: isMust ? "Why it may stand" : "Reason, if you like", required: isMust }],
    yes: isMust ? "Override" : "Dismiss",
  });
  if (!said) return false;
  const body = trimmed({ reason: said["reason"], overridden: isMust });
  return Boolean(await parts.save(isMust ? "override" : "dismiss", [{ sort: "dismissal", id: finding, body }]));
}

export function effectOf(parts: Parts, selected: string): string {
  if (parts.body("node", selected)) return selected;
  const target = parts.body("edge", selected)?.["target"];
  if (target) return String(target);
  return parts.all("node").find(([, node]) => node["kind"] === "outcome")?.[0] ?? "";
}

export function logicOf(parts: Parts, effect: string): [string, Body] | undefined {
  return parts.all("logic").find(([, logic]) => logic["effect"] === effect);
}

export function linkWords(parts: Parts, edge: Body): string {
  return `“${parts.statement(String(edge["source"]))}” → “${parts.statement(String(edge["target"]))}”`;
}

// A body with other values; what is empty is left out, so that it is as it is by default.
function changed(body: Body, values: Values): Body {
  return trimmed({ ...body, ...values });
}

export function trimmed(body: Body): Body {
  const kept = Object.entries(body).map(([name, value]): [string, unknown] => [name, typeof value === "string" ? value.trim() : value]);
  return Object.fromEntries(kept.filter(([, value]) => value !== "" && value !== false && value !== null && value !== undefined && !(Array.isArray(value) && !value.length)));
}

export function items(text: string | undefined): string[] {
  return (text ?? "").split(",").map((each) => each.trim()).filter(Boolean);
}

export function list(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : "";
}

// A moment that nobody changed stays as exact as it was.
function sameMoment(text: string | undefined, before: Body | undefined): Body | null {
  if (writtenMoment(before) === (text ?? "").trim()) return before ?? null;
  return readMoment(text ?? "") ?? null;
}

function count(number: number, one: string, many = `${one}s`): string {
  return number ? `${number} ${number === 1 ? one : many}` : "";
}
