"""What should have been, could have been, would have been: decisions held against people afterwards, and missed catches.

Knows how a modal of the past is read by its subject and its verb. Refuses to mind requirements ("owners shouldn't have
to"), what a component is expected to do ("it should have failed over"), and what might have been worse. Conditions,
verdicts and catches told otherwise are known by `conditions`, `verdicts` and `catches`.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.other_past.better_ways import better_way_in
from afteraction.engine.language.other_past.catches import GATES, blind_gate_in
from afteraction.engine.language.other_past.conditions import supposed_past
from afteraction.engine.language.other_past.duties import EARLIER, PEOPLE, is_named, judged_should
from afteraction.engine.language.other_past.past import Missed, Past, plain_of
from afteraction.engine.language.other_past.subjects import (
    AVERTED,
    AVERTING,
    CATCHING,
    DEEDS,
    DONE,
    FASTER,
    HAPPENED,
    HELPING,
    KNOWING,
    NOTICING,
    OF_SYSTEMS,
    SOCIAL,
    STOPPING,
    WISER,
    WORSE,
    is_gate,
    is_people,
    is_system,
)
from afteraction.engine.language.other_past.supposed import Supposed, supposed_in
from afteraction.engine.language.other_past.unguarded import unguarded_in
from afteraction.engine.language.other_past.unseen_by import let_through_in
from afteraction.engine.language.other_past.verdicts import verdict_in
from afteraction.engine.language.people.agents import Agent, Token, Who
from afteraction.engine.language.sought import Sought
from afteraction.engine.language.words.pack import listed

__all__ = ("Missed", "Past", "missed_in")

_ELIDED = {"we'd": Who.WE, "i'd": Who.SELF, "they'd": Who.THEY, "he'd": Who.PRONOUN, "she'd": Who.PRONOUN}
_DOUBT = listed("unlikely unclear unsure doubtful unknown whether nothing hardly little")
_UNLESS = Sought(
    r"\b(?:can(?:no|['’])t know|cannot know|don['’]t know|not (?:clear|sure|certain) (?:if|whether)|impossible to)\b|\bno (?:monitoring|alert)\b.*\b(?:did not|didn't) notice\b|\b(?:did not|not) have alert"
)
_BAD_LUCK = listed("lost suffered broken missed ended run hit failed crashed")
_CHOSEN = listed(
    "asked checked waited told used tested read called escalated taken thought looked warned chosen informed listened heeded objected challenged"
)
_BUT_NOT = re.compile(
    r"(?:,|;|but|yet) ?(?:but|yet|what|which|and|that)? ?(?:it |this |that )?(?:was not|wasn't|were not|was only|was (?:made|done|sent|given|taken|started|announced) (?:only )?(?:at|on|after|hours|days)|did not|didn't|never)\b"
)
_RIGHT_CALL = re.compile(
    r"(?:much |far |way )?(?:less (?:risky|harmful|painful|costly|damaging)|more (?:sensible|prudent|careful))\b|(?:the |a |an )?(?:much |far |more )?(?:right|better|best|safer|wiser|smarter|correct|prudent|sensible|appropriate|good|obvious|proper)(?: (?:call|choice|decision|option|thing|approach|move|way|idea|advised|to|if|had|not|than|solution|plan|course)\b| [.,]|$)"
)


def missed_in(tokens: list[Token], agents: list[Agent]) -> Missed | None:
    """The past that a sentence holds against somebody, or the catch that it misses; None where it does neither."""
    words = [token.word for token in tokens]
    sentence = plain_of(words)
    missed = _missed(tokens, agents, words, sentence)
    return missed if missed is not None and _UNLESS.search(sentence) is None else None


def _missed(tokens: list[Token], agents: list[Agent], words: list[str], sentence: str) -> Missed | None:
    found = [missed for each in supposed_in(words) if (missed := _judge(tokens, words, agents, each)) is not None]
    unnoticed = _unnoticed(words)
    if unnoticed is not None:
        found.append(unnoticed)
    own = [each for each in found if each.kind is Past.OWN]
    if own:
        return own[0]
    condition = supposed_past(words, sentence)
    if condition is not None and not any(each.kind is Past.CATCH and words[each.last] not in FASTER for each in found):
        return condition
    verdict = verdict_in(words, sentence) or better_way_in(words)
    if verdict is not None and not any(each.kind is Past.CATCH and is_gate(words[: each.first]) for each in found):
        return verdict
    if found:
        return min(found, key=lambda each: (each.kind is not Past.DECISION, each.first))
    blind = blind_gate_in(words, sentence) or let_through_in(words, GATES) or unguarded_in(words, sentence)
    return Missed(Past.CATCH, *blind) if blind else None


def _judge(tokens: list[Token], words: list[str], agents: list[Agent], each: Supposed) -> Missed | None:
    verb, at, place = each.verb, each.at, each.place
    # Adjectives and participles may stand behind an adverb: "been largely avoided".
    near = set(words[place : place + 3])
    if not _DOUBT.isdisjoint(words[max(0, at - 5) : at]) or (near & WORSE):
        return None
    gate = is_gate(each.subject)
    subject = _agent(agents, at) or _ELIDED.get(words[at])
    if subject in PEOPLE and each.subject and is_system(each.subject[-1:], words):
        subject = None
    if each.modal == "must":
        if gate and verb in CATCHING:
            return Missed(Past.CATCH, at, place)
        undone = _BUT_NOT.search(" ".join(words[place:]))
        return Missed(Past.DECISION, at, place) if undone else None
    if each.elided:
        return _elided(words, each, subject, gate)
    if (
        each.modal == "might"
        and not (near & (CATCHING | HELPING | AVERTING | WISER | SOCIAL))
        and words[place - 1] != "better"
        and subject not in (*PEOPLE, Who.WE)
        and not is_people(each.subject)
        and not (subject is Who.THEY and "least" in words[at:place])
    ):
        return None
    if each.modal == "should":
        return judged_should(tokens, words, each, subject, gate)
    if each.negated:
        return _without(words, each)
    return _judge_would(tokens, words, each, subject, gate)


def _elided(words: list[str], each: Supposed, subject: Who | None, gate: bool) -> Missed | None:
    """ "A contract test would have."."""
    if "as" in words[max(0, each.at - 4) : each.at] or "than" in words[max(0, each.at - 4) : each.at]:
        return None
    if gate and each.modal in ("would", "should", "could"):
        return Missed(Past.CATCH, each.at, each.place)
    people = subject in (Who.WE, Who.TEAM, *PEOPLE)
    return Missed(Past.DECISION, each.at, each.place) if people and each.modal in ("should", "could") else None


def _judge_would(
    tokens: list[Token], words: list[str], each: Supposed, subject: Who | None, gate: bool
) -> Missed | None:
    verb, at, place, passive = each.verb, each.at, each.place, each.passive
    near = set(words[place : place + 3])
    if {"anyone", "anybody", "everyone", "everybody", "any"} & set(each.subject[:2]):
        return None
    here = Missed(Past.DECISION, at, place)
    if not passive and verb in _TO_LIGHT and is_gate(words[place + 1 :]):
        return Missed(Past.CATCH, at, place)
    if passive and verb in _WARNED and subject is not Who.WE and each.modal == "could":
        return here
    catches = verb in CATCHING or (passive and near & CATCHING and verb not in AVERTING)
    if catches or (gate and not passive and verb in STOPPING | KNOWING | HELPING):
        if subject is Who.SELF:
            return Missed(Past.OWN, at, place)
        lucky = subject in (Who.WE, Who.TEAM) and not WORSE.isdisjoint(words[place:])
        return (
            None if lucky or (verb == "found" and passive and each.modal == "might") else Missed(Past.CATCH, at, place)
        )
    if (
        not passive
        and each.modal == "would"
        and verb in STOPPING
        and _is_one_more(each)
        and not DEEDS & set(each.subject)
    ):
        return Missed(Past.CATCH, at, place)
    if subject is Who.WE and each.modal == "would" and verb in KNOWING:
        return Missed(Past.CATCH, at, place)
    if passive and verb == "achieved" and {"detection", "alerting", "diagnosis"} & set(each.subject):
        return Missed(Past.CATCH, at, place)
    if not passive and verb in HELPING:
        return here if verb in ("saved", "spared", "bought") or _is_deed(each) else Missed(Past.CATCH, at, place)
    if verb in AVERTING and not (passive and verb not in AVERTED):
        if verb in ("stopped", "reduced", "limited", "contained") and not (passive or gate):
            harm = {"this", "it", "outage", "incident", "spread", "damage", "impact", "problem", "loss"} & set(
                words[place + 1 : place + 4]
            )
            return here if harm else None
        return Missed(Past.CATCH if gate and not passive else Past.DECISION, at, place)
    if passive and verb in ("enough", "sufficient") and not {"users", "customers"} & set(each.subject):
        return here
    if (
        not passive
        and verb in ("sufficed", "done")
        and not subject
        and words[place + 1 : place + 2] in ([], ["."], [","], [";"])
    ):
        return here
    if not passive and verb in ("cut", "halved", "shortened") and {"outage", "minutes", "hours", "downtime", "impact", "us", "time"} & set(words[place:]):  # fmt: skip
        return Missed(Past.CATCH if gate else Past.DECISION, at, place)
    if passive and verb in ("saved", "spared") and each.modal == "could":
        return here
    if not passive and verb == "waited" and DEEDS & set(each.subject):
        return here
    if passive and (
        _RIGHT_CALL.match(" ".join(words[place : place + 5]))
        or words[place - 1] == "better"
        or (verb in WISER and WISER & near)
    ):
        return here
    if passive and verb in FASTER:
        return Missed(Past.CATCH, at, place)
    if (
        passive
        and verb in ("nice", "helpful", "useful", "good", "great", "ideal", "beneficial")
        and words[at - 1 : at] == ["it"]
    ):
        return Missed(Past.CATCH, at, place)
    if verb == "had" and words[place + 1 : place + 2] == ["to"]:
        in_time = words[place + 2 : place + 3] == ["be"] and EARLIER.search(" ".join(words[place:]))
        must = in_time or subject in PEOPLE or each.subject in (("one",), ("somebody",), ("someone",))
        return here if must else None
    return _could(tokens, words, each, subject)


_TO_LIGHT = listed("come shown surfaced emerged turned")
_WARNED = listed("warned alerted paged")
# What could have been there, and was not: "a line in the template would have stopped it".
_ONE_MORE = listed("a an any one another even no")
_NO_CATCH = listed(
    "attacker user customer crash failure bug outage failover restart retry loss drop surge spike attack"
)


def _is_one_more(each: Supposed) -> bool:
    """Whether the subject is a thing that was not there, brought up by an indefinite article."""
    return each.subject[:1] != () and each.subject[0] in _ONE_MORE and _NO_CATCH.isdisjoint(each.subject)


def _is_deed(each: Supposed) -> bool:
    """Whether the subject is something that people do rather than something that looks: "failing over earlier"."""
    gerund = (
        each.subject[:1]
        and each.subject[0].endswith("ing")
        and not is_gate(each.subject)
        and each.subject[0] != "training"
    )
    return bool(gerund) or not DEEDS.isdisjoint(each.subject)


def _could(tokens: list[Token], words: list[str], each: Supposed, subject: Who | None) -> Missed | None:
    """ "We could have failed over sooner", "she might have asked"."""
    here = Missed(Past.DECISION, each.at, each.place)
    if each.passive:
        behind = " ".join(words[each.place :])
        contrast = _CONTRAST.search(behind) is not None
        sooner = contrast or (each.modal in ("could", "might") and EARLIER.search(behind) is not None)
        deed = each.verb in SOCIAL | DONE | _HANDLED or (contrast and each.verb.endswith("ed"))
        if sooner and deed and not is_system(each.subject, words):
            return here
        return here if each.modal == "might" and each.verb in SOCIAL and "least" in words else None
    if each.verb in _BAD_LUCK and words[each.place + 1 : each.place + 2] != ["over"]:
        return None
    if each.modal == "could":
        if subject is Who.SELF:
            return Missed(Past.OWN, each.at, each.place)
        if subject in (Who.WE, Who.TEAM, *PEOPLE):
            return here
        if not DEEDS.isdisjoint(each.subject) and EARLIER.search(" ".join(words[each.place :])):
            return here
        if subject is Who.THEY and {"well", "used", "asked", "waited", "just", "simply", "least", "surely"} & set(
            words[each.at : each.place + 1]
        ):
            return here
        if each.at == 0 and each.verb not in OF_SYSTEMS:
            return here
    if (
        each.modal == "might"
        and (subject in PEOPLE or is_named(tokens, each) or is_people(each.subject))
        and each.verb in _CHOSEN
    ):
        return here
    if each.modal == "might" and subject is Who.THEY and "least" in words[each.at : each.place]:
        return here
    return (
        here
        if each.modal == "might" and subject is Who.WE and each.verb in ("kept", "saved", "waited", "asked")
        else None
    )


# One way and not the other: "at 03:30 rather than at 05:10".
_CONTRAST = re.compile(r"\b(?:rather than|instead of|and not (?:at|on|in|after|only)|, not (?:at|on|in|after|only))\b")
_HANDLED = listed(
    "resolved fixed handled shortened improved mitigated restored communicated performed managed coordinated solved"
)


def _without(words: list[str], each: Supposed) -> Missed | None:
    """ "This would never have happened with a proper review"."""
    behind = words[each.place + 1 : each.place + 9]
    if each.modal != "would" or each.verb not in HAPPENED or behind[:1] not in (["with"], ["without"]):
        return None
    return Missed(Past.CATCH if is_gate(behind) else Past.DECISION, each.at, each.place)


def _agent(agents: list[Agent], at: int) -> Who | None:
    """Who stands as the subject just before a modal."""
    for agent in reversed(agents):
        within = agent.first <= at <= agent.last or at - 3 <= agent.last < at
        if not agent.owns and not agent.doubtful and within and agent.who is not Who.PERHAPS:
            return agent.who
    return None


def _unnoticed(words: list[str]) -> Missed | None:
    """ "We didn't notice it until …": the gate matrix asks what could have told."""
    for at, word in enumerate(words):
        if word in ("didn't", "not", "failed") and {"until", "till"} & set(words[at : at + 16]):
            verb = next((each for each in words[at + 1 : at + 4] if each in NOTICING), "")
            if verb and {"we", "nobody", "team", "staff", "engineers", "us"} & set(words[max(0, at - 4) : at]):
                return Missed(Past.CATCH, at, min(at + 2, len(words) - 1))
        if word in ("nobody", "no-one") and words[at + 1 : at + 2] == ["noticed"]:
            rest = words[at + 2 : at + 4]
            if rest and rest[0][0].isalpha() and rest[0] not in ("any", "an", "anything", "and", "or", "but", "a"):
                return Missed(Past.CATCH, at, at + 1)
    return None
