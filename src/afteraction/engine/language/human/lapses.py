"""How a lapse of humans in general is named: "operator mistake", "a slip by the night crew", "lack of care", "procedure
not followed".

Knows who stands for humans, what they fail at and how one says that they left something out. Refuses to judge whether a
lapse explains anything: `explaining` and `human_error` do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from afteraction.engine.language.human.hands import BEGINNING, MISTAKING, by_humans
from afteraction.engine.language.human.hands import WORDS as GENERAL
from afteraction.engine.language.words.pack import Pack, listed


class Named(StrEnum):
    """How much the words say by themselves. `WHOLE` name the human and the lapse; `BARE` need a frame that explains
    with them ("due to carelessness"); `HEADED` need a heading of causes before them ("Cause: wrong key pressed")."""

    WHOLE = "whole"
    BARE = "bare"
    HEADED = "headed"


@dataclass(frozen=True, slots=True)
class Lapse:
    """The words `first` to `last`, inclusive. `thing` is True where the same words may name a flaw in a thing."""

    first: int
    last: int
    named: Named
    thing: bool = False


_BY = listed("by of from among")
_PART = (["on", "the", "part", "of"], ["on", "the", "side", "of"], ["at", "the", "hands", "of"])
_MADE = listed("made committed caused introduced")
_WORKING = listed("while when whilst")
_ABOUT = listed("in during at on")
_IN_GENERAL = listed("a an one some our untrained unknown night field local maintenance switching cleaning duty shift")
_ANY_OF_THEM = listed("a an one")
_WEARY = listed("tired busy sleepy weary hurried inexperienced junior new executing second ground signalling")
_ARTICLES = listed("the a an our this that its their some")
_HONEST = listed("honest genuine innocent plain simple silly stupid")
_LACK = listed("lack absence want insufficient inadequate little limited deficient")
_OMITTING = listed(
    "disregard disregarding deviation deviating noncompliance non-compliance non-adherence nonadherence breach neglect"
    " neglecting ignoring skipping bypassing circumventing misreading misinterpretation misunderstanding violation"
    " departure non-observance"
)
_NOT_DONE = listed("skipped ignored disregarded bypassed omitted misread misunderstood overlooked misinterpreted")
_HEEDED = listed("followed read observed adhered respected consulted checked heeded obeyed used performed completed")
_WRONG = listed("wrong incorrect erroneous mistaken improper faulty inappropriate false")
_KUBERNETES = listed("kubernetes k8s crd crds reconcile reconciled helm finalizer")
_ANYBODY = listed("human humans operator operators user users people personnel staff crew")
_PLAINLY = listed("error errors mistake mistakes slip slips lapse lapses mishandling failure oversight")
_KEYED = listed("entry input execution switching manipulation wiring labelling labeling connection procedural")
_OPERATED = listed("operation operating handling manipulation operational")
_OF_WORK = listed("""
    manipulation handling operation operating judgement judgment execution attention concentration inattention
""")
_MADE_BY = listed("someone somebody individual person human employee")
_BE = listed("is was were are been being")
_NO = listed("not never")
_OF_SOMEBODY = listed("our their his her my your whose")


def lapses_in(words: Sequence[str], pack: Pack) -> Iterator[Lapse]:
    """Each lapse that is named, in order. `words` are those of a sentence in small letters, signs among them."""
    doers, failings, bare = pack["human doers"], pack["human failings"], pack["bare failings"]
    begins = _beginning(pack)
    for at, word in enumerate(words):
        if word not in begins:
            continue
        found = None
        if word in failings:
            found = _of_a_doer(words, at, doers, pack)
            if found is None or found.named is not Named.WHOLE:
                # "an operational error of human nature" says more behind than before.
                doer = _by_a_doer(words, at, pack)
                if doer is not None and found is not None:
                    doer = Lapse(found.first, found.last, Named.WHOLE)
                found = doer or found or _honest(words, at, pack)
        if found is None and word in bare and not _is_owned(words, at):
            behind = words[at + 1 : at + 2]
            somebody = behind in (["by"], ["from"]) or words[at + 1 : at + 3] == ["on", "the"]
            found = None if somebody else Lapse(at, at, Named.BARE, thing=word in failings)
        if found is None:
            found = _slang(words, at, pack) or _human(words, at, pack)
        if found is None or found.named is not Named.WHOLE:
            place = by_humans(words, at, pack)
            found = Lapse(*place, Named.WHOLE) if place else found
        if found is None:
            found = _left_out(words, at, pack) or _done_wrong(words, at, pack) or _done_in_error(words, at, pack)
        if found is not None:
            yield found


@lru_cache(maxsize=8)
def _beginning(pack: Pack) -> frozenset[str]:
    """Words at one of which each lapse is found."""
    slang = frozenset(said.split()[0] for said in pack["slang of lapses"])
    lists = ("human failings", "bare failings", "slang of lapses", "virtues", "written rules")
    return frozenset().union(slang, _SAYING, BEGINNING, _OMITTING, _WRONG, *(pack[name] for name in lists))


_SAYING = listed("""
    fat chair keyboard human-caused human-induced man-made human humans people personnel staff man person failure
    failing omission not without inadvertent unintentional unintended accidental intentional manual
