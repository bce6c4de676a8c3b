"""What a line of a timeline concludes rather than tells: culprits, reasons, adjectives (LI).

Knows the words of conclusion and the neutral form of a line. Refuses to drop a fact: a reason is only asked about, an
adjective is left out.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from functools import lru_cache

from afteraction.engine.language.words.pack import Pack, listed

WORDS = listed("""
    because since due owing caused culprit culprits should root cause turned obviously apparently clearly must unfortunately sadly
    luckily fortunately finally probably presumably hence therefore thus responsible blame blamed reason led evidently surprisingly
    strangely mysteriously foolishly wrongly mistakenly accidentally incorrectly hastily thankfully consequently stupidly somehow
    needlessly inexplicably erroneously inadvertently belatedly eventually naively carelessly
""")
_REASON = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|caused by|as a (?:result|consequence) of|which (?:caused|led to|broke|meant)|(?:this|that|it) (?:caused|led to|broke|meant)|turn(?:s|ed) out(?: to be| that)?|must have|should(?:n['’]t| not)? have|could have|would have|(?:was|is|are|were) (?:responsible for|to blame|the reason)|hence|therefore|thus|consequently|for this reason)\b"
    r"|\bculprits?\b|\b(?:found|identified|determined|discovered|located|confirmed|established) (?:as )?(?:the|a) (?:likely |probable |actual |underlying |root )*(?:cause|reason|culprit)\b"
    r"|\broot[ -]causes? (?:was |is |has been |had been )?(?:identified|found|determined|discovered|confirmed|located|established|isolated|known|is|was|:)",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"\b(?:obviously|apparently|clearly|unfortunately|sadly|luckily|fortunately|thankfully|probably|presumably|evidently|surprisingly|strangely|mysteriously|inexplicably|foolishly|stupidly|needlessly|naively|carelessly|hastily|wrongly|mistakenly|erroneously|accidentally|inadvertently|incorrectly|belatedly|somehow|finally),? ?",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?P<lead>\W*(?:\d{4}-\d\d-\d\d[T ,]*)?(?:\d{1,2}:\d\d(?::\d\d)?(?: ?(?:UTC|Z|[A-Z]{2,4}|[AaPp][Mm]))?[\s:–—|*_\])-]*)*)"
)


def inference_in(sentence: str, pack: Pack) -> tuple[int, int, str] | None:
    """Where a line of a timeline concludes or judges, with its neutral form; "" where leaving words out would lose a
    fact. None where it tells what was seen or done."""
    adjective = _adjectives(pack["timeline adjectives"]).search(sentence)
    comment = _COMMENTS.search(sentence)
    found = adjective or comment
    if found is not None:
        neutral = _adjectives(pack["timeline adjectives"]).sub("", _COMMENTS.sub("", sentence))
        return found.start(), len(sentence[: found.end()].rstrip(" ,")), _led(sentence, neutral)
    reason = _REASON.search(sentence)
    return (reason.start(), reason.end(), "") if reason else None


@lru_cache(maxsize=8)
def _adjectives(words: frozenset[str]) -> re.Pattern[str]:
    either = "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))
    return re.compile(
        rf"\b(?:{either})\s+(?=[\w`'\"{chr(0xE000)}])(?!(?:gateway|request|block|path|hosts?|sectors?|pipe|link|count|state|status|in|of|was|is|on|at|for|to|and|or|as|has|from)\b)",
        re.IGNORECASE,
    )


def _led(sentence: str, neutral: str) -> str:
    """The neutral form beginning with a capital where the sentence did."""
    at = _LEAD.match(sentence)
    first = at.end() if at else 0
    rest = _LEAD.match(neutral)
    begin = rest.end() if rest else 0
    if first < len(sentence) and sentence[first].isupper() and begin < len(neutral):
        neutral = neutral[:begin] + neutral[begin].upper() + neutral[begin + 1 :]
    return " ".join(neutral.split())
