// The time of a meeting in its room: which item it is, and how much of it is left. Pure, so that it can be told to.
export interface Item {
  readonly code: string;
  readonly begins: number;
  readonly minutes: number;
}
// Where the room is: an item by its place, and when it began (milliseconds).
export interface Here {
  readonly at: number;
  readonly since: number;
}

// By the clock alone: the item of this minute, the last one when all are over.
export function byTheClock(items: readonly Item[], began: number, now: number): Here {
  const minute = (now - began) / 60_000;
  let at = 0;
  items.forEach((item, place) => {
    if (item.begins <= minute) at = place;
  });
  return { at, since: began + (items[at]?.begins ?? 0) * 60_000 };
}

// Seconds left of an item; below zero it overruns.
export function secondsLeft(item: Item, since: number, now: number): number {
  return Math.round(item.minutes * 60 - (now - since) / 1000);
}

export function spoken(seconds: number): string {
  const size = Math.abs(seconds);
  const shown = `${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
  return seconds < 0 ? `${shown} over` : shown;
}
