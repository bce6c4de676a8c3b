"""What a sentence says that its subject did wrong, or left undone.

Knows the verbs of people. Refuses to say how loud that is, and to look for people behind a passive or a noun: `blame`
does.
"""

from __future__ import annotations

import re

from afteraction.engine.language.blaming.clauses import CLAUSE_ENDS, Clause, Group
from afteraction.engine.language.blaming.faults import Fault, Manner
from afteraction.engine.language.blaming.idioms import idiom_at
from afteraction.engine.language.blaming.objects import judge_object, owed
from afteraction.engine.language.blaming.omissions import denied
from afteraction.engine.language.people.agents import Agent, Who
from afteraction.engine.language.people.given_names import AMBIGUOUS
from afteraction.engine.language.words.pack import listed

_PREVENTING = listed("""
    prevent prevents preventing avoid avoids stop stops risk risks chance possibility likelihood without against
    keep catch catches caught detects detect warns if instead than from for no potential
""")
_LINKS = listed("and but then or")
_MENDING = listed("""
    rolled reverted restored restarted failed fixed paused stopped drained isolated disabled escalated declared paged
    moved shifted switched
""")
_OWN_BLAME = re.compile(
    r"(?:fully |do )?(?:take|accept|assume|bear|own) (?:the |all |full |complete |some )*(?:responsibility|blame)\b"
)
_NOTICING = listed("notice noticed see spot detect realise realize")
_MEANT = ("concerned", "involved", "responsible")
_ASIDE = (["instead", "of"], ["rather", "than"])


_SURE = (Who.ROLE, Who.NAMED, Who.PRONOUN)


def as_subject(clause: Clause, agent: Agent) -> Fault | None:
    """What the verb says of the agent as its subject, right behind it or over a phrase between."""
    at = agent.last + 1
    certain = agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN) and not agent.doubtful
    if certain and at < len(clause.words) and clause.words[at] in clause.pack["fault gerunds"]:
        return _gerund(clause, agent, at)
    if not _may_be_subject(clause, agent):
        return None
    # "the author and the reviewers failed": the last of them carries the verb.
    if agent.who is Who.SELF and (own := _OWN_BLAME.match(" ".join(clause.words[at : at + 6]))):
        return Fault(agent, Manner.FAULT, at, at + len(own[0].split()) - 1)
    found = _predicate(clause, agent, at) or _idiom(clause, agent, at)
    if found is None and at < len(clause.words):
        found = _over_gap(clause, agent, at) or _instead(clause, agent, at)
    return found


def in_relative(clause: Clause, agent: Agent) -> Fault | None:
    """ "approved by someone who had not read it"."""
    at = agent.last + 1
    if clause.words[at : at + 1] != ["who"] or agent.who not in _SURE or agent.doubtful:
        return None
    return _predicate(clause, agent, at + 1) or _idiom(clause, agent, at + 1)


def _idiom(clause: Clause, agent: Agent, at: int) -> Fault | None:
    """ "dropped the ball", "cannot be trusted"."""
    if not _may_be_careless(clause, agent):
        return None
    found = idiom_at(clause.words, at)
    return Fault(agent, found[0], at, found[1]) if found is not None else None


def _may_be_careless(clause: Clause, agent: Agent) -> bool:
    """Whether phrases about people may be read of the agent: a word that might be a name must be a given name."""
    if agent.who is Who.PERHAPS:
        return clause.words[agent.first] in AMBIGUOUS
    return agent.who in (*_SURE, Who.TEAM, Who.SELF) and not agent.doubtful


