// The one way to change something without leaving the page.
//
//   const reply = await send(url, { json: { title, revision } });
//   if (reply.ok) …            saved; `data` is the JSON of the answer
//   if (reply.conflict) …      409: somebody saved first; `conflict` is the JSON of the answer
//   if (reply.kept) …          no connection; with `queue` it waits in this browser and is sent in order
//
// Every request says whom the page was made for, so an edit never goes out under somebody else's sign-in. A change
// that may wait gets an `edit_id`, so that the server takes it once however often it arrives. An ended sign-in opens
// its dialog. Other refusals are said in a toast unless `quiet`, and stand in `reply.problem`.
import { queueUp, waitingChanges } from "./offline";
import { type Reply, type Sending, sendNow } from "./request";
import { signInEnded } from "./signin";
import { toast } from "./toast";

// Changes that may wait leave one after the other, so that none overtakes an older one.
let line: Promise<unknown> = Promise.resolve();

export async function send(url: string, sending: Sending = {}): Promise<Reply> {
  if (!sending.queue) return answered(await sendNow(url, sending), sending);
  const asked = sending.json ? { ...sending, json: { edit_id: editId(), ...sending.json } } : sending;
  const turn = line.then(() => sendInTurn(url, asked));
  line = turn.catch(() => undefined);
  return turn;
}

async function sendInTurn(url: string, asked: Sending): Promise<Reply> {
  // What waits is older, so this one waits behind it.
  if (waitingChanges() > 0) return waitInLine(url, asked);
  const reply = await sendNow(url, asked);
  return reply.status === 0 ? waitInLine(url, asked) : answered(reply, asked);
}

function answered(reply: Reply, asked: Sending): Reply {
  if (reply.status === 401) signInEnded(reply.data?.error);
  else if (!reply.ok && !reply.conflict && !asked.quiet) toast(`Not saved: ${reply.problem}`, { failure: true });
  return reply;
}

export function editId(): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function waitInLine(url: string, sending: Sending): Reply {
  const isKept = queueUp({ url, method: sending.method ?? "POST", json: sending.json ?? {}, label: sending.queue ?? "" });
  const problem = isKept ? "" : "this browser keeps no more. Copy what you wrote before you leave.";
  if (!isKept) toast(`Not saved: ${problem}`, { failure: true });
  return { ok: false, status: 0, data: undefined, text: "", kept: isKept, problem };
}
