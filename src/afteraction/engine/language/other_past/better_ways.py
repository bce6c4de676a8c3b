"""What would have been better, told as an opinion of another way: "telling them would have been the decent thing", "it
would not have hurt to …", "in a saner world we would have …".

Knows how another way is weighed. Refuses to mind what would have been safe or fine by design, and what a component was
expected to do.
"""

from __future__ import annotations

from collections.abc import Sequence

from afteraction.engine.language.other_past.past import Missed, Past
from afteraction.engine.language.other_past.subjects import DEEDS, is_gate, is_people, is_system
from afteraction.engine.language.words.pack import listed

WORDS = listed("""
    would wouldn't would've might might've better wish could could've couldn't world regret regrets regretted
""")
_MODALS = listed("would wouldn't would've might might've could could've")
# An opinion of a deed; "safe", "fine" and "possible" are said of designs and chances.
_WEIGHED = listed("""
    better wiser wise decent cheap cheaper kinder kind fair fairer worth worthwhile sensible prudent safer
    simpler smarter smart polite honest proper appropriate advisable desirable preferable justified warranted
    nicer cleaner saner saner reasonable responsible courteous respectful professional sufficient helpful useful
    cautious careful gentler welcome invaluable ideal quicker
""")
_WEIGHED_THINGS = listed("""
    thing precaution courtesy insurance option move choice idea way price step approach solution call course
    alternative plan remedy response answer investment protection
""")
_WEIGHED_AS = _WEIGHED | listed(
    "the good best right only small sane obvious low easy modest natural logical correct first"
)
_HURT = listed("hurt harmed killed cost")
_REGRETTING = listed("regret regrets regretted")
_SOONER = listed("sooner earlier faster quicker quickly shorter less fewer")
_WORLDS = listed("saner perfect ideal better different normal sane just")
_HOPED = listed("expected hoped liked preferred wanted wished loved appreciated")
_FOR_US = listed("us them everyone everybody somebody someone him her you people more better earlier")
_CLAUSE_BEGINS = listed(". ; : – — but because")
_NOT_DEEDS = listed("nothing king spring string thing during something anything everything morning evening")


def better_way_in(words: Sequence[str]) -> Missed | None:
    """Where a sentence weighs another way of the past, or None."""
    if WORDS.isdisjoint(words):
        return None
    for at, word in enumerate(words):
        place = _after_have(words, at) if word in _MODALS else 0
        if (place and _is_opinion(words, at, place)) or (word == "better" and _better(words, at)):
            return Missed(Past.DECISION, at, min(place or at + 2, len(words) - 1))
        if word in _REGRETTING and "i" not in words[:at] and at + 1 < len(words) and _regrets(words, at):
            return Missed(Past.DECISION, at, at + 1)
        if word == "wish" and any(each.endswith("'d") or each == "had" for each in words[at + 1 : at + 6]):
            return Missed(Past.DECISION, at, min(at + 2, len(words) - 1))
    return None


def _regrets(words: Sequence[str], at: int) -> bool:
    """ "We regret not having paused it"; "we regret the inconvenience" is an apology."""
    ahead = [each for each in words[at + 1 : at + 4] if each not in ("not", "that", "we", "i")]
    undone = {"not", "didn't", "too", "never"} & set(words[at + 1 : at + 12])
    having = bool(ahead) and ahead[0].endswith("ing") and ahead[0] not in _NOT_DEEDS
    return having or (words[at + 1] == "that" and bool(undone))


def _is_opinion(words: Sequence[str], at: int, place: int) -> bool:
    """Whether a modal with "have", behind which `place` stands, weighs another way."""
    before = words[max(0, at - 6) : at]
    if {"world", "universe"} & set(before):
        return not _WORLDS.isdisjoint(before)
    return any(each(words, at, place) for each in (_weighed, _harmless, _sooner, _hoped, _other_manner))


def _after_have(words: Sequence[str], at: int) -> int:
    """The place behind the "have" of a modal, 0 where none is."""
    if words[at].endswith("'ve"):
        return at + 1
    for place in range(at + 1, min(at + 5, len(words) - 1)):
        if words[place] in ("have", "'ve"):
            return place + 1
        if not (words[place] in ("not", "never", "also", "just", "still", "surely") or words[place].endswith("ly")):
            return 0
    return 0


def _clause(words: Sequence[str], at: int) -> list[str]:
    """The words before a place back to where its clause begins."""
    first = at
    while first > 0 and words[first - 1] not in _CLAUSE_BEGINS:
        first -= 1
    return list(words[first:at])


