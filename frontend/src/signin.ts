// What happens when the sign-in has ended while somebody works: what they wrote stays in this browser under their
// account, and after signing in again they are back on this page.
import { account, signInAddress } from "./account";
import { keepAll, unsaved } from "./drafts";
import { openDialog } from "./dialog";
import { toast } from "./toast";
import { button, count, make, timeOfDay, wordsIn } from "./words";

let open: HTMLDialogElement | undefined;

// `why` is the code of the refusal: "other_account" when somebody else signed in in this browser meanwhile.
export function signInEnded(why?: unknown): void {
  if (open?.open) return;
  const isOther = why === "other_account";
  const areKept = keepAll();
  const written = unsaved();
  const words = written.reduce((sum, each) => sum + wordsIn(each.text), 0);
  const content = make("div", "asks", make("h2", "", isOther ? "Somebody else has signed in here" : "Your sign-in has ended"));
  if (words) {
    const names = [...new Set(written.map((each) => each.name))].map((name) => `“${name}”`).join(", ");
    const last = timeOfDay(Math.max(...written.map((each) => each.at)));
    const place = areKept ? "is kept in this browser" : "could not be kept in this browser, copy it";
    content.append(make("p", "", `What you wrote ${place}: ${count(words, "word")} in ${names}, last change ${last}.`));
  } else {
    content.append(make("p", "", "Nothing unsaved stands on this page. What was saved is as it was."));
  }
  const row = make("p", "row mid wrap", isOther ? button("Open this page as they see it", "btn", () => location.reload()) : button("Sign in and continue", "btn primary", goSignIn));
  if (words) row.append(button("Copy my text", "btn", () => void copy(written.map((each) => each.text).join("\n\n"))));
  const after = isOther ? "It is offered to you when you are signed in here again; nobody else sees it." : "You come back to this page. Someone else signing in here does not see what you wrote.";
  content.append(row, make("p", "xs dim", after));
  open = openDialog(content, { className: "center", leaveByBackdrop: false });
}

function goSignIn(): void {
  keepAll();
  const back = location.pathname + location.search + location.hash;
  location.href = `${signInAddress()}?next=${encodeURIComponent(back)}`;
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast("Your text is in the clipboard");
  } catch {
    const field = make("textarea", "inp area");
    field.value = text;
    field.readOnly = true;
    field.setAttribute("aria-label", "Your text");
    open?.append(field);
    field.select();
  }
}

// Another tab signed out or in as somebody else: say so before the next edit fails.
export function watchSignIn(): void {
  if (!account()) return;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keepAll();
  });
}
