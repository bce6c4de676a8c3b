"""What a document says did not work, and for whom: its own sentence under "Impact".

Knows the label and the heading, with text beside or below. Refuses to find harm in running text, and to take a window
of time or a list of figures for a sentence.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterator

from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.formats.postmortem.layout import Layout, Line, Shape
from afteraction.formats.postmortem.moments import moments
from afteraction.formats.postmortem.wording import SENTENCE_END, plain

LONGEST = 240
_FEWEST_WORDS = 4
_NAME = r"(?:(?:user|customer|service|business|end[- ]user) )?impact(?: on (?:users|customers|services?))?(?: summary| analysis)?"
_LABEL = re.compile(rf"^[\s\-*+•|>#_]*{_NAME}[*_ ]*[:|][*_\s|]*(?P<rest>.*)$", re.IGNORECASE)
_HEADING = re.compile(rf"{_NAME}", re.IGNORECASE)
_NO_SENTENCE = re.compile(
    r"^\W*(?:n/?a|none\b|unknown|tbd|tba|\?|duration|time|start|end|severity|between|from \d)|^[^a-zA-Z]*$",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"^\W*(?:none|no (?:user |customer )?impact)\b", re.IGNORECASE)


def impacts(evidence_id: str, layout: Layout) -> Iterator[tuple[str, str, EvidenceRef]]:
    """Each stated sentence of impact as ("impact", text, place), in the order of the text."""
    for index, line in enumerate(layout.lines):
        if "mpact" not in line.raw.lower() or line.shape in (Shape.BLANK, Shape.CODE, Shape.FRONT, Shape.RULE):
            continue
        at, text = _stated_at(layout, index, line)
        if text and at is not None:
            ref = EvidenceRef(evidence_id, Locator(line=at.number), at.raw.strip()[:300])
            yield "impact", text, ref


def _stated_at(layout: Layout, index: int, line: Line) -> tuple[Line | None, str]:
    match = _LABEL.match(line.raw)
    if match and match["rest"].strip():
        return line, _sentence(_wrapped(layout, index, match["rest"]))
    named = match is not None or (line.shape is Shape.HEADING and _HEADING.fullmatch(line.heading))
    if not named:
        return None, ""
    for at in range(index + 1, min(index + 4, len(layout.lines))):
        below = layout.lines[at]
        if below.shape in (Shape.TEXT, Shape.ITEM, Shape.QUOTE):
            return below, _sentence(_wrapped(layout, at, below.content))
        if below.shape is not Shape.BLANK:
            break
    return None, ""


def _wrapped(layout: Layout, index: int, text: str) -> str:
    """The text with the physical lines that go on with it."""
    for line in layout.lines[index + 1 : index + 6]:
        if line.shape is not Shape.TEXT or len(text) > LONGEST:
            break
        text = f"{text} {line.content}"
    return text


def _sentence(text: str) -> str:
    """The first sentence in plain words; nothing when it states a time or says nothing."""
    words = plain(text)
    end = SENTENCE_END.search(words)
    first = (words[: end.start()] if end else words).strip()
    if len(first.split()) < _FEWEST_WORDS or _NO_SENTENCE.match(first) or _NOBODY.match(first) or moments(first):
        return ""
    return first if len(first) <= LONGEST else first[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
