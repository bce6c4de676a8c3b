"""Rows that a query in New Relic's language (NRQL) gives.

Knows alerts, deployments, log lines and counted rows by their fields. Refuses rows without a time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from afteraction.core.alert_events import cleared, fired
from afteraction.core.evidence import Failure
from afteraction.core.json_payloads import Payload, text_of, there
from afteraction.core.readplan import LEVEL_WORDS
from afteraction.core.records import Actor, Change, ChangeKind, LogLine, Record, Sample

_LEVELS = dict(LEVEL_WORDS)
_TIMES = ("beginTimeSeconds", "endTimeSeconds", "inspectedCount")


def read_row(row: Payload, around: Mapping[str, str]) -> Iterator[Record | Failure]:
    """One row; `around` holds labels that stand beside it (the facet of a series)."""
    if "beginTimeSeconds" in row.value:
        yield from _samples(row, "beginTimeSeconds", "s", around)
    elif "timestamp" not in row.value:
        step = "Add timestamp to what the query selects, or TIMESERIES to what it counts."
        yield row.failure("a row without a time was left out.", step)
    elif row.text("event") in ("open", "close", "activate") and (row.text("incidentId") or row.text("issueId")):
        yield _alert(row)
    elif row.text("version") and (row.text("entity.name") or row.text("deploymentType") or row.text("changelog")):
        yield _deployment(row)
    elif row.text("message") or row.text("log"):
        yield _line(row)
    else:
        yield from _samples(row, "timestamp", "ms", around)


def _alert(row: Payload) -> Record | Failure:
    name = row.text("conditionName") or row.text("title") or "New Relic incident"
    number = row.text("incidentId") or row.text("issueId")
    facts = there(number=number, alertname=name, policy=row.text("policyName"), severity=row.text("priority"),
                  url=row.text("incidentLink"))  # fmt: skip
    tell = cleared if row.text("event") == "close" else fired
    title = f"Closed: {name}" if row.text("event") == "close" else name
    return tell(row, "timestamp", unit="ms", title=title, fingerprint=f"newrelic:incident:{number}", facts=facts,
                service=row.text("entity.name") or row.text("targetName"), body=row.text("title"))  # fmt: skip


def _deployment(row: Payload) -> Change | Failure:
    at = row.instant("timestamp", unit="ms")
    if isinstance(at, Failure):
        return at
    service, version, by = row.text("entity.name"), row.text("version"), row.text("user")
    back = row.text("deploymentType").upper() == "ROLLBACK"
    return Change(
        instant=at, kind=ChangeKind.ROLLBACK if back else ChangeKind.DEPLOYMENT, service=service, reference=version,
        title=row.text("description") or f"{'Rollback' if back else 'Deployment'} of {service} {version}".strip(),
        actor=Actor(key=f"newrelic:{by}", name=by) if by else None, evidence=row.cite("timestamp"),
        attributes=there(version=version, commit=row.text("commit"), changelog=row.text("changelog")),
    )  # fmt: skip


def _line(row: Payload) -> LogLine | Failure:
    at = row.instant("timestamp", unit="ms")
    if isinstance(at, Failure):
        return at
    level = (row.text("level") or row.text("log.level") or row.text("severity")).lower()
    taken = ("timestamp", "message", "log", "level", "log.level", "trace.id", "hostname", "messageId")
    return LogLine(
        instant=at, message=row.text("message") or row.text("log"), level=_LEVELS.get(level, level),
        service=row.text("service.name") or row.text("entity.name") or row.text("appName") or row.text("service"),
        host=row.text("hostname") or row.text("host"), trace_id=row.text("trace.id"), evidence=row.cite("timestamp"),
        attributes={key: text for key, value in row.value.items() if key not in taken and (text := text_of(value))},
    )  # fmt: skip


def _samples(row: Payload, when: str, unit: str, around: Mapping[str, str]) -> Iterator[Record | Failure]:
    """Every number of a counted row; texts beside it are labels."""
    at = row.instant(when, unit=unit)
    if isinstance(at, Failure):
        yield at
        return
    labels = {**around, **{key: value for key, value in row.value.items() if isinstance(value, str) and value}}
    facet = row.at("facet")
    if isinstance(facet, list):
        labels["facet"] = ", ".join(text_of(one) for one in facet)
    count = 0
    for key, value in row.value.items():
        for name, path in _numbers(key, value):
            if name in (*_TIMES, "timestamp"):
                continue
            number = row.at(*path)
            if isinstance(number, int | float) and not isinstance(number, bool) and abs(number) < 1e300:
                count += 1
                yield Sample(
                    instant=at, metric=name, value=None if math.isnan(number) else float(number), labels=labels,
                    service=labels.get("appName", "") or labels.get("service.name", ""), evidence=row.cite(*path),
                )  # fmt: skip
    if not count:
        yield row.failure("a row with a time but without a number or a message says nothing.", "Check the query.", when)


def _numbers(key: str, value: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(metric, path) of the numbers in a field: percentiles stand in an object of their own."""
    if isinstance(value, dict):
        for inner in value:
            yield f"{key}.{inner}", (key, str(inner))
    elif isinstance(value, int | float):
        yield key, (key,)
