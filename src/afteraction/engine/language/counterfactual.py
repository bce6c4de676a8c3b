"""What should have been, could have been, would have been: decisions held against people afterwards, and missed catches.

Knows the shapes of a past that did not happen. Refuses to mind requirements ("owners shouldn't have to"), what a
component is expected to do ("it should have failed over"), and what might have been worse.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from afteraction.engine.language.agents import Agent, Token, Who
from afteraction.engine.language.sought import Sought
from afteraction.engine.language.supposed import Supposed, supposed_in
from afteraction.engine.language.words.pack import listed

_ELIDED = {"we'd": Who.WE, "i'd": Who.SELF, "they'd": Who.THEY, "he'd": Who.PRONOUN, "she'd": Who.PRONOUN}


# Without one of these nothing is supposed.
_SUPPOSING = listed("""
    should could would might may ought must shouldn't couldn't wouldn't should've could've would've might've shoulda
    coulda woulda oughta had if wish mistake error wrong preventable avoidable need needn't not didn't failed nobody no-one
""")


class Past(StrEnum):
    """What kind of past that was not: a decision, a catch that was missed, or one's own."""

    DECISION = "decision"
    CATCH = "catch"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Missed:
    """Tokens `first` to `last` that say what was not."""

    kind: Past
    first: int
    last: int


