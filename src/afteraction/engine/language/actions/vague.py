"""Actions that are only wishes: something to improve without a measure, an edge or a means (SPEC A2, S1).

Knows the words that make an action vague and what saves it. Refuses to judge an action that names a mechanism.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.actions.dates import said_date
from afteraction.engine.language.sought import Sought
from afteraction.engine.language.words import actions as words
from afteraction.engine.language.words.pack import listed

_WORD = re.compile(r"[^\W\d_][\w'’/-]*")
_FIGURE = re.compile(
    r"\d+(?:[.,]\d+)? ?(?:%|percent|ms\b|s\b|secs?\b|seconds?|mins?\b|minutes?|hours?|h\b|days?|weeks?|[kmgt]i?b\b|x\b|times\b|pods?\b|nodes?\b|replicas?\b|rps\b|qps\b|req\w*\b|/s)|\b(?:to|from|below|above|under|over|at least|at most|within|by) \d|[<>≥≤] ?\d|\bfrom \S+ to \S+"
    # The state that it ends in: "to shadow mode", "to warn", "to half".
    r"|\bto (?:an? |the )?(?!(?:good|better|higher|lower|acceptable|appropriate|reasonable|adequate|sufficient|safe|stable|normal|best|more|less|our|their)\b)(?:[\w-]+ )?(?:mode|tier|priority|severity)\b|\bto (?:zero|one|two|three|four|five|ten|half|a third|a quarter|warn(?:ing)?|info|debug|error|critical|tickets?|read-only|opt-in|advisory)\b(?!-)",
    re.IGNORECASE,
)
# The means: how it becomes better.
_MEANS = Sought(
    r"\bby (?!users?\b|the\b|our\b|all\b)\w+ing\b|\b(?:via|using|through) (?:an? |the )?\w+|\bwith (?!better|more|improved|our\b|the\b|other|each|all\b|team)(?:an? (?!better|more|focus|view)|automat\w+|synthetic|per[- ]|required)\w*|\bso that\b|\b(?:to|and) (?:include|show|reject|refuse|require|return|retry|log|print|display|block|contain|list|name|mention|accept|validate|emit|expose|record|warn|skip|abort|fail)\b|\bwhen \w+ \w+|\binstead of\b|\brequiring\b|\bwhich \w+s\b",
    re.IGNORECASE,
)
_TICKET = re.compile(r"#\d+|\b[A-Z]{2,10}-\d+\b|\bT\d{4,}\b|https?://")
_NAMED = re.compile(
    r"/[\w.-]+/[\w.-]+|\b\w+[._]\w{2,}\b|\b[a-z]+[A-Z]\w*|\b[A-Z][a-z]+[A-Z]\w*|\b(?=[\w-]*\d)[A-Za-z][\w-]{2,}|\b[a-z]{3,}-[a-z]{2,}(?:-[a-z]+)*\b|(?<=[a-z] )[A-Z]\w{2,}"
)
_NOT_NAMES = listed(
    "on-call post-mortem re-check alert-fatigue end-to-end long-term short-term copy-paste day-to-day user-friendly time-to-detect root-cause"
)
_MANNER = Sought(
    r"\b(?:earlier|sooner|faster|better|properly|correctly|carefully|thoroughly|quickly|consistently|in time|more often|more (?:quickly|reliably|carefully|easily|gracefully|safely|consistently|frequently|efficiently)|appropriately|adequately|gracefully|as soon as possible|where possible)\W*$",
    re.IGNORECASE,
)
_LEADS = listed(
    "please we i should need needs must will let's lets also have to want could would like then there be instead maybe perhaps possibly try the team our ought has"
)
# "Take measures", "do something about", "prevent this from happening again": nothing is said yet.
_EMPTY_PHRASE = Sought(
    r"^\W*(?:please |we (?:should|need to|must|will) |need to |let's )*(?:(?:take|put|introduce|adopt|implement|apply|define|do)\b(?: \w+){0,3} (?:measures?|(?<=necessary )steps|(?<=further )steps|(?<=take )steps|actions?|precautions|safeguards|something|a (?:better )?solution|solutions|ways?|improvements|changes|fixes|best practices)\b(?! (?:to|that) (?:block|reject|page|alert|fail|roll))"
    r"|(?:ensure|make sure|prevent|avoid|stop)\b.{0,60}\b(?:happens?|happening|occurs?|occurring|reoccurs?|recurs?|recurring)(?: to us)?(?: again)?|prevent (?:re-?occurrences?|recurrences?)|avoid (?:this|that|such|similar|these|it)\b(?: \w+){0,3}\W*$"
    r"|(?:work on|deal with|take care of|get better at|focus on|invest (?:more )?(?:time )?in|put more (?:effort|focus|time) in(?:to|on)|tackle|sort out|do something about|give more (?:thought|attention) to|prioriti[sz]e)\b|(?:do|have|write|run|perform) (?:more(?! than\b)|better) \w+|be better at\b)",
    re.IGNORECASE,
)
_SHOULD_BE = Sought(
    r"\b(?:should|must|needs? to|has to|have to) (?:also |really )?be (?:improved|better|enhanced|strengthened|optimi[sz]ed|streamlined|more \w+|clearer|easier|faster|addressed|handled better|simplified|hardened|made (?:more \w+|better|easier))\b|\bneeds? (?:some |more |better |a bit of )?(?:love|work|attention|improvement|improving|care|cleanup|cleaning)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r" (?:so that|so|to|before|because|in order)\b")
_BETTER = re.compile(
    r"\b(?:make|keep|get|leave|tune|adjust|change|refine|configure|update|rework|rewrite|refactor)\b.{1,90}?\b(?:(?:more|less) (?!than\b|configurable|explicit|visible|prominent|of\b)\w+|better|safer|easier|faster|simpler|clearer|stronger|quicker|smoother|robust|resilient|reliable|stable|scalable|maintainable|readable|understandable|secure|efficient|performant|user-friendly|responsive|predictable|flexible|bulletproof|foolproof|future-proof)\b",
    re.IGNORECASE,
)
_ENSURED = Sought(
    r"^(?:ensure|make sure|guarantee|provide|maintain|assure|promote)(?: that)?(?: \w+){0,3}? (?:stability|reliability|quality|availability|resilienc[ey]|robustness|durability|visibility|consistency|security|scalability|performance|readiness|transparency|alignment|understanding|safety|communication|coordination|coverage|awareness|responsiveness)\b|^(?:ensure|make sure)(?: that)? .{1,60}\b(?:is|are|be|stays?|remains?|works?|runs?) (?:\w+ly )?(?:properly|correctly|correct|adequate|appropriate|sufficient|reliable|stable|robust|resilient|healthy|good|up to date|working|in place|well|smooth|smoothly|safe|secure|scalable|as expected|maintained|ready|better)\b",
    re.IGNORECASE,
)


def is_vague(sentence: str) -> str:
    """The words that make an action vague (A2): a verb and something abstract, without a measure; "" where it is not."""
    dated = said_date(sentence)
    # A day is no measure: "improve monitoring by 15 April" is as vague as without it.
    sentence = sentence.replace(dated.shown, "").rstrip(" ,.") if dated else sentence
    if words.ENFORCED.search(sentence) or words.PERMISSION.search(sentence) or _FIGURE.search(sentence):
        return ""
    said = _said(sentence)
    if not said:
        return ""
    means = _MEANS.search(sentence)
    for pattern in (_EMPTY_PHRASE, _ENSURED):
        found = pattern.search(sentence)
        if found and not means:
            return found[0].strip()
    better = (
        None if means else _BETTER.match(" ".join(_WORD.findall(sentence)[len(_WORD.findall(sentence)) - len(said) :]))
    )
    if better:
        return " ".join(said[:4])
    manner = None if words.GUARD.search(sentence) or means else _MANNER.search(_PURPOSE.split(sentence, maxsplit=1)[0])
    if manner:
        return manner[0].strip(" .")
    passive = None if means else _SHOULD_BE.search(sentence)
    return passive[0] if passive else _abstract(said, sentence, means is not None)


def is_comparison(sentence: str) -> bool:
    """Whether the words are only more or better of something: "better communication between teams"."""
    found = _WORD.match(sentence)
    return found is not None and found[0].lower() in words.COMPARATIVES


def names_thing(sentence: str, code: tuple[str, ...] = ()) -> str:
    """A system, file, metric, route or population that the words name, "" where they name none."""
    if code:
        return code[0]
    found = next(
        (each for each in _NAMED.finditer(sentence) if each.start() and each[0].lower() not in _NOT_NAMES), None
    )
    return found[0] if found else ""


def is_nowhere(sentence: str, code: tuple[str, ...] = ()) -> bool:
    """Whether a vague action also names nothing that it would change (S1): "improve paging", "set up better dashboards"."""
    said = _said(sentence)
    if any(word in words.COMPARATIVES for word in said[: 3 if said and said[0] in words.ADDING_VERBS else 2]):
        return True
    if names_thing(sentence, code):
        return False
    known = (
        words.NO_CONTENT
        | words.PREPOSITIONS
        | words.ABSTRACT
        | words.EMPTY_OBJECTS
        | words.GENERIC
        | words.LESSENED
        | words.COMPARATIVES
    )
    return not [word for word in said[1:] if word not in known and word not in _FILLERS]


def is_generic(sentence: str) -> str:
    """What an action works on where that could be anything ("update the documentation"), "" otherwise (S1)."""
    said = _said(sentence)
    if (
        len(said) < 2
        or len(said) > 7
        or said[0] not in words.PLAIN_VERBS
        or names_thing(sentence)
        or _FIGURE.search(sentence)
    ):
        return ""
    content = [word for word in said[1:] if word not in words.NO_CONTENT and word not in words.COMPARATIVES]
    if all(
        word in words.ABSTRACT or word in words.EMPTY_OBJECTS or word in words.GENERIC or word in _FILLERS
        for word in content
    ):
        return " ".join(said[1:])
    return ""


_FILLERS = listed(
    "new relevant related necessary needed required existing current internal external important critical missing underlying root cause known open remaining outstanding various several many other accordingly where possible now again as soon and or"
)


def _said(sentence: str) -> list[str]:
    said = [word.lower().strip("-/'’") for word in _WORD.findall(sentence)]
    while said and said[0] in _LEADS:
        said = said[1:]
    return said


def _abstract(said: list[str], sentence: str, means: bool) -> str:
    """Whether what is to become better is abstract: "better monitoring of namespaces"."""
    verb, rest = said[0], said[1:]
    verb = verb[:-1] if verb.endswith("d") and verb[:-1] in words.VAGUE_VERBS else verb
    object_words = _first_phrase(rest)
    content = [word for word in object_words if word not in words.NO_CONTENT]
    shown = " ".join(said[:4])
    if verb in words.COMPARATIVES or verb in ("less", "fewer"):
        figured = means and not re.search(r"\bwhen\b", sentence)
        plain = verb in ("clear", "good", "proper", "additional", "further", "wider", "closer", "greater")
        head = object_words[-1] if object_words else ""
        return "" if figured or not rest or rest[0] == "than" or (plain and head not in words.ABSTRACT) else shown
    if means:
        return ""
    if verb in words.IMPROVING_VERBS:
        return "" if verb == "increase" and content and content[-1] in words.SETTINGS else shown
    if verb in words.FIXING_VERBS:
        return _nothing_to_fix(content, rest, sentence, shown)
    if verb in words.LESSENING_VERBS:
        head = content[-1] if content else ""
        return shown if head not in words.SETTINGS else ""
    if verb in words.TIDYING_VERBS:
        empty = all(word in words.ABSTRACT or word in words.GENERIC or word in words.EMPTY_OBJECTS for word in content)
        return shown if empty and len(rest) <= 7 and not names_thing(sentence) else ""
    if verb in words.ADDING_VERBS or said[:2] == ["set", "up"] or said[:3] == ["put", "in", "place"]:
        return _nothing_added(content, object_words, rest, shown)
    if (
        verb in words.OPEN_LEADS
        and content
        and len(said) <= 4
        and content[-1] in words.ABSTRACT | words.GENERIC
        and not _TICKET.search(sentence)
    ):
        return shown
    return ""


def _nothing_to_fix(content: list[str], rest: list[str], sentence: str, shown: str) -> str:
    if _TICKET.search(sentence) or names_thing(sentence):
        return ""
    beyond = [word for word in rest if word not in words.NO_CONTENT and word not in words.PREPOSITIONS]
    core = [word for word in content if word not in words.EMPTY_OBJECTS and word not in _FILLERS]
    if {"stuff", "things"} & set(content):
        return shown
    if core and not all(word in words.ABSTRACT for word in core):
        return ""
    left = [
        word
        for word in beyond
        if word not in words.EMPTY_OBJECTS | words.ABSTRACT | words.GENERIC and word not in _FILLERS
    ]
    return "" if left else shown


def _nothing_added(content: list[str], object_words: list[str], rest: list[str], shown: str) -> str:
    comparative = next((at for at, word in enumerate(object_words[:4]) if word in words.COMPARATIVES), -1)
    if comparative >= 0:
        counted = object_words[comparative] in ("additional", "further", "more") and {"an", "one", "two"} & set(
            object_words[:comparative]
        )
        left = [word for word in object_words if word not in words.NO_CONTENT and word not in words.COMPARATIVES]
        return shown if not counted and left and (left[-1] in words.ABSTRACT or left[-1].endswith("ing")) else ""
    empty = bool(content) and all(word in words.ABSTRACT | words.EMPTY_OBJECTS for word in content)
    return (
        shown
        if empty and len(rest) == len(object_words) and "an" not in object_words[:1] and "a" not in object_words[:1]
        else ""
    )


def _first_phrase(rest: list[str]) -> list[str]:
    """The object: up to the first word that opens another phrase."""
    end = next((at for at, word in enumerate(rest) if at and word in words.PREPOSITIONS), len(rest))
    return rest[:end]


__all__ = ("is_generic", "is_nowhere", "is_vague", "names_thing")