def _instead(clause: Clause, agent: Agent, at: int) -> Fault | None:
    """ "Instead of following the runbook, the engineer improvised"."""
    words = clause.words
    if agent.who not in _SURE or agent.doubtful or agent.first < 4 or agent.first > 14:
        return None
    first = next((place for place in (0, 1) if words[place : place + 2] in _ASIDE), -1)
    if first < 0 or "," not in words[first : agent.first] or not owed(words[first + 2]):
        return None
    group = clause.group(at)
    if group.main < 0 or group.modal or group.be or group.negated or not clause.is_past(words[group.main]):
        return None
    if words[group.main] in _MENDING:
        return None
    return Fault(agent, Manner.WRONG, group.main, group.main)


def _may_be_subject(clause: Clause, agent: Agent) -> bool:
    """False for "by the developer failed to start", "paging the operator failed" and "if an engineer forgets"."""
    before = clause.words[agent.first - 1] if agent.first else ""
    earlier = clause.words[agent.first - 2] if agent.first > 1 else ""
    if before in ("because", "of") and earlier in (
        "one",
        "member",
        "some",
        "both",
        "most",
        "none",
        "two",
        "because",
    ):
        return True
    if before in clause.pack["prepositions"] and before not in ("after", "before", "at", "than", "like", "as"):
        return before in ("of",) and earlier in ("one", "some", "members", "member", "group", "all", "both")
    if before in ("let", "lets", "help", "helps", "make", "allow", "allows", "allowed", "no", "not", "prevent"):
        return False
    if before in ("if", "when", "whenever", "unless", "until", "once", "should", "lest"):
        # "when an engineer forgot" is told of the past, "if an engineer forgot" is not.
        return before in ("when", "until", "once")
    return True


def _predicate(clause: Clause, agent: Agent, at: int) -> Fault | None:
    """The accusation in the verb that begins at a token, or in one joined to it."""
    group = clause.group(at)
    if group.main < 0:
        return None
    fault = _judge(clause, agent, group)
    if fault is not None or group.modal:
        return fault
    return _joined(clause, agent, group.main)


def _judge(clause: Clause, agent: Agent, group: Group) -> Fault | None:
    pack, words, main = clause.pack, clause.words, group.main
    word = words[main]
    following = words[main + 1] if main + 1 < len(words) else ""
    sure = not (agent.doubtful or agent.who in (Who.THEY, Who.PERHAPS))
    if group.modal:
        return None
    certain = sure and agent.who in _SURE
    if group.be:
        return _judge_state(clause, agent, group)
    if group.negated:
        # "We did not notice" tells what there was to notice; the gate matrix asks about it.
        now = not {"do", "don't", "does", "doesn't"}.isdisjoint(words[max(0, main - 4) : main])
        past = (
            (group.did and not now)
            or words[main - 1] == "never"
            or {"had", "hadn't"} & set(words[max(0, main - 4) : main])
        )
        noticing = agent.who is Who.TEAM and word in _NOTICING
        if sure and not noticing and agent.who is not Who.WE and word in pack["cares"] and past:
            return Fault(agent, Manner.OMITTED, main, main)
        return denied(clause, agent, group)
    if following == "nothing" and word in pack["human faults"]:
        return None
    if certain and _is_definite(clause, agent) and (habit := _judge_present(clause, agent, main)):
        return habit
    if word in pack["human faults"]:
        if word in ("messed", "screwed", "goofed") and following not in ("up", "with", "."):
            return None
        return None if _is_passive_thing(clause, agent, word) else Fault(agent, Manner.OMITTED, main, main)
    if word == "failed" or (word == "fail" and group.did):
        return _judge_failed(clause, agent, main, sure)
    bent = word.startswith("mis") and word.endswith("ed") and word not in ("missed", "misled")
    if bent and (certain or agent.who is Who.TEAM) and not group.negated:
        return Fault(agent, Manner.OMITTED, main, main)
    if not sure:
        careful = agent.who is not Who.PERHAPS and not agent.doubtful
        if group.careless and word.endswith(("ed", "ran", "set", "put", "left")) and careful:
            return Fault(agent, Manner.SLIPPED, main, main)
        if agent.who is not Who.TEAM or not careful:
            return None
    if word in ("broke", "broken") and (
        "into" in words[main + 1 : main + 6] or following in ("for", "off", "through", "out", "even", "up", "down")
    ):
        return None
    if word == "bypassed" and {"broken", "faulty", "cache", "failed", "failing", "slow", "proxy"} & set(
        words[main : main + 4]
    ):
        return None
    if following in ("nothing", "no"):
        return None
    if word in pack["faults"] and not {
        "sleep",
        "lunch",
        "dinner",
        "weekend",
        "holiday",
        "target",
        "targets",
        "goal",
        "objective",
        "slo",
        "sla",
    } & set(words[main : main + 7]):
        return Fault(agent, Manner.OMITTED, main, main)
    if group.careless and clause.is_past(word):
        return Fault(agent, Manner.SLIPPED, main, main)
    return judge_object(clause, agent, main)


