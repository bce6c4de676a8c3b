"""Durations that reports state in words, against what their own times give, and against each other.

Knows how people write a length of time. Refuses to replace a stated figure: it stands beside the computed one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from afteraction.core.findings import Account, Conflict, Metric, State
from afteraction.core.records import Document
from afteraction.engine.metrics.figures import spoken

_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_PART = re.compile(
    r"(\d+(?:\.\d+)?)\s*(d(?:ays?)?|h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)?(?![a-z])", re.I
)
_ROUND_S = 300
_SHORT_S = 3600


def read_duration(text: str) -> float | None:
    """Seconds of `4h45`, `1h 37m`, `35h 36m`, `2 hours 5 minutes` or `90 min`; None for anything else. A bare number
    after hours is minutes; alone it is nothing."""
    total, before, seen = 0.0, "", False
    for amount, unit in _PART.findall(text.strip()):
        letter = unit[:1].lower() or ("m" if before == "h" else "")
        if not letter:
            return None
        total, before, seen = total + float(amount) * _UNITS[letter], letter, True
    return total if seen and not _PART.sub("", text).strip(" ,.~≈and") else None


def agrees(stated_s: float, metric: Metric) -> bool | None:
    """Whether a stated length lies in what the times allow, widened by half a minute since people state minutes; None
    when the metric has no value. `metric` may be in seconds or minutes."""
    if metric.state is not State.VALUE or metric.low is None or metric.high is None:
        return None
    scale = 60 if metric.unit == "min" else 1
    return metric.low * scale - 30 <= stated_s <= metric.high * scale + 30


def find_copied_durations(documents: Sequence[Document]) -> list[Conflict]:
    """Stated figures that stand to the minute in more than one report: one is probably left over from the other. Round
    or short figures may well be equal and are left alone."""
    same: dict[tuple[str, float], list[Account]] = defaultdict(list)
    for document in documents:
        for name, text, evidence in document.stated:
            seconds = read_duration(text)
            if seconds is not None and seconds >= _SHORT_S and seconds % _ROUND_S:
                account = Account(text=text, evidence=evidence, amount=seconds, source=document.title)
                same[(name, seconds)].append(account)
    return [
        Conflict(
            subject="copied_duration",
            sentence=f"{len(accounts)} reports state the same {name.replace('_', ' ')} of {spoken(seconds)}.",
            accounts=tuple(accounts),
        )
        for (name, seconds), accounts in same.items()
        if len({account.evidence.evidence_id for account in accounts}) > 1
    ]
