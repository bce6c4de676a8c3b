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
import { account } from "./account";
import { lost, queueUp, seen, waitingChanges } from "./offline";
import { signInEnded } from "./signin";
import { toast } from "./toast";

export interface Sending {
  readonly method?: "POST" | "PUT" | "PATCH" | "DELETE" | "GET";
  readonly json?: Record<string, unknown>;
  readonly form?: FormData;
  // Bytes as they are.
  readonly blob?: Blob;
  readonly signal?: AbortSignal;
  // Waits in this browser when there is no connection; the words name it: "Title of E7".
  readonly queue?: string;
  readonly quiet?: boolean;
}
export interface Reply {
  readonly ok: boolean;
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly text: string;
  readonly kept: boolean;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly conflict?: any;
  readonly problem?: string;
}

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

// One request and its answer, without saying anything about it.
export async function sendNow(url: string, sending: Sending): Promise<Reply> {
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: sending.method ?? "POST",
      headers: { ...scriptHeaders(), ...(sending.json ? { "Content-Type": "application/json" } : {}) },
      body: sending.json ? JSON.stringify(sending.json) : (sending.form ?? sending.blob ?? null),
      signal: sending.signal ?? null,
      credentials: "same-origin",
    });
  } catch {
    lost();
    return { ok: false, status: 0, data: undefined, text: "", kept: false, problem: "there is no connection to the server." };
  }
  seen();
  return read(answer);
}

// What every request of a script carries; HTMX's get the same.
export function scriptHeaders(): Record<string, string> {
  return { Accept: "application/json, text/html;q=0.9", "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch", "X-Account": account() };
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

async function read(answer: Response): Promise<Reply> {
  const text = await answer.text();
  const isJson = answer.headers.get("Content-Type")?.includes("json") ?? false;
  const data = isJson ? parsed(text) : undefined;
  const reply = { ok: answer.ok, status: answer.status, data, text, kept: false };
  if (answer.ok) return reply;
  if (answer.status === 409) return { ...reply, conflict: data ?? text, problem: problemOf(answer.status, data) };
  return { ...reply, problem: problemOf(answer.status, data) };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function problemOf(status: number, data: unknown): string {
  const said = data as { error?: unknown; detail?: unknown } | undefined;
  if (typeof said?.detail === "string") return said.detail;
  if (typeof said?.error === "string") return said.error;
  if (status === 413) return "it is larger than this server takes.";
  if (status === 503) return "the database is busy. Try again in a moment.";
  if (status === 403) return "you may not do this here.";
  if (status === 404) return "it is not there any more, or not open to you.";
  return `the server answered ${status}. Try again, or load the page anew.`;
}

function csrfToken(): string {
  const found = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return found ?? document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
}
