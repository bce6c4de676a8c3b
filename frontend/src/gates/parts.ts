// The parts of the review that this page edits: what a save is based on, saving, undo, and two people's versions.
import { refreshPage } from "../refresh";
import { editId, send } from "../send";
import { toast } from "../toast";
import { openVersions } from "../versions";

export type Body = Record<string, unknown>;
export interface Wish {
  readonly sort: string;
  readonly id: string;
  // null takes the part away.
  readonly body: Body | null;
}
interface Stale {
  readonly sort: string;
  readonly id: string;
  readonly rev: number;
  readonly mine: Body | null;
  readonly theirs: Body | null;
  readonly fields: readonly { field: string; mine: unknown; theirs: unknown }[];
}
type Held = Record<string, Record<string, { rev: number; body: Body }>>;

export class Parts {
  // Saves leave one after the other, so that each is based on what the one before made.
  private line: Promise<unknown> = Promise.resolve();

  constructor(private readonly host: HTMLElement) {}

  body(sort: string, id: string): Body {
    return { ...(this.held()[sort]?.[id]?.body ?? {}) };
  }

  // True when it was saved, by this or by a later choice between two versions. `said` is told with a way to take it back.
  save(wishes: readonly Wish[], verb: string, said: string): Promise<boolean> {
    const turn = this.line.then(() => this.sendNow(wishes, verb, said, {}));
    this.line = turn.catch(() => undefined);
    return turn;
  }

  // One field or several of a part that stands.
  change(sort: string, id: string, fields: Body, verb: string, said: string): Promise<boolean> {
    const turn = this.line.then(() =>
      this.sendNow([{ sort, id, body: { ...this.body(sort, id), ...fields } }], verb, said, {}),
    );
    this.line = turn.catch(() => undefined);
    return turn;
  }

  // A verb that the server does by itself, such as accepting.
  async ask(url: string, said: string, json: Body = {}): Promise<boolean> {
    const reply = await send(url, { json });
    if (reply.conflict) return this.loadAnew();
    if (!reply.ok) return false;
    await this.done(reply.data, said);
    return true;
  }

  private held(): Held {
    const text = document.getElementById("gate-parts")?.textContent ?? "{}";
    return (JSON.parse(text) as { parts?: Held }).parts ?? {};
  }

  private async sendNow(wishes: readonly Wish[], verb: string, said: string, seen: Record<string, number>): Promise<boolean> {
    const held = this.held();
    const parts = wishes.map((each) => ({
      ...each,
      based_on: seen[`${each.sort}:${each.id}`] ?? held[each.sort]?.[each.id]?.rev ?? 0,
    }));
    const reply = await send(this.host.dataset["save"] ?? "", { json: { parts, verb, batch: editId() } });
    if (reply.conflict) return this.settle(wishes, verb, said, (reply.conflict.stale ?? []) as Stale[]);
    if (!reply.ok) return false;
    await this.done(reply.data, said);
    return true;
  }

  private async done(saved: { number?: number }, said: string): Promise<void> {
    const number = saved.number;
    const address = (this.host.dataset["undo"] ?? "").replace(/0$/, String(number));
    toast(said, number ? { undo: () => this.takeBack(address), about: "gates" } : { about: "gates" });
    await refreshPage();
  }

  private async takeBack(address: string): Promise<void> {
    const reply = await send(address, { json: {} });
    if (reply.conflict) toast("Somebody changed it since; it stays as it is.", { failure: true });
    await refreshPage();
  }

  private async settle(wishes: readonly Wish[], verb: string, said: string, stale: readonly Stale[]): Promise<boolean> {
    const first = stale[0];
    if (!first) return this.loadAnew();
    const [mine, theirs] = [told(first, "mine"), told(first, "theirs")];
    const chosen = await openVersions({
      title: "Two people changed this", about: `${first.sort} ${first.id}`, mine, mineSaid: "not saved yet", theirs,
      theirsName: "Someone", theirsSaid: "saved first",
    });
    if (!chosen || chosen.choice === "theirs") return this.loadAnew();
    const field = first.fields[0]?.field ?? "";
    const joins = chosen.choice === "joined" && first.fields.length === 1 && typeof first.fields[0]?.mine === "string";
    const again = wishes.map((each) =>
      each.sort === first.sort && each.id === first.id && each.body
        ? { ...each, body: joins ? { ...each.body, [field]: chosen.text } : each.body }
        : each,
    );
    return this.sendNow(again, verb, said, Object.fromEntries(stale.map((each) => [`${each.sort}:${each.id}`, each.rev])));
  }

  private async loadAnew(): Promise<boolean> {
    await refreshPage();
    return false;
  }
}

// One side of a collision as text: the field alone where it is text, else every field that collides.
function told(stale: Stale, side: "mine" | "theirs"): string {
  if (!stale.fields.length) return stale[side] === null ? "removed" : JSON.stringify(stale[side], null, 1);
  const only = stale.fields.length === 1 ? stale.fields[0]?.[side] : undefined;
  if (typeof only === "string") return only;
  return stale.fields.map((each) => `${each.field.replace(/_/g, " ")}: ${plain(each[side])}`).join("\n");
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : value === undefined || value === null ? "nothing" : JSON.stringify(value);
}
