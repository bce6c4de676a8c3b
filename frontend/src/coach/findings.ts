// What the server says of a text that is being written, in the units in which scripts count.
import { type Reply, sendNow } from "../request";

export interface Span {
  readonly start: number;
  readonly end: number;
}
export interface Finding extends Span {
  readonly id: string;
  readonly rule: string;
  readonly severity: "gate" | "nudge" | "note";
  readonly sentence: string;
  readonly sentence_start: number;
  readonly sentence_end: number;
  readonly title: string;
  readonly message: string;
  readonly question: string;
  readonly suggestion: string;
  readonly reason: string;
  readonly gate: string;
  readonly minute: number | null;
  readonly minute_said: string;
}
export interface Named extends Span {
  readonly role: string;
}
export interface Advice {
  readonly findings: readonly Finding[];
  readonly names: readonly Named[];
  readonly more: number;
}
export const NOTHING: Advice = { findings: [], names: [], more: 0 };

// Nothing when the server could not be asked; the text goes on being written.
export async function advise(text: string, field: string, incident: string, place: string): Promise<Advice | undefined> {
  if (!text.trim()) return NOTHING;
  const reply: Reply = await sendNow("/api/v1/language/check", { json: { text, field, incident, place } });
  return reply.ok ? inUnits(text, reply.data as Advice) : undefined;
}

// The server counts code points, scripts count UTF-16.
export function inUnits(text: string, advice: Advice): Advice {
  const at = unitsOf(text);
  return {
    more: advice.more,
    findings: advice.findings.map((each) => ({
      ...each, start: at(each.start), end: at(each.end), sentence_start: at(each.sentence_start), sentence_end: at(each.sentence_end),
    })),
    names: advice.names.map((each) => ({ ...each, start: at(each.start), end: at(each.end) })),
  };
}

function unitsOf(text: string): (point: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (point) => point;
  const places: number[] = [];
  let units = 0;
  for (const each of text) {
    places.push(units);
    units += each.length;
  }
  return (point) => places[point] ?? units;
}

// What was said of the text before holds for what stands unchanged: it moves along, and what was touched goes.
export function carried(before: string, after: string, advice: Advice): Advice {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const by = after.length - before.length;
  const shift = (start: number, end: number): number | undefined => (end <= head ? 0 : start >= before.length - tail ? by : undefined);
  const findings = advice.findings.flatMap((each) => {
    const moved = shift(each.sentence_start, each.sentence_end);
    if (moved === undefined) return [];
    return [{ ...each, start: each.start + moved, end: each.end + moved, sentence_start: each.sentence_start + moved, sentence_end: each.sentence_end + moved }];
  });
  const names = advice.names.flatMap((each) => {
    const moved = shift(each.start, each.end);
    return moved === undefined ? [] : [{ ...each, start: each.start + moved, end: each.end + moved }];
  });
  return { findings, names, more: advice.more };
}
