// Who else is in this review and where: asked for every ten seconds while the page is looked at.
import { send } from "../send";
import { make } from "../words";

interface Person {
  readonly seat: string;
  readonly initials: string;
  readonly place: string;
}
const EVERY = 10_000;

export class Presence {
  private timer = 0;
  private place = "";

  constructor(
    private readonly page: HTMLElement,
    private readonly url: string,
    private readonly seen: (version: number) => void,
  ) {}

  start(): void {
    document.addEventListener("visibilitychange", this.looked);
    this.page.addEventListener("focusin", this.moved);
    void this.tell();
  }

  stop(): void {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.looked);
  }

  private readonly looked = (): void => {
    clearTimeout(this.timer);
    if (!document.hidden) void this.tell();
  };

  private readonly moved = (event: FocusEvent): void => {
    const target = event.target as Element;
    const at = target.closest<HTMLElement>("section[data-question]")?.dataset["question"] ?? "";
    const place = at && target instanceof HTMLTextAreaElement ? `writing ${at}` : at;
    if (place === this.place) return;
    this.place = place;
    this.looked();
  };

  private async tell(): Promise<void> {
    clearTimeout(this.timer);
    const reply = await send(this.url, { json: { place: this.place }, quiet: true });
    if (reply.ok) {
      this.show(reply.data.people as Person[]);
      this.seen(reply.data.version as number);
    }
    // Somebody without a seat to write in is not told who is here, and does not ask again.
    if (reply.status !== 403 && this.page.isConnected) this.timer = window.setTimeout(() => this.looked(), EVERY);
  }

  private show(people: readonly Person[]): void {
    const words = people.map((each) => {
      const avatar = make("span", "avatar other", each.initials);
      avatar.setAttribute("aria-hidden", "true");
      return make("span", "who-here", avatar, make("span", "", each.seat, " ", make("small", "", where(each.place))));
    });
    this.page.querySelector("[data-others]")?.replaceChildren(...words);
    for (const place of this.page.querySelectorAll<HTMLElement>("[data-here]")) {
      const here = people.filter((each) => each.place.endsWith(place.dataset["here"] ?? "-"));
      place.replaceChildren(...here.map((each) => {
        const avatar = make("span", "avatar other tiny", each.initials);
        avatar.title = `${each.seat} ${each.place.startsWith("writing") ? "is writing" : "is"} here`;
        return avatar;
      }));
    }
    for (const line of this.page.querySelectorAll<HTMLElement>("[data-spine]")) line.classList.toggle("other", people.some((each) => each.place.endsWith(line.dataset["spine"] ?? "-")));
  }
}

function where(place: string): string {
  const number = /q(\d)$/.exec(place)?.[1];
  return number ? `${place.startsWith("writing") ? "writing in" : "at"} question ${number}` : "looking";
}