# Whatever its subject, this is told of what might have been seen.
_CATCHING = listed("""
    caught detected noticed spotted discovered identified flagged found alerted revealed surfaced recognised
    recognized warned paged diagnosed uncovered picked monitored
""")
# These are told of a gate where a gate is their subject.
_STOPPING = listed("""
    blocked stopped rejected refused failed dropped tripped fired yelled screamed shouted told shown showed exposed
    prevented brought required raised sounded gone halted aborted seen triggered held denied ruled refused highlighted
    avoided averted mitigated contained limited isolated minimised minimized turned quarantined cut thrown complained
    pointed given reported sent made
""")
_KNOWING = listed("known seen learned learnt come noticed realised realized heard")
_HELPING = listed("helped enabled shortened sped simplified eased facilitated highlighted pointed saved spared")
_AVERTING = listed("""
    avoided prevented averted mitigated stopped isolated blocked minimised minimized limited contained reduced
""")
_AVERTED = frozenset(["avoided", "prevented", "averted", "mitigated", "minimised", "minimized", "stopped"])
_GATES = listed("""
    test tests testing alert alerts alerting alarm alarms monitoring monitor monitors check checks checking checker review
    reviews reviewer reviewers canary canaries flag flags lint linter linting rule validation validator ci staging
    detection detector dashboard dashboards metric metrics logging probe probes rollout rollouts runbook runbooks
    documentation pipeline gate gates page paging notification notifications automation audit audits policy dry-run scan
    scanning scanner simulation rehearsal drill drills limit limits quota quotas threshold thresholds guard guards
    guardrail guardrails assertion assertions breaker breakers hook hooks max-prefix approval sentry tracing
    schema compiler type types snapshot snapshots diff fuzzing inspection reconciliation synthetic synthetics
    healthcheck heartbeat fullstack protection prompt confirmation checklist lock locks permissions safeguard
    observability telemetry instrumentation comparison preview sandbox backpressure budget
""")
_DRY = re.compile(
    r"\b(?:dry run|second pair of eyes|load test\w*|second (?:person|approval|reviewer|look)|type system|peer review|four eyes|code owners?|smoke test\w*|restore test)\b"
)
# What is done to a component by itself: an expectation, not a reproach.
_EXPECTED = listed("""
    automatically expected replicated cached routed redirected retried propagated purged expired evicted rotated
    synced synchronised synchronized returned served loaded restarted recreated scheduled delivered received
    impacted affected involved touched included present available enabled visible able set sent applied migrated processed credited shown
""")
_FASTER = listed("quicker faster smoother shorter earlier sooner clearer easier improved simpler")
_WISER = listed("better wiser prudent safer preferable advisable sensible best wise smarter appropriate")
_NICE = listed("nice helpful useful good great ideal beneficial")
_WORSE = listed("worse later longer unnoticed undetected")
_DOUBT = listed("unlikely unclear unsure doubtful unknown whether nothing hardly little")
_PEOPLE = (Who.ROLE, Who.NAMED, Who.PRONOUN)
_UNLESS = Sought(
    r"\b(?:can(?:no|['’])t know|cannot know|don['’]t know|not (?:clear|sure|certain) (?:if|whether)|impossible to)\b|\bno (?:monitoring|alert)\b.*\b(?:did not|didn't) notice\b|\b(?:did not|not) have alert",
    re.IGNORECASE,
)
_HINDSIGHT = re.compile(
    r"\b(?:in|with(?: the)?(?: benefit of)?) (?:hindsight|retrospect)\b|\bretrospectively\b|\b(?:was|were|seems?|is) (?:\w+ )?obvious(?:ly)? (?:prior|before|beforehand|in retrospect|from the)\b",
    re.IGNORECASE,
)
_JUDGING = re.compile(
    r"\b(?:should|could|would|obvious|clear(?:ly)?|better|mistake|wrong|ought|knew|known|easy|easily|predictable|foreseeable|inevitable|evident)\b",
    re.IGNORECASE,
)
_NOT_HINDSIGHT = re.compile(
    r"\b(?:can(?:no|['’])t|could not|couldn['’]t) (?:know|say|tell)\b|\bhindsight bias\b|\beven in hindsight\b",
    re.IGNORECASE,
)
_HARM = r"(?:worse|lost|affected|longer|admitted|exposed|corrupted|crashed|spread|leaked|down|full|more|overloaded|deleted|killed|destroyed|hit|impacted|missed|stopped|failed|disrupted|compromised|unavailable)"
_BAD_END = Sought(
    rf"\b(?:would|could|might)(?: also| still| even| probably| likely)* have (?:(?:been|also|gone|become|taken|got|had|\w+ly) )*{_HARM}\b"
)
_GOOD_END = Sought(
    r"\b(?:would|could|might)(?:n't| not| never)(?: \w+ly| all| even)? (?:have|be|need|happen)\b|\bnone of (?:this|it) would\b|\bnothing would have happened\b|\bwould have (?:ended|finished)\b|\b(?:would|could|might) (?:\w+ly )?have (?:\w+ly )?(?:been )?(?:\w+ly )?(?:avoided|prevented|averted|shorter|smaller|less|fewer|caught|noticed|seen|known|stopped|limited|contained|isolated|saved|survived|worked|succeeded|fine|safe|spared|recovered|sooner|faster|quicker|earlier|easier|better|worthless|harmless|minutes|able|reduced|cut|stayed|rolled|restored|mitigated|detected|kept|remained|escaped|continued)\b|\b(?:could|would) (?:be|have been) (?:avoided|prevented|stopped|averted)\b|\bwe(?: would|'d) (?:still )?have\b|\bwouldn't\b"
)
_CONDITION = Sought(
    r"(?:^|[.,;:] |\b(?:and|but|however|also) )(?P<had>had (?!to\b|the (?:effect|same)\b)(?:[\w'-]+ ){1,8}?(?:not |never |only )?(?:been )?(?:\w+ed|been|done|run|set|made|taken|given|told|written|kept|left|put|caught|seen|known|read|held|built|sent|shut|chosen|thought|gone|found|had)\b)"
)
_IF_ONLY = Sought(
    r"\bif only (?:[\w'-]+ ){1,6}?(?:had|was|were|would|could)\b|\b(?:i|we) (?:only )?wish (?:we|i|they|he|she|the \w+) (?:had|would|could)\b"
)
_IF_HAD = Sought(
    r"\b(?:if|unless|provided) (?P<who>(?:[\w'-]+ ){1,7}?)(?:had|hadn't|would have|'d|were|was|did|could have)(?: not| never| only| also| simply| just| \w+ly)* (?P<verb>[\w'-]+)(?P<rest>(?: [\w'-]+){0,3})"
)
_NATURAL = re.compile(
    r"\bthe (?:users?|customers?|attackers?|partition)\b|\b(?:lasted|continued|filled|grown|persisted|occurred|happened|hit|spread|failed|crashed|gone on|stopped|reached|lost|coincided|fallen|struck|exploited|attacked|leaked|died|exceeded|run out|broken|come (?:later|earlier)|remained|in \w+ mode|on site|available|higher|lower|larger|smaller|busier)\b"
)
_IN_PLACE = re.compile(
    r"\b(?:exist(?:ed)?|in place|configured|enabled|set up|present|paged|fired|covered|verified|caught|warned|alerted|been there|there (?:was|were|had been)|had (?:an? )?(?:\w+ )?(?:check|alert|test|monitoring|limit)\w*|running|run)\b"
)
_AVOIDABLE = Sought(
    r"\b(?:was|were|is|been)(?: \w+ly| quite| easily)? (?:preventable|avoidable)\b|\bavoidable (?:outage|incident|failure|downtime|loss|mistake|error)|\bit was (?:a|the) (?:\w+ )?(?:mistake|error|wrong (?:call|decision|choice)) (?:not )?to \w+|\bneed(?:n't| not) have (?:happened|been|occurred)\b|\b(?:did not|didn't) (?:have|need) to happen(?: this way)?\b"
)
_NOT_DONE = Sought(
    r"\bshould (?:(?:[\w'-]+|,) ){1,16}?(?:but|, yet|and) (?:he|she|they|we|it|nobody|this|the \w+) (?:\w+ )?(?:did not|didn't|never|was not|wasn't)(?: done| do| so| happen)?(?= [.,;!]|$| do)"
)
_POSSIBLE = Sought(
    r"\b(?:would|could) have been (?:easily )?possible to (?:avoid|prevent|detect|catch|notice|stop|see|find|roll|fail|spot)\b"
)


