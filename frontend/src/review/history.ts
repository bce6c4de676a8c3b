// Every version of an answer, newest first, each of which can come back.
import { openDialog } from "../dialog";
import type { Body } from "../graph/parts";
import { send } from "../send";
import { toast } from "../toast";
import { button, make, timeOfDay } from "../words";
import type { ReviewHost } from "./host";

interface Change {
  readonly number: number;
  readonly verb: string;
  readonly at: string;
  readonly after: Body | null;
  readonly by: string;
}

export async function showHistory(page: ReviewHost, sort: string, id: string): Promise<void> {
  const reply = await send(`${page.root}history/${sort}/${encodeURIComponent(id)}`, { method: "GET" });
  if (!reply.ok) return;
  const changes = reply.data.changes as Change[];
  const list = make("ol", "history", ...changes.map((each, at) => make("li", "", ...entry(page, sort, id, each, at === 0, () => dialog.close("")))));
  const dialog = openDialog(make("div", "asks", make("h2", "", "History"), list), { className: "wide" });
}

function entry(page: ReviewHost, sort: string, id: string, change: Change, isNow: boolean, leave: () => void): Node[] {
  const told = `${timeOfDay(Date.parse(change.at))}, ${change.by}, ${change.verb}`;
  const head = make("p", "row", make("b", "", `Version ${change.number}`), make("span", "dim small", told));
  const restore = button("Restore", "btn small right", () => {
    leave();
    void bringBack(page, sort, id, change);
  });
  if (isNow) head.append(make("span", "pill line right", "stands now"));
  else if (change.after) head.append(restore);
  const text = change.after ? String(change.after["text"] ?? "") || "no text" : "removed";
  return [head, make("p", "small soft", text)];
}

async function bringBack(page: ReviewHost, sort: string, id: string, change: Change): Promise<void> {
  const said = await page.parts.save("restore", [{ sort, id, body: change.after }]);
  if (!said) return;
  await page.refresh();
  toast(`Version ${change.number} is back`, { undo: () => page.undo(said.number) });
}
