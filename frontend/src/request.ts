// One request and its answer, without saying anything about it but whether the server could be reached.
import { account } from "./account";

// Said on the document after each request that found no connection, and after each that got an answer.
export const LOST = "aa-lost";
export const SEEN = "aa-seen";

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
    tellUnreachable();
    return { ok: false, status: 0, data: undefined, text: "", kept: false, problem: "there is no connection to the server." };
  }
  tellReached();
  return read(answer);
}

// What every request of a script carries; HTMX's get the same.
export function scriptHeaders(): Record<string, string> {
  return { Accept: "application/json, text/html;q=0.9", "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch", "X-Account": account() };
}

// The server could not be reached, by whatever kind of request.
export function tellUnreachable(): void {
  document.dispatchEvent(new Event(LOST));
}

export function tellReached(): void {
  document.dispatchEvent(new Event(SEEN));
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
