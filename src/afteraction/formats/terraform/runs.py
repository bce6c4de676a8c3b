"""The lines that `terraform plan|apply -json` prints while it runs.

Knows what is a change (a resource begins, is done, or fails), what is a note (drift, plans, summaries, diagnostics) and
what only says that it goes on. Refuses lines without a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from afteraction.core.evidence import EvidenceRef, Failure, Locator
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import text_of, there, value_at
from afteraction.core.reading import Source
from afteraction.core.records import Change, ChangeKind, Event, EventKind, Lane, Record
from afteraction.core.secrets import without_secrets

_MODULES = ("terraform.ui", "tofu.ui")
_STATES = {"apply_start": "started", "apply_complete": "success", "apply_errored": "failure"}
_WORDS = {"apply_start": "started", "apply_complete": "complete", "apply_errored": "failed"}
# What says that the program goes on, and asks the providers: no change to anything.
QUIET = frozenset(
    {"version", "log", "outputs", "apply_progress", "refresh_start", "refresh_complete", "provision_start",
     "provision_progress", "provision_complete", "init_output", "initializing_provider_plugin_message",
     "ephemeral_op_start", "ephemeral_op_progress", "ephemeral_op_complete", "test_abstract", "test_plan", "test_state",
     "test_cleanup", "test_interrupt", "test_status", "resource_instance_deferred"}
)  # fmt: skip


def is_line(value: object) -> bool:
    """Whether an object is a line of such a run."""
    return isinstance(value, dict) and value.get("@module") in _MODULES and "@timestamp" in value


def read_run(source: Source) -> Iterator[Record | Failure]:
    """Everything of the run that changed something or explains it, in its order."""
    begun: dict[str, str] = {}
    for item in source.lines():
        if isinstance(item, Failure):
            yield item
            continue
        number, line = item
        if not line.strip():
            continue
        try:
            found: object = orjson.loads(line)
        except (orjson.JSONDecodeError, UnicodeEncodeError):
            found = None
        place = Locator(line=number)
        if not isinstance(found, dict) or "type" not in found:
            reason = "the line is none of a run with -json."
            yield Failure(source.name, reason, "Give standard output alone.", place)
        elif text_of(found.get("type")) not in QUIET:
            yield from _read_line(source, found, number, begun)


def _read_line(
    source: Source, line: Mapping[str, Any], number: int, begun: dict[str, str]
) -> Iterator[Record | Failure]:
    place = Locator(line=number, pointer="/@timestamp")
    at = read_field_time(source, line.get("@timestamp"), "@timestamp", place)
    if isinstance(at, Failure):
        yield at
        return
    cited = EvidenceRef(source.evidence_id, place, text_of(line.get("@message"))[:160])
    kind = text_of(line.get("type"))
    if kind in _STATES:
        yield _applied(line, kind, at, cited, begun)
        return
    severity = text_of(value_at(line, "diagnostic", "severity"))
    address = (
        text_of(value_at(line, "change", "resource", "addr"))
        or text_of(value_at(line, "hook", "resource", "addr"))
        or text_of(value_at(line, "diagnostic", "address"))
    )
    title = without_secrets(text_of(line.get("@message"))) or f"Terraform: {kind.replace('_', ' ')}"
    yield Event(
        instant=at,
        title=title,
        body=without_secrets(text_of(value_at(line, "diagnostic", "detail"))),
        evidence=cited,
        lane=Lane.CHANGES,
        kind=EventKind.NOTE,
        attributes=there(
            status=kind, severity=severity, resource=address,
            action=value_at(line, "change", "action") or value_at(line, "changes", "operation"),
            reason=value_at(line, "change", "reason"),
        ),
    )  # fmt: skip


def _applied(line: Mapping[str, Any], kind: str, at: Instant, cited: EvidenceRef, begun: dict[str, str]) -> Change:
    """One resource that begins to be changed, is done or fails. Start and end share the moment of the start."""
    address = text_of(value_at(line, "hook", "resource", "addr")) or "a resource without an address"
    action = text_of(value_at(line, "hook", "action")) or "change"
    key = f"{address}:{action}"
    if kind == "apply_start":
        begun[key] = at.utc.isoformat()
    started = begun.get(key, at.utc.isoformat())
    return Change(
        instant=at,
        kind=ChangeKind.INFRASTRUCTURE,
        title=f"Terraform {action} {address}: {_WORDS[kind]}",
        service=text_of(value_at(line, "hook", "resource", "resource_name")),
        reference=address,
        state=_STATES[kind],
        evidence=cited,
        fingerprint=f"terraform:{key}:{started}",
        attributes=there(
            resource=address, action=action, status=_WORDS[kind],
            module=value_at(line, "hook", "resource", "module"),
            number=value_at(line, "hook", "id_value"),
        ),
    )  # fmt: skip
