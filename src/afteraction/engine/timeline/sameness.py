"""When two readings name the same happening although they carry different keys.

Knows that a monitor adds labels of its own on the way out, and that a start and a finish of one operation may be two
plain entries. Refuses to join what could as well be two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from afteraction.core.records import Event, Lane

_LABEL = "label."
_STARTS = re.compile(
    r"\b(?:start(?:ing|ed|s)?|begin(?:ning|s)?|began|initiated|triggered|in progress)\b", re.IGNORECASE
)
_ENDS = re.compile(r"\b(?:finish(?:ed|es)?|complete[ds]?|done|end(?:ed|s)|succeeded|failed)\b", re.IGNORECASE)

Labels = tuple[tuple[str, str], ...]


def same_alerts(readings: Sequence[Event]) -> dict[str, str]:
    """Fingerprints of alerts whose labels are contained in those of exactly one other alert of the same name, mapped
    to that other's: Prometheus adds external labels before it notifies, so one alert has two fingerprints."""
    labels: dict[str, dict[str, str]] = {}
    for reading in readings:
        if reading.lane is Lane.ALERTS and reading.fingerprint:
            found = {k.removeprefix(_LABEL): v for k, v in reading.attributes.items() if k.startswith(_LABEL)}
            if found.get("alertname"):
                labels.setdefault(base_of(reading.fingerprint), found)
    schemas: dict[tuple[str, frozenset[str]], list[str]] = {}
    for print_, found in labels.items():
        schemas.setdefault((found["alertname"], frozenset(found)), []).append(print_)
    same: dict[str, str] = {}
    for (name, fewer), small in schemas.items():
        larger = [prints for (other, more), prints in schemas.items() if other == name and fewer < more]
        for prints in larger:
            same.update(_contained(small, prints, fewer, labels))
    return same


def base_of(fingerprint: str) -> str:
    """A fingerprint without the state that readers add to it (`…:resolved`)."""
    return fingerprint.partition(":")[0]


def _contained(
    small: Sequence[str], large: Sequence[str], names: frozenset[str], labels: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    by_values: dict[Labels, list[str]] = {}
    for print_ in large:
        values = tuple(sorted((name, labels[print_][name]) for name in names))
        by_values.setdefault(values, []).append(print_)
    found = {}
    for print_ in small:
        others = by_values.get(tuple(sorted(labels[print_].items())), [])
        if len(others) == 1:
            found[print_] = others[0]
    return found


def pair_operations(readings: Sequence[Event]) -> dict[str, str]:
    """Ids of changes without a fingerprint that are the start and the finish of one operation ("deploy v2 starting",
    "deploy v2 finished"), mapped to the id of the start. Readings come by time."""
    open_by_stem: dict[tuple[str, str, str], str] = {}
    pairs: dict[str, str] = {}
    for reading in readings:
        if reading.lane is not Lane.CHANGES or reading.fingerprint:
            continue
        starts, ends = _STARTS.search(reading.title), _ENDS.search(reading.title)
        if bool(starts) == bool(ends):
            continue
        stem = " ".join((_STARTS if starts else _ENDS).sub(" ", reading.title).lower().split())
        key = (reading.evidence.evidence_id, reading.service, stem)
        if starts:
            open_by_stem[key] = reading.own_id
        elif (start := open_by_stem.pop(key, None)) is not None:
            pairs[start] = pairs[reading.own_id] = start
    return pairs
