// Sends one file in pieces: asks for a place, goes on from where it stopped, and has it frozen when all of it is there.
// A connection that breaks off is waited for; the same file dropped again after a reload goes on where it was.
import { send } from "./send";

export interface Sent {
  readonly said: string;
  readonly isNew: boolean;
}
export interface Going {
  readonly done: number;
  readonly total: number;
  readonly waits: boolean;
}
interface Place {
  readonly token: string;
  readonly received: number;
  readonly piece: number;
}

const WAITS = [1000, 2000, 4000, 8000, 15000, 30000];

export async function upload(
  page: string,
  file: File,
  path: string,
  batch: string,
  told: (going: Going) => void,
  stopped: AbortSignal,
): Promise<Sent> {
  const place = await begin(page, file, path, batch, stopped, told);
  let received = place.received;
  const address = `${page}uploads/${place.token}`;
  for (let failures = 0; received < file.size; ) {
    if (stopped.aborted) throw new Error("stopped");
    told({ done: received, total: file.size, waits: failures > 0 });
    const sent = await sendPiece(`${address}?offset=${received}`, file.slice(received, received + Math.min(place.piece, 4 * 2 ** 20)), stopped);
    if (sent.status === 200 || sent.status === 409) {
      // 409 says how much really came, of this piece or of one before that got lost on the way back.
      if (sent.status === 409 && sent.received === received) failures += 1;
      else failures = 0;
      received = sent.received ?? received;
    } else if (sent.status === 0 || sent.status === 503) {
      failures += 1;
    } else throw new Error(sent.detail);
    if (failures > 0) await pause(failures, stopped);
  }
  told({ done: file.size, total: file.size, waits: false });
  return finish(address, stopped);
}

async function begin(
  page: string,
  file: File,
  path: string,
  batch: string,
  stopped: AbortSignal,
  told: (going: Going) => void,
): Promise<Place> {
  const mark = `${file.name}:${file.size}:${file.lastModified}`.slice(-64);
  for (let failures = 0; ; failures += 1) {
    const reply = await send(`${page}uploads/`, { json: { path, size: file.size, mark, batch }, quiet: true });
    if (reply.ok) return reply.data as Place;
    if (reply.status !== 0 && reply.status !== 503) throw new Error(reply.problem ?? "it was refused.");
    told({ done: 0, total: file.size, waits: true });
    await pause(failures + 1, stopped);
  }
}

async function finish(address: string, stopped: AbortSignal): Promise<Sent> {
  for (let failures = 0; ; failures += 1) {
    const reply = await send(`${address}/finish`, { json: {}, quiet: true });
    if (reply.ok) return { said: reply.data.said, isNew: reply.data.is_new };
    if (reply.status !== 0 && reply.status !== 503) throw new Error(reply.problem ?? reply.conflict?.detail ?? "it was refused.");
    await pause(failures + 1, stopped);
  }
}

async function sendPiece(address: string, body: Blob, stopped: AbortSignal): Promise<{ status: number; received?: number; detail: string }> {
  const reply = await send(address, { method: "PUT", blob: body, signal: stopped, quiet: true });
  const data = (reply.data ?? reply.conflict) as { received?: number; detail?: string } | undefined;
  const detail = data?.detail ?? reply.problem ?? "it was refused.";
  return data?.received === undefined ? { status: reply.status, detail } : { status: reply.status, received: data.received, detail };
}

function pause(failures: number, stopped: AbortSignal): Promise<void> {
  const wait = WAITS[Math.min(failures, WAITS.length) - 1] ?? 1000;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, wait);
    window.addEventListener("online", () => resolve(), { once: true });
    stopped.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new Error("stopped"));
    });
  });
}
