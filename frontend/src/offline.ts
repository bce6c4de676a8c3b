// The connection and what waits for it. Changes wait by account in this browser and are sent in order, once each.
import { account, keep, kept } from "./account";
import { openDialog } from "./dialog";
import { LOST, type Reply, SEEN, sendNow } from "./request";
import { signInEnded } from "./signin";
import { button, count, icon, make, timeOfDay } from "./words";

interface Change {
  readonly url: string;
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE" | "GET";
  readonly json: Record<string, unknown>;
  readonly label: string;
}
interface Refused extends Change {
  readonly problem: string;
}

// Said on the document for each change that was sent after waiting: { change, reply }.
export const SENT = "aa-sent";
const QUEUE = "queue";
const REFUSED = "refused";
const TRIES = [2000, 5000, 10000, 20000];
const BAR = "connection";

let since = 0;
let tried = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let isSending = false;

export function waitingChanges(): number {
  return queue().length;
}

export function queueUp(change: Change): boolean {
  const isKept = keep(QUEUE, [...queue(), change]);
  if (isKept && since) sayOffline();
  else if (isKept) void sendWaiting();
  return isKept;
}

// A request found no connection.
function lost(): void {
  if (!since) {
    since = Date.now();
    tried = 0;
  }
  sayOffline();
  clearTimeout(timer);
  timer = setTimeout(() => void tryNow(), TRIES[Math.min(tried++, TRIES.length - 1)]);
}

// A request got an answer.
function seen(): void {
  if (!since) return;
  since = 0;
  clearTimeout(timer);
  if (waitingChanges()) void sendWaiting();
  else sayBack(0, 0);
}

export function watchConnection(): void {
  document.addEventListener(LOST, () => lost());
  document.addEventListener(SEEN, () => seen());
  addEventListener("offline", () => lost());
  addEventListener("online", () => void tryNow());
  if (waitingChanges()) void sendWaiting();
  else if (refused().length) sayBack(0, 0);
}

async function tryNow(): Promise<void> {
  clearTimeout(timer);
  try {
    await fetch("/healthz", { cache: "no-store", credentials: "omit" });
  } catch {
    lost();
    return;
  }
  seen();
}

function queue(): Change[] {
  return kept<Change[]>(QUEUE) ?? [];
}

function refused(): Refused[] {
  return kept<Refused[]>(REFUSED) ?? [];
}

// Two tabs of one account share the queue; only one of them sends at a time.
async function sendWaiting(): Promise<void> {
  if (isSending || !account()) return;
  isSending = true;
  try {
    if (navigator.locks) await navigator.locks.request(`aa-queue-${account()}`, () => sendInOrder());
    else await sendInOrder();
  } finally {
    isSending = false;
  }
}

async function sendInOrder(): Promise<void> {
  let saved = 0;
  let clashes = 0;
  for (let next = queue()[0]; next; next = queue()[0]) {
    const reply = await sendNow(next.url, { method: next.method, json: next.json });
    if (reply.status === 0) return;
    if (reply.status === 401) {
      signInEnded(reply.data?.error);
      return;
    }
    // The server is there and cannot: the change stays first in line.
    if (reply.status >= 500 || reply.status === 429) {
      timer = setTimeout(() => void sendWaiting(), TRIES[1]);
      return;
    }
    keep(QUEUE, queue().slice(1));
    if (reply.ok) saved += 1;
    else if (reply.conflict) clashes += 1;
    if (!reply.ok) keep(REFUSED, [...refused(), { ...next, problem: reply.problem ?? "" }]);
    tell(next, reply);
  }
  sayBack(saved, clashes);
}

function tell(change: Change, reply: Reply): void {
  document.dispatchEvent(new CustomEvent(SENT, { detail: { change, reply } }));
}

function bar(kind: string, shape: string, ...content: (Node | string)[]): HTMLElement {
  const place = document.getElementById(BAR);
  const made = make("div", `bar-note ${kind}`, icon(shape), ...content);
  place?.replaceChildren(made);
  return made;
}

function sayOffline(): void {
  const waits = waitingChanges();
  const told = waits
    ? ` Keep writing: ${count(waits, "change")} ${waits === 1 ? "waits" : "wait"} in this browser and ${waits === 1 ? "is" : "are"} sent in order.`
    : " What is here can be read; changes that cannot wait say so.";
  bar(
    "m-signal",
    "cloudoff",
    make("p", "", make("b", "", `No connection since ${timeOfDay(since)}.`), told),
    button("Try now", "btn small", () => void tryNow()),
  );
}

function sayBack(saved: number, clashes: number): void {
  const open = refused();
  const place = document.getElementById(BAR);
  if (!saved && !open.length) {
    place?.replaceChildren();
    return;
  }
  const title = saved ? `Back, ${count(saved, "change")} saved.` : "Back.";
  const words = make("p", "", make("b", "", title));
  if (open.length) {
    const clashed = clashes || open.length;
    words.append(` ${count(clashed, "change")} ${clashed === 1 ? "was" : "were"} not taken: what they change was changed meanwhile, or is gone. `);
  }
  const made = bar(open.length ? "m-signal" : "m-hold", open.length ? "warn" : "check", words);
  if (open.length) made.append(button("Look at it", "btn small", () => showRefused(open)));
  else setTimeout(() => made.remove(), 8000);
}

// What was not taken is shown with its text, so that nothing is lost; then it may be put away.
function showRefused(open: readonly Refused[]): void {
  const list = make("ul", "refused");
  for (const each of open) {
    const text = Object.entries(each.json)
      .filter(([name, value]) => typeof value === "string" && name !== "edit_id")
      .map(([name, value]) => `${name}: ${String(value)}`)
      .join("\n");
    list.append(make("li", "", make("b", "", each.label), make("p", "small", each.problem), make("pre", "raw", text)));
  }
  const away = button("Put away", "btn", () => {
    keep(REFUSED, []);
    dialog.close("");
    sayBack(0, 0);
  });
  const dialog = openDialog(
    make("div", "asks", make("h2", "", "Changes that were not taken"), list, make("p", "row", button("Keep for later", "btn primary", () => dialog.close("")), away)),
  );
}