_FAULTS_NOW = listed("""
    forgets neglects overlooks misjudges misreads misunderstands mistypes ignores disregards botches panics mistakes
""")
_ACTS_NOW = listed("""
    drains restarts reboots deletes removes drops deploys pushes merges runs applies enters types selects picks copies
    disables enables stops shuts kills sends pastes clicks presses changes edits unplugs pulls turns
""")


def _is_definite(clause: Clause, agent: Agent) -> bool:
    """Whether one somebody is meant: "the operator", "Olivia", "on-call"; not "an engineer", "any reviewer"."""
    word = clause.words[agent.first]
    lead = clause.words[agent.first - 1] if agent.first else ""
    return word not in ("a", "an", "any", "every", "each", "no", "some") and lead not in (
        "when",
        "if",
        "whenever",
        "that",
        "once",
    )


def _judge_present(clause: Clause, agent: Agent, main: int) -> Fault | None:
    """ "on-call restarts the wrong service", "Marek always forgets the migration"."""
    words, word = clause.words, clause.words[main]
    if agent.who in (Who.SELF, Who.WE):
        return None
    careless = not clause.pack["careless adverbs"].isdisjoint(words[agent.last + 1 : main])
    if word in _FAULTS_NOW or (word in _ACTS_NOW and (careless or "wrong" in words[main + 1 : main + 5])):
        return Fault(agent, Manner.OMITTED, main, main)
    return None


def _is_passive_thing(clause: Clause, agent: Agent, word: str) -> bool:
    """Whether a word that might be a name belongs to a thing: "Kafka ignored the header"."""
    return agent.who is Who.PERHAPS and word in ("ignored", "missed", "overwrote", "misread")


def _judge_failed(clause: Clause, agent: Agent, main: int, sure: bool) -> Fault | None:
    """ "failed to …"; "failed over" and "failed the node over" are work, not fault."""
    if clause.words[main + 1 : main + 2] != ["to"] or agent.who is Who.PERHAPS:
        return None
    verb = next((word for word in clause.words[main + 2 : main + 5] if not word.endswith("ly")), "")
    if not sure and verb not in clause.pack["cares"]:
        return None
    if verb in ("reproduce", "find", "replicate", "repro", "connect", "login", "log", "reach", "recreate"):
        # What somebody tried without success is an account, not an accusation.
        return None
    return Fault(agent, Manner.OMITTED, main, main + 2)


