"""How much a text looks like a written account of an incident.

Knows titles, section names and dated entries of postmortems, and the marks of logs, data and code. Refuses to look
beyond name and head, and to claim a log because it has times.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.formats.postmortem.layout import Layout, Shape, lay_out
from afteraction.formats.postmortem.timeline import STRUCTURED, Entry, steps

_PROSE_NAMES = re.compile(r"\.(?:md|mdx|markdown|txt|text|rst|adoc|asciidoc|wiki|mediawiki|pdf\.txt)$", re.I)
_OTHER_NAMES = re.compile(
    r"\.(?:log|jsonl?|ndjson|csv|tsv|ya?ml|toml|ini|cfg|conf|xml|html?|py|go|rs|js|ts|java|rb|c|h|cpp|sh|sql|tf|lock|ipynb|svg|diff|patch"
    r"|gz|zst|zip|tar|parquet)(?:\.\d+)?$",
    re.I,
)
_INCIDENT = re.compile(
    r"\b(?:post[- ]?mortem|incident|outage|retrospective|after[- ]action|root cause|rca\b|downtime|disruption|coe\b|postmortem|pm20\d\d)",
    re.I,
)
_SECTION = re.compile(
    r"^(?:[\d.]+\s*)?(?:incident )?(?:time\s?line|chronology|impact|root causes?|causes?|detection|resolution|recovery|action items?|actionables"
    r"|lessons|what (?:went|happened|didn)|where we got lucky|contributing factors|key events|follow[- ]?ups?|remediation|mitigation|response|trigger"
    r"|next steps|review actions|stats|identified|impact time|owner of review|corrective|incident|issue summary|summary|overview)",
    re.I,
)
# An account without a single time is still evidence; a guide that mentions errors is not.
_TROUBLE = re.compile(
    r"\b(?:outage|incident|errors?|fail(?:ed|ure)|root cause|crash(?:ed)?|down|fixed|restart(?:ed)?|alerts?|affected|impact|bug|deploy(?:ed)?|revert(?:ed)?)\b",
    re.I,
)
_GUIDE = re.compile(
    r"(?:readme|changelog|contributing|licen[cs]e|install|history|news|security|code_of_conduct)\b", re.I
)
_LOG_LINE = re.compile(
    r"^\W{0,3}(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ |\d{1,3}(?:\.\d{1,3}){3} \S+ \S+ \[|<\d{1,3}>|\{\"|\d\d:\d\d:\d\d[.,]\d{3} )"
)
_OBJECT = re.compile(r"[{\[]\s*\"[^\"]+\"\s*[:,].*[}\]]\s*$")
_LEVEL = re.compile(r"\b(?:INFO|DEBUG|WARN|WARNING|ERROR|TRACE|FATAL|CRIT|NOTICE)\b|\blevel=|\w+=\S+ \w+=")


def likeness(name: str, head: str, *, binary: bool = False) -> float:
    """0 for no, 0.2 for prose with times, up to 0.95 for an account with title, sections and dated entries."""
    if binary or _OTHER_NAMES.search(name) or not head.strip():
        return 0.0
    text = head[:48_000]
    if (
        text.lstrip()[:1] in "{[<"
        and not text.lstrip().startswith("<!--")
        and not re.match(r"\s*\[[\d(a-zA-Z ]+\]?", text)
    ):
        return 0.0
    if _is_log(text) or text.startswith("#!"):
        return 0.0
    layout = lay_out(text)
    entries = [step for step in steps(layout) if isinstance(step, Entry)]
    return _weighed(name, layout, entries)


def _is_log(text: str) -> bool:
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    logged = sum(1 for line in lines if _LOG_LINE.match(line))
    levelled = sum(1 for line in lines if re.match(r"^\W{0,3}\d", line) and _LEVEL.search(line[:120]))
    # Times with objects behind them are a machine's notes, whatever the file is called.
    carrying = sum(1 for line in lines if _OBJECT.search(line))
    return bool(lines) and max(logged, levelled, carrying) > 0.6 * len(lines)


def _weighed(name: str, layout: Layout, entries: list[Entry]) -> float:
    heads = [line.content.strip(" *_:#=") for line in layout.lines if line.shape is Shape.HEADING]
    sections = len({match[0].lower() for head in heads if (match := _SECTION.match(head))})
    structured = sum(1 for entry in entries if entry.style in STRUCTURED)
    opening = " ".join(line.raw for line in layout.lines[:12])[:1500]
    titled = _INCIDENT.search(name.rsplit("/", 1)[-1]) is not None or _INCIDENT.search(opening) is not None
    if not _PROSE_NAMES.search(name) and not (sections and structured >= 2):
        return 0.0
    if structured >= 2 and sections >= 2:
        return 0.95 if titled else 0.9
    if titled and (sections >= 2 or (sections and entries) or structured >= 2):
        return 0.85
    if "timeline" in " ".join(heads).lower() and structured >= 2:
        return 0.85
    if structured >= 3:
        return 0.6
    if titled and entries:
        return 0.55
    if sections >= 3:
        return 0.5
    if entries or titled or sections >= 2:
        return 0.2
    told = {word.lower() for line in layout.lines for word in _TROUBLE.findall(line.raw)}
    return 0.2 if len(told) >= 3 and not _GUIDE.match(name.rsplit("/", 1)[-1]) else 0.0
