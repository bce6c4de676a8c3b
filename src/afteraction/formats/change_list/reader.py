"""Reads `changes.json` of a case: deploys, commits, flags, configuration and infrastructure in one list.

Knows the fields of one change. Refuses to tie a commit to the release that carried it: the engine does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node, documents, outline
from afteraction.core.reading import Source
from afteraction.core.records import Actor, Change, ChangeKind, Record

_KINDS = {
    "deploy": ChangeKind.DEPLOYMENT, "deployment": ChangeKind.DEPLOYMENT, "rollout": ChangeKind.DEPLOYMENT,
    "commit": ChangeKind.COMMIT, "flag": ChangeKind.FLAG, "feature_flag": ChangeKind.FLAG, "config": ChangeKind.CONFIG,
    "configuration": ChangeKind.CONFIG, "infrastructure": ChangeKind.INFRASTRUCTURE,
    "infra": ChangeKind.INFRASTRUCTURE, "rollback": ChangeKind.ROLLBACK, "release": ChangeKind.RELEASE,
    "pipeline": ChangeKind.PIPELINE,
}  # fmt: skip
_TAKEN = {"at", "kind", "service", "id", "title", "version", "files", "diff", "completed_at", "actor", "author"}
_SAMPLE = 20


@dataclass(frozen=True)
class ChangeList:
    """The reader of this folder."""

    name: str = "change_list"
    title: str = "Changes of a case (JSON)"
    kind: EvidenceKind = EvidenceKind.DEPLOYMENT
    example: str = '[{"at":"2026-05-12T14:01:40Z","kind":"deploy","service":"cart","id":"d-91","title":"cart 2.4.0"}]'

    def sniff(self, source: Source) -> float:
        """Sure where the records have a moment, a known kind, and an id or a title; less so where only some do."""
        found = outline(source)
        records = found if isinstance(found, list) else [found]
        known = [one for one in records[:_SAMPLE] if isinstance(one, dict)]
        fitting = [one for one in known if "at" in one and _kind(one.get("kind")) and one.keys() & {"id", "title"}]
        if not fitting:
            return 0.0
        return 0.9 if len(fitting) * 3 >= len(records[:_SAMPLE]) * 2 else 0.3

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One change per record, in the order of the list."""
        for root in documents(source):
            if isinstance(root, Failure):
                yield root
            elif root.opener == "[":
                for node in root.children():
                    yield from _read(source, node)
            else:
                yield from _read(source, root)


def _kind(stated: object) -> ChangeKind | None:
    return _KINDS.get(stated.strip().lower().replace("-", "_").replace(" ", "_")) if isinstance(stated, str) else None


def _read(source: Source, node: Node) -> Iterator[Record | Failure]:
    value = node.value()
    if node.damaged:
        return
    if not isinstance(value, dict):
        yield Failure(source.name, "a change is an object; this is none.", "Leave it out.", node.locator())
        return
    at = read_field_time(source, value.get("at"), "at", node.locator("at"))
    if isinstance(at, Failure):
        yield at
        return
    until: Instant | Failure | None = None
    if not is_never(value.get("completed_at")):
        until = read_field_time(source, value["completed_at"], "completed_at", node.locator("completed_at"))
    if isinstance(until, Failure):
        yield until
        until = None
    elif until is not None and until.utc < at.utc:
        yield Failure(
            source.name, '"completed_at" lies before "at"; the change was kept without its end.', "Correct it.",
            node.locator("completed_at"), lost=0,
        )  # fmt: skip
        until = None
    kind, stated = _kind(value.get("kind")), _text(value.get("kind"))
    if kind is None:
        kind = ChangeKind.CONFIG
        yield Failure(
            source.name, f'"{stated[:40]}" is no known kind of change; it was kept as configuration.',
            f"Use one of: {', '.join(sorted(_KINDS))}.", node.locator("kind"), lost=0,
        )  # fmt: skip
    own, who = _text(value.get("id")), _text(value.get("actor")) or _text(value.get("author"))
    files = value.get("files")
    yield Change(
        instant=at,
        until=until,
        kind=kind,
        title=_text(value.get("title")) or own or stated or f"{kind.value} without a title",
        service=_text(value.get("service")),
        reference=_text(value.get("version")) or own,
        actor=Actor(key=f"record:{who}", name=who) if who else None,
        fingerprint=f"{kind.value}:{own}" if own else "",
        files=tuple(map(_text, files)) if isinstance(files, list) else (),
        diff=_text(value.get("diff")),
        evidence=node.cite(source.evidence_id, "at"),
        attributes=_attributes(value, own),
    )


def _attributes(value: Mapping[str, object], own: str) -> dict[str, str]:
    """What else the record states, as text: `id`, `version`, `instances` (comma-separated), `committed_at` and any
    further plain field."""
    found = {"id": own, "version": _text(value.get("version"))}
    for key, one in value.items():
        if key in _TAKEN:
            continue
        found[key] = ",".join(map(_text, one)) if isinstance(one, list) else _text(one)
    return {key: text for key, text in found.items() if text}


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value)


READER = ChangeList()
