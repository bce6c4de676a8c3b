// Moments as people type them and as parts keep them: no more precise than they are known. All of them are UTC.
import type { Body } from "./parts";

const SHAPE = /^(about |≈ ?)?(\d{4})-(\d\d)(?:-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?)?$/;
export const TIME_HINT = "UTC: 2026-05-12 14:02, a day 2026-05-12, or a month 2026-05";

// undefined for what is no moment, null for none.
export function readMoment(text: string): Body | null | undefined {
  const plain = text.trim().replace(/ ?(UTC|Z)$/i, "");
  if (!plain) return null;
  const [, about, year, month, day, hour, minute, second] = SHAPE.exec(plain) ?? [];
  if (!year) return undefined;
  const iso = `${year}-${month}-${day ?? "15"}T${hour ?? "00"}:${minute ?? "00"}:${second ?? "00"}Z`;
  const at = new Date(iso);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 19) !== iso.slice(0, 19)) return undefined;
  const said = { utc: iso, original_text: text.trim(), source: "human" };
  // A month is somewhere around its middle.
  if (!day) return { ...said, precision: "≈", spread: "P16D" };
  if (about) return { ...said, precision: "≈" };
  return { ...said, precision: second ? "s" : hour ? "min" : "day" };
}

export function writtenMoment(instant: Body | undefined): string {
  if (!instant) return "";
  const iso = String(instant["utc"]).slice(0, 19).replace("T", " ");
  const precision = instant["precision"] ?? "s";
  if (precision === "≈") return instant["spread"] ? iso.slice(0, 7) : `about ${iso.slice(0, 16)}`;
  return precision === "day" ? iso.slice(0, 10) : precision === "s" ? iso : iso.slice(0, 16);
}
