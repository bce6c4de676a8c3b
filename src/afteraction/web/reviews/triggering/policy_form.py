"""The policy as a form: flat fields with text, from a policy and back.

Knows how terms are written (`48 h`, `5 business d`). Refuses to decide what holds: `policy_document` reads what comes
out and names what does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.engine.review.policy import CODES, PRESETS, Days, Depth, Policy, PolicyUnusable, Rule, Term
from afteraction.engine.review.policy_document import read_policy, write_policy

Json = dict[str, Any]
Flat = Mapping[str, str]
RANKS = (1, 2, 3, 4)
SINGLE = ("draft", "publish", "commit_from")
MANY = ("nudges", "look_back", "actions")
OF_SEVERITY = (*SINGLE, "actions")
SPARE_RULES = 2
MOST_RULES = 40
_TERM = re.compile(r"(\d+(?:\.\d+)?)\s*(business\s+)?(h|d|w)", re.IGNORECASE)
_TOLD = {
    "TR1": "Counts the gravest severity that was ever reached, also when it was lowered later. SEV-1 always opens.",
    "TR2": "Suspected or confirmed. A suspicion that is given up with a reason closes it.",
    "TR3": "The review is for its members only, from the first moment.",
    "TR4": "The union of all impact windows; overlapping ones count once.",
    "TR5": "A posted value crosses one of the rules below.",
    "TR6": "What stopped it is worth knowing.",
    "TR7": "Surprise, a new mechanism, close to a limit, many teams. Scored 0 to 3 on the record.",
    "TR8": "Rollback, hotfix or aborted canary within this time of the deployment. Offered once per deployment.",
    "TR9": "One line of reason is enough.",
    "TR10": "Users told before any alert did.",
    "TR11": "People said that it repeats a reviewed incident; deeper where it returns again or a check drifted.",
}


def flat_of(policy: Policy) -> dict[str, str]:
    """Every field of the form as a policy has it."""
    found = {"name": policy.name, "sample": f"{policy.sample * 100:g}"}
    for rule in policy.rules:
        start = f"rule.{rule.code}"
        found[f"{start}.enabled"] = "on" if rule.enabled else ""
        found[f"{start}.offered"] = "on" if rule.offered else ""
        found[f"{start}.threshold"] = "" if rule.threshold is None else f"{rule.threshold:g}"
        found[f"{start}.depth"] = rule.depth.value
        found[f"{start}.deeper"] = rule.deeper.value if rule.deeper else ""
    for number, each in enumerate(policy.metric_rules):
        start = f"metric.{number}"
        found |= {
            f"{start}.id": each.id, f"{start}.metric": each.metric, f"{start}.threshold": f"{each.threshold:g}",
            f"{start}.side": "above" if each.is_above else "below", f"{start}.depth": each.depth.value,
            f"{start}.enabled": "on" if each.enabled else "",
        }  # fmt: skip
    for name in (*SINGLE, *MANY):
        found[f"timing.{name}"] = _written(getattr(policy.timing, name))
    for rank in RANKS:
        own = policy.timings.get(rank)
        for name in OF_SEVERITY:
            differs = own is not None and getattr(own, name) != getattr(policy.timing, name)
            found[f"timing.{rank}.{name}"] = _written(getattr(own, name)) if differs else ""
    return found


def _written(value: Term | tuple[Term, ...]) -> str:
    terms = value if isinstance(value, tuple) else (value,)
    business = {Days.BUSINESS: "business ", Days.CALENDAR: ""}
    return ", ".join(f"{each.amount:g} {business[each.clock]}{each.unit}" for each in terms)


def policy_from(flat: Flat, before: Policy) -> Policy:
    """The policy that a form says; what it does not ask for stays as it was `before`. Raises PolicyUnusable."""
    document = write_policy(before)
    document["sample"] = _percent(flat.get("sample", ""))
    document["name"] = flat.get("name", "").strip() or before.name
    document["rules"] = [_rule(flat, code, document) for code in CODES]
    document["metric_rules"] = [_metric(flat, number) for number in _numbers(flat)]
    timing = {
        **{name: _term(flat.get(f"timing.{name}", ""), f"timing.{name}") for name in SINGLE},
        **{name: _terms(flat.get(f"timing.{name}", ""), f"timing.{name}") for name in MANY},
    }
    document["timing"] = timing
    document["timings"] = _by_severity(flat, timing, document["timings"])
    return read_policy(document)


def _rule(flat: Flat, code: str, document: Json) -> Json:
    kept: Json = next(each for each in document["rules"] if each["code"] == code)
    start = f"rule.{code}"
    threshold = flat.get(f"{start}.threshold", "").strip()
    return {
        **kept, "enabled": flat.get(f"{start}.enabled") == "on", "offered": flat.get(f"{start}.offered") == "on",
        "threshold": kept["threshold"] if kept["threshold"] is None else threshold,
        "depth": flat.get(f"{start}.depth", kept["depth"]), "deeper": flat.get(f"{start}.deeper") or kept["deeper"],
    }  # fmt: skip


def _metric(flat: Flat, number: int) -> Json:
    start = f"metric.{number}"
    metric = flat.get(f"{start}.metric", "").strip()
    return {
        "id": flat.get(f"{start}.id", "") or f"{metric}-{number + 1}", "metric": metric,
        "threshold": flat.get(f"{start}.threshold", "").strip(), "depth": flat.get(f"{start}.depth", Depth.FULL),
        "is_above": flat.get(f"{start}.side", "above") != "below", "enabled": flat.get(f"{start}.enabled") == "on",
    }  # fmt: skip


def _numbers(flat: Flat) -> list[int]:
    """Numbers of the metric rules in which something is written."""
    filled = (n for n in range(MOST_RULES) if flat.get(f"metric.{n}.metric", "").strip())
    return list(filled)


def _by_severity(flat: Flat, timing: Json, before: Json) -> Json:
    """Timings of their own by rank; empty fields are as for all. Ranks that the form does not ask for stay."""
    found = {rank: each for rank, each in before.items() if int(rank) not in RANKS}
    for rank in RANKS:
        own: Json = {}
        for name in OF_SEVERITY:
            key = f"timing.{rank}.{name}"
            if text := flat.get(key, "").strip():
                own[name] = _terms(text, key) if name in MANY else _term(text, key)
        if own:
            found[str(rank)] = {**timing, **own}
    return found


def _percent(text: str) -> float:
    try:
        share = float(text.strip())
    except ValueError:
        share = -1.0
    if not 0 <= share <= 100:
        raise PolicyUnusable(f"“{text[:20]}” is no share", where="sample", next_step="Write a number from 0 to 100.")
    return share / 100


def _term(text: str, where: str) -> Json:
    found = _TERM.fullmatch(text.strip())
    if found is None:
        raise PolicyUnusable(
            f"“{text[:30]}” is no time", where=where, next_step="Write it like 48 h, 5 d, 5 business d or 4 w."
        )
    clock = Days.BUSINESS if found[2] else Days.CALENDAR
    return {"amount": float(found[1]), "unit": found[3].lower(), "clock": clock.value}


def _terms(text: str, where: str) -> list[Json]:
    return [_term(each, where) for each in text.split(",") if each.strip()]


@dataclass(frozen=True)
class Field:
    """One field as a page shows it."""

    name: str
    label: str
    value: str
    bad: bool = False


@dataclass(frozen=True)
class RuleRow:
    """One trigger as a row of the form; `threshold` is None where it has none."""

    code: str
    title: str
    told: str
    enabled: bool
    offered: bool
    threshold: Field | None
    unit: str
    depth: str
    deeper: str
    is_fixed: bool


@dataclass(frozen=True)
class MetricRow:
    """One metric rule as a row; an empty one waits to be filled in."""

    number: int
    id: str
    metric: str
    side: str
    threshold: str
    depth: str
    enabled: bool


def rule_rows(flat: Flat, bad: str = "") -> list[RuleRow]:
    """The triggers of a form, in order; `bad` is the field that does not fit."""
    return [_rule_row(rule, flat, bad) for rule in PRESETS["seed"].rules]


def _rule_row(rule: Rule, flat: Flat, bad: str) -> RuleRow:
    start = f"rule.{rule.code}"
    name = f"{start}.threshold"
    field = None
    if rule.threshold is not None:
        is_bad = bad.removeprefix("rules.") == f"{rule.code}.threshold"
        field = Field(name, f"Threshold of {rule.code}", flat.get(name, ""), is_bad)
    return RuleRow(
        code=rule.code, title=rule.title, told=_TOLD[rule.code], enabled=flat.get(f"{start}.enabled") == "on",
        offered=flat.get(f"{start}.offered") == "on", threshold=field, unit=rule.unit,
        depth=flat.get(f"{start}.depth", ""), deeper=flat.get(f"{start}.deeper", ""), is_fixed=rule.code == "TR1",
    )  # fmt: skip


def metric_rows(flat: Flat, *, spare: int = SPARE_RULES) -> list[MetricRow]:
    """The metric rules of a form, with some empty ones at the end."""
    filled = _numbers(flat)
    first = max(filled, default=-1) + 1
    return [_metric_row(flat, n) for n in [*filled, *range(first, min(first + spare, MOST_RULES))]]


def _metric_row(flat: Flat, number: int) -> MetricRow:
    start = f"metric.{number}"
    return MetricRow(
        number=number, id=flat.get(f"{start}.id", ""), metric=flat.get(f"{start}.metric", ""),
        side=flat.get(f"{start}.side", "above"), threshold=flat.get(f"{start}.threshold", ""),
        depth=flat.get(f"{start}.depth", Depth.FULL.value),
        enabled=flat.get(f"{start}.enabled", "on" if not flat.get(f"{start}.metric") else "") == "on",
    )  # fmt: skip


_LABELS = {
    "draft": "Draft", "publish": "Publish", "commit_from": "Commit from", "nudges": "Remind the owner",
    "look_back": "Look back", "actions": "Priority actions",
}  # fmt: skip


def timing_fields(flat: Flat, bad: str = "") -> list[Field]:
    """The terms that hold for all."""
    return [_field(flat, f"timing.{name}", _LABELS[name], bad) for name in (*SINGLE, *MANY)]


def severity_fields(flat: Flat, bad: str = "") -> list[tuple[str, list[Field]]]:
    """Terms of their own by severity; empty ones are as for all."""
    return [
        (f"SEV-{rank}", [_field(flat, f"timing.{rank}.{name}", f"SEV-{rank}: {_LABELS[name]}", bad)
                         for name in OF_SEVERITY])
        for rank in RANKS
    ]  # fmt: skip


def severity_titles() -> list[str]:
    """The heads of the columns of `severity_fields`."""
    return [_LABELS[name] for name in OF_SEVERITY]


def _field(flat: Flat, name: str, label: str, bad: str) -> Field:
    return Field(name, label, flat.get(name, ""), name == bad)


def differences(before: Policy, after: Policy) -> list[Json]:
    """What two policies say differently, field by field, in the words of the form."""
    first, second = flat_of(before), flat_of(after)
    names = [name for name in dict.fromkeys([*first, *second]) if name != "name" and not name.endswith(".id")]
    return [
        {"name": _spoken(name), "before": _shown(first.get(name, "")), "after": _shown(second.get(name, ""))}
        for name in names
        if first.get(name, "") != second.get(name, "")
    ]


def _spoken(name: str) -> str:
    first, *rest = name.split(".")
    titles = {rule.code: f"{rule.code} {rule.title}" for rule in PRESETS["seed"].rules}
    if first == "rule":
        return f"{titles[rest[0]]}: {rest[1]}"
    if first == "metric":
        return f"Metric rule {int(rest[0]) + 1}: {rest[1]}"
    if first == "timing" and len(rest) == 2:
        return f"SEV-{rest[0]}: {_LABELS[rest[1]]}"
    return _LABELS.get(rest[0], rest[0]) if rest else "Light look at declined ones, per cent"


def _shown(value: str) -> str:
    return value or "not set"
