"""Where a lapse is told as what explains an event: "due to …", "it came down to …", "Cause: …", "… led to the loss".

Knows the frames before and behind the words of a lapse. Refuses to know how a lapse is named, and whether it is denied:
`human_lapses` and `disowning` do.
"""

from __future__ import annotations

from collections.abc import Sequence

from afteraction.engine.language.human.lapses import Lapse
from afteraction.engine.language.words.pack import Pack, listed

# What may stand between a frame and the words of a lapse.
_LIGHT = listed("""
    a an the some one this that another our simple pure plain sheer old good honest genuine common basic classic
    textbook clear single small minor mere just only human manual innocent avoidable regrettable unfortunate
    momentary brief costly straightforward further inadvertent unintentional be been partly also again still once
    more ' " “ ” ‘ ’ ( little combination and certain likely probable pretty very serious grave gross nothing than
    kind sort all multiple several
""")
_COPULAS = listed("is was were are been be being remains remained became : = – — - → |")
_SIGNS = listed(": = – — - → |")
_SUBJECTS = listed("it this that what which these those here all everything")
_ENDS = listed('. , ; : ) – — - ( ! ” " ’ | / &')
_AFTER_FRAGMENT = listed("""
    during while when in at by on by of before after from with and as at within made which that then nothing
""")
_BREAKS = listed("; . ! ? : – —")
_CLAUSE_STARTS = _BREAKS | listed(", and but so that because where when then how")
_HAPPENED = listed("happened occurred happen occur")
_BLAMED = (["to", "blame"], ["at", "fault"], ["at", "play"], ["the", "cause"], ["behind", "it"], ["behind", "this"])


def is_explained(words: Sequence[str], lapse: Lapse, pack: Pack) -> bool:
    """Whether the words around a lapse tell it as an explanation."""
    first = _with_lightness(words, lapse.first)
    if lapse.thing and _is_in_thing(words, lapse.last, pack):
        return False
    return (
        is_headed(words, first, pack)
        or _follows_frame(words, first, pack)
        or _follows_copula(words, first, pack)
        or _is_fragment(words, first, lapse.last)
        or _does_harm(words, first, lapse, pack)
    )


def is_headed(words: Sequence[str], first: int, pack: Pack) -> bool:
    """Whether a heading of causes stands before a place: "Root cause: ", "Reason for the outage – "."""
    place = first - 1
    if place < 0 or words[place] not in _SIGNS:
        return False
    while place > 0 and words[place] in _SIGNS | {"*", "_"}:
        place -= 1
    head = words[max(0, place - 6) : place + 1]
    return not pack["cause nouns"].isdisjoint(head) and _BREAKS.isdisjoint(head[:-1])


def _with_lightness(words: Sequence[str], first: int) -> int:
    """Where the noun phrase begins whose core begins at a place."""
    while first > 0 and (words[first - 1] in _LIGHT or words[first - 1].endswith("ly")):
        first -= 1
    return first


def _follows_frame(words: Sequence[str], first: int, pack: Pack) -> bool:
    """ "due to …", "can be traced back to …", "stemmed from …", "was recorded as …"."""
    if not first:
        return False
    before = list(words[max(0, first - 6) : first])
    last = before[-1]
    for size in (2, 3, 4):
        if " ".join(before[-size:]) in pack["causal prepositions"]:
            return True
    near = set(before[-5:-1])
    if last == "to":
        found_to_be = words[first] == "be" and not pack["named as a cause"].isdisjoint(near)
        return found_to_be or not pack["leading to a cause"].isdisjoint(near)
    if last in ("lies", "lay", "stands", "stood", "sits", "sat") and {"at", "behind", "underneath"} & set(
        words[:first]
    ):
        return True
    if last in ("through", "behind"):
        return True
    if last in ("from", "out", "with", "of"):
        return not pack["coming from a cause"].isdisjoint(near)
    if last == "by":
        return not pack["done by a cause"].isdisjoint(near)
    if last in ("in", "with"):
        return not pack["lying in a cause"].isdisjoint(near)
    if last in ("as", "under"):
        return not pack["named as a cause"].isdisjoint(near)
    if last == "on":
        return not {"blame", "blamed", "blames", "pin", "pinned"}.isdisjoint(near)
    return last in pack["naming a cause"]


def _follows_copula(words: Sequence[str], first: int, pack: Pack) -> bool:
    """ "the trigger was …", "it was …", "what we have here is …", "turned out to be …"."""
    place = first
    while place > 0 and words[place - 1] in _LIGHT:
        place -= 1
    if not place or words[place - 1] not in _COPULAS:
        return False
    subject = words[max(0, place - 11) : place - 1]
    if _is_a_mistake(words, first):
        # "It was a mistake" judges a decision.
        subject = [each for each in subject if each not in _SUBJECTS]
    if not subject:
        return False
    return not pack["cause nouns"].isdisjoint(subject) or not _SUBJECTS.isdisjoint(subject[-4:])


def _is_a_mistake(words: Sequence[str], first: int) -> bool:
    """Whether the noun phrase that begins at a place is "a mistake" and no more."""
    said = [each for each in words[first : first + 4] if each not in _LIGHT][:1]
    return said in (["mistake"], ["mistakes"], ["blunder"])


def _is_fragment(words: Sequence[str], first: int, last: int) -> bool:
    """ "Operator error.", "Carelessness during the swap"."""
    begins = not first or words[first - 1] in _BREAKS or list(words[max(0, first - 3) : first]) == ["not", "a", "bug"]
    after = words[last + 1] if last + 1 < len(words) else "."
    return begins and (after in _ENDS or after in _AFTER_FRAGMENT)


def _does_harm(words: Sequence[str], first: int, lapse: Lapse, pack: Pack) -> bool:
    """ "Carelessness led to …", "an oversight in the handover is to blame"."""
    if first and words[first - 1] not in _CLAUSE_STARTS:
        return False
    for place in range(lapse.last + 1, min(lapse.last + 9, len(words))):
        word = words[place]
        if word in _BREAKS and not words[place - 1][0].isdigit():
            return False
        if word in _HAPPENED or (word in ("was", "were") and words[place + 1 : place + 2] == ["made"] and lapse.thing):
            # "Mistakes happened" explains nothing.
            return False
        if word in pack["causal verbs"] or word.endswith("ed"):
            return word not in ("is", "was", "were", "are") or _is_blamed(words[place + 1 : place + 8], pack)
    return False


def _is_blamed(ahead: Sequence[str], pack: Pack) -> bool:
    said = list(ahead)
    return not pack["cause nouns"].isdisjoint(said) or any(
        said[at : at + 2] in _BLAMED or said[at] in ("responsible", "behind", "decisive", "made", "committed")
        for at in range(len(said))
    )


def _is_in_thing(words: Sequence[str], last: int, pack: Pack) -> bool:
    """Whether the flaw is one of a thing: "a mistake in the routing table", "a lapse of the certificate"."""
    ahead = list(words[last + 1 : last + 7])
    if not ahead or ahead[0] not in ("in", "of", "with", "on", "within", "inside", "to"):
        return False
    if ahead[1:2] and ahead[1].endswith("ing"):
        return False
    said = [each for each in ahead[1:4] if each not in _LIGHT]
    human = pack["works"] | pack["virtues"] | pack["manual work"] | pack["written rules"] | pack["humans"]
    return not any(each in human or (each.endswith("ing") and each not in pack["ing of things"]) for each in said)


__all__ = ("is_explained", "is_headed")
