"""The people of one sentence: heads of noun phrases, names, handles and pronouns, with where each phrase begins.

Knows the words of a pack, given names and the people it is told of. Refuses to say what they did: `predicates` does.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from afteraction.engine.language.given_names import AMBIGUOUS, CLEAR
from afteraction.engine.language.masking import THING
from afteraction.engine.language.not_people import MONTHS, NO_NAME_ENDINGS, NOT_PEOPLE
from afteraction.engine.language.words.pack import Pack, listed

_TOKEN = re.compile(
    rf"\[(?:[Nn]ame|NAME|redacted|REDACTED|person|engineer|username|user)\]|@[A-Za-z][\w-]*|[\w{THING}]+(?:[-'’.@][\w{THING}]+)*@?|\S"
)
_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-ž]+(?:-[A-ZÀ-Þ][a-zß-öø-ÿ]+)?$")
_NO_HANDLE = re.compile(r"@(?:here|channel|everyone|all|media|import|param|return|deprecated|override|types|babel|v?\d|latest|next|main|master)$", re.IGNORECASE)  # fmt: skip


_ASIDE = frozenset(
    ["had", "has", "then", "just", "also", "again", "first", "simply", "once", "still", "even", "never", "not"]
)
_PRONOUNS = listed("i me my mine myself we us our ours he she his her they you their your nobody no none neither")
_ONLY_PEOPLE = ("forgot", "neglected", "misjudged", "oversaw")
_ON_DUTY = (["on", "call"], ["on", "duty"], ["on", "shift"], ["on", "watch"], ["in", "charge"], ["in", "question"])
_SOME = frozenset({"one", "some", "two", "three", "several", "both", "member", "members", "group"})


_NO_NAME = (*NO_NAME_ENDINGS, "s")
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "miss", "herr", "frau", "mister"})
_TEAMS_THAT_DO = frozenset(
    [
        "support",
        "operations",
        "sales",
        "marketing",
        "finance",
        "engineering",
        "legal",
        "infra",
        "growth",
        "hr",
        "product",
        "procurement",
        "accounting",
    ]
)
_TEAM_VERBS = frozenset(
    [
        "did",
        "didn't",
        "forgot",
        "failed",
        "ignored",
        "closed",
        "never",
        "told",
        "missed",
        "had",
        "decided",
        "pushed",
        "refused",
        "approved",
        "skipped",
        "broke",
        "deleted",
        "deployed",
        "neglected",
        "changed",
        "insisted",
        "sent",
        "shipped",
        "gave",
        "accidentally",
        "mistakenly",
        "wrongly",
        "promised",
    ]
)
# What only people do, so that a word that no list knows is somebody's name.
_OF_PEOPLE = frozenset(
    [
        "forgot",
        "assumed",
        "decided",
        "typed",
        "clicked",
        "told",
        "merged",
        "approved",
        "signed",
        "shipped",
        "reviewed",
        "wrote",
        "promised",
        "insisted",
        "thought",
        "believed",
        "misread",
        "mistook",
        "misjudged",
        "neglected",
        "panicked",
        "admitted",
        "hurried",
        "rushed",
        "guessed",
        "chose",
        "ran",
        "pushed",
        "deployed",
        "deleted",
        "force-pushed",
        "nuked",
        "fat-fingered",
        "bothered",
        "pasted",
        "edited",
        "unplugged",
        "confused",
        "committed",
        "asked",
        "went",
        "skipped",
        "bypassed",
        "disabled",
        "overrode",
        "hard-coded",
        "silenced",
        "rebooted",
        "restarted",
        "dropped",
    ]
)


_ACTIVE = listed(
    "forgot wrote thought misread mistook went ran hurried panicked guessed chose believed assumed insisted promised"
)
_OBJECTS = listed("the a an our his her their its all both every this that these those straight without to it them")
_OF_MANAGERS = listed("""
    pressured insisted demanded told refused forbade urged bullied forced decided promised threatened dismissed
    approved overruled pushed wanted assumed believed thought forgot
