"""The people of one sentence: heads of noun phrases, names, handles and pronouns, with where each phrase begins.

Knows the words of a pack. Refuses to say what they did: `predicates` does, and to know names: `named` does.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
from __future__ import annotations

import re
from functools import lru_cache

from afteraction.engine.language.people.bodies import body_at
from afteraction.engine.language.people.given_names import CLEAR
from afteraction.engine.language.people.named import OF_PEOPLE, TITLES, named_at, only_people_do, titled
from afteraction.engine.language.people.not_people import NOT_PEOPLE
from afteraction.engine.language.people.somebody import Agent, Token, Who, tokens_of
from afteraction.engine.language.words.lapses import DEFICIENT
from afteraction.engine.language.words.occupations import DEPARTMENTS, GROUPS, OF_GROUPS, OF_MASTERS, OF_WORKERS
from afteraction.engine.language.words.pack import Pack, listed

__all__ = ("Agent", "Token", "Who", "agents_in", "tokens_of")
_ON_DUTY = (["on", "call"], ["on", "duty"], ["on", "shift"], ["on", "watch"], ["in", "charge"], ["in", "question"])
_ON_DUTY_HEADS = frozenset({"controller", "driver", "worker", "agent", "dispatcher", "handler", "scheduler", "agents"})
_HEADS = frozenset(
    {"leader", "leaders", "lead", "leads", "director", "architect", "chief", "supervisor", "planner", "coordinator"}
)
_WORKERS = frozenset({"worker", "workers", "driver", "drivers", "handler", "handlers", "controller", "scheduler"})
_SOME = frozenset({"one", "some", "two", "three", "several", "both", "member", "members", "group"})
_TEAMS_THAT_DO = (
    listed("""
    hq headquarters support operations sales marketing finance engineering legal infra growth hr product
    procurement accounting
""")
    | DEPARTMENTS
)
_TEAM_VERBS = listed("""
    made uploaded knew assumed overrode double-booked released erased misread entered keyed typed booked paid authorised
    authorized signed waived ordered bypassed disabled unplugged silenced mishandled wired installed chose doubled
    switched ran turned loaded imported mixed confused mistook misread muddled
    asks listens tests consults answers
    did didn't forgot failed ignored closed never told missed had decided pushed refused approved skipped broke
    deleted deployed neglected changed insisted sent shipped gave accidentally mistakenly wrongly promised let sat
    launched cut dragged kept overruled rushed
""")
_OF_MANAGERS = listed("""
    pressured insisted demanded told refused forbade urged bullied forced decided promised threatened dismissed
    approved overruled pushed wanted assumed believed thought forgot
    typed keyed pressed clicked pasted phoned emailed mailed called asked misread mistook misjudged underestimated
    misunderstood overlooked neglected confused mixed hurried rushed panicked guessed hesitated dithered chose opted
    wrote signed insisted downplayed argued agreed walked went slept sat waved nodded shrugged brushed lied hid faked
    wired unplugged plugged spilled spilt tripped cut drove dug drilled fat-fingered fumbled botched bungled muddled
    messed screwed goofed ordered booked filed read knew saw said wasted postponed procrastinated took gave tried
    typing keying forgetting thinking assuming believing misreading mistaking hurrying rushing guessing choosing
    asleep absent unaware distracted careless tired drunk convinced supposed told asked warned trained busy away
        too clicked keyed merged restarted-everything loaded opened released parked let dismissed waived failed-to
    jumped trusted relied granted swore shouted handed left shared
""")
_DOES_TO = listed("the a an our their his her all every both two three nobody no it them this that to out without over")
ONLY_PEOPLE = frozenset({"forgot", "neglected", "misjudged", "oversaw"})
_HUMAN_THINGS = listed("""
    error errors factor factors being nature mistake mistakes failure failures side intervention resources oversight
    slip slips resource readable review check element aspect cause causes origin condition lapse action actions
""")
_OUTSIDERS = listed(
    "customer client guest visitor tenant passenger subscriber patient attacker caller shopper reseller"
)
_ONE_OF = listed("a an one himself herself itself")
_PRONOUNS = listed("""
    i me my mine myself we us our ours he she his her they you their your nobody no-one no none neither