def hindsight_in(sentence: str) -> tuple[int, int] | None:
    """Where a sentence knows afterwards what was plain before (L3), or None."""
    found = _HINDSIGHT.search(sentence)
    if found is None or not _JUDGING.search(sentence) or _NOT_HINDSIGHT.search(sentence):
        return None
    return found.span()


def missed_in(tokens: list[Token], agents: list[Agent]) -> Missed | None:
    """The past that a sentence holds against somebody, or the catch that it misses; None where it does neither. What
    is told as hindsight is no decision held against anybody besides."""
    words = [token.word for token in tokens]
    if _SUPPOSING.isdisjoint(words) and not any(word.endswith("'d") for word in words):
        return None
    sentence = " ".join(words)
    if _UNLESS.search(sentence):
        return None
    found = [missed for each in supposed_in(words) if (missed := _judge(words, agents, each)) is not None]
    unnoticed = _unnoticed(words)
    if unnoticed is not None:
        found.append(unnoticed)
    own = [each for each in found if each.kind is Past.OWN]
    if own:
        return own[0]
    condition = _condition(words, sentence)
    if condition is not None and not any(each.kind is Past.CATCH and words[each.last] not in _FASTER for each in found):
        return condition
    if not found:
        return _said_of_the_past(words, sentence)
    best = min(found, key=lambda each: (each.kind is not Past.DECISION, each.first))
    if best.kind is Past.DECISION and _HINDSIGHT.search(sentence):
        return None
    return best


def _judge(words: list[str], agents: list[Agent], each: Supposed) -> Missed | None:
    verb, at, place = each.verb, each.at, each.place
    # Adjectives and participles may stand behind an adverb: "been largely avoided".
    near = set(words[place : place + 3])
    if not _DOUBT.isdisjoint(words[max(0, at - 5) : at]) or (near & _WORSE):
        return None
    gate = _is_gate(each.subject)
    subject = _agent(agents, at) or _ELIDED.get(words[at])
    if each.modal == "must" and not (gate and verb in _CATCHING):
        return None
    if (
        each.modal == "might"
        and not (near & (_CATCHING | _HELPING | _AVERTING | _WISER))
        and words[place - 1] != "better"
        and subject not in _PEOPLE
    ):
        return None
    if each.modal == "should":
        return _judge_should(words, each, subject, gate)
    if each.negated:
        return _without(words, each)
    return _judge_would(words, each, subject, gate)


