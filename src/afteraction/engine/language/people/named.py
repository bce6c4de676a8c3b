"""Names in a sentence: given names, handles, titles, and words with a capital that do what only people do.

Knows given names and the people it is told of. Refuses to take a product, a month or a place for somebody.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.people.given_names import AMBIGUOUS, CLEAR
from afteraction.engine.language.people.not_people import MONTHS, NO_NAME_ENDINGS, NOT_PEOPLE
from afteraction.engine.language.people.somebody import Agent, Token, Who
from afteraction.engine.language.words.pack import listed

_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-ž]+(?:-[A-ZÀ-Þ][a-zß-öø-ÿ]+)?$")
_NO_HANDLE = re.compile(r"@(?:here|channel|everyone|all|media|import|param|return|deprecated|override|types|babel|v?\d|latest|next|main|master)$", re.IGNORECASE)  # fmt: skip
_ASIDE = listed("""
    had has then just also again first simply once still even never not
""")
_NO_NAME = (*NO_NAME_ENDINGS, "s")
TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "miss",
        "herr",
        "frau",
        "mister",
        "gm",
        "sgt",
        "capt",
        "cpt",
        "lt",
        "cpl",
        "insp",
        "cmdr",
        "sir",
        "madam",
        "mme",
        "sr",
        "sra",
    }
)
OF_PEOPLE = listed("""
    forgot assumed decided typed clicked told merged approved signed shipped reviewed wrote promised insisted
    thought believed misread mistook misjudged neglected panicked admitted hurried rushed guessed chose ran pushed
    deployed deleted force-pushed nuked fat-fingered bothered pasted edited unplugged confused committed asked went
    tagged uploaded keyed unlocked waived overruled overlooked pressed handed abused confounded erased wired booked
    skipped bypassed disabled overrode hard-coded silenced rebooted restarted dropped
""")
_ACTIVE = listed(
    "forgot wrote thought misread mistook went ran hurried panicked guessed chose believed assumed insisted promised"
)
_OBJECTS = listed("the a an our his her their its all both every this that these those straight without to it them")


def named_at(tokens: list[Token], at: int, word: str, owns: bool, known: frozenset[str]) -> Agent | None:
    """Somebody whose name stands at a token, PERHAPS where only a verb can tell; None otherwise."""
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
    if "-" in text and text[0].isupper() and set(word.removesuffix("'s").split("-")) <= _SYLLABLES:
        return Agent(at, at, Who.NAMED, owns=owns)
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
    people = not owns and (_does_as_people_do(tokens, at, word) or _is_told_of_people(tokens, at, word))
    who = Who.NAMED if people else Who.PERHAPS
    return Agent(at, at, who, owns=owns)


def titled(tokens: list[Token], at: int) -> Agent | None:
    """ "Mr Okonjo", "Dr. Weber's"."""
    name = at + 2 if tokens[at + 1].word == "." else at + 1
    if name >= len(tokens) or not tokens[name].text[0].isupper():
        return None
    last = _name_end(tokens, name)
    return Agent(at, last, Who.NAMED, owns=tokens[last].word.endswith("'s"))


def only_people_do(tokens: list[Token], at: int) -> bool:
    """Whether an account name begins the sentence before a verb that only people have: "13:25: mlitn forgot to …"."""
    if at + 1 >= len(tokens) or tokens[at + 1].word not in ("forgot", "neglected", "misjudged", "oversaw"):
        return False
    text = tokens[at].text
    first = at == 0 or tokens[at - 1].word in (":", "-", "–", "•", "|", "]", ")")
    return first and text.isalpha() and text.islower() and len(text) > 2 and text not in NOT_PEOPLE


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
    if ahead >= len(tokens) or tokens[ahead].word not in OF_PEOPLE:
        return False
    # "Canary skipped." may have been skipped; "Tyrell skipped the canary" did.
    following = tokens[ahead + 1].word if ahead + 1 < len(tokens) else ""
    return tokens[ahead].word in _ACTIVE or following in _OBJECTS


_SYLLABLES = listed(
    "jun ho woo hyun min ji soo young seo jin kyung hee sung tae dong jae yong won hoon eun mi yoon chan seok hye su na ra kyu joon bin wei xiao ming li hong mei yu jie fang hui ling yan qing feng"
)


def _is_told_of_people(tokens: list[Token], at: int, word: str) -> bool:
    """Whether what stands beside an unknown word with a capital is said of people: "Zdeněk, who", "Anika was supposed
    to", "Jun-ho", "Vasquez and Lindqvist both assumed"."""
    if word.endswith(_NO_NAME) or len(word) < 3:
        return False
    after = [token.word for token in tokens[at + 1 : at + 4]]
    if after[:1] == ["who"] or (after[:2] == [",", "who"] and at and tokens[at - 1].word == "by"):
        return True
    if (
        after[:1] == ["was"]
        and after[1:2]
        and after[1] in ("supposed", "asked", "told", "meant", "convinced", "unaware", "asleep")
    ):
        return True
    if after[:1] == ["and"] and at + 3 < len(tokens) and _NAME.match(tokens[at + 2].text):
        verb = at + 4 if after[2:3] == ["both"] and at + 4 < len(tokens) else at + 3
        return tokens[verb].word in _ACTIVE
    return False


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
