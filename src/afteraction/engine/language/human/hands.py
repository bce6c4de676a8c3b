"""What humans in general got wrong, told with a verb or with the bare word: "mixed up by a person", "a human picked the
wrong one", "the human was not", "a slip of the mouse", "misreading of the label by staff".

Knows who stands for humans in general and which deeds are mistakes. Refuses to mind somebody in particular, and to
judge whether the words are denied: `disowning` does.
"""

from __future__ import annotations

from collections.abc import Sequence

from afteraction.engine.language.words.pack import Pack, listed

Place = tuple[int, int]

_GENERAL = listed("human humans person people staff personnel beings hand hands eyes operator operators crew")
_HEADS = listed("human humans people beings")
_BEFORE_THEM = listed("""
    a an the one some our tired human sleepy hurried busy unknown unnamed untrained duty shift ground weary
""")
MISTAKING = listed("""
    misread misheard mistaken mistook mistyped miskeyed mis-keyed mis-typed misplaced misunderstood misjudged mislaid
    misinterpreted mislabelled mislabeled misfiled miscounted mispicked misrouted misclicked mis-clicked mixed confused
    swapped transposed reversed muddled wrong wrongly mistakenly incorrectly erroneously inadvertently interchanged
""")
_PAST_SLIPS = MISTAKING - listed("wrong wrongly mistakenly incorrectly erroneously inadvertently swapped reversed")
_ERRED = _PAST_SLIPS | listed("erred slipped blundered fumbled")
_PICKED = listed("""
    picked chose entered typed keyed selected clicked pressed took pulled copied pasted plugged loaded read got ran
    dialled dialed ticked scanned grabbed opened closed unplugged made did
""")
_WRONG_THING = listed("wrong mistake mistakes error errors slip slips")
_WHOLE_THINGS = listed("wrong mistakes")
_BREAKS = listed(". ; : ! ? – —")
_DENIED = listed("""
    not never no can may could might would should will if whether cannot can't n't without nobody prevent prevents
""")
_STATES = listed("is are can may cannot will must")
_FINE = listed("fine good right ok okay worked correct healthy sound well perfect")
_LIMBS = listed("tongue mouse hand pen finger fingers keyboard key keys cursor eye thumb wrist stylus")
_OF_KIND = (("rather", "than"), ("through", "and"), ("in", "kind"), ("not", "technical"))
# Who is named for the work is somebody, where a deed is told of them.
_AT_WORK = listed("operator operators crew")
_NAMED = listed("cause causes origin")
_HAVING = listed("has have had so hence again thus")
_FAULT = listed("fault explanation cause reason error mistake problem")
_WITH_WHOM = listed("person personnel people human humans staff")
# Words at one of which each of these is found, beside those of failings.
BEGINNING = MISTAKING | _HEADS | _FAULT | listed("slip slips")
_TO_PART = (("on", "the", "part", "of"), ("on", "the", "side", "of"))
WORDS = _GENERAL | listed("human's")


def by_humans(words: Sequence[str], at: int, pack: Pack) -> Place | None:
    """First and last word of what humans got wrong, told at a word, or None."""
    word = words[at]
    if word in ("slip", "slips"):
        return (at, at + 2) if _of_a_limb(words, at) else None
    if word in pack["human failings"]:
        return _of_something(words, at)
    if word in MISTAKING:
        return _undergone(words, at)
    if word in _HEADS:
        return _active(words, at) or _bare(words, at) or _caused(words, at)
    if word in _FAULT:
        return _lying_with(words, at)
    return None


def _of_a_limb(words: Sequence[str], at: int) -> bool:
    """ "A slip of the mouse"."""
    ahead = list(words[at + 1 : at + 4])
    return ahead[:1] == ["of"] and any(each in _LIMBS for each in ahead[1:])


def _general_at(words: Sequence[str], place: int) -> int:
    """The place of the head of "a tired human", whose first word stands at a place; 0 where somebody else does."""
    for head in range(place, min(place + 4, len(words))):
        if words[head] in _GENERAL and words[head + 1 : head + 2] != ["error"]:
            return head + 1 if words[head + 1 : head + 2] in (["being"], ["beings"], ["hands"], ["hand"]) else head
        if words[head] not in _BEFORE_THEM:
            return 0
    return 0


