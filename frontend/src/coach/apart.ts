// Two versions of a sentence as one line: what goes, what comes, and what stays, word by word.
export interface Piece {
  readonly kind: "same" | "del" | "ins";
  readonly text: string;
}
const LONGEST = 400;

export function wordsApart(before: string, after: string): Piece[] {
  const [old, now] = [split(before), split(after)];
  if (old.length > LONGEST || now.length > LONGEST) return [{ kind: "del", text: before }, { kind: "ins", text: after }];
  const common = lengths(old, now);
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [left, right] = [old[i], now[j]];
    if (left !== undefined && left === right) {
      add(pieces, "same", left);
      i += 1;
      j += 1;
    } else if (right === undefined || (left !== undefined && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      add(pieces, "del", left ?? "");
      i += 1;
    } else {
      add(pieces, "ins", right);
      j += 1;
    }
  }
  return pieces;
}

// A blank to fill in is one word, and a sign at the end of a word is one of its own: "small." keeps its "small".
function split(text: string): string[] {
  return text.match(/\s*(?:\[[^\]\n]+\]|[^\s.,;:!?[\]]+(?:[.,:][^\s.,;:!?[\]]+)*|[.,;:!?[\]])/g) ?? [];
}

function add(pieces: Piece[], kind: Piece["kind"], text: string): void {
  const last = pieces.at(-1);
  if (last?.kind === kind) pieces[pieces.length - 1] = { kind, text: last.text + text };
  else pieces.push({ kind, text });
}

function lengths(old: readonly string[], now: readonly string[]): number[][] {
  const found = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const [row, below] = [found[i] as number[], found[i + 1] as number[]];
      row[j] = old[i] === now[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return found;
}