def _judge_state(clause: Clause, agent: Agent, group: Group) -> Fault | None:
    """ "was careless", "is to blame", "was at fault", "was responsible for the outage"."""
    words, main = clause.words, group.main
    rest = words[main : main + 7]
    person = agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN, Who.SELF)
    if group.negated:
        lacking = rest[0] in clause.pack["diligent"] or rest[:2] == ["paying", "attention"]
        somebody = person or agent.who is Who.TEAM
        return Fault(agent, Manner.FAULT, main, main) if lacking and somebody and not agent.doubtful else None
    if person and not agent.doubtful and rest[0] in clause.pack["careless states"]:
        return Fault(agent, Manner.FAULT, main, main)
    if rest[:2] in (["at", "fault"], ["to", "blame"], ["in", "error"]):
        return Fault(agent, Manner.FAULT, main, main + 1)
    if "culprit" in rest[:3] or rest[0] == "guilty":
        return Fault(agent, Manner.FAULT, main, main + 1)
    if rest[:2] == ["responsible", "for"] and not clause.pack["harm"].isdisjoint(rest[2:6]):
        return Fault(agent, Manner.FAULT, main, main + 3)
    if rest[0] in clause.pack["fault adjectives"] and person and (rest[0] != "wrong" or agent.who is not Who.SELF):
        return Fault(agent, Manner.FAULT, main, main)
    if rest[0] in ("ignoring", "neglecting", "skipping", "bypassing", "misreading", "forgetting") and person:
        return Fault(agent, Manner.OMITTED, main, main)
    return None


def _joined(clause: Clause, agent: Agent, main: int) -> Fault | None:
    """A second verb of the same subject: "ran the script and forgot to …"."""
    words, pack = clause.words, clause.pack
    for place in range(main + 1, clause.end_of(main) - 1):
        word = words[place]
        if word in ("which", "that") or (word in pack["reporting"] and word != "but"):
            return None
        if word not in _LINKS:
            continue
        group = clause.group(place + 1)
        if group.main < 0 or group.be:
            continue
        verb = words[group.main]
        person = agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN, Who.SELF, Who.WE, Who.TEAM)
        cared = verb == "failed" and not pack["cares"].isdisjoint(words[group.main + 2 : group.main + 4])
        omitted = group.negated and group.did and verb in pack["cares"]
        slipped = group.careless and clause.is_past(verb)
        sure = agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN) and not agent.doubtful
        harms = sure and verb in pack["causing"] and not pack["harm"].isdisjoint(words[group.main + 1 : group.main + 6])
        wrong = harms or verb in pack["human faults"] or (sure and verb in pack["faults"])
        left = group.negated and words[group.main - 1] in ("never", "not")
        if person and not group.modal and (left or not group.negated) and not wrong and agent.who is not Who.WE:
            if not agent.doubtful and (idiom := idiom_at(words, place + 1)) is not None:
                return Fault(agent, idiom[0], group.main, idiom[1])
            if not wrong and sure and verb not in _MENDING and (worse := judge_object(clause, agent, group.main)):
                return worse
        if person and not group.modal and (wrong or cared or omitted or slipped):
            if wrong and group.negated:
                return None
            return Fault(agent, Manner.SLIPPED if slipped else Manner.OMITTED, group.main, group.main)
    return None


