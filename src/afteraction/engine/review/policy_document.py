"""A policy as JSON and back, for storing, editing and exporting.

Knows every field of a policy. Refuses what does not fit, naming the field; an absent field keeps its seed value.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from afteraction.engine.review.policy import (
    CODES,
    PRESETS,
    Days,
    Depth,
    MetricRule,
    Policy,
    PolicyUnusable,
    Rule,
    Term,
    Timing,
)

Json = dict[str, Any]
_UNITS = ("h", "d", "w")
_MOST = 1_000_000_000_000.0


def write_policy(policy: Policy) -> Json:
    """A policy as JSON; `read_policy` gives an equal one back."""
    return {
        "name": policy.name,
        "version": policy.version,
        "rules": [_plain(rule) for rule in policy.rules],
        "metric_rules": [_plain(rule) for rule in policy.metric_rules],
        "timing": _timing(policy.timing),
        "timings": {str(rank): _timing(each) for rank, each in policy.timings.items()},
        "ranks": dict(policy.ranks),
        "sample": policy.sample,
    }


def read_policy(document: Mapping[str, Any]) -> Policy:
    """A policy from JSON. Raises PolicyUnusable naming the first field that does not fit."""
    seed = PRESETS["seed"]
    known = {rule.code: rule for rule in seed.rules}
    _only(document, {each.name for each in fields(Policy)}, "")
    rules = {rule.code: rule for rule in (_rule(row, known, at) for row, at in _rows(document, "rules"))}
    ranks = _mapping(document.get("ranks", dict(seed.ranks)), "ranks")
    return Policy(
        name=_text(document.get("name", seed.name), "name"),
        version=int(_number(document.get("version", 1), "version", least=1)),
        rules=tuple(rules.get(code, known[code]) for code in CODES),
        metric_rules=tuple(_metric_rule(row, at) for row, at in _rows(document, "metric_rules")),
        timing=_read_timing(_mapping(document.get("timing", {}), "timing"), "timing"),
        timings={
            int(_number(rank, "timings", least=1)): _read_timing(_mapping(row, f"timings.{rank}"), f"timings.{rank}")
            for rank, row in _mapping(document.get("timings", {}), "timings").items()
        },
        ranks={str(word): int(_number(rank, f"ranks.{word}", least=1)) for word, rank in ranks.items()},
        sample=_number(document.get("sample", seed.sample), "sample", most=1),
    )


def _plain(rule: Rule | MetricRule) -> Json:
    return {each.name: getattr(rule, each.name) for each in fields(rule)}


def _term(term: Term) -> Json:
    return {"amount": term.amount, "unit": term.unit, "clock": term.clock.value}


def _timing(timing: Timing) -> Json:
    found: Json = {}
    for each in fields(Timing):
        value = getattr(timing, each.name)
        found[each.name] = [_term(one) for one in value] if isinstance(value, tuple) else _term(value)
    return found


def _rule(row: Mapping[str, Any], known: Mapping[str, Rule], at: str) -> Rule:
    _only(row, {each.name for each in fields(Rule)}, at)
    code = str(row.get("code", ""))
    if code not in known:
        raise _unusable(at, f"“{code}” is no trigger", f"Triggers are {', '.join(CODES)}.")
    at, before = f"rules.{code}", known[code]
    threshold = row.get("threshold", before.threshold)
    deeper = row.get("deeper", before.deeper)
    return Rule(
        code=code,
        title=_text(row.get("title", before.title), f"{at}.title"),
        depth=_depth(row.get("depth", before.depth), f"{at}.depth"),
        enabled=_flag(row.get("enabled", before.enabled), f"{at}.enabled"),
        threshold=None if threshold is None else _number(threshold, f"{at}.threshold"),
        unit=before.unit,
        deeper=None if deeper is None else _depth(deeper, f"{at}.deeper"),
        restricted=_flag(row.get("restricted", before.restricted), f"{at}.restricted"),
        offered=_flag(row.get("offered", before.offered), f"{at}.offered"),
    )


def _metric_rule(row: Mapping[str, Any], at: str) -> MetricRule:
    _only(row, {each.name for each in fields(MetricRule)}, at)
    metric = _text(row.get("metric", ""), f"{at}.metric")
    if not metric.strip():
        raise _unusable(f"{at}.metric", "names no metric", "Name the metric that is posted, e.g. users_affected.")
    return MetricRule(
        id=_text(row.get("id", ""), f"{at}.id") or metric,
        metric=metric,
        threshold=_number(row.get("threshold"), f"{at}.threshold", least=-_MOST),
        is_above=_flag(row.get("is_above", True), f"{at}.is_above"),
        depth=_depth(row.get("depth", Depth.FULL), f"{at}.depth"),
        title=_text(row.get("title", ""), f"{at}.title"),
        enabled=_flag(row.get("enabled", True), f"{at}.enabled"),
    )


def _read_timing(row: Mapping[str, Any], at: str) -> Timing:
    _only(row, {each.name for each in fields(Timing)}, at)
    read: dict[str, Any] = {}
    for name, value in row.items():
        many = isinstance(getattr(Timing(), name), tuple)
        if many != isinstance(value, list | tuple):
            raise _unusable(f"{at}.{name}", "has another shape", "It is a list of terms." if many else "It is a term.")
        terms = [_read_term(one, f"{at}.{name}") for one in (value if many else [value])]
        read[name] = tuple(terms) if many else terms[0]
    return Timing(**read)


def _read_term(row: object, at: str) -> Term:
    term = _mapping(row, at)
    _only(term, {"amount", "unit", "clock"}, at)
    unit = str(term.get("unit", "h"))
    if unit not in _UNITS:
        raise _unusable(f"{at}.unit", f"“{unit}” is no unit", "Use h, d or w.")
    clock = str(term.get("clock", Days.CALENDAR.value))
    if clock not in set(Days):
        raise _unusable(f"{at}.clock", f"“{clock}” is no clock", "Use calendar or business.")
    return Term(_number(term.get("amount"), f"{at}.amount", most=10_000), unit, Days(clock))


def _rows(document: Mapping[str, Any], name: str) -> list[tuple[Mapping[str, Any], str]]:
    rows = document.get(name, [])
    if not isinstance(rows, list | tuple):
        raise _unusable(name, "is no list", "Send a list of rules.")
    return [(_mapping(row, f"{name}.{number}"), f"{name}.{number}") for number, row in enumerate(rows)]


def _mapping(value: object, at: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _unusable(at, "is no object", "Send an object with named fields.")
    return value


def _only(row: Mapping[str, Any], known: set[str], at: str) -> None:
    unknown = sorted(str(name) for name in row.keys() - known)
    if unknown:
        raise _unusable(
            ".".join(filter(None, (at, unknown[0]))), "is no field", f"Fields are {', '.join(sorted(known))}."
        )


def _number(value: object, at: str, *, least: float = 0, most: float = _MOST) -> float:
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if not least <= number <= most:
        raise _unusable(at, f"“{value}” is no number from {least:g} to {most:g}", "Write such a number.")
    return number


def _text(value: object, at: str) -> str:
    if not isinstance(value, str) or len(value) > 300:
        raise _unusable(at, "is no text of at most 300 characters", "Shorten it.")
    return value


def _flag(value: object, at: str) -> bool:
    if not isinstance(value, bool):
        raise _unusable(at, f"“{value}” is neither true nor false", "Send true or false.")
    return value


def _depth(value: object, at: str) -> Depth:
    if not isinstance(value, str) or value not in set(Depth):
        raise _unusable(at, f"“{value}” is no depth", "Use note, light or full.")
    return Depth(value)


def _unusable(at: str, what: str, next_step: str) -> PolicyUnusable:
    return PolicyUnusable(what, where=at, next_step=next_step)