""")


@lru_cache(maxsize=8)
def omitting_words(pack: Pack) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Pairs of lists: without a word of both lists of a pair nothing is told as left out or done wrong by hand."""
    undone = listed("failure failing omission not without never wasn't weren't")
    return (
        (pack["written rules"], _OMITTING | _NOT_DONE | undone),
        (pack["asking one another"], listed("failure failing omission")),
        (pack["virtues"], _LACK | {"enough", "not"}),
        (pack["done by hand"], _WRONG),
        (listed("chair keyboard"), listed("between")),
        (MISTAKING, GENERAL),
        (listed("manual"), listed("mistakenly wrongly erroneously incorrect wrong erroneous faulty mistaken")),
    )


def _stem(word: str) -> str:
    """The word without its possessive."""
    return word[:-2] if word.endswith("'s") else word.rstrip("'")


def _of_a_doer(words: Sequence[str], at: int, doers: frozenset[str], pack: Pack) -> Lapse | None:
    """ "operator error", "manual data entry mistake", "the technician's slip"."""
    work = pack["manual work"]
    first = at - 1
    if first >= 0 and words[first] == "'":
        first -= 1
    while first > 0 and at - first < 4 and words[first] in work and words[first] not in doers:
        first -= 1
    said = _stem(words[first]) if first >= 0 else ""
    if said in doers and not (said.startswith("operator") and not _KUBERNETES.isdisjoint(words)):
        whose = words[first] != said or words[at - 1] == "'"
        if whose and not (said in _ANYBODY or words[max(0, first - 1) : first] in (["a"], ["an"])):
            # "the developer's mistake" is somebody's.
            return None
        return Lapse(first, at, Named.BARE if said in pack["doubtful doers"] else Named.WHOLE)
    pair = " ".join(words[max(0, at - 2) : at])
    if words[at - 1 : at] and words[at - 1] in pack["hand work"]:
        return Lapse(at - 1, at, Named.WHOLE)
    if pair in ("copy paste", "data entry", "fat finger", "cut paste", "and paste", "day two"):
        return Lapse(at - 2, at, Named.WHOLE)
    if at and words[at - 1] in _KEYED | _OPERATED:
        operated = words[at - 1] in _OPERATED and words[at] in pack["mistakes"]
        return Lapse(at - 1, at, Named.WHOLE if operated else Named.BARE, thing=not operated)
    return None


def _by_a_doer(words: Sequence[str], at: int, pack: Pack) -> Lapse | None:
    """ "an error made by a human", "a lapse on the part of the night crew", "a failure of people"."""
    place = at + 1
    if words[place : place + 1] and words[place] in _MADE:
        place += 1
    part = list(words[place : place + 4])
    if part[:2] == ["on", "the"] and part[3:] == ["side"] and _stem(part[2]) in _ANYBODY | {"customer"}:
        return Lapse(at, place + 3, Named.WHOLE)
    if part[:2] == ["of", "human"]:
        return Lapse(at, place + 1, Named.WHOLE)
    if part in _PART:
        place += 4
    elif place < len(words) and words[place] in _BY:
        place += 1
    else:
        return None
    behind = words[place : place + 1]
    if behind == ["hand"] or (words[place - 1] == "of" and behind and behind[0] in _OF_WORK):
        return Lapse(at, place, Named.WHOLE)
    definite = list(words[place : place + 1]) == ["the"]
    place += definite
    for last in range(place, min(place + 4, len(words))):
        said = words[last]
        if said in pack["humans"]:
            # "the engineer" is somebody, "the operator" and "the crew" stand for whoever was there.
            known = definite and (said not in pack["whoever was there"] or words[at] not in _PLAINLY)
            compound = words[last + 1 : last + 2] and words[last + 1] in pack["human nouns of things"]
            return None if known or compound else Lapse(at, last, Named.WHOLE)
        if said in pack["people"] and (last + 1 >= len(words) or words[last + 1] not in pack["people"]):
            # "a trader" is any of them, "the clerk" is one.
            whole = not definite and words[place] in _ANY_OF_THEM
            return Lapse(at, last, Named.WHOLE) if whole else None
        if (
            said not in _IN_GENERAL
            and said not in _WEARY
            and not said.endswith("ed")
            and said not in pack["manual work"]
        ):
            return None
    return None