def _over_gap(clause: Clause, agent: Agent, at: int) -> Fault | None:
    """The verb after a clause or phrase about the subject: "the engineer who did the upgrade failed to …"."""
    words, pack = clause.words, clause.pack
    if words[at] in ("who", "that") and agent.who in (Who.ROLE, Who.NAMED) and at + 1 < len(words):
        harms = words[at + 1] in pack["causing"] and not pack["harm"].isdisjoint(words[at + 2 : at + 6])
        if harms or words[at + 1] in ("broke",):
            return Fault(agent, Manner.CAUSED, at + 1, at + 1)
        told = in_relative(clause, agent)
        if told is not None:
            return told
    if words[at] in ("we", "they", "he", "she", "i", "you") and agent.who is Who.ROLE and at + 2 < len(words):
        # "the contractor we hired made …".
        after = at + 3 if words[at + 1] in pack["have"] else at + 2
        told = _predicate(clause, agent, after) or _idiom(clause, agent, after)
        if told is not None:
            return told
    if words[at] == "," and agent.who in _SURE and not agent.doubtful:
        # "the engineer, in a hurry, pasted …".
        closing = next((place for place in range(at + 2, min(at + 15, len(words))) if words[place] == ","), -1)
        aside = _predicate(clause, agent, closing + 1) if closing > 0 else None
        if aside is not None:
            return aside
    if words[at] not in pack["gap openers"] and not words[at].endswith("ing") and words[agent.last] != "whoever":
        return None
    sure = agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN) and not agent.doubtful
    if sure and words[at] in ("from", "on", "of", "in", "at", "with"):
        # "a colleague from the billing squad deleted …": the verb after the phrase.
        for place in range(at + 2, min(at + 7, len(words))):
            if words[place] in pack["introducing"] or words[place] in pack["careless adverbs"]:
                if words[place - 1] in pack["be"]:
                    return None
                return _predicate(clause, agent, place) or _idiom(clause, agent, place)
            if not words[place][0].isalpha() or words[place] in pack["reporting"] | {"who"}:
                break
    if sure and words[at] in ("from", "on", "of", "in", "at", "with", "for", "who", "that", *_MEANT):
        # "the author of the patch had no idea …", "the developers who built this were incompetent".
        for place in range(at + (1 if words[at] in _MEANT else 2), min(at + 10, len(words))):
            if words[place] in CLAUSE_ENDS or words[place] == ",":
                break
            ahead = words[place] in pack["be"] | pack["have"] | pack["do"] | pack["negations"]
            told = _idiom(clause, agent, place) if ahead or clause.is_past(words[place]) else None
            if told is None and ahead and words[at] not in ("who", "that"):
                told = _predicate(clause, agent, place)
            if told is not None:
                return told
    opener = words[at] if words[at] not in (",", "(") else (words[at + 1] if at + 1 < len(words) else "")
    for place in range(at + 1, min(at + 18, len(words))):
        word = words[place]
        if word in CLAUSE_ENDS or (word in pack["reporting"] and word != opener):
            return None
        if place > at + 1 and word in ("which", "it", "they", "we", "i", "he", "she", "there") and opener != "while":
            return None
        if word in pack["human faults"] or (word == "failed" and words[place + 1 : place + 2] == ["to"]):
            # "the engineer on the team that forgot" was stopped above; a noun just before the verb is its subject
            # only where it is a machine's, and those do not forget.
            group = clause.group(clause.back(place))
            if group.modal or group.be or (not sure and word == "failed"):
                return None
            if word == "failed" and not clause.cares_after(place):
                return None
            return Fault(agent, Manner.OMITTED, place, place)
        lets = word == "let" and {"expire", "lapse"} & set(words[place : place + 5])
        if sure and (word in pack["faults"] or lets) and words[place - 1] not in pack["be"] | pack["have"]:
            return Fault(agent, Manner.OMITTED, place, place)
        if sure and word in pack["negations"] and (fault := _omitted_at(clause, agent, place)):
            return fault
        if sure and word in pack["careless adverbs"] and place + 1 < len(words) and clause.is_past(words[place + 1]):
            group = clause.group(clause.back(place))
            if words[place - 1] not in pack["be"] and not group.be:
                return Fault(agent, Manner.SLIPPED, place + 1, place + 1)
    return None


def _gerund(clause: Clause, agent: Agent, at: int) -> Fault | None:
    """ "resulted in Ariel misreading the graph"; not "to keep engineers from …", nor "the risk of somebody …"."""
    lead = clause.words[max(0, agent.first - 5) : agent.first]
    if not _PREVENTING.isdisjoint(lead):
        return None
    return Fault(agent, Manner.OMITTED, at, at)


def _omitted_at(clause: Clause, agent: Agent, place: int) -> Fault | None:
    """ "the author of the change did not realise …"."""
    group = clause.group(clause.back(place))
    if group.main < 0 or group.be or group.modal:
        return None
    if not (group.did or group.have) or clause.words[group.main] not in clause.pack["cares"]:
        return denied(clause, agent, group)
    if clause.words[group.main] in clause.pack["cares"]:
        return Fault(agent, Manner.OMITTED, group.main, group.main)
    return None