def _is_deed(words: Sequence[str], at: int) -> bool:
    """Whether what stands as the subject is something that one does: "telling all tenants", "it … to tell them"."""
    subject = _clause(words, at)
    while subject and subject[0] in ("perhaps", "maybe", "not", "simply", "just", "even", "only", ","):
        subject = subject[1:]
    if not subject:
        return False
    return subject[0].endswith("ing") and subject[0] not in _NOT_DEEDS and not is_gate(subject[:1])


def _weighed(words: Sequence[str], at: int, place: int) -> bool:
    """ "would have been the decent thing", "would have been worth the money"."""
    if words[place : place + 1] != ["been"] or words[at] in ("could", "could've"):
        return False
    ahead = [
        each
        for each in words[place + 1 : place + 7]
        if not each.endswith("ly") and each not in ("much", "far", "a", "an")
    ]
    if not ahead:
        return False
    if ahead[0] == "worth":
        return True
    subject = _clause(words, at)
    if is_system(subject[-1:], words) and subject[-1:] not in (["it"], ["this"], ["that"], ["which"]):
        return False
    if ahead[0] in _WEIGHED_AS and any(each in _WEIGHED_THINGS for each in ahead[1:4]):
        return True
    deed = _is_deed(words, at) or (
        subject[-1:] in (["it"], ["this"], ["that"], ["which"]) and "to" in words[place : place + 8]
    )
    return deed and ahead[0] in _WEIGHED


def _harmless(words: Sequence[str], at: int, place: int) -> bool:
    """ "would not have hurt", "would have cost nothing"."""
    if place >= len(words) or words[place] not in _HURT or words[at] not in ("would", "wouldn't", "would've", "might"):
        return False
    denied = words[at] == "wouldn't" or not {"not", "never", "hardly"}.isdisjoint(words[at:place])
    ahead = words[place + 1 : place + 5]
    if words[place] == "cost":
        return not {"nothing", "little", "minutes", "seconds", "cents"}.isdisjoint(ahead) or (
            denied and bool({"much", "anything"} & set(ahead))
        )
    return denied or not {"nobody", "no-one", "nothing"}.isdisjoint(ahead)


def _sooner(words: Sequence[str], at: int, place: int) -> bool:
    """ "Draining it by hand would have got us back sooner"."""
    if words[at] in ("could", "could've") or not _is_deed(words, at):
        return False
    ahead = words[place : place + 10]
    return not _SOONER.isdisjoint(ahead) or not {"us", "everyone", "everybody"}.isdisjoint(ahead[1:3])


def _other_manner(words: Sequence[str], at: int, place: int) -> bool:
    """ "A slower rollout would have kept the clinics out of it"."""
    subject = _clause(words, at)[:6]
    if words[at] in ("could", "could've") or not subject or subject[0] not in _ONE_MORE or place >= len(words):
        return False
    compared = not _MANNERS.isdisjoint(subject)
    gate = is_gate([each for each in subject if each not in DEEDS])
    return compared and words[place] in _SPARING and not gate and not DEEDS.isdisjoint(subject)


_ONE_MORE = listed("a an some more another less")
_MANNERS = listed("""
    more less another slower smaller earlier later quicker faster calmer longer shorter gentler simpler clearer
    safer tighter better
""")
_SPARING = listed("""
    kept saved spared given bought let avoided made left prevented shortened halved told shown got held limited
""")


def _hoped(words: Sequence[str], at: int, place: int) -> bool:
    """ "I would have expected the team to pause it"."""
    if (
        words[at - 1 : at] not in (["i"], ["we"], ["one"], ["you"])
        or words[place : place + 1] == []
        or words[place] not in _HOPED
    ):
        return False
    ahead = list(words[place + 1 : place + 8])
    if words[place] in ("preferred", "liked") and ahead[:1] in (["a"], ["an"], ["another"], ["more"]):
        return True
    if ahead[:1] == ["to"]:
        return ahead[1:2] in (["have"], ["see"], ["be"], ["know"], ["hear"])
    told = ahead[: ahead.index("to")] if "to" in ahead else ahead[:3]
    return not _FOR_US.isdisjoint(told[:2]) or is_people(
        [each for each in told if each not in ("the", "our", "a", "an")]
    )


def _better(words: Sequence[str], at: int) -> bool:
    """ "Better to have shipped it", "it had been better to …", "the team had better called"."""
    before, ahead = list(words[max(0, at - 3) : at]), list(words[at + 1 : at + 4])
    if ahead[:2] == ["to", "have"] or (ahead[:2] == ["not", "to"] and ahead[2:] == ["have"]):
        return True
    if before[-2:] in (["had", "been"],) and "to" in ahead:
        return "it" in before
    participle = bool(ahead) and (
        ahead[0].endswith("ed") or ahead[0] in ("not", "have", "told", "gone", "kept", "left", "waited", "done")
    )
    return before[-1:] == ["had"] and participle


__all__ = ("better_way_in",)
