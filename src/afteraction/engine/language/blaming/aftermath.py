"""What follows an act or stands around it and makes it a lapse: the wrong thing, a warning, harm that came of it.

Knows what follows. Refuses to know who acted.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.acting import Act
from afteraction.engine.language.blaming.clauses import Clause
from afteraction.engine.language.people.agents import Agent, Who
from afteraction.engine.language.words import lapses as said_of

CLOCK = re.compile(r"\b\d{1,2}(?: : |[:.])\d{2}\b|\b\d{4} ?(?:utc|hrs)\b")


def is_sure(agent: Agent) -> bool:
    """Whether one somebody is meant, and no part of a system."""
    return agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN) and not agent.doubtful


def mends(tail: str) -> bool:
    """ "skipped the failed host": what is passed over is broken."""
    return (
        re.match(
            r"\w+ (?:the |a |an |all |these |those )?(?:failed|failing|faulty|broken|slow|unhealthy|cache|proxy|lunch|dinner|meal|bad|corrupt)",
            tail,
        )
        is not None
    )


def is_amiss(agent: Agent, verb: str, near: str, tail: str, act: Act, mending: bool) -> bool:
    """Whether an act was wrong in its object, time, place or number."""
    wrong = said_of.WRONG.search(near)
    if wrong is not None and (wrong[0] in ("wrong", "incorrect", "mistaken", "inverted") or not mending):
        away = verb in said_of.MENDING | said_of.DESTROYED | {
            "corrected",
            "changed",
            "updated",
            "removed",
            "edited",
            "cleared",
            "rejected",
        }
        if not (away and wrong[0] not in ("wrong", "mistaken")) and not re.search(
            r"\b(?:from|out of|away from) the (?:wrong|stale|dead|invalid|faulty)\b", near
        ):
            at_once = re.match(
                r"\w+ (?:the |that |this |all |its |a )?(?:wrong|incorrect|mistaken|invalid|stale)", near
            )
            mended = verb in ("fixed", "corrected", "reverted", "repaired", "undid")
            mended = mended or bool(
                verb in ("removed", "replaced", "deleted") and re.search(r"\b(?:that|which) ", tail)
            )
            delivered = agent.who is Who.TEAM and re.search(r"\bwith (?:a|an|the) (?:wrong|incorrect)", near)
            return not ((mended and at_once) or delivered)
    if (
        (said_of.AMISS.search(near) or said_of.WHERE_MEANT.search(tail))
        and not mending
        and not said_of.PLANNED.search(tail)
    ):
        return True
    if verb in said_of.TWICE and re.search(
        r"\b(?:twice|three times|a second time|two times)\b(?! (?:a|an|per|every|daily|weekly|each|as)\b)", near
    ):
        return True
    aside = said_of.ASIDE_FROM_RIGHT.search(near)
    decided = verb in (
        "decided",
        "chose",
        "used",
        "opted",
        "preferred",
        "made",
        "kept",
        "planned",
        "wanted",
        "took",
        "found",
    )
    if aside is not None and not decided and agent.who is not Who.PERHAPS:
        if aside[0].startswith("not"):
            return False
        return not re.search(
            r"\bto (?:limit|protect|keep|avoid|save|reduce|spare|prevent|let|make|give)\b|\bas (?:planned|agreed|documented)\b|\bbecause\b|\bfirst (?:instead|rather)\b",
            tail,
        )
    return False


def is_defiant(tail: str) -> bool:
    """Whether it was done against a warning, a rule, or before the time for it had come."""
    if said_of.RELIEVED.search(tail):
        return False
    found = said_of.DEFIED.search(tail)
    if found is not None and not re.search(
        r"\b(?:outage|failover|problems?|issues?|darkness|weather|storm|power cut|failures?|loss|lack|load|pressure|heat|cold|noise|shortage|interruption|delays?|latency|traffic|alerts being|fact that (?:the|it) (?:was|were))\b",
        tail[found.end() : found.end() + 30],
    ):
        return True
    return bool(said_of.THOUGH.search(tail) or said_of.KNOWING.search(tail) or said_of.PREMATURE.search(tail))


def was_defied_before(lead: str) -> bool:
    """ "Although QA had warned of it, …", "Against the advice of the vendor, …"."""
    if not lead.endswith(",") or said_of.RELIEVED.search(lead):
        return False
    found = said_of.DEFIED.match(lead) or said_of.THOUGH.match(lead)
    return found is not None and re.search(r"\b(?:outage|failover|power cut|problems?|issues?)\b", lead) is None


def does_harm(clause: Clause, tail: str) -> bool:
    """Whether harm is told as what came of an act."""
    if said_of.RELIEVED.search(tail):
        return False
    clocked = CLOCK.search(tail) is not None
    for found in said_of.CONSEQUENCE.finditer(tail):
        if clocked and not said_of.EXPLICIT.search(found[0]):
            continue
        near = re.sub(r"^is why |'s why ", "", tail[found.end() :][:90].lstrip())
        harm = said_of.HARMED.search(found[0].split()[-1] + " " + near if found[0].strip() else near)
        if harm is not None and not re.search(
            r"\b(?:because|since|when|after|before|if|would|could|might|not|no|n't|why|how|whether)\b",
            near[: harm.start()],
        ):
            return True
    return False


def made_worse(near: str, tail: str) -> bool:
    """Whether even a remedy is told as what did the harm: "rolled forward, which made matters worse"."""
    return bool(
        re.search(
            r"\b(?:which|thereby|and so|so) (?:made|only made) (?:matters|things|it|the \w+) (?:even |much |far )?worse\b",
            tail,
        )
    )
