"""Deployments that were taken back, from the changes of an analysis (TR8).

Knows which change a rollback follows. Refuses to guess when something was deployed: without a change before it, that is
unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.findings import Milestone
from afteraction.core.records import EventKind
from afteraction.engine.review.triggers import FailedDeployment
from afteraction.engine.timeline.merge import ROLLBACK

Json = dict[str, Any]
_HOTFIX = re.compile(r"\bhot-?fix", re.IGNORECASE)
_ABORTED = re.compile(
    r"\bcanary\b.{0,40}\b(?:abort|fail|halt|stopp)|\b(?:abort|halt)\w*.{0,40}\bcanary\b", re.IGNORECASE
)
LONGEST_NAME = 300


def failed_deployments(
    changes: Iterable[Json], head: Json, offered: Mapping[str, bool]
) -> tuple[FailedDeployment, ...]:
    """Every change that was rolled back, fixed in haste or aborted as a canary, once each, by time. `changes` are
    events of the lane of changes in order; `offered` says of a deployment that a review of it was offered elsewhere."""
    stated = head["milestones"].get(Milestone.TRIGGER.value) or ()
    named = set(stated[0]["event_ids"]) if stated else set()
    before: list[Json] = []
    found: dict[str, FailedDeployment] = {}
    for each in changes:
        how = _how(each)
        if how is None:
            before.append(each)
            continue
        change = _taken_back(each, before, named)
        deploy = _name(change or each)
        found.setdefault(deploy, FailedDeployment(
            deploy=deploy, how=how, after_s=_between(change, each), offered=offered.get(deploy, False),
            evidence=_cites([*(change or each)["evidence"][:1], *each["evidence"][:1]]),
        ))  # fmt: skip
    return tuple(found.values())


def _how(event: Json) -> str | None:
    title = event["title"]
    if _ABORTED.search(title):
        return "aborted canary"
    if event["kind"] != EventKind.MITIGATION:
        return None
    if ROLLBACK.search(title):
        return "rollback"
    return "hotfix" if _HOTFIX.search(title) else None


def _taken_back(event: Json, before: list[Json], named: set[str]) -> Json | None:
    """The change behind the chosen trigger, else the last one before of the same service."""
    for each in reversed(before):
        if named & {each["id"], *each["members"]}:
            return each
    deployed = [each for each in before if each["kind"] == EventKind.TRIGGER and _same_service(each, event)]
    return deployed[-1] if deployed else None


def _same_service(first: Json, second: Json) -> bool:
    return not first["service"] or not second["service"] or first["service"] == second["service"]


def _name(event: Json) -> str:
    version = event["attributes"].get("version", "")
    name = f"{event['service']} {version}".strip() if version else event["title"]
    return str(name)[:LONGEST_NAME]


def _between(change: Json | None, event: Json) -> float | None:
    if change is None:
        return None
    start, end = (datetime.fromisoformat(each["value"]) for each in (change, event))
    return (end - start).total_seconds()


def _cites(rows: Iterable[Json]) -> tuple[EvidenceRef, ...]:
    return tuple(
        EvidenceRef(row["sha256"], Locator(line=row["line"], pointer=row["pointer"]), row["excerpt"]) for row in rows
    )
