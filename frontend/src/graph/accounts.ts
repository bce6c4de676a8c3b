// How an action made sense to the role that took it.
import { make } from "../words";
import { HUMAN_TYPES } from "./choices";
import { fill } from "./forms";
import type { Parts } from "./parts";
import { type Done, items, list, trimmed } from "./verbs";

// What is asked of the situation, whatever the type.
const ASKS = "Ask for: what the screen showed, what was known at that minute, what had to be ready by when, what happens by default, what the tool allowed, what would have shown the effect.";

export async function writeAccount(parts: Parts, id: string): Done {
  const kind = parts.body("node", id)?.["kind"];
  if (kind !== "action" && kind !== "decision") return undefined;
  const body = parts.body("human", id) ?? {};
  const said = await fill({
    title: "How did it make sense at the time?",
    about: `“${parts.statement(id)}”`,
    fields: [
      { name: "sense", label: "In their words, or close to them", kind: "area", value: body["sense"] ?? "" },
      { name: "asked_of", label: "Asked of which role", value: body["asked_of"] ?? "", half: true },
      { name: "type", label: "Kind", kind: "select", options: HUMAN_TYPES, value: body["type"] ?? "", half: true },
      { name: "factors", label: "Shaped by", value: list(body["factors"]), hint: "Separated by commas" },
      { name: "remedies", label: "What would help", value: list(body["remedies"]), hint: "What fits its kind stands beside the account once the kind is said." },
    ],
    more: make("p", "small dim", ASKS),
    yes: "Save account",
  });
  if (!said) return undefined;
  const made = trimmed({ ...said, factors: items(said["factors"]), remedies: items(said["remedies"]) });
  return (await parts.save("note", [{ sort: "human", id, body: made }])) && id;
}
