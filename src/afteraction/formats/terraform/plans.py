"""A plan as `terraform show -json` prints it: which resources would be changed, and which had drifted.

Knows resource changes with their actions. Refuses to call a planned change done: that is said by the run alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import is_never
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload, there
from afteraction.core.records import Document, Event, EventKind, Lane, Record
from afteraction.formats.terraform.values import differences

_QUIET = (["no-op"], ["read"])
_LINES = 200


def is_plan(value: Mapping[str, Any]) -> bool:
    """Whether an object is a plan."""
    return "format_version" in value and isinstance(value.get("resource_changes"), list)


def read_plan(plan: Payload) -> Iterator[Record | Failure]:
    """The plan as a document, and as a note where it states when it was made."""
    wrong: list[Failure] = []
    changes = list(_resources(plan, "resource_changes", wrong))
    drifts = list(_resources(plan, "resource_drift", wrong))
    counted = Counter(action for _, action, _ in changes)
    told = ", ".join(f"{number} to {action}" for action, number in sorted(counted.items())) or "nothing to change"
    if drifts:
        told += f", {len(drifts)} drifted"
    at: Instant | None = None
    if not is_never(plan.at("timestamp")):
        stated = plan.instant("timestamp")
        at, wrong = (stated, wrong) if isinstance(stated, Instant) else (None, [*wrong, stated])
    lines = [f"{action} {address}" + _indented(differing) for address, action, differing in changes]
    lines += [f"drifted: {action} {address}" + _indented(differing) for address, action, differing in drifts]
    more = [f"and {len(lines) - _LINES} more"] if len(lines) > _LINES else []
    text = "\n".join([*lines[:_LINES], *more])
    facts = {
        **there(version=plan.text("terraform_version"), applyable=str(plan.at("applyable") or "").lower(),
                errored="yes" if plan.at("errored") is True else ""),
        **{f"resource.{address}": "; ".join((action, *differing)) for address, action, differing in changes},
        **{f"drift.{address}": "; ".join((action, *differing)) for address, action, differing in drifts},
    }  # fmt: skip
    yield Document(
        kind=EvidenceKind.DEPLOYMENT,
        title=f"Terraform plan: {told}",
        evidence=plan.cite("resource_changes"),
        captured_at=at,
        captured_from="metadata" if at else "",
        text=text,
        attributes=facts,
    )
    if at is not None:
        yield Event(
            instant=at, title=f"Terraform plan: {told}", body=text, evidence=plan.cite("timestamp"), lane=Lane.CHANGES,
            kind=EventKind.NOTE, attributes=there(status="planned", version=plan.text("terraform_version")),
        )  # fmt: skip
    yield from wrong


def _indented(lines: tuple[str, ...]) -> str:
    return "".join(f"\n  {line}" for line in lines)


def _resources(plan: Payload, key: str, wrong: list[Failure]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(address, action, what differs) of each resource that is not left as it is."""
    stated = plan.at(key)
    for index, item in enumerate(stated if isinstance(stated, list) else ()):
        change = item.get("change") if isinstance(item, dict) else None
        actions = change.get("actions") if isinstance(change, dict) else None
        if not isinstance(actions, list) or not all(isinstance(one, str) for one in actions) or not actions:
            step = "Export the plan again."
            wrong.append(plan.failure("a resource change has actions; this has none.", step, key, str(index)))
            continue
        if actions in _QUIET:
            continue
        assert isinstance(item, dict) and isinstance(change, dict)
        action = "replace" if len(actions) > 1 else actions[0]
        yield str(item.get("address") or "a resource without an address"), action, differences(change)
