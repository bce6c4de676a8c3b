// HTMX as this application uses it: every request carries what our own carry, answers that are no part of a page are
// said instead of swapped in, and a part that could not be drawn says so in its place with a way to try again.
import htmx from "htmx.org";
import { problemOf, scriptHeaders, tellReached, tellUnreachable } from "./request";
import { signInEnded } from "./signin";
import { ask } from "./dialog";
import { toast } from "./toast";
import { button, icon, make } from "./words";

interface Context {
  readonly sourceElement: Element;
  readonly target: Element | string | undefined;
  readonly text: string;
  readonly request: { readonly method: string; readonly headers: Record<string, string>; readonly confirm?: string };
  readonly response?: { readonly status: number; readonly headers: Headers };
  readonly confirm?: string;
}
interface Detail {
  readonly ctx?: Context;
  readonly error?: unknown;
  readonly issueRequest?: () => void;
  readonly dropRequest?: () => void;
}

export function startHtmx(): void {
  // The addresses we push are whole pages, so going back loads them; the indicator's look stands in our own sheet.
  htmx.config.history = "reload";
  htmx.config.includeIndicatorCSS = false;
  on("htmx:config:request", ({ ctx }) => {
    if (ctx) Object.assign(ctx.request.headers, { ...scriptHeaders(), Accept: "text/html" });
  });
  on("htmx:before:response", () => tellReached());
  on("htmx:after:request", ({ ctx }) => (ctx ? isPartOfPage(ctx) : true));
  on("htmx:error", ({ ctx, error }) => {
    if (!ctx || !(error instanceof TypeError)) return;
    tellUnreachable();
    if (ctx.request.method === "GET") drawFailure(ctx, "There is no connection to the server.");
    else toast("Not saved: there is no connection to the server.", { failure: true });
  });
  on("htmx:confirm", ({ ctx, issueRequest, dropRequest }) => {
    const verb = ctx?.sourceElement.textContent?.trim() || "Do it";
    void ask({ title: ctx?.confirm ?? "Go on?", text: "This cannot be undone.", yes: verb }).then((yes) =>
      yes ? issueRequest?.() : dropRequest?.(),
    );
    return false;
  });
}

// For parts that our own scripts put into the page.
export function wire(part: Element): void {
  htmx.process(part);
}

function on(name: string, heard: (detail: Detail) => boolean | void): void {
  document.addEventListener(name, (event) => {
    if (heard((event as CustomEvent<Detail>).detail) === false) event.preventDefault();
  });
}

// A refusal that is a piece of page (a form with its errors, two versions) goes where it belongs. One that is words,
// and everything from 500 on, is said.
function isPartOfPage(ctx: Context): boolean {
  const status = ctx.response?.status ?? 0;
  if (status < 400) return true;
  if (status === 401) {
    signInEnded(/"error": ?"(\w+)"/.exec(ctx.text)?.[1]);
    return false;
  }
  const isWords = ctx.response?.headers.get("Content-Type")?.includes("json") ?? false;
  if (status < 500 && !isWords) return true;
  const data = isWords ? (JSON.parse(ctx.text) as { error?: string; reference?: string }) : undefined;
  if (ctx.request.method === "GET" && status >= 500) drawFailure(ctx, "", data?.reference);
  else toast(`Not done: ${problemOf(status, data)}`, { failure: true });
  return false;
}

function drawFailure(ctx: Context, why: string, reference = ""): void {
  const target = ctx.target instanceof Element ? ctx.target : undefined;
  if (!target) return;
  const source = ctx.sourceElement;
  drawBroken(target, why, reference, () => {
    const spec = source.getAttribute("hx-trigger")?.split(/[\s,[]/)[0];
    htmx.trigger(source, !spec || spec === "load" ? "click" : spec);
  });
}

// One panel fails, the page does not.
export function drawBroken(panel: Element, why: string, reference: string, again: () => void): void {
  const words = make("p", "", `${why} The rest of the page works, and nothing you entered is lost.`.trim());
  if (reference) words.append(" Reference ", make("span", "mono", reference), ", noted for the people who run this server.");
  const broken = make(
    "div",
    "emptyish broken",
    icon("warn"),
    make("h3", "", "This panel could not be drawn"),
    words,
    make("p", "row mid", button("Try again", "btn small", again)),
  );
  broken.setAttribute("role", "alert");
  panel.replaceChildren(broken);
}
