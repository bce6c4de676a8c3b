"""The records of one rollout as one change.

Knows that a start, a state and an end of one thing share a fingerprint, and that a release, its pipeline and its
deployment share what they carry. Refuses to fold what a list of changes names by ids of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from afteraction.core.records import Change, ChangeKind

_LEADS = (ChangeKind.DEPLOYMENT, ChangeKind.ROLLBACK, ChangeKind.RELEASE, ChangeKind.PIPELINE)
_STATE = re.compile(
    r"(?::\s+|\s+)(?:started|in[ _]progress|success|succeeded|successful|finished|completed?|published|queued|pending|"
    r"failure|failed)\s*$",
    re.I,
)
_FAILED = frozenset({"failure", "failed", "error", "cancelled", "canceled"})
_LONGEST_S = 3600.0
_SEVERAL = 2


def fold(changes: Sequence[Change]) -> list[Change]:
    """Each rollout once, from its first record (`instant`) to its last (`until`), in the order of the first ones."""
    groups: dict[str, list[Change]] = {}
    for place, one in enumerate(changes):
        shares = one.fingerprint if one.kind in _LEADS else ""
        groups.setdefault(f"{one.kind.value} {shares}" if shares else f"alone {place}", []).append(one)
    return _across([_folded(group) for group in groups.values()])


def _across(changes: Sequence[Change]) -> list[Change]:
    """A deployment takes in the pipeline and the release of the same service that carry the same."""
    found: list[Change] = []
    heads: dict[tuple[str, str], list[int]] = {}
    ordered = sorted(changes, key=lambda one: _LEADS.index(one.kind) if one.kind in _LEADS else len(_LEADS))
    for one in ordered:
        keys = _carries(one) if one.kind in _LEADS else []
        place = next((at for key in keys for at in heads.get(key, ()) if _is_one(found[at], one)), None)
        if place is None:
            place = len(found)
            found.append(one)
        else:
            found[place] = _folded([found[place], one])
        for key in keys:
            heads.setdefault(key, []).append(place)
    return sorted(found, key=lambda one: one.instant.utc)


def _carries(one: Change) -> list[tuple[str, str]]:
    told = {one.reference, one.attributes.get("commit", ""), one.attributes.get("version", "")}
    told.add(one.attributes.get("branch", "") if one.kind is ChangeKind.PIPELINE else "")
    return [(one.service, name) for name in sorted(told - {""})] if one.service and not one.attributes.get("id") else []


def _is_one(head: Change, other: Change) -> bool:
    apart = abs((head.instant.utc - other.instant.utc).total_seconds())
    return head.kind is not other.kind and apart <= _LONGEST_S


def _folded(group: Sequence[Change]) -> Change:
    if len(group) < _SEVERAL:
        one = group[0]
        return replace(one, title=_STATE.sub("", one.title)) if one.kind in _LEADS else one
    head = group[0]
    # A release is published before it goes out: its time is not when it ran.
    ran = [one for one in group if one.kind is not ChangeKind.RELEASE] or list(group)
    ends = [end for one in ran for end in (one.until or one.instant,)]
    first, last = min((one.instant for one in ran), key=lambda at: at.utc), max(ends, key=lambda at: at.utc)
    attributes = {key: text for one in reversed(group) for key, text in one.attributes.items()}
    said = [one.attributes["message"] for one in group if one.attributes.get("message")]
    failed = all(one.attributes.get("status", one.state).lower() in _FAILED for one in group)
    return replace(
        head,
        instant=first,
        until=last if last.utc > first.utc else head.until,
        title=_STATE.sub("", head.title),
        state="failure" if failed else head.state,
        attributes={**attributes, **({"message": "\n".join(dict.fromkeys(said))} if said else {})},
    )