""")


@lru_cache(maxsize=8)
def heads_of(pack: Pack) -> frozenset[str]:
    """Words in small letters that may stand for somebody."""
    return (
        _PRONOUNS
        | TITLES
        | _TEAMS_THAT_DO
        | GROUPS
        | _WORKERS
        | {"one", "ones", "master"}
        | pack["people"]
        | pack["teams"]
        | pack["team members"]
    )


def agents_in(tokens: list[Token], pack: Pack, known: frozenset[str] = frozenset()) -> list[Agent]:
    """Everybody in the sentence who might act, in order. `known` are words of names: a capital counts."""
    found: list[Agent] = []
    words = [token.word for token in tokens]
    software = not pack["operator is software"].isdisjoint(words)
    passed = _passed_over(pack)
    accounts = not ONLY_PEOPLE.isdisjoint(words)
    skip = -1
    for at, token in enumerate(tokens):
        # Most words are nobody: they are passed over before anything dearer is asked.
        if at <= skip:
            continue
        if not known and not accounts and (nobody := passed[token[0]]) and (at or nobody > 1):
            continue
        agent = _agent_at(tokens, at, pack, known, software)
        if agent is not None:
            found.append(agent)
            skip = agent.last
    if not found or found[0].first > 4 or found[0].who is Who.PERHAPS:
        body = body_at(tokens, pack)
        if body is not None and not (found and found[0].first <= body.last and found[0].who is not Who.PERHAPS):
            found = [body, *(each for each in found if each.first > body.last)]
    return found


class _PassedOver(dict[str, int]):
    """Whether a word as written is nobody: 2 wherever it stands, 1 but at the beginning, 0 where it may be somebody. So
    many words are remembered."""

    def __init__(self, heads: frozenset[str]) -> None:
        self._heads = heads

    def __missing__(self, text: str) -> int:
        nobody = self._nobody(text, text.lower().replace("’", "'"))
        if len(text) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[text] = nobody
        return nobody

    def _nobody(self, text: str, word: str) -> int:
        if word in self._heads or text[0] in "[@" or word[-1] == "@":
            return 0
        if not text[0].isalpha():
            return 1
        plain = word.isalpha() and word not in CLEAR
        if text[0].islower():
            return (2 if plain else 1) if "'" not in word else 0
        return 2 if plain and word in NOT_PEOPLE and word not in _ON_DUTY_HEADS else 0


_LONGEST_KEPT, _MOST_KEPT = 32, 20_000


@lru_cache(maxsize=8)
def _passed_over(pack: Pack) -> _PassedOver:
    return _PassedOver(heads_of(pack))


def _agent_at(tokens: list[Token], at: int, pack: Pack, known: frozenset[str], software: bool) -> Agent | None:
    token = tokens[at]
    word, owns = token.word, False
    if word.endswith("'s"):
        word, owns = word[:-2], True
    elif at + 1 < len(tokens) and tokens[at + 1].word == "'" and word.endswith("s"):
        owns = True
    if word in ("i", "me", "my", "mine", "myself"):
        return Agent(at, at, Who.SELF, owns=word in ("my", "mine"))
    if word in ("we", "us", "our", "ours"):
        # "our engineer" is the engineer.
        return Agent(at, at, Who.WE, owns=word == "ours") if word != "our" else None
    if word in ("he", "she", "his", "her"):
        return Agent(at, at, Who.PRONOUN, owns=word in ("his", "her"))
    if word in ("they", "you", "their", "your"):
        return Agent(at, at, Who.THEY, owns=word in ("their", "your"))
    nobody = _nobody_at(tokens, at, word)
    if nobody is not None:
        return nobody
    if only_people_do(tokens, at):
        return Agent(at, at, Who.PERHAPS)
    if word in TITLES and at + 1 < len(tokens):
        return titled(tokens, at)
    if word in _TEAMS_THAT_DO and _does_as_team(tokens, at):
        return Agent(at, at, Who.TEAM)
    group = _group_at(tokens, at, word, owns, pack)
    if group is not None:
        return group
    named = named_at(tokens, at, word, owns, known)
    people = word in pack["people"] or word in pack["teams"]
    if named is not None and not (people and named.who is Who.PERHAPS):
        return named
    if word in pack["people"]:
        return _role_at(tokens, at, word, owns, pack, software)
    if word in pack["team members"]:
        before = tokens[at - 1].word if at else ""
        after = [each.word for each in tokens[at + 1 : at + 5]]
        if before in pack["before members"]:
            return Agent(_phrase_start(tokens, at, pack), at, Who.ROLE, owns=owns)
        last = next((place for place, each in enumerate(after) if each in pack["before members"]), 0)
        if after[:1] == ["of"] and last:
            return Agent(_phrase_start(tokens, at, pack), at + 1 + last, Who.ROLE, owns=owns)
        return None
    if word in pack["teams"]:
        if at + 1 < len(tokens) and tokens[at + 1].word in pack["team members"]:
            return None
        return Agent(_phrase_start(tokens, at, pack), at, Who.TEAM, owns=owns)
    return None


def _group_at(tokens: list[Token], at: int, word: str, owns: bool, pack: Pack) -> Agent | None:
    """ "the billing group", "Night shift", "Team Orca", "the one who …", "hannes tagged …"."""
    before = tokens[at - 1].word if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if word in GROUPS and (before in OF_GROUPS or word in ("noc", "soc", "personnel")):
        return (
            None
            if after is not None and after.word in pack["people"]
            else Agent(_phrase_start(tokens, at, pack), at, Who.TEAM, owns=owns)
        )
    duty = [token.word for token in tokens[at + 1 : at + 3]] in _ON_DUTY
    if duty and word in _ON_DUTY_HEADS:
        return Agent(_phrase_start(tokens, at, pack), at + 2, Who.ROLE)
    if (word in _WORKERS and before in OF_WORKERS) or (word == "master" and before in OF_MASTERS):
        return Agent(_phrase_start(tokens, at, pack), at, Who.ROLE, owns=owns)
    if word == "team" and tokens[at].text[0].isupper() and after is not None and after.text[0].isupper():
        return Agent(at, at + 1, Who.TEAM, owns=after.word.endswith("'s"))
    if (
        word == "one"
        and before not in ("no", "any", "each", "every", "the")
        and after is not None
        and after.word == "of"
        and [token.word for token in tokens[at + 2 : at + 3]] in (["us"], ["ours"], ["them"])
    ):
        return Agent(at, at + 2, Who.ROLE)
    if word in ("one", "ones") and before in ("the", "very", "only") and after is not None and after.word == "who":
        return Agent(at - 1, at, Who.ROLE)
    if (
        at == 0
        and (word in CLEAR or "-" in word[1:] or "_" in word)
        and after is not None
        and tokens[at].text.islower()
    ):
        ahead = at + 2 if after.word in pack["adverbs"] and at + 2 < len(tokens) else at + 1
        named = word in CLEAR or re.fullmatch(r"[a-z]{3,}[-_][a-z]", word)
        return (
            Agent(at, at, Who.NAMED)
            if named
            and (
                tokens[ahead].word in OF_PEOPLE
                or (
                    word in CLEAR
                    and (
                        tokens[ahead].word.endswith("ed")
                        or tokens[ahead].word in ("didn't", "never", "had", "was", "hadn't", "did")
                    )
                )
            )
            else None
        )
    return None


def _does_as_team(tokens: list[Token], at: int) -> bool:
    """Whether a word such as "support" or "marketing" acts: at the beginning of a clause, before a verb of people."""
    ahead = (
        at + 2 if at + 2 < len(tokens) and tokens[at + 1].word in ("has", "had", "also", "then", "simply") else at + 1
    )
    if tokens[at].word in ("it", "hr", "qa", "noc") and not tokens[at].text.isupper():
        return False
    if ahead >= len(tokens):
        return False
    verb = tokens[ahead].word
    if verb not in _TEAM_VERBS | {"known"}:
        # "Marketing mailed the whole list": what is done to something is done by somebody.
        done = verb.endswith("ed") and len(verb) > 4 and ahead + 1 < len(tokens)
        if not (done and tokens[ahead + 1].word in _DOES_TO) or verb in ("needed", "required", "moved", "involved"):
            return False
    if at and tokens[at].text[0].isupper() and tokens[at - 1].text[0].isupper():
        # "Network Engineering made …".
        return True
    return at == 0 or tokens[at - 1].word in (
        "customer",
        "and",
        "but",
        ":",
        ";",
        ",",
        "because",
        "that",
        "also",
        "since",
        "when",
        "after",
        "as",
        "while",
        "until",
    )


def _nobody_at(tokens: list[Token], at: int, word: str) -> Agent | None:
    """ "nobody", "no one on the team": who left undone what somebody was to do."""
    if word in ("nobody", "no-one"):
        return Agent(at, at, Who.NOBODY)
    if word in ("no", "none", "neither") and at + 1 < len(tokens) and tokens[at + 1].word in ("one", "of"):
        return Agent(at, at + 1, Who.NOBODY)
    if word == "neither" and any(token.word == "nor" for token in tokens[at + 1 : at + 7]):
        return Agent(at, at, Who.NOBODY)
    return None


def _role_at(tokens: list[Token], at: int, word: str, owns: bool, pack: Pack, software: bool) -> Agent | None:
    before = tokens[at - 1].word if at else ""
    if (
        before in ("no", "per")
        or (before == "user" and not word.startswith("admin"))
        or (
            before in pack["not before people"]
            and (word in pack["doubtful people"] or word.startswith("operator"))
            and not (word.startswith("architect"))
        )
    ):
        return None
    if software and word in ("operator", "operators"):
        return None
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if not owns and (following in pack["people"] or following in pack["things after people"]):
        return None
    if word == "human" and following in _HUMAN_THINGS:
        return None
    doubtful = word in pack["doubtful people"] and before not in pack["before doubtful people"]
    doubtful = doubtful and not _does_what_people_do(tokens, at) and not (word in _HEADS and before in OF_GROUPS)
    doubtful = doubtful and not before.endswith("'s")
    # "Strimzi operator", "etcd operator": what is not said of people stands before the head.
    if word.startswith("operator") and at and before not in pack["before operators"] | pack["determiners"]:
        doubtful = doubtful or (before[0].isalpha() and before not in pack["prepositions"] | pack["be"])
    if (
        following == ","
        and {token.word for token in tokens[at + 2 : at + 6 : 1]} & _OUTSIDERS
        and at + 2 < len(tokens)
        and tokens[at + 2].word in _ONE_OF
    ):
        # "The list owner, a customer, …".
        return None
    first, last = _phrase_start(tokens, at, pack), at
    if not owns and [token.word for token in tokens[at + 1 : at + 3]] in _ON_DUTY:
        last = at + 2
    return Agent(first, last, Who.ROLE, doubtful=doubtful, owns=owns)


def _does_what_people_do(tokens: list[Token], at: int) -> bool:
    """Whether what follows a doubtful head is what people alone do or are: "the manager promised", "was on leave"."""
    ahead = at + 1
    while ahead < min(at + 4, len(tokens)) and (
        tokens[ahead].word in ("had", "has", "then", "also", "just", "simply", "who", "was", "never", "having")
        or tokens[ahead].word.endswith("ly")
    ):
        ahead += 1
    return ahead < len(tokens) and tokens[ahead].word in _OF_MANAGERS


def _phrase_start(tokens: list[Token], at: int, pack: Pack) -> int:
    """Where the noun phrase of a head begins: at its determiner, or at the first word of the sentence."""
    first = at
    while first > 0 and at - first < 5:
        word = tokens[first - 1].word
        if word in pack["determiners"]:
            # "one of the contractors" is somebody too.
            if first > 1 and tokens[first - 2].word in ("the", "these", "those", "both", "our", "all"):
                first -= 1
            some = first > 2 and tokens[first - 2].word == "of" and tokens[first - 3].word in _SOME
            return first - 3 if some else first - 1
        if word in pack["prepositions"] or not word[0].isalnum() or word in ("and", "or", "but", "that", "which"):
            return first
        described = word in pack["fault adjectives"] or word in DEFICIENT
        if (word.endswith("ed") and not described) or word in pack["be"] or word in pack["modals"]:
            return first
        first -= 1
    return first if first == 0 else at
