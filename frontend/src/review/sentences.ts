// Two versions of an answer, sentence by sentence.
export function sentencesOf(text: string): string[] {
  return (text.match(/[^\n]+?(?:[.!?](?=\s|$)|(?=\n)|$)/g) ?? []).map((each) => each.trim()).filter(Boolean);
}

export interface Apart {
  readonly mine: string;
  readonly theirs: string;
}

// What only one side has; the whole texts where that is nothing.
export function apart(mine: string, theirs: string): Apart {
  const [my, their] = [sentencesOf(mine), sentencesOf(theirs)];
  const only = (some: readonly string[], others: readonly string[]): string => some.filter((each) => !others.includes(each)).join(" ");
  return { mine: only(my, their) || mine, theirs: only(their, my) || theirs };
}

// Theirs, with my sentences after those that stand against them, as two accounts of the same.
export function asAccounts(mine: string, theirs: string): string {
  const differing = apart(mine, theirs);
  const last = sentencesOf(theirs).filter((each) => !sentencesOf(mine).includes(each)).at(-1);
  const told = ` Another account: ${differing.mine}`;
  const at = last ? theirs.lastIndexOf(last) + last.length : theirs.length;
  return theirs.slice(0, at) + told + theirs.slice(at);
}