def _honest(words: Sequence[str], at: int, pack: Pack) -> Lapse | None:
    """ "an honest mistake", "a mistake made while swapping the disks", "a mistake during the failover"."""
    made = [each for each in words[max(0, at - 5) : at] if each in _MADE_BY or each == "us"]
    if made and "no" not in words[max(0, at - 6) : at] and not _MADE.isdisjoint(words[max(0, at - 4) : at]):
        return Lapse(at, at, Named.WHOLE)
    if words[at] not in pack["mistakes"]:
        return None
    if at and words[at - 1] in _HONEST:
        return Lapse(at - 1, at, Named.WHOLE)
    place = at + 1
    if words[place : place + 1] and words[place] in _MADE:
        place += 1
    when = words[place] if place < len(words) else ""
    if when not in _WORKING | _ABOUT:
        return None
    work = (words[place + 1 : place + 2] and words[place + 1].endswith("ing")) or [
        each
        for each in words[place + 1 : place + 5]
        if (each.endswith("ing") and each not in pack["ing of things"]) or each in pack["works"]
    ]
    if not work:
        return None
    return Lapse(at, at, Named.WHOLE if words[at] == "mistake" else Named.BARE)


def _slang(words: Sequence[str], at: int, pack: Pack) -> Lapse | None:
    """ "PEBKAC", "fat-fingered", "finger trouble"."""
    word, pair = words[at], " ".join(words[at : at + 2])
    if word in pack["slang of lapses"]:
        return Lapse(at, at, Named.BARE if word in ("fat-finger", "fat-fingering") else Named.WHOLE)
    if pair in pack["slang of lapses"]:
        return Lapse(at, at + 1, Named.WHOLE)
    if pair in ("fat finger", "fat fingers"):
        return Lapse(at, at + 1, Named.BARE)
    if word in ("chair", "keyboard") and "between" in words[max(0, at - 4) : at]:
        other = {"keyboard", "chair"} & set(words[at + 1 : at + 4])
        return Lapse(at - 1, at, Named.WHOLE) if other else None
    return None


_CAUSES = listed("""
    cause causes error mistake failure fault factor trigger reason problem root link origin nature category type
    source class classification issue explanation component element
""")


_DOING = listed("doing did made making pressed typed typing pressing getting got entered entering clicked forgot")


_AFTER_HUMAN = listed("in and not rather by with here this again")
_BEFORE_HUMAN = listed("was is were as be remained the purely entirely simply mostly largely ultimately clearly a")


def _human(words: Sequence[str], at: int, pack: Pack) -> Lapse | None:
    """ "the cause was human", "of human origin", "the human factor"."""
    word, after = words[at], words[at + 1 : at + 2]
    if word in ("human-caused", "human-induced", "man-made"):
        return Lapse(at, at, Named.BARE)
    if word not in ("human", "humans", "people", "personnel", "staff", "man", "person"):
        return None
    if word == "human" and after and after[0] in pack["human factors"]:
        return Lapse(at, at + 1, Named.BARE)
    doing = [each for each in words[at + 1 : at + 4] if each not in ("being", "who", "had")][:1]
    if word == "human" and words[max(0, at - 1) : at] == ["a"] and doing and doing[0] in _DOING:
        return Lapse(at, at, Named.WHOLE)
    lead = list(words[max(0, at - 4) : at])
    if lead[-3:] == ["it", "was", "us"] or lead[:3] == ["what", "failed", "was"]:
        return Lapse(at, at, Named.WHOLE)
    if after in (["one"], ["ones"]) and not {"reason", "cause", "explanation", "factor", "error"}.isdisjoint(
        words[:at]
    ):
        return Lapse(at, at + 1, Named.WHOLE)
    ends = not after or not after[0][0].isalnum() or after[0] in _AFTER_HUMAN
    before = list(words[max(0, at - 10) : at])
    if not ends or not before:
        return None
    if before[-1] in _BEFORE_HUMAN:
        told = [each for each in before if each in _CAUSES]
        copula = not _BE.isdisjoint(before) or before[-1] == "as"
        return Lapse(at, at, Named.WHOLE if word.startswith("human") else Named.HEADED) if told and copula else None
    return Lapse(at, at, Named.HEADED)