def _judge_would(words: list[str], each: Supposed, subject: Who | None, gate: bool) -> Missed | None:
    verb, at, place, passive = each.verb, each.at, each.place, each.passive
    near = set(words[place : place + 3])
    if {"anyone", "anybody"} & set(each.subject):
        return None
    catches = verb in _CATCHING or (passive and near & _CATCHING and verb not in _AVERTING) or verb in _HELPING
    if catches or (gate and not passive and verb in _STOPPING | _KNOWING):
        if subject is Who.SELF:
            return Missed(Past.OWN, at, place)
        lucky = subject in (Who.WE, Who.TEAM) and not _WORSE.isdisjoint(words[place:])
        return (
            None if lucky or (verb == "found" and passive and each.modal == "might") else Missed(Past.CATCH, at, place)
        )
    if subject is Who.WE and each.modal == "would" and verb in _KNOWING:
        return Missed(Past.CATCH, at, place)
    if passive and verb == "achieved" and {"detection", "alerting", "diagnosis"} & set(each.subject):
        return Missed(Past.CATCH, at, place)
    if verb in _AVERTING and not (passive and verb not in _AVERTED):
        if verb in ("stopped", "reduced", "limited", "contained") and not (passive or gate):
            harm = {"this", "it", "outage", "incident", "spread", "damage", "impact", "problem"} & set(
                words[place + 1 : place + 4]
            )
            return Missed(Past.DECISION, at, place) if harm else None
        return Missed(Past.CATCH if gate and not passive else Past.DECISION, at, place)
    if passive and verb in ("enough", "sufficient") and not {"users", "customers"} & set(each.subject):
        return Missed(Past.DECISION, at, place)
    if not passive and verb in ("cut", "halved", "shortened", "saved") and {"outage", "minutes", "hours", "downtime", "impact", "us"} & set(words[place:]):  # fmt: skip
        return Missed(Past.CATCH if gate else Past.DECISION, at, place)
    if not passive and verb == "waited" and _DEEDS & set(each.subject):
        return Missed(Past.DECISION, at, place)
    right_call = passive and re.match(r"(?:the |a |an )?(?:much |far |more )?(?:right|better|best|safer|wiser|correct|prudent|sensible|appropriate)(?: (?:call|choice|decision|option|thing|approach|move|way|idea|advised|to|if|had|not|than|solution|plan)\b| [.,])", " ".join(words[place : place + 5]))  # fmt: skip
    if right_call or (passive and (words[place - 1] == "better" or (verb in _WISER and _WISER & near))):
        return Missed(Past.DECISION, at, place)
    if passive and verb in _FASTER:
        return Missed(Past.CATCH, at, place)
    if passive and verb in _NICE and words[at - 1 : at] == ["it"]:
        return Missed(Past.CATCH, at, place)
    if verb == "had" and words[place + 1 : place + 2] == ["to"]:
        must = subject in _PEOPLE or each.subject in (("one",), ("somebody",), ("someone",))
        return Missed(Past.DECISION, at, place) if must else None
    return _could(each, subject)


_HAPPENED = listed("happened occurred started begun existed")
_DEEDS = listed("""
    deploy deployment upgrade migration change rollback release update restart cleanup failover rollout patch launch
    cutover switch import fix revert maintenance announcement decision escalation work reboot
""")
_TIMED = listed("waited happened started gone begun come stayed ended stopped")
_EARLIER = re.compile(
    r"\b(?:before|earlier|sooner|beforehand|prior|ago|manually|first|already)\b|\bin (?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
)


