"""Figures that a document states about its incident: durations, people hurt, requests lost, money.

Knows how such figures are written. Refuses to convert or to add them up: each is quoted as it stands, with its line,
under one of the names `stated_time_to_detect`, `_acknowledge`, `_mitigate`, `_repair`, `_recover`, `_resolve`,
`stated_duration`, `stated_users`, `stated_requests`, `stated_share`, `stated_cost`, `stated_mean_…`.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.formats.postmortem.cues import folded, for_lower, held_by, holds, vocabulary
from afteraction.formats.postmortem.layout import Layout, Line, Shape

_UNIT = r"(?:days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s|weeks?)"
_NUMBER = r"\d+(?:[.,]\d+)?"
DURATION = re.compile(
    rf"(?:over |about |around |approximately |approx\.? |nearly |almost |roughly |~\s?|≈\s?)?(?<![\w.:]){_NUMBER}\s?-?{_UNIT}\b"
    rf"(?:(?:,|,? and)?\s?{_NUMBER}\s?{_UNIT}\b)*(?:\d{{1,2}}\b)?|(?<![\w.:])\d{{1,3}}h\d{{1,2}}\b",
    re.IGNORECASE,
)
_LABELLED = tuple(
    (name, re.compile(rf"^\W*{pattern}\W*?[:=|][\s*_|]*(?P<value>.*)$", re.IGNORECASE))
    for name, pattern in (
        ("stated_mean_time_to_repair", r"(?:mean time to repair)(?:\W*mttr)?"),
        ("stated_mean_time_to_resolve", r"(?:mean time to resol\w+)"),
        ("stated_mean_time_to_recover", r"(?:mean time to recover\w*)"),
        ("stated_time_to_detect", r"(?:time to detect(?:ion)?|ttd|mttd|detection time|time until detect\w+)"),
        ("stated_time_to_acknowledge", r"(?:time to ack\w*|tta|mtta|time to respon\w+)"),
        ("stated_time_to_mitigate", r"(?:time to mitigat\w+|ttm|mttm)"),
        ("stated_time_to_repair", r"(?:time to (?:repair|fix))"),
        ("stated_time_to_recover", r"(?:time to (?:recover\w*|restor\w+)|recovery time|ttr|mttr)"),
        ("stated_time_to_resolve", r"(?:time to (?:resol\w+|closure)|resolution time)"),
        ("stated_duration", r"(?:(?:total |incident |outage |impact |overall |event )*(?:duration|downtime|outage time|length)(?: of (?:the )?(?:incident|outage|impact))?)"),
        ("stated_users", r"(?:(?:users?|customers?|people|accounts|organi[sz]ations) (?:affected|impacted|hit)|(?:affected|impacted) (?:users?|customers?|accounts)|number of (?:affected |impacted )?(?:users?|customers?))"),
        ("stated_requests", r"(?:(?:requests?|orders?|transactions?) (?:lost|failed|affected)|(?:lost|failed) (?:requests?|orders?|transactions?))"),
        ("stated_cost", r"(?:(?:estimated |total |financial |revenue )*(?:cost|loss|impact on revenue|revenue impact|lost revenue|revenue lost))"),
    )
)  # fmt: skip
_PROSE = (
    (
        "stated_duration",
        re.compile(
            r"\b(?:last(?:ed|ing|s)(?: for)?|down for|unavailable for|outage of|offline for|inaccessible for|total(?:l?ing)?|duration of|for a (?:total|period) of|persisted for"
            r"|disruption (?:for \w+ )?lasted for)\s+(?:\w+\s+){0,2}?(?P<value>" + DURATION.pattern + r"|an hour|half an hour|a day)",
            re.I,
        ),
    ),
    ("stated_time_to_detect", re.compile(r"(?P<value>" + DURATION.pattern + r")[\s-]*(?:detection|to detect)\b", re.I)),
    (
        "stated_users",
        re.compile(
            r"(?P<value>(?:about |around |approximately |approx\.? |over |more than |nearly |roughly |up to |~\s?)?\d[\d,]*(?:\.\d+)?\s?(?:k|m|million|thousand)?\s+"
            r"(?:unique |paying |active |affected |impacted |of our )*(?:users?|customers?|accounts|organi[sz]ations|visitors|people|subscribers|players|editors))\b"
            r"(?=[^.]{0,60}\b(?:affected|impacted|unable|could not|couldn.t|experienc\w+|lost|saw|were|received))",
            re.I,
        ),
    ),
    (
        "stated_requests",
        re.compile(
            r"(?P<value>(?:about |around |approximately |over |roughly |nearly |~\s?)?\d[\d,.]*\s?(?:k|m|bn|million|billion|thousand)?\s+(?:user |http |api |failed |lost |edit )*"
            r"(?:requests?|orders?|transactions?|events?|edits?|emails|messages|downloads))\b(?=[^.]{0,50}\b(?:lost|failed|dropped|affected|were|received|returned|rejected))",
            re.I,
        ),
    ),
    (
        "stated_share",
        re.compile(
            r"(?P<value>(?:~|about |around |approximately |roughly |up to )?\d{1,3}(?:\.\d+)?\s?%\s+of\s+(?:\w+[\s/-]){0,3}"
            r"(?:requests?|users?|customers?|traffic|page views|edits|uploads|jobs|launches|calls|evaluations?))\b",
            re.I,
        ),
    ),
    ("stated_cost", re.compile(r"(?P<value>(?:[$€£]\s?\d[\d,.]*\s?(?:k|m|million|thousand)?|\d[\d,.]*\s?(?:USD|EUR|GBP|dollars|euros|pounds))\b)", re.I)),
)  # fmt: skip
# Cheap looks before the dear ones: most lines state no figure.
_MAY_LABEL = re.compile(r"[^:=|]{3,60}[:=|]")
# In the order of `_PROSE`.
_TELLING = (
    ("last", "down for", "unavailable for", "outage of", "offline for", "inaccessible for", "total", "duration of",
     "persisted for", "for a period"),
    ("detect",),
    ("user", "customer", "account", "organi", "visitor", "people", "subscriber", "player", "editor"),
    ("request", "order", "transaction", "event", "edit", "email", "message", "download"),
    ("%",),
    ("$", "€", "£", "usd", "eur", "gbp", "dollar", "pound"),
)  # fmt: skip
_PROSE_READ = tuple(
    (name, pattern, for_lower(pattern), telling) for (name, pattern), telling in zip(_PROSE, _TELLING, strict=True)
)
_DIGIT = re.compile(r"\d")
_MARKS = re.compile(r"\*\*|__|`")
_IN_WORDS = re.compile(r"\b(?:an hour|a day)\b")


_FIGURE_LINE = re.compile(
    r"^\W*(?:mean )?(?:time to (?:detect|ack|respon|mitigat|repair|fix|recover|restor|resol|closure)\w*|ttd|ttr|mttd|mttr|mtta)\b[^:]{0,20}:",
    re.I,
)


def is_figure(raw: str) -> bool:
    """True for a line that states a duration by name: a time in it is a note ("during support hours 10:00-17:00")."""
    return _FIGURE_LINE.match(raw) is not None


def figures(evidence_id: str, layout: Layout) -> Iterator[tuple[str, str, EvidenceRef]]:
    """Every stated figure as (name, text as written, place), once per line, name and text."""
    telling = list(_telling(layout))
    words = vocabulary(folded("\n".join(text for _, text, _ in telling)))
    known = ((name, pattern, lower, held_by(words, cues)) for name, pattern, lower, cues in _PROSE_READ)
    among = [item for item in known if item[3]]
    for line, text, above in telling:
        if found := list(dict.fromkeys(_of_line(line, text, above, among))):
            ref = EvidenceRef(evidence_id, Locator(line=line.number), line.raw.strip()[:300])
            for name, value in found:
                yield name, value, ref


def _telling(layout: Layout) -> Iterator[tuple[Line, str, str]]:
    """(line, its text, the heading right above it) of every line that may state a figure."""
    label = ""
    for line in layout.lines:
        shape = line.shape
        if shape is Shape.BLANK or shape is Shape.CODE or shape is Shape.FRONT:
            continue
        raw = line.raw
        # Marks may part the words that tell: they are looked at without them.
        if _DIGIT.search(raw) or "?" in raw or "day" in raw or "hour" in raw or "*" in raw or "_" in raw or "`" in raw:
            text = _words(line)
            if _DIGIT.search(text) or "?" in text or _is_in_words(text):
                yield line, text, label
        label = re.sub(r"[*_`#:]", "", raw).strip() if shape is Shape.HEADING else ""


def _words(line: Line) -> str:
    """The line without its marks."""
    text = line.content if line.shape is Shape.ITEM else line.raw
    if "*" in text or "_" in text or "`" in text:
        text = _MARKS.sub("", text)
    return text.replace("<br>", " ").strip()


_ProseCues = Sequence[tuple[str, re.Pattern[str], re.Pattern[str], tuple[str, ...]]]


def _of_line(line: Line, text: str, above: str, among: _ProseCues) -> Iterator[tuple[str, str]]:
    bare = text.lstrip(" \t\r\n\v\f-*+•#|>") if text.isascii() else re.sub(r"^[\s\-*+•#|>]+", "", text)
    named = set()
    for name, pattern in _LABELLED if _MAY_LABEL.match(bare) else ():
        if match := pattern.match(bare):
            named.add(name)
            yield from _values(name, match["value"])
    if above and len(text) < 80 and not named:
        for name, pattern in _LABELLED:
            if pattern.match(f"{above}: x"):
                named.add(name)
                yield from _values(name, text)
    if line.shape is Shape.ROW or not among:
        return
    lowered = folded(text)
    is_ascii = text.isascii()
    for name, pattern, lower, words in among:
        if name in named or not holds(lowered, words):
            continue
        for match in lower.finditer(lowered) if is_ascii else pattern.finditer(text):
            start, end = match.span("value")
            yield name, text[start:end].strip(" ,.")


def _is_in_words(text: str) -> bool:
    return ("an hour" in text or "a day" in text) and _IN_WORDS.search(text) is not None


def _values(name: str, value: str) -> Iterator[tuple[str, str]]:
    value = value.strip(" .|*")
    if name.startswith(("stated_users", "stated_requests", "stated_cost")):
        if re.search(r"\d", value):
            yield name, value[:80]
        return
    bracketed = re.search(r"\(([^()]*)\)", value)
    place = (
        DURATION.search(value.split("(")[0]) if re.search(r"\d:\d\d", value) and bracketed else DURATION.search(value)
    )
    if place is None and bracketed:
        place = DURATION.search(bracketed[1])
    if place is not None:
        amount = place[0].strip()
        note = value[value.find(amount) + len(amount) :].strip()
        yield name, f"{amount} {note}" if re.search(r"\bhours\b", note) and len(note) < 80 else amount
    elif value in ("?", "unknown", "n/a", "N/A"):
        yield name, value