def _left_out(words: Sequence[str], at: int, pack: Pack) -> Lapse | None:
    """ "failure to follow the procedure", "not reading the runbook", "lack of attention"."""
    word = words[at]
    ahead = list(words[at + 1 : at + 10])
    if word in ("failure", "failing", "omission") and ahead[:1] == ["to"] and not _is_owned(words, at):
        verb = ahead[1] if len(ahead) > 1 else ""
        return Lapse(at, at + 2, Named.BARE) if _is_heedless(verb, ahead[2:], pack) else None
    if word in ("not", "without") and ahead and ahead[0].endswith("ing"):
        verb = next((each for each in pack["heeding"] if _ing(each) == ahead[0]), "")
        return Lapse(at, at + 1, Named.BARE) if verb and _is_heedless(verb, ahead[1:], pack) else None
    if word in _OMITTING and not _is_owned(words, at):
        return Lapse(at, at, Named.BARE) if not pack["written rules"].isdisjoint(ahead[:6]) else None
    if word in pack["virtues"]:
        before = list(words[max(0, at - 5) : at])
        lacking = not _LACK.isdisjoint(before) or before[-2:] == ["not", "enough"] or before[-3:-1] == ["not", "enough"]
        somebody = words[at + 1 : at + 2] in (["from"], ["by"], ["on"])
        if lacking and not somebody and not any(each.endswith("'s") for each in before):
            first = at - min(len(before), 3)
            while words[first] not in _LACK and words[first] != "not" and first < at:
                first += 1
            return Lapse(first, at, Named.BARE)
    return None


def _is_heedless(verb: str, ahead: Sequence[str], pack: Pack) -> bool:
    """Whether what was not done is what only people do: following rules, or asking one another."""
    if verb in pack["asking one another"]:
        return True
    return verb in pack["heeding"] and not pack["written rules"].isdisjoint(ahead[:6])


def _ing(verb: str) -> str:
    return verb[:-1] + "ing" if verb.endswith("e") else verb + "ing"


def _done_wrong(words: Sequence[str], at: int, pack: Pack) -> Lapse | None:
    """ "procedure not followed", "checklist skipped", "wrong command entered"."""
    word = words[at]
    if word in pack["written rules"]:
        ahead = [each for each in words[at + 1 : at + 6] if each not in _BE and not each.endswith("ly")]
        undone = ahead[:1] and ((ahead[0] in _NO and ahead[1:2] and ahead[1] in _HEEDED) or ahead[0] in _NOT_DONE)
        return Lapse(at, at + 1, Named.HEADED) if undone and at + 1 < len(words) else None
    if word in _WRONG:
        ahead = list(words[at + 1 : at + 5])
        keyed = [each for each in ahead if each in pack["done by hand"]]
        return Lapse(at, at + 1 + ahead.index(keyed[0]), Named.HEADED) if keyed else _wrong_work(words, at, pack)
    if word in ("inadvertent", "unintentional", "unintended", "accidental", "intentional"):
        return _wrong_work(words, at, pack)
    return None


def _done_in_error(words: Sequence[str], at: int, pack: Pack) -> Lapse | None:
    """ "a manual intervention carried out in error"."""
    if words[at] != "manual" or words[at + 1 : at + 2] == [] or words[at + 1] not in pack["manual work"]:
        return None
    ahead = list(words[at + 2 : at + 8])
    wrong = any(ahead[each : each + 2] in (["in", "error"], ["by", "mistake"]) for each in range(len(ahead)))
    wrong = wrong or not {"incorrectly", "wrongly", "mistakenly", "improperly", "erroneously"}.isdisjoint(ahead)
    return Lapse(at, at + 1, Named.BARE) if wrong else None


def _wrong_work(words: Sequence[str], at: int, pack: Pack) -> Lapse | None:
    """ "incorrect manual operation", "faulty handling by staff"."""
    human = False
    for place in range(at + 1, min(at + 5, len(words))):
        word = words[place]
        if word in ("human", "manual", "operator", "operational"):
            human = True
        elif human and words[at] in _WRONG and words[place - 1] == "manual" and word.isalpha():
            return Lapse(at, place, Named.WHOLE)
        elif word in pack["manual work"]:
            behind = list(words[place + 1 : place + 7])
            by = behind[:1] and behind[0] in _BY and not {"hand", *pack["humans"]}.isdisjoint(behind[1:4])
            if human or by:
                return Lapse(at, place, Named.WHOLE)
        else:
            return None
    return None


def _is_owned(words: Sequence[str], at: int) -> bool:
    """Whether somebody's own: "the developer's failure", "our oversight"."""
    before = words[max(0, at - 3) : at]
    return any(each.endswith("'s") or each in _OF_SOMEBODY or each == "'" for each in before)


__all__ = ("Lapse", "Named", "lapses_in")