def _without(words: list[str], each: Supposed) -> Missed | None:
    """ "This would never have happened with a proper review"."""
    behind = words[each.place + 1 : each.place + 9]
    if each.modal != "would" or each.verb not in _HAPPENED or behind[:1] not in (["with"], ["without"]):
        return None
    return Missed(Past.CATCH if _is_gate(tuple(behind)) else Past.DECISION, each.at, each.place)


_CHOSEN = listed("asked checked waited told used tested read called escalated taken thought looked warned chosen")


def _could(each: Supposed, subject: Who | None) -> Missed | None:
    """ "We could have failed over sooner", "she might have asked"."""
    if each.passive or each.verb in (
        "lost",
        "suffered",
        "broken",
        "missed",
        "ended",
        "run",
        "hit",
        "failed",
        "crashed",
    ):
        return None
    if each.modal == "could":
        if subject is Who.SELF:
            return Missed(Past.OWN, each.at, each.place)
        if subject in (Who.WE, Who.TEAM, *_PEOPLE):
            return Missed(Past.DECISION, each.at, each.place)
    if each.modal == "might" and subject in _PEOPLE and each.verb in _CHOSEN:
        return Missed(Past.DECISION, each.at, each.place)
    return None


def _is_gate(subject: tuple[str, ...]) -> bool:
    return not _GATES.isdisjoint(subject) or _DRY.search(" ".join(subject)) is not None


_THEY_SHOULD = listed("known checked tested asked noticed told understood waited")


def _judge_should(words: list[str], each: Supposed, subject: Who | None, gate: bool) -> Missed | None:
    verb, at, place = each.verb, each.at, each.place
    ahead = words[place : place + 6]
    before = each.subject[-1:] or tuple(words[max(0, at - 1) : at])
    if {"when", "how", "why", "whether", "if"} & set(words[max(0, at - 3) : at - 1]):
        # "We cannot know when we should have …".
        return None
    if subject is Who.SELF and not each.passive:
        return Missed(Past.OWN, at, place)
    if before == ("there",):
        return Missed(Past.CATCH, at - 1, place)
    if each.relative:
        return None
    if not each.passive and verb in _TIMED and _DEEDS & set(each.subject):
        return Missed(Past.DECISION, at, place)
    if each.passive:
        return _should_passive(words, each, ahead)
    # "should have drained one cell first": nobody is named, and somebody is meant.
    start = at == 0 or words[at - 1] in (".", ":", ";", "-", "•", "–", "—", "*")
    catches = verb in _CATCHING or verb in ("seen", "known")
    if verb == "required" and {"approval", "confirmation", "review", "sign-off"} & set(ahead):
        return Missed(Past.CATCH, at, place)
    if gate and "within" in ahead:
        return None
    if gate and subject not in _PEOPLE:
        return Missed(Past.CATCH, at, place) if catches or verb in _STOPPING else None
    if verb in ("yelled", "screamed", "shouted", "warned") and subject not in _PEOPLE:
        return Missed(Past.CATCH, at, place)
    if subject is Who.THEY and verb not in _THEY_SHOULD:
        return None
    if start or subject in (Who.WE, Who.TEAM, Who.THEY, *_PEOPLE) or set(each.subject) & _BODIES:
        seen = catches and verb != "known" and (start or subject in (Who.WE, Who.TEAM))
        return Missed(Past.CATCH if seen else Past.DECISION, at, place)
    return None


_BODIES = listed("board committee management nobody somebody someone anybody one everyone everybody")


