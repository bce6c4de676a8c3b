"""What a sentence supposes of the past: "should have been tested", "would have caught it", "we'd have known".

Knows the shapes of a modal with a perfect, and the words that stand as its subject. Refuses to judge them:
`counterfactual` does.
"""

from __future__ import annotations

from dataclasses import dataclass

from afteraction.engine.language.words.pack import listed

_MODALS = {
    "should": "should", "shouldn't": "should", "should've": "should", "could": "could", "couldn't": "could",
    "could've": "could",
    "would": "would", "wouldn't": "would", "would've": "would", "might": "might", "might've": "might", "may": "might",
    "ought": "should", "shoulda": "should", "coulda": "could", "woulda": "would", "must": "must", "oughta": "should",
}  # fmt: skip
_CONTRACTED = frozenset({"shoulda", "coulda", "woulda", "should've", "could've", "would've", "might've"})
_PARTICIPLES = listed("""
    been done gone caught seen known run set made taken given told written chosen built held kept sent put thought
    understood found got gotten begun brought shut cut read left paid spent shown led become come let meant met
    broken forgotten said felt heard drawn driven fallen grown hidden hit lost risen sped split stuck stood taught torn
    thrown won worn withdrawn rebuilt rerun reset foreseen overseen sought bought learnt learned spoken
    beaten bound dealt drunk eaten fed fit fought frozen hurt laid lain lent rung shaken slept sold sunk swept woken
""")
_BETWEEN = listed("""
    also to still then well even just only perhaps at least first rather already more much better as easily all
    least both
""")
_STOPS = listed(". , ; : ! ? ( ) | – — and but so because if when since as although though while whereas or yet")
_MEASURES = frozenset(["more", "much", "better", "at"])
_ENDS = (".", ";", "!", ",")
_CLAUSE_WORDS = listed("which that who what whatever than where whom")


@dataclass(frozen=True, slots=True)
class Supposed:
    """A modal with a perfect: its kind, the tokens from `at` to the verb at `place`, and the words of its subject."""

    modal: str
    at: int
    place: int
    verb: str
    passive: bool
    negated: bool
    subject: tuple[str, ...]
    relative: bool
    elided: bool = False


def supposed_in(words: list[str]) -> list[Supposed]:
    """All of them, in order."""
    found = []
    for at, word in enumerate(words):
        if word not in _MODALS and not word.endswith("'d"):
            continue
        each = _at(words, at, word)
        if each is not None:
            found.append(each)
    return found


def _at(words: list[str], at: int, word: str) -> Supposed | None:
    modal = _MODALS.get(word)
    if modal is None:
        # "we'd have known".
        if not word.endswith("'d") or words[at + 1 : at + 2] not in (["have"], ["'ve"]):
            return None
        modal = "would"
    place, negated, have = at + 1, word.endswith("n't"), word in _CONTRACTED or word.endswith("a")
    while place < len(words) and place < at + 7 and not have:
        each = words[place]
        if each in ("not", "never"):
            negated = True
        elif each in ("have", "'ve", "of") and not (each == "of" and place > at + 2):
            have = True
        elif not (each.endswith("ly") or each in _BETWEEN):
            return None
        place += 1
    passive, after = False, place
    while place < len(words) and place < at + 10:
        each = words[place]
        if each == "been":
            passive = True
        elif each in ("not", "never"):
            negated = True
        elif not (each.endswith("ly") or each in _BETWEEN or each in ("even",)):
            break
        place += 1
    if not have:
        return None
    if not passive and (place >= len(words) or words[place] in _ENDS):
        subject, relative = _subject(words, at)
        return Supposed(modal, at, min(place, len(words)) - 1, "have", False, negated, subject, relative, elided=True)
    if place >= len(words):
        return None
    verb = words[place]
    # "rate limited": a participle of two words.
    said = verb.endswith("ed") or verb in _PARTICIPLES or words[place + 1 : place + 2] == ["limited"] or verb == "had"
    if not passive and (not said or not _MEASURES.isdisjoint(words[after:place])):
        # "should have more detailed plans" has no perfect.
        return None
    subject, relative = _subject(words, at)
    if word.endswith("'d"):
        subject = (*subject, word[:-2])
    return Supposed(modal, at, place, verb, passive, negated, subject, relative)


def _subject(words: list[str], at: int) -> tuple[tuple[str, ...], bool]:
    """The words before a modal back to where its clause begins, and whether it stands in a relative clause."""
    first, relative = at, False
    while first > 0 and at - first < 20:
        before = words[first - 1]
        if before in _STOPS and not (before in ("and", "or") and at - first < 4):
            break
        if before in _CLAUSE_WORDS and first == at:
            relative = True
            break
        first -= 1
    return tuple(words[first:at]), relative
