// What the answers, forms and history of a review may ask of the page they stand on.
import type { Parts } from "../graph/parts";

export interface ReviewHost extends HTMLElement {
  readonly parts: Parts;
  // Where the addresses of this review begin.
  readonly root: string;
  // Where its evidence is searched, and every original by its label.
  readonly evidence: string;
  readonly originals: Record<string, string>;

  askReason(title: string, about: string, label: string, yes: string): Promise<string | undefined>;
  // Takes a save back; `anew` for what stands in fields of the page.
  undo(number: number, anew?: boolean): Promise<void>;
  // Draws anew what the server draws; what somebody is writing stays as it is.
  refresh(): Promise<void>;
}
