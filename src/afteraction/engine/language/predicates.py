"""What a sentence says that somebody did wrong: the verb of a person, or the person behind a passive.

Knows verbs, adverbs, negation and modality as a pack lists them. Refuses to say how loud that is: `findings` does.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from afteraction.engine.language.agents import Agent, Token, Who
from afteraction.engine.language.words.pack import Pack, listed

_CLAUSE_ENDS = listed(". ; : | – — ? !")
# Taking away what is broken mends; taking away what is "wrong" does not.
_TAKING_AWAY = listed("removed disabled deleted stopped restarted shut rebooted dropped")
_TELLING = listed("""
    noticed saw found spotted flagged withdrew replaced debugged investigated asked checked traced rolled excluded avoided rejected questioned mentioned documented diagnosed uncovered explained recognised recognized repaired resolved discovered reported identified confirmed observed realized realised reverted fixed corrected detected
    determined
""")
_PREVENTING = listed("""
    prevent prevents preventing avoid avoids stop stops risk risks chance possibility likelihood without against
    keep if instead than from for no potential
""")
_BELITTLING = frozenset(
    {
        "careless",
        "negligent",
        "sloppy",
        "reckless",
        "inattentive",
        "incompetent",
        "lazy",
        "irresponsible",
        "clueless",
        "inexperienced",
    }
)
_MENDING = frozenset({"back", "out", "off", "away", "from", "for", "about"})
_LINKS = listed("and but then or")


class Manner(StrEnum):
    """In which way somebody is accused."""

    OMITTED = "omitted"
    SLIPPED = "slipped"
    UNCHECKED = "unchecked"
    WRONG = "wrong"
    CAUSED = "caused"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Fault:
    """An accusation: of whom, in which manner, and the tokens from `verb` to `last` that say so."""

    agent: Agent
    manner: Manner
    verb: int
    last: int


@dataclass(slots=True)
class _Group:
    """A verb with what stands before it: adverbs, negation, modality, a form of be, have or do."""

    main: int = -1
    careless: bool = False
    negated: bool = False
    modal: bool = False
    be: bool = False
    have: bool = False
    did: bool = False


class Clauses:
    """One sentence and what is said of people in it."""

    def __init__(self, tokens: list[Token], pack: Pack) -> None:
        self.tokens = tokens
        self.pack = pack
        self.words = [token.word for token in tokens]

    def fault_of(self, agent: Agent) -> Fault | None:
        """What the sentence says that the agent did wrong, or None."""
        if agent.owns:
            return self._owned_fault(agent)
        return self._as_subject(agent) or self._after_by(agent) or self._beside_noun(agent) or self._blamed(agent)

    # The agent as the subject.

    def _as_subject(self, agent: Agent) -> Fault | None:
        at = agent.last + 1
        certain = agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN) and not agent.doubtful
        if certain and at < len(self.words) and self.words[at] in self.pack["fault gerunds"]:
            return self._gerund(agent, at)
        if not self._may_be_subject(agent):
            return None
        # "the author and the reviewers failed": the last of them carries the verb.
        found = self._predicate(agent, at)
        if found is None and at < len(self.words):
            found = self._over_gap(agent, at)
        return found

    def _may_be_subject(self, agent: Agent) -> bool:
        """False for "by the developer failed to start", "paging the operator failed" and "if an engineer forgets"."""
        before = self.words[agent.first - 1] if agent.first else ""
        earlier = self.words[agent.first - 2] if agent.first > 1 else ""
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
        if before in self.pack["prepositions"] and before not in ("after", "before", "at", "than", "like", "as"):
            return before in ("of",) and earlier in ("one", "some", "members", "member", "group", "all", "both")
        if before in ("let", "lets", "help", "helps", "make", "allow", "allows", "allowed", "no", "not", "prevent"):
            return False
        if before in ("if", "when", "whenever", "unless", "until", "once", "should", "lest"):
            # "when an engineer forgot" is told of the past, "if an engineer forgot" is not.
            return before in ("when", "until", "once")
        return True

    def _predicate(self, agent: Agent, at: int) -> Fault | None:
        """The accusation in the verb that begins at a token, or in one joined to it."""
        group = self._group(at)
        if group.main < 0:
            return None
        fault = self._judge(agent, group)
        if fault is not None or group.modal:
            return fault
        return self._joined(agent, group.main)

    def _group(self, at: int) -> _Group:
        pack, words = self.pack, self.words
        group = _Group()
        for place in range(at, min(at + 7, len(words))):
            word = words[place]
            if word in ("'d", "'s", "'ve", "'re"):
                continue
            if word in pack["careless adverbs"]:
                group.careless = True
            elif word in pack["modals"]:
                group.modal = True
            elif word in pack["negations"]:
                group.negated = True
                group.did |= word[:3] in ("did", "don", "doe")
                group.be |= word in pack["be"]
                group.have |= word in pack["have"]
            elif word in pack["be"]:
                group.be = True
            elif word in pack["have"] and not (word in ("had", "has", "have") and self._is_object_next(place + 1)):
                group.have = True
            elif word == "did" and not self._is_object_next(place + 1):
                group.did = True
            elif word in ("by", "mistake") or word in pack["adverbs"] or (word.endswith("ly") and len(word) > 4):
                continue
            else:
                group.main = place
                break
        return group

    def _is_object_next(self, place: int) -> bool:
        """Whether a noun phrase follows: "had the wrong key", "did the upgrade"."""
        if place >= len(self.words):
            return True
        word = self.words[place]
        return word in self.pack["determiners"] or word in self.pack["prepositions"] or not (word[0].isalpha())

    def _judge(self, agent: Agent, group: _Group) -> Fault | None:
        pack, words, main = self.pack, self.words, group.main
        word = words[main]
        following = words[main + 1] if main + 1 < len(words) else ""
        sure = not (agent.doubtful or agent.who in (Who.TEAM, Who.THEY, Who.PERHAPS))
        if group.modal:
            return None
        if group.be:
            return self._judge_state(agent, group)
        if group.negated:
            # "We did not notice" tells what there was to notice; the gate matrix asks about it.
            past = group.did or words[main - 1] == "never" or {"had", "hadn't"} & set(words[max(0, main - 4) : main])
            if sure and agent.who is not Who.WE and word in pack["cares"] and past:
                return Fault(agent, Manner.OMITTED, main, main)
            return None
        if word in pack["human faults"]:
            if word in ("messed", "screwed", "goofed") and following not in ("up", "with", "."):
                return None
            return None if self._is_passive_thing(agent, word) else Fault(agent, Manner.OMITTED, main, main)
        if word == "failed" or (word == "fail" and group.did):
            return self._judge_failed(agent, main, sure)
        if not sure:
            careful = agent.who is not Who.PERHAPS and not agent.doubtful
            if group.careless and word.endswith(("ed", "ran", "set", "put", "left")) and careful:
                return Fault(agent, Manner.SLIPPED, main, main)
            return None
        if word in pack["faults"] and not {"sleep", "lunch", "dinner", "weekend", "holiday"} & set(
            words[main : main + 7]
        ):
            return Fault(agent, Manner.OMITTED, main, main)
        if group.careless and self._is_past(word):
            return Fault(agent, Manner.SLIPPED, main, main)
        return self._judge_object(agent, main)

    def _is_passive_thing(self, agent: Agent, word: str) -> bool:
        """Whether a word that might be a name belongs to a thing: "Kafka ignored the header"."""
        return agent.who is Who.PERHAPS and word in ("ignored", "missed", "overwrote", "misread")

    def _is_past(self, word: str) -> bool:
        return word.endswith("ed") or word in self.pack["introducing"] or word in (
            "ran", "set", "put", "left", "made", "sent", "began", "took", "brought", "shut", "cut", "hit", "did", "gave", "wrote", "undid",
        )  # fmt: skip

    def _judge_failed(self, agent: Agent, main: int, sure: bool) -> Fault | None:
        """ "failed to …"; "failed over" and "failed the node over" are work, not fault."""
        if self.words[main + 1 : main + 2] != ["to"] or agent.who is Who.PERHAPS:
            return None
        verb = next((word for word in self.words[main + 2 : main + 5] if not word.endswith("ly")), "")
        if not sure and verb not in self.pack["cares"]:
            return None
        if verb in ("reproduce", "find", "replicate", "repro", "connect", "login", "log", "reach", "recreate"):
            # What somebody tried without success is an account, not an accusation.
            return None
        return Fault(agent, Manner.OMITTED, main, main + 2)

    def _judge_state(self, agent: Agent, group: _Group) -> Fault | None:
        """ "was careless", "is to blame", "was at fault", "was responsible for the outage"."""
        if group.negated:
            return None
        words, main = self.words, group.main
        rest = words[main : main + 7]
        if rest[:2] in (["at", "fault"], ["to", "blame"], ["in", "error"]):
            return Fault(agent, Manner.FAULT, main, main + 1)
        if "culprit" in rest[:3] or rest[0] == "guilty":
            return Fault(agent, Manner.FAULT, main, main + 1)
        if rest[:2] == ["responsible", "for"] and not self.pack["harm"].isdisjoint(rest[2:6]):
            return Fault(agent, Manner.FAULT, main, main + 3)
        person = agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN, Who.SELF)
        if rest[0] in self.pack["fault adjectives"] and person and (rest[0] != "wrong" or agent.who is not Who.SELF):
            return Fault(agent, Manner.FAULT, main, main)
        if rest[0] in ("ignoring", "neglecting", "skipping", "bypassing", "misreading", "forgetting") and person:
            return Fault(agent, Manner.OMITTED, main, main)
        return None

    def _judge_object(self, agent: Agent, main: int) -> Fault | None:
        """What stands after the verb: a bad object, "without review", "by mistake", harm that is caused."""
        pack, words = self.pack, self.words
        end = self._clause_end(main)
        rest = words[main + 1 : end]
        word = words[main]
        if word in ("made", "committed", "introduced") and not pack["fault nouns"].isdisjoint(rest[:5]):
            if "no" in rest[:2]:
                return None
            return Fault(agent, Manner.FAULT, main, min(main + 3, end - 1))
        owned = agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN)
        if word == "introduced" and owned and {"bug", "bugs", "regression", "defect", "vulnerability"} & set(rest[:4]):
            return Fault(agent, Manner.CAUSED, main, min(main + 2, end - 1))
        if word == "slept" and "through" in rest[:1]:
            return Fault(agent, Manner.OMITTED, main, main + 1)
        if word in pack["causing"] and not pack["harm"].isdisjoint(rest[:6]):
            return Fault(agent, Manner.CAUSED, main, min(main + 3, end - 1))
        if word in ("took", "brought", "knocked") and not pack["downing"].isdisjoint(rest[:7]):
            harmed = not {"production", "site", "prod", "website", "service", "database", "everything"}.isdisjoint(
                rest[:7]
            )
            return Fault(agent, Manner.CAUSED, main, min(main + 3, end - 1)) if harmed else None
        if word == "let" and {"expire", "lapse", "slip"} & set(rest[:5]):
            return Fault(agent, Manner.OMITTED, main, main + 1)
        if word == "got" and "wrong" in rest[:5]:
            return Fault(agent, Manner.WRONG, main, main + 1)
        if word == "lacked" or (word == "thought" and "wrongly" in rest):
            return Fault(agent, Manner.FAULT, main, main + 1)
        if word not in pack["introducing"] and not (word.endswith("ed") or word in ("did", "had")):
            return None
        return self._judge_rest(agent, main, rest)

    def _judge_rest(self, agent: Agent, main: int, rest: list[str]) -> Fault | None:
        pack = self.pack
        for place, each in enumerate(rest):
            if each in ("that", "which"):
                break
            if each == "by" and rest[place + 1 : place + 2] in (["mistake"], ["accident"]):
                return Fault(agent, Manner.SLIPPED, main, main + 2 + place)
        # What follows "that", "which" … is said of something else.
        for place, each in enumerate(rest):
            purpose = each == "to" and rest[place + 1 : place + 2] and rest[place + 1] not in pack["determiners"]
            if each in pack["reporting"] or purpose:
                rest = rest[:place]
                break
        told = self.words[main] in _TELLING
        for place, each in enumerate(rest):
            at = main + 1 + place
            nxt = rest[place + 1] if place + 1 < len(rest) else ""
            if each == "in" and nxt == "error" and not told:
                return Fault(agent, Manner.SLIPPED, main, at + 1)
            if each == "without" and not told:
                near = rest[place + 1 : place + 5]
                if near and near[0] not in pack["harmless after without"] and not pack["missing care"].isdisjoint(near):
                    return Fault(agent, Manner.UNCHECKED, main, at)
            if each in pack["careless adverbs"] and not told and place <= 8 and each != "prematurely":
                return Fault(agent, Manner.SLIPPED, main, at)
        if self.words[main] in _TAKING_AWAY:
            mended = "that" in self.words[main:] or "which" in self.words[main:]
            return Fault(agent, Manner.WRONG, main, main + 1) if "wrong" in rest[:4] and not mended else None
        if not told and {"wrong"} & set(rest[:6]) and not _MENDING & set(rest[:2]) and self.words[main].endswith("ed"):
            return Fault(agent, Manner.WRONG, main, main + 1 + rest.index("wrong"))
        if self.words[main] in pack["introducing"]:
            for place, each in enumerate(rest[:6]):
                if each in pack["bad objects"] and not self._is_removal(rest[:place]):
                    return Fault(agent, Manner.WRONG, main, main + 1 + place)
        return None

    def _is_removal(self, before: list[str]) -> bool:
        """ "rolled back the bad deploy", "issued a fix for the broken …" mend something."""
        return not {
            "back",
            "out",
            "fix",
            "revert",
            "rollback",
            "patch",
            "for",
            "away",
            "off",
            "from",
            "aside",
            "about",
        }.isdisjoint(before)

    def _clause_end(self, start: int) -> int:
        for place in range(start + 1, min(start + 30, len(self.words))):
            if self.words[place] in _CLAUSE_ENDS:
                return place
        return min(start + 30, len(self.words))

    def _joined(self, agent: Agent, main: int) -> Fault | None:
        """A second verb of the same subject: "ran the script and forgot to …"."""
        words, pack = self.words, self.pack
        for place in range(main + 1, self._clause_end(main) - 1):
            word = words[place]
            if word in ("which", "that") or (word in pack["reporting"] and word != "but"):
                return None
            if word not in _LINKS:
                continue
            group = self._group(place + 1)
            if group.main < 0 or group.be:
                continue
            verb = words[group.main]
            person = agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN, Who.SELF, Who.WE, Who.TEAM)
            cared = verb == "failed" and not pack["cares"].isdisjoint(words[group.main + 2 : group.main + 4])
            omitted = group.negated and group.did and verb in pack["cares"]
            slipped = group.careless and self._is_past(verb)
            sure = agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN) and not agent.doubtful
            harms = (
                sure and verb in pack["causing"] and not pack["harm"].isdisjoint(words[group.main + 1 : group.main + 6])
            )
            wrong = harms or verb in pack["human faults"] or (sure and verb in pack["faults"])
            if person and not group.modal and (wrong or cared or omitted or slipped):
                if wrong and group.negated:
                    return None
                return Fault(agent, Manner.SLIPPED if slipped else Manner.OMITTED, group.main, group.main)
        return None

    def _over_gap(self, agent: Agent, at: int) -> Fault | None:
        """The verb after a clause or phrase about the subject: "the engineer who did the upgrade failed to …"."""
        words, pack = self.words, self.pack
        if words[at] in ("who", "that") and agent.who in (Who.ROLE, Who.NAMED) and at + 1 < len(words):
            harms = words[at + 1] in pack["causing"] and not pack["harm"].isdisjoint(words[at + 2 : at + 6])
            if harms or words[at + 1] in ("broke",):
                return Fault(agent, Manner.CAUSED, at + 1, at + 1)
        if words[at] not in pack["gap openers"] and not words[at].endswith("ing"):
            return None
        sure = agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN) and not agent.doubtful
        if sure and words[at] in ("from", "on", "of", "in", "at", "with"):
            # "a colleague from the billing squad deleted …": the verb after the phrase.
            for place in range(at + 2, min(at + 7, len(words))):
                if words[place] in pack["introducing"] or words[place] in pack["careless adverbs"]:
                    return self._predicate(agent, place) if words[place - 1] not in pack["be"] else None
                if not words[place][0].isalpha() or words[place] in pack["reporting"] | {"who"}:
                    break
        opener = words[at] if words[at] not in (",", "(") else (words[at + 1] if at + 1 < len(words) else "")
        for place in range(at + 1, min(at + 18, len(words))):
            word = words[place]
            if word in _CLAUSE_ENDS or (word in pack["reporting"] and word != opener):
                return None
            if (
                place > at + 1
                and word in ("which", "it", "they", "we", "i", "he", "she", "there")
                and opener != "while"
            ):
                return None
            if word in pack["human faults"] or (word == "failed" and words[place + 1 : place + 2] == ["to"]):
                # "the engineer on the team that forgot" was stopped above; a noun just before the verb is its subject
                # only where it is a machine's, and those do not forget.
                group = self._group(self._back(place))
                if group.modal or group.be or (not sure and word == "failed"):
                    return None
                if word == "failed" and not self._cares_after(place):
                    return None
                return Fault(agent, Manner.OMITTED, place, place)
            lets = word == "let" and {"expire", "lapse"} & set(words[place : place + 5])
            if sure and (word in pack["faults"] or lets) and words[place - 1] not in pack["be"] | pack["have"]:
                return Fault(agent, Manner.OMITTED, place, place)
            if sure and word in pack["negations"] and (fault := self._omitted_at(agent, place)):
                return fault
            if sure and word in pack["careless adverbs"] and place + 1 < len(words) and self._is_past(words[place + 1]):
                group = self._group(self._back(place))
                if words[place - 1] not in pack["be"] and not group.be:
                    return Fault(agent, Manner.SLIPPED, place + 1, place + 1)
        return None

    def _gerund(self, agent: Agent, at: int) -> Fault | None:
        """ "resulted in Ariel misreading the graph"; not "to keep engineers from …", nor "the risk of somebody …"."""
        lead = self.words[max(0, agent.first - 5) : agent.first]
        if not _PREVENTING.isdisjoint(lead):
            return None
        return Fault(agent, Manner.OMITTED, at, at)

    def _omitted_at(self, agent: Agent, place: int) -> Fault | None:
        """ "the author of the change did not realise …"."""
        group = self._group(self._back(place))
        if group.main < 0 or group.be or group.modal or not (group.did or group.have):
            return None
        if self.words[group.main] in self.pack["cares"]:
            return Fault(agent, Manner.OMITTED, group.main, group.main)
        return None

    def _back(self, place: int) -> int:
        """The first auxiliary or adverb that belongs to the verb at a token."""
        aside = self.pack["be"] | self.pack["have"] | self.pack["do"] | self.pack["modals"] | self.pack["adverbs"]
        while place > 0 and self.words[place - 1] in aside | self.pack["careless adverbs"]:
            place -= 1
        return place

    def _cares_after(self, place: int) -> bool:
        return not self.pack["cares"].isdisjoint(self.words[place + 2 : place + 4])

    # The agent behind a passive or a noun.

    def _after_by(self, agent: Agent) -> Fault | None:
        words = self.words
        before = words[agent.first - 1] if agent.first else ""
        if agent.who is Who.PERHAPS or before not in ("by", "to", "of"):
            return None
        lead = words[max(0, agent.first - 12) : agent.first]
        if not {
            "not",
            "never",
            "wasn't",
            "isn't",
            "weren't",
            "no",
            "blameless",
            "could",
            "might",
            "may",
            "can",
        }.isdisjoint(lead[-6:]):
            return None
        if agent.doubtful or agent.who in (Who.THEY, Who.TEAM):
            return None
        if before == "by":
            return self._judge_by(agent, lead)
        if lead[-2:] in (["due", "to"], ["because", "of"]) or lead[-2:] == ["result", "of"]:
            return self._as_cause(agent)
        return None

    def _judge_by(self, agent: Agent, lead: list[str]) -> Fault | None:
        pack = self.pack
        verb = lead[-2] if len(lead) > 1 else ""
        at = agent.first - 2
        slipped = not pack["careless adverbs"].isdisjoint(lead[-5:])
        if verb in ("caused", "forgotten", "overlooked", "misjudged", "misconfigured", "neglected", "ignored", "mistyped", "broken", "mishandled", "misread", "botched"):  # fmt: skip
            return self._as_cause(agent) if verb == "caused" else Fault(agent, Manner.CAUSED, at, agent.last)
        told = not {"declares", "declared", "reported", "reports", "opened", "acknowledged"}.isdisjoint(lead)
        near = lead[-5:] if verb in ("triggered", "provoked") else lead
        if (
            verb in ("triggered", "introduced", "created", "made", "provoked")
            and not pack["harm"].isdisjoint(near)
            and not told
        ):
            return Fault(agent, Manner.CAUSED, at, agent.last)
        judged = verb in ("judgement", "judgment", "decision", "choice", "call") and {
            "poor",
            "bad",
            "wrong",
            "questionable",
        } & set(lead[-4:])
        if judged or verb in pack["fault nouns"] or (slipped and self._is_past(verb)):
            return Fault(agent, Manner.SLIPPED if slipped else Manner.FAULT, at, agent.last)
        if verb == "made" and not pack["fault nouns"].isdisjoint(lead[-6:]):
            return Fault(agent, Manner.FAULT, at, agent.last)
        return None

    def _as_cause(self, agent: Agent) -> Fault | None:
        """ "caused by an engineer …": not a person's request, query or account."""
        if agent.who in (Who.SELF, Who.WE) and agent.last + 1 >= len(self.words):
            return Fault(agent, Manner.CAUSED, agent.first, agent.last)
        following = self.words[agent.last + 1] if agent.last + 1 < len(self.words) else ""
        ends = following in ("", ".", ",", "who", "and", "while", "when", "(", ";", "on", "in", "at", "during", "not")
        return Fault(agent, Manner.CAUSED, agent.first, agent.last) if ends or following.endswith("ing") or following in self.pack["careless adverbs"] else None  # fmt: skip

    def _owned_fault(self, agent: Agent) -> Fault | None:
        """ "the operator's mistake", "my fault", "Anna's failure to …"."""
        words = self.words
        after = words[agent.last + 1 : agent.last + 5]
        if after[:1] == ["'"]:
            after = after[1:]
        lead = words[max(0, agent.first - 4) : agent.first]
        if not {"not", "isn't", "wasn't", "never", "nobody", "whose"}.isdisjoint(lead):
            return None
        for place, word in enumerate(after[:3]):
            if word in self.pack["fault nouns"]:
                tolerant = word in (
                    "failure",
                    "error",
                    "errors",
                    "confusion",
                    "misunderstanding",
                    "misconfiguration",
                    "slip",
                    "haste",
                )
                if tolerant and not (word == "failure" and "to" in after[place : place + 2]) and not {"due", "of", "by", "caused", "was", "because"} & set(lead):  # fmt: skip
                    return None
                return Fault(agent, Manner.FAULT, agent.first, agent.last + place + 1)
            if word.endswith("ed") or word in self.pack["prepositions"]:
                return None
        return None

    def _beside_noun(self, agent: Agent) -> Fault | None:
        """ "operator oversight", "error on the part of the engineer", "the fault lies with the author"."""
        words, pack = self.words, self.pack
        following = words[agent.last + 1] if agent.last + 1 < len(words) else ""
        if (
            agent.who is Who.ROLE
            and following in pack["bare fault nouns"]
            and not agent.doubtful | (words[agent.last] in ("human", "person"))
        ):
            after = words[agent.last + 2 : agent.last + 4]
            if after[:1] and after[0] in ("committee", "board", "process"):
                return None
            return Fault(agent, Manner.FAULT, agent.last, agent.last + 1)
        of_whom = words[max(0, agent.first - 3) : agent.first]
        if (
            of_whom[-1:] == ["of"]
            and of_whom[-2:-1]
            and of_whom[-2] in ("fault", "mistake", "oversight", "negligence", "carelessness")
            and agent.who in (Who.ROLE, Who.NAMED)
            and not {"not", "isn't", "wasn't", "no", "never"} & set(words[max(0, agent.first - 6) : agent.first])
        ):
            return Fault(agent, Manner.FAULT, max(0, agent.first - 2), agent.last)
        described = words[agent.first : agent.last]
        if (
            agent.who is Who.ROLE
            and _BELITTLING & set(described)
            and not {"should", "could", "may", "might", "if", "can", "would", "even"} & set(words)
        ):
            return Fault(agent, Manner.FAULT, agent.first, agent.last)
        lead = words[max(0, agent.first - 6) : agent.first]
        blamed = lead[-4:] == ["on", "the", "part", "of"] and not pack["fault nouns"].isdisjoint(
            words[max(0, agent.first - 8) : agent.first]
        )
        if blamed or (
            lead[-1:] == ["with"]
            and not {"lies", "lay", "rests"}.isdisjoint(lead)
            and not {"fault", "blame", "responsibility"}.isdisjoint(words[max(0, agent.first - 8) : agent.first])
        ):
            return Fault(agent, Manner.FAULT, max(0, agent.first - 4), agent.last)
        return None

    def _blamed(self, agent: Agent) -> Fault | None:
        """ "the culprit was Anna", "we blame the deployer", "the cause was an engineer who …"."""
        words = self.words
        if agent.who in (Who.PERHAPS, Who.THEY, Who.TEAM) or agent.doubtful:
            return None
        lead = words[max(0, agent.first - 7) : agent.first]
        if not {"not", "never", "isn't", "wasn't", "no", "than", "without", "don't", "nobody"}.isdisjoint(lead):
            return None
        near = lead[-4:]
        if "culprit" in lead and ("was" in near or "is" in near or ":" in near):
            return Fault(agent, Manner.FAULT, max(0, agent.first - 2), agent.last)
        if "culprit" in words[: agent.first] and lead[-2:] in (
            ["made", "by"],
            ["written", "by"],
            ["committed", "by"],
            ["merged", "by"],
        ):
            return Fault(agent, Manner.FAULT, agent.first - 2, agent.last)
        if near[-1:] in (["blame"], ["blamed"], ["blaming"]):
            return Fault(agent, Manner.FAULT, agent.first - 1, agent.last)
        if (
            near[-2:] in (["cause", "was"], ["cause", "is"], ["cause", ":"], ["causes", ":"])
            and agent.who is not Who.WE
        ):
            return self._as_cause(agent)
        return None

    def person_as_cause(self, agents: list[Agent]) -> Fault | None:
        """In a field of causes: a person alone ("the on-call engineer"), or a person's deed ("John deployed it")."""
        for agent in agents:
            if agent.owns or agent.doubtful or agent.who not in (Who.ROLE, Who.NAMED, Who.PRONOUN):
                continue
            if agent.first != 0:
                continue
            following = agent.last + 1
            if following >= len(self.words) or self.words[following] in (".", ","):
                return Fault(agent, Manner.CAUSED, agent.first, agent.last)
            group = self._group(following)
            plain = group.main >= 0 and not (group.modal or group.be or group.negated)
            if plain and (self.words[group.main] in self.pack["introducing"]):
                return Fault(agent, Manner.CAUSED, group.main, group.main)
        return None
