"""What a document without a heading is about: the line above its status, else its first sentence.

Knows how exports and notes begin. Refuses to take a label, a time, a template's advice or a list for a title.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.formats.postmortem.layout import SECTION_WORDS, Layout, Line, Shape
from afteraction.formats.postmortem.moments import moments
from afteraction.formats.postmortem.wording import SENTENCE_END, plain

LONGEST = 110
_OPENING = 40
_SHORTEST_WORDS = 4
_STATUS = re.compile(r"^\W*(?:status|state|severity|priority)\W*[:=]\s*\S", re.IGNORECASE)
_ADVICE = re.compile(
    r"\b(?:this is a template|replace (?:the |these )?(?:notes|text)|save the incident report|your own description|there is currently no text|this is a short|still a draft|work (?:is )?(?:still )?in progress|opened as a placeholder)\b|^\W*(?:note|draft|tl;?dr|todo)\b",
    re.IGNORECASE,
)
_TIME_FIRST = re.compile(r"^\W*\d{1,2}[:.]\d\d\b")
_SHOUTED = re.compile(r"^[^a-z]+$")


def heading_in_words(layout: Layout) -> str:
    """A title of at most LONGEST characters, or nothing."""
    lines = [line for line in layout.lines if line.shape not in (Shape.BLANK, Shape.FRONT, Shape.CODE)][:_OPENING]
    return _above_status(lines) or _first_sentence(lines)


def _above_status(lines: list[Line]) -> str:
    """The line that stands right above "Status: …", as exports of incident tools put it."""
    for index, line in enumerate(lines):
        if not _STATUS.match(line.raw):
            continue
        # A long title wraps once.
        for first in (index - 2, index - 1):
            above = lines[max(0, first) : index]
            text = " ".join(one.content for one in above)
            whole = all(one.shape is Shape.TEXT and not one.content.endswith((".", ":")) for one in above)
            if above and whole and _may_be_title(text):
                return cut_title(plain(text))
    return ""


def _may_be_title(text: str) -> bool:
    words = text.split()
    return 3 <= len(words) <= 18 and not text.endswith((".", ":")) and not moments(text) and not _SHOUTED.match(text)


def _first_sentence(lines: list[Line]) -> str:
    """The first sentence of running text, cut at a word."""
    for index, line in enumerate(lines):
        text = line.content
        if line.shape is not Shape.TEXT or SECTION_WORDS.fullmatch(text.strip(" :")) or _TIME_FIRST.match(text):
            continue
        wrapped = [other.content for other in lines[index : index + 6]]
        upto = next((at for at, other in enumerate(lines[index : index + 6]) if other.shape is not Shape.TEXT), 6)
        paragraph = plain(" ".join(wrapped[: max(1, upto)]))
        if _ADVICE.search(paragraph) or len(paragraph.split()) < _SHORTEST_WORDS or _SHOUTED.match(text):
            continue
        bare = paragraph
        for item in moments(paragraph):
            bare = bare.replace(item.text, "")
        if len(bare.split()) < _SHORTEST_WORDS:
            continue
        end = SENTENCE_END.search(paragraph)
        return cut_title((paragraph[: end.start()] if end else paragraph).rstrip(". "))
    return ""


def cut_title(text: str) -> str:
    """At most LONGEST characters, ended at a pause or a word."""
    if len(text) <= LONGEST:
        return text
    head = text[: LONGEST - 1]
    at = max(head.rfind(", "), head.rfind("; "), head.rfind(" – "))
    return (head[:at] if at > LONGEST // 2 else head.rsplit(" ", 1)[0]).rstrip(" ,;–") + "…"