""")


class Who(StrEnum):
    """How a sentence speaks of somebody. `PERHAPS` is a capitalised word that only a verb can make a person."""

    ROLE = "role"
    NAMED = "named"
    PRONOUN = "pronoun"
    SELF = "self"
    WE = "we"
    TEAM = "team"
    THEY = "they"
    PERHAPS = "perhaps"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign: as written, in small letters with plain apostrophes, and its place in the sentence."""

    text: str
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody: tokens `first` to `last` inclusive. `doubtful` heads may be parts of systems; `owns` is True for a
    possessive ("the operator's")."""

    first: int
    last: int
    who: Who
    doubtful: bool = False
    owns: bool = False


def tokens_of(sentence: str) -> list[Token]:
    """The words and signs of a masked sentence."""
    tokens = []
    for match in _TOKEN.finditer(sentence):
        text = match[0]
        # A plain word is its own small letters: one object, which `agents_in` asks about.
        word = text if text.islower() and text.isascii() else text.lower().replace("’", "'")
        tokens.append(Token(text, word, match.start(), match.end()))
    return tokens


def agents_in(tokens: list[Token], pack: Pack, known: frozenset[str] = frozenset()) -> list[Agent]:
    """Everybody in the sentence who might act, in order. `known` are words of names: a capital counts."""
    found: list[Agent] = []
    software = not pack["operator is software"].isdisjoint([token.word for token in tokens])
    skip = -1
    perhaps = _words_of_people(pack) | known
    for at, token in enumerate(tokens):
        if at <= skip or (token.text is token.word and _is_nobody(tokens, at, perhaps)):
            continue
        agent = _agent_at(tokens, at, pack, known, software)
        if agent is not None:
            found.append(agent)
            skip = agent.last
    return found


@lru_cache(maxsize=8)
def _words_of_people(pack: Pack) -> frozenset[str]:
    """The words that may be somebody when they are written small."""
    return _PRONOUNS | _TITLES | _TEAMS_THAT_DO | pack["people"] | pack["teams"] | pack["team members"]


def _is_nobody(tokens: list[Token], at: int, perhaps: frozenset[str]) -> bool:
    """Whether a plain word in small letters is nobody for certain: most words are, and this keeps reading fast."""
    word = tokens[at].word
    if word in perhaps or not word.isalpha():
        return False
    return at + 1 >= len(tokens) or tokens[at + 1].word not in _ONLY_PEOPLE


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
    if _only_people_do(tokens, at, pack):
        return Agent(at, at, Who.PERHAPS)
    if word in _TITLES and at + 1 < len(tokens):
        return _titled(tokens, at)
    if word in _TEAMS_THAT_DO and _does_as_team(tokens, at):
        return Agent(at, at, Who.TEAM)
    named = _named_at(tokens, at, word, owns, known)
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


def _titled(tokens: list[Token], at: int) -> Agent | None:
    """ "Mr Okonjo", "Dr. Weber's"."""
    name = at + 2 if tokens[at + 1].word == "." else at + 1
    if name >= len(tokens) or not tokens[name].text[0].isupper():
        return None
    last = _name_end(tokens, name)
    return Agent(at, last, Who.NAMED, owns=tokens[last].word.endswith("'s"))


def _does_as_team(tokens: list[Token], at: int) -> bool:
    """Whether a word such as "support" or "marketing" acts: at the beginning of a clause, before a verb of people."""
    if at + 1 >= len(tokens) or tokens[at + 1].word not in _TEAM_VERBS:
        return False
    return at == 0 or tokens[at - 1].word in ("customer", "and", "but", ":", ";", ",", "because", "that", "also")


def _nobody_at(tokens: list[Token], at: int, word: str) -> Agent | None:
    """ "nobody", "no one on the team": who left undone what somebody was to do."""
    if word in ("nobody", "no-one"):
        return Agent(at, at, Who.NOBODY)
    if word in ("no", "none", "neither") and at + 1 < len(tokens) and tokens[at + 1].word in ("one", "of"):
        return Agent(at, at + 1, Who.NOBODY)
    if word == "neither" and any(token.word == "nor" for token in tokens[at + 1 : at + 7]):
        return Agent(at, at, Who.NOBODY)
    return None


def _only_people_do(tokens: list[Token], at: int, pack: Pack) -> bool:
    """Whether an account name begins the sentence before a verb that only people have: "13:25: mlitn forgot to …"."""
    if at + 1 >= len(tokens) or tokens[at + 1].word not in _ONLY_PEOPLE:
        return False
    text = tokens[at].text
    first = at == 0 or tokens[at - 1].word in (":", "-", "–", "•", "|", "]", ")")
    return first and text[0].isalpha() and text.islower() and len(text) > 2 and text not in NOT_PEOPLE


def _named_at(tokens: list[Token], at: int, word: str, owns: bool, known: frozenset[str]) -> Agent | None:
    token = tokens[at]
    text = token.text[:-2] if owns and token.word.endswith("'s") else token.text
    if text[0] == "[" and len(text) > 2:
        return Agent(at, at, Who.NAMED)
    if text[0] == "@" and len(text) > 2:
        return None if _NO_HANDLE.match(text) else Agent(at, at, Who.NAMED, owns=owns)
    if text.endswith("@") and len(text) > 3:
        return Agent(at, at, Who.NAMED, owns=owns)
    if word in known or text in known:
        return Agent(at, _name_end(tokens, at), Who.NAMED, owns=owns)
    if (
        not _NAME.match(text)
        or word in MONTHS
        or (at and tokens[at - 1].word in ("the", "a", "an", "san", "via"))
        or (at and tokens[at - 1].word == "of" and word not in CLEAR)
    ):
        return None
    if word in NOT_PEOPLE and word not in CLEAR:
        return None
    if word in CLEAR:
        last = _name_end(tokens, at)
        owns = owns or tokens[last].word.endswith("'s")
        return Agent(at, last, Who.NAMED, owns=owns)
    if word in AMBIGUOUS:
        return Agent(at, at, Who.PERHAPS, owns=owns)
    if at and tokens[at - 1].word == ".":
        return None
    who = Who.NAMED if not owns and _does_as_people_do(tokens, at, word) else Who.PERHAPS
    return Agent(at, at, who, owns=owns)


def _does_as_people_do(tokens: list[Token], at: int, word: str) -> bool:
    """Whether what an unknown word with a capital does is what people do: "Tyrell ran …"; not "Jobs ran …"."""
    if word.endswith(_NO_NAME) or len(word) < 3:
        return False
    ahead = at + 1
    if tokens[ahead : ahead + 1] and tokens[ahead].word == ",":
        # "Aaliyah, in a rush to leave, shipped …".
        closing = (place for place in range(ahead + 2, min(ahead + 12, len(tokens))) if tokens[place].word == ",")
        ahead = next(closing, len(tokens)) + 1
    while ahead < min(at + 4, len(tokens)) and (tokens[ahead].word in _ASIDE or tokens[ahead].word.endswith("ly")):
        ahead += 1
    if ahead >= len(tokens) or tokens[ahead].word not in _OF_PEOPLE:
        return False
    # "Canary skipped." may have been skipped; "Tyrell skipped the canary" did.
    following = tokens[ahead + 1].word if ahead + 1 < len(tokens) else ""
    return tokens[ahead].word in _ACTIVE or following in _OBJECTS


def _name_end(tokens: list[Token], at: int) -> int:
    """The last token of a name that begins with a given name."""
    last = at
    while last + 1 < len(tokens) and last < at + 2:
        following = tokens[last + 1]
        plain = following.text.removesuffix("'s").removesuffix("’s")
        if not _NAME.match(plain) or (plain.lower() in NOT_PEOPLE and plain.lower() not in CLEAR):
            break
        last += 1
    return last


def _role_at(tokens: list[Token], at: int, word: str, owns: bool, pack: Pack, software: bool) -> Agent | None:
    before = tokens[at - 1].word if at else ""
    if before in ("no", "user", "per") or (
        before in pack["not before people"] and (word in pack["doubtful people"] or word.startswith("operator"))
    ):
        return None
    if software and word in ("operator", "operators"):
        return None
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if not owns and (following in pack["people"] or following in pack["things after people"]):
        return None
    if word == "human" and following in ("error", "errors", "factors", "being"):
        return None
    doubtful = word in pack["doubtful people"] and before not in pack["before doubtful people"]
    doubtful = doubtful and following not in _OF_MANAGERS
    # "Strimzi operator", "etcd operator": what is not said of people stands before the head.
    if word.startswith("operator") and at and before not in pack["before operators"] | pack["determiners"]:
        doubtful = doubtful or (before[0].isalpha() and before not in pack["prepositions"] | pack["be"])
    first, last = _phrase_start(tokens, at, pack), at
    if not owns and [token.word for token in tokens[at + 1 : at + 3]] in _ON_DUTY:
        last = at + 2
    return Agent(first, last, Who.ROLE, doubtful=doubtful, owns=owns)


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
        described = word in pack["fault adjectives"]
        if (word.endswith("ed") and not described) or word in pack["be"] or word in pack["modals"]:
            return first
        first -= 1
    return first if first == 0 else at