def _should_passive(words: list[str], each: Supposed, ahead: list[str]) -> Missed | None:
    verb, at, place = each.verb, each.at, each.place
    if set(words[place : place + 3]) & _CATCHING:
        return Missed(Past.CATCH, at, place)
    by_us = set(words[place : place + 6]) >= {"by", "us"}
    if (
        set(ahead[:3]) & _EXPECTED and not by_us and not _EARLIER.search(" ".join(words[place:])) and not each.negated
    ) or "automatically" in words[at : place + 6]:
        return None
    participle = verb.endswith("ed") or (words[place + 1 : place + 2] and words[place + 1].endswith("ed"))
    if not participle and verb not in _DONE:
        return None
    # "by the scheduler": whose work it is to do it by itself.
    if "by" in ahead and not by_us and each.modal == "should" and set(ahead) & _MACHINES:
        return None
    return Missed(Past.DECISION, at, place)


_DONE = listed("""
    done set run made taken given told written chosen built held kept sent put thought understood brought shut cut read
    left paid shown let met split taught withdrawn rerun reset foreseen sought spoken
""")
_MACHINES = listed(
    "scheduler system controller operator service job server proxy balancer pipeline script bot daemon agent cron"
)


def _agent(agents: list[Agent], at: int) -> Who | None:
    """Who stands as the subject just before a modal."""
    for agent in agents:
        within = agent.first <= at <= agent.last or at - 3 <= agent.last < at
        if not agent.owns and not agent.doubtful and within and agent.who is not Who.PERHAPS:
            return agent.who
    return None


def _condition(words: list[str], sentence: str) -> Missed | None:
    """ "Had this been postponed, …", "If we had deployed …": a decision in place of another, or a gate that was not."""
    if "if" not in words and "had" not in words and "unless" not in words:
        return None
    had, if_had = _CONDITION.search(sentence), _IF_HAD.search(sentence)
    if _BAD_END.search(sentence) and not re.search(r"\b(?:would|could)(?:n't| not| never) have\b", sentence):
        return None
    if not _GOOD_END.search(sentence):
        return None
    if had is not None:
        said, start = had["had"], had.start("had")
    elif if_had is not None and if_had["verb"] != "to":
        said, start = if_had[0], if_had.start()
    else:
        return None
    if _NATURAL.search(said) or re.search(r"\bnot\b.*\bnot\b", said):
        return None
    if re.search(r"\bnot been for\b", sentence) or "unlikely" in words:
        return None
    first = len(sentence[:start].split())
    last = min(first + 3, len(words) - 1)
    is_gate = (
        _IN_PLACE.search(sentence)
        and _is_gate(tuple(said.split()))
        and not re.match(r"(?:if|had) (?:we|the team|somebody|someone|anybody|he|she|they) ", said)
    )
    return Missed(Past.CATCH if is_gate else Past.DECISION, first, last)


def _said_of_the_past(words: list[str], sentence: str) -> Missed | None:
    """ "was entirely preventable", "if only we had", "should ask first, but he did not"."""
    for pattern in (_IF_ONLY, _AVOIDABLE, _POSSIBLE, _NOT_DONE):
        found = pattern.search(sentence)
        if found is not None and not re.search(r"\b(?:not|un|hardly) ?$", sentence[: found.start()]):
            first = len(sentence[: found.start()].split())
            return Missed(Past.DECISION, min(first, len(words) - 1), min(first + 3, len(words) - 1))
    return None


def _unnoticed(words: list[str]) -> Missed | None:
    """ "We didn't notice it until …": the gate matrix asks what could have told."""
    for at, word in enumerate(words):
        late = {"until", "till"} & set(words[at : at + 16])
        if word in ("didn't", "not", "failed") and late:
            verb = next((each for each in words[at + 1 : at + 4] if each in _NOTICING), "")
            if verb and {"we", "nobody", "team", "staff", "engineers", "us"} & set(words[max(0, at - 4) : at]):
                return Missed(Past.CATCH, at, min(at + 2, len(words) - 1))
        if word in ("nobody", "no-one") and words[at + 1 : at + 2] == ["noticed"]:
            rest = words[at + 2 : at + 4]
            if rest and rest[0][0].isalpha() and rest[0] not in ("any", "an", "anything", "and", "or", "but", "a"):
                return Missed(Past.CATCH, at, at + 1)
    return None


_NOTICING = listed("notice detect catch spot realise realize discover see")
