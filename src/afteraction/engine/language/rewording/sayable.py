"""What a sentence said anew has to hold: every fact of the one it stands for. And its blanks.

Knows what a fact looks like: numbers, times, code, quotations, identifiers, names. Refuses to write a sentence.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

# A blank asks for one fact. Left unfilled it is a leftover of a template, which the rule of those reminds of.
SEEN = "[what was visible at the time]"
PASSED = "[what let it pass]"
SENSIBLE = "[what made that sensible at the time]"
DONE = "[what was done, and what let it through]"
LET = "[what let it through]"
ELSE = "[what else had to be so]"
PATH = "[what tool or path]"
MEASURED = "[what was measured]"
MANY = "[how many, for how long]"
SHOWN = "[what showed it, and since when]"
FAILED = "[what failed, and for how long]"

_FACT = re.compile(
    r"`[^`]*`|[“\"«„][^”\"»“„]{1,300}[”\"»]|\S*\d\S*|[\w-]*[a-z]\w*[A-Z]\w*|\b[A-Z]{2,}[\w-]*|\S+[_@/\\]\S+|\w+\.\w[\w.]*"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|half|third|twice|thirty|forty|fifty|sixty|twenty|ninety)\b|(?<=[a-z,;] )[A-Z][\w'’-]+"
)
_BLANK = re.compile(r"\[[^\]\n]{2,80}\]")
_TRIM = ".,;:!?()[]"


def facts_of(sentence: str, left_out: Iterable[tuple[int, int]] = ()) -> Counter[str]:
    """Numbers, times, code, quotations, identifiers and names outside some places, and how often each is said."""
    said = list(sentence)
    for start, end in left_out:
        said[start:end] = " " * (end - start)
    found = (each.strip(_TRIM) for each in _FACT.findall("".join(said)))
    return Counter(each.casefold() for each in found if each and each not in ("I", "I'd", "I'm", "I’d"))


def keeps_facts(sentence: str, anew: str, left_out: Iterable[tuple[int, int]] = ()) -> bool:
    """Whether every fact is still said as often."""
    low = anew.casefold()
    return all(low.count(fact) >= times for fact, times in facts_of(sentence, left_out).items())


def filled(anew: str) -> str:
    """The sentence with a word in each blank, as the rules would read it once somebody filled it in."""
    return _BLANK.sub("something", anew)


def ended(said: str) -> str:
    """With a capital at its beginning and a full stop at its end."""
    said = re.sub(r"\s+([,;.])", r"\1", re.sub(r" {2,}", " ", said)).strip().rstrip(" ,;:")
    if not said:
        return ""
    at = next((place for place, sign in enumerate(said) if sign.isalpha() or sign in "`\"“‘'"), 0)
    if said[0].isalpha() or said[0] == "[":
        said = said[:at] + said[at].upper() + said[at + 1 :]
    return said if said[-1] in ".!?…" else said + "."
