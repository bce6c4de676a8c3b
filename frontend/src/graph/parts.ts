// The parts of the review that the page of the cause graph edits, as the server last told them, and how they are saved.
import { ask } from "../dialog";
import { editId, send } from "../send";
import { toast } from "../toast";
import { openVersions } from "../versions";

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Body = Record<string, any>;
export interface Part {
  rev: number;
  body: Body;
}
export interface Wish {
  readonly sort: string;
  readonly id: string;
  readonly body: Body | null;
}
interface Stale {
  readonly sort: string;
  readonly id: string;
  readonly rev: number;
  readonly mine: Body | null;
  readonly theirs: Body | null;
  readonly fields: { field: string; base: unknown; mine: unknown; theirs: unknown }[];
}
export interface Saved {
  readonly number: number;
  readonly named: Record<string, string>;
}

export class Parts {
  private found: Record<string, Record<string, Part>> = {};
  // As they stood when the verb that is being done began: what it saves is based on these.
  private seen = this.found;
  private revs = new Map<string, number>();
  private version = 0;
  private saves: Promise<unknown> = Promise.resolve();
  // Numbers of saves that can be taken back, and of what took them back.
  readonly undone: number[] = [];
  readonly done: number[] = [];

  constructor(
    private readonly saving: string,
    private readonly undoing: string,
  ) {}

  // What a page tells that was drawn before the last save is older than what that save answered.
  read(json: string): void {
    const told = JSON.parse(json) as { version: number; parts: Record<string, Record<string, Part>> };
    if (told.version < this.version) return;
    this.version = told.version;
    this.found = told.parts;
    this.revs.clear();
  }

  // A verb begins. What arrives while its form is open is joined by the server, or shown beside it.
  begin(): void {
    this.seen = this.found;
  }

  of(sort: string): Record<string, Part> {
    return this.found[sort] ?? {};
  }

  body(sort: string, id: string): Body | undefined {
    return this.of(sort)[id]?.body;
  }

  // Entries of a sort in the order of their ids.
  all(sort: string): [string, Body][] {
    const entries = Object.entries(this.of(sort)).map(([id, part]): [string, Body] => [id, part.body]);
    return entries.sort(([one], [other]) => one.length - other.length || one.localeCompare(other));
  }

  statement(id: string): string {
    return String(this.body("node", id)?.["statement"] ?? id);
  }

  into(node: string): [string, Body][] {
    return this.all("edge").filter(([, edge]) => edge["target"] === node);
  }

  outOf(node: string): [string, Body][] {
    return this.all("edge").filter(([, edge]) => edge["source"] === node);
  }

  // Saves all or none; undefined when it was refused or somebody chose the other version.
  save(verb: string, wishes: readonly Wish[]): Promise<Saved | undefined> {
    const saved = this.saveNow(verb, wishes);
    this.saves = saved.catch(() => undefined);
    return saved;
  }

  private async saveNow(verb: string, wishes: readonly Wish[]): Promise<Saved | undefined> {
    let asked = wishes.map((each) => ({ ...each, based_on: this.revOf(each) }));
    for (;;) {
      const reply = await send(this.saving, { json: { parts: asked, verb, batch: editId() } });
      if (reply.ok) {
        this.take(reply.data);
        this.done.push(reply.data.number as number);
        this.undone.length = 0;
        return reply.data as Saved;
      }
      if (!reply.conflict?.stale) return undefined;
      const settled = await settle(reply.conflict.stale as Stale[], (id) => this.statement(id));
      if (!settled) return undefined;
      asked = asked.map((each) => ({ ...each, ...settled.get(`${each.sort}:${each.id}`) }));
    }
  }

  // The inverse of a save; `back` is where the next number to take back stands.
  async takeBack(from: number[], to: number[]): Promise<boolean | undefined> {
    // What is still being saved comes first, so that it is the newest to take back.
    await this.saves;
    const number = from.pop();
    if (number === undefined) return undefined;
    const reply = await send(this.undoing.replace(/0$/, String(number)));
    if (reply.conflict) toast("Not taken back: somebody changed the same since. Both versions are in its history.", { failure: true });
    if (!reply.ok) return false;
    this.take(reply.data);
    to.push(reply.data.number as number);
    return true;
  }

  // The next edit begins with what this one made of the parts, drawn anew or not.
  private take(told: { number: number; parts: Record<string, { rev: number; body: Body | null }> }): void {
    this.version = Math.max(this.version, told.number);
    for (const [name, { rev, body }] of Object.entries(told.parts)) {
      const at = name.indexOf(":");
      const [sort, id] = [name.slice(0, at), name.slice(at + 1)];
      this.revs.set(name, rev);
      const { [id]: _, ...others } = this.found[sort] ?? {};
      this.found = { ...this.found, [sort]: body ? { ...others, [id]: { rev, body } } : others };
    }
  }

  private revOf(wish: Wish): number {
    return this.seen[wish.sort]?.[wish.id]?.rev ?? this.revs.get(`${wish.sort}:${wish.id}`) ?? 0;
  }
}

type Settled = Map<string, { body: Body | null; based_on: number }>;

// What becomes of each part that two people changed; undefined when somebody leaves or keeps theirs.
async function settle(stale: readonly Stale[], called: (id: string) => string): Promise<Settled | undefined> {
  const settled: Settled = new Map();
  for (const each of stale) {
    const body = await settleOne(each, called(each.id));
    if (body === undefined) return undefined;
    settled.set(`${each.sort}:${each.id}`, { body, based_on: each.rev });
  }
  return settled;
}

async function settleOne(stale: Stale, about: string): Promise<Body | null | undefined> {
  if (!stale.mine || !stale.theirs) {
    const text = stale.mine ? "Somebody removed it meanwhile. Bring it back as you have it?" : "Somebody changed it meanwhile. Remove it all the same?";
    return (await ask({ title: about, text, yes: stale.mine ? "Bring it back" : "Remove it" })) ? stale.mine : undefined;
  }
  const body: Body = { ...stale.theirs, ...stale.mine };
  for (const each of stale.fields) {
    const name = each.field.replace(/_/g, " ");
    const chosen = await openVersions({
      title: `Two people changed the ${name}`,
      about,
      mine: shown(each.mine),
      mineSaid: "not saved yet",
      theirs: shown(each.theirs),
      theirsName: "Somebody",
      theirsSaid: "saved just now",
    });
    if (!chosen) return undefined;
    body[each.field] = chosen.choice === "mine" ? each.mine : chosen.choice === "theirs" ? each.theirs : joined(each, chosen.text);
    if (body[each.field] === null || body[each.field] === undefined) delete body[each.field];
  }
  return body;
}

function joined(field: Stale["fields"][number], text: string): unknown {
  if (typeof field.mine === "string" && typeof field.theirs === "string" && /statement|text|mechanism|looked|contradict|reason|sense|note/.test(field.field)) return text;
  return text === shown(field.theirs) ? field.theirs : field.mine;
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value);
}