def _of_something(words: Sequence[str], at: int) -> Place | None:
    """ "Misreading of a unit by staff", "an error of typing from the operator"."""
    if words[at + 1 : at + 2] == [] or words[at + 1] not in ("of", "in", "with", "on", "between", "about"):
        return None
    for place in range(at + 2, min(at + 8, len(words) - 1)):
        if words[place] in _BREAKS or words[place] == "," or words[place].endswith("ed"):
            return None
        end = 0
        if words[place] in ("by", "from"):
            end = _general_at(words, place + 1)
        elif tuple(words[place : place + 4]) in _TO_PART:
            end = _general_at(words, place + 4)
        if end:
            return None if words[end + 1 : end + 2] and words[end + 1] in _STATES else (at, end)
    return None


def _undergone(words: Sequence[str], at: int) -> Place | None:
    """ "The hosts were mixed up by a person", "read the wrong way round by staff"."""
    if not _DENIED.isdisjoint(words[max(0, at - 6) : at]):
        return None
    for place in range(at + 1, min(at + 7, len(words) - 1)):
        if words[place] in _BREAKS or words[place] == ",":
            return None
        if words[place] == "by":
            end = _general_at(words, place + 1)
            if not end or words[end] in _AT_WORK or (words[end + 1 : end + 2] and words[end + 1] in _STATES | {"-"}):
                return None
            return at, end
    return None


def _active(words: Sequence[str], at: int) -> Place | None:
    """ "A human picked the wrong one", "people entered the wrong thing", "human beings erred"."""
    if not _DENIED.isdisjoint(words[max(0, at - 4) : at]) or words[at - 1 : at] in (["the"], ["these"], ["those"]):
        return None
    place = at + 1
    while place < len(words) and words[place] in ("being", "beings", "then", "simply", "just", "had", "who", "again"):
        place += 1
    if place >= len(words):
        return None
    if words[place] in _ERRED:
        return at, place
    wrong = [each for each in words[place + 1 : place + 5] if each in _WHOLE_THINGS]
    return (at, place) if words[place] in _PICKED and wrong else None


def _bare(words: Sequence[str], at: int) -> Place | None:
    """ "…, human.", "human rather than technical", "technique was fine, the human was not"."""
    if words[at] not in ("human", "humans"):
        return None
    ahead = list(words[at + 1 : at + 4])
    not_at = next((each for each, said in enumerate(ahead) if said in ("not", "wasn't", "weren't")), -1)
    ends = not_at + 1 >= len(ahead) or ahead[not_at + 1] in _BREAKS | {","}
    if not_at >= 0 and ahead[:not_at] in ([], ["was"], ["did"], ["were"]) and ends:
        return (at, at + 1 + not_at) if not _FINE.isdisjoint(words[:at]) or "did" in words[:at] else None
    before = words[at - 1] if at else ""
    if before != ",":
        return None
    if not ahead or ahead[0] in ".;!":
        return at, at
    return (at, at) if tuple(ahead[:2]) in _OF_KIND else None


def _caused(words: Sequence[str], at: int) -> Place | None:
    """ "This has a human origin", "…, so a human cause"."""
    if words[at + 1 : at + 2] and words[at + 1] in _NAMED:
        before = words[max(0, at - 4) : at]
        if not _HAVING.isdisjoint(before) and _DENIED.isdisjoint(words[max(0, at - 6) : at]):
            return at, at + 1
    return None


def _lying_with(words: Sequence[str], at: int) -> Place | None:
    """ "The explanation lies with the person", "the mistake was a person's"."""
    ahead = list(words[at + 1 : at + 5])
    if len(ahead) < 3 or ahead[0] not in ("lies", "lay", "is", "was", "rests") or ahead[1] != "with":
        return None
    head = next((each for each in range(2, len(ahead)) if ahead[each] not in ("the", "a", "human")), len(ahead) - 1)
    return (at, at + 1 + head) if ahead[head] in _WITH_WHOM else None


__all__ = ("BEGINNING", "MISTAKING", "WORDS", "by_humans")
