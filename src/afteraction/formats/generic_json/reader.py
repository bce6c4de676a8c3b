"""Reads plain JSON records of recognisable meaning: arrays, lines, or lists below an object.

Knows how to find the records and which builder each kind belongs to. Refuses what it does not recognise: such a file
is nobody's, and such a list in a file that it reads is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node, documents, outline
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.generic_json import changes, measures, providers, sightings
from afteraction.formats.generic_json.fields import Fields, plain, recognise, recognise_all
from afteraction.formats.generic_json.meanings import Meaning
from afteraction.formats.generic_json.places import Placed

DEPTH = 3
LOOKED_AT = 20
NOTED_BYTES = 64 * 1024
_FETCHED = ("fetched_at", "captured_at", "generated_at", "retrieved_at", "updated_at")

BUILDERS: dict[str, Callable[[Placed], Iterator[Record | Failure]]] = {
    "span": measures.read_span,
    "sample": measures.read_sample,
    "commit": changes.read_commit,
    "deploy": changes.read_deploy,
    "flag": changes.read_flag,
    "alert": sightings.read_alert,
    "ticket": sightings.read_ticket,
    "event": sightings.read_event,
    "incident": providers.read_incident,
}


@dataclass(frozen=True)
class GenericJson:
    """The reader of this folder."""

    name: str = "generic_json"
    title: str = "JSON records (alerts, deploys, commits, flags, spans, tickets, provider incidents)"
    kind: EvidenceKind = EvidenceKind.DOCUMENT
    example: str = (
        '[{"timestamp":"2026-05-12T13:52:00Z","service":"payments-api","version":"v2.14","commit_sha":"3f9c1e2"}]'
    )

    def sniff(self, source: Source) -> float:
        """Fairly sure when the first records have the fields and times of a kind; surer when a mapping names it."""
        found = outline(source)
        mapping = source.options.mapping
        meaning = _meaning_of(found, mapping_of(source), DEPTH)
        if meaning is None:
            return 0.0
        if "record" in mapping:
            return 0.6
        if meaning.name == "event":
            # Noted events are few; a long file of the same shape is a log.
            return 0.45 if source.size <= NOTED_BYTES else 0.0
        return 0.49

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every record of every list that is recognised."""
        known: dict[tuple[str, ...], Meaning | None] = {}
        for root in documents(source):
            if isinstance(root, Failure):
                yield root
            elif root.opener == "[":
                yield from _read_list(source, root, {}, is_root=True)
            elif root.opener == "{":
                yield from _read_object(source, root, known)
            elif root.finish() and not root.damaged:
                yield Failure(source.name, "this is neither an object nor an array.", "Leave it out.", root.locator())


def mapping_of(source: Source) -> dict[str, str]:
    """The mapping that a person saved for this original."""
    return dict(source.options.mapping)


def _meaning_of(value: object, mapping: dict[str, str], depth: int) -> Meaning | None:
    """What the first recognised list or record of an outline holds."""
    if isinstance(value, list):
        found = recognise_all([one for one in value if one is not None][:LOOKED_AT], mapping)
        return found if found is None or found.everywhere or depth == DEPTH else None
    if not isinstance(value, dict) or not depth:
        return None
    single = recognise(value, mapping) if depth == DEPTH else None
    if single is not None and single.name != "pattern":
        return single
    inner = (one for one in value.values() if isinstance(one, list | dict))
    return next((found for one in inner if (found := _meaning_of(one, mapping, depth - 1))), None)


def _read_object(
    source: Source, root: Node, known: dict[tuple[str, ...], Meaning | None]
) -> Iterator[Record | Failure]:
    """A record that stands alone or on its own line, or an object with lists of records below it."""
    value = root.value()
    if isinstance(value, dict):
        keys = tuple(value)
        if known.get(keys) is None:
            known[keys] = recognise(value, mapping_of(source))
        meaning = known[keys]
        if meaning is not None and meaning.name in BUILDERS:
            yield from BUILDERS[meaning.name](_placed(source, root, value, meaning))
            return
    lists = _Lists(source)
    yield from lists.read(root, DEPTH)
    if not lists.read_any and not root.damaged:
        yield Failure(
            source.name,
            "records of unknown meaning were left out.",
            'Name their kind and fields in a mapping, e.g. {"record": "deploy", "time": "when"}.',
            root.locator(),
        )


def _placed(source: Source, node: Node, value: dict[str, object], meaning: Meaning) -> Placed:
    return Placed(source, node, Fields(value, meaning, tuple(sorted(source.options.mapping.items()))))


@dataclass
class _Lists:
    """Lists of records below an object; `read_any` tells whether one was recognised."""

    source: Source
    read_any: bool = False
    around: dict[str, str] = field(default_factory=dict)

    def read(self, node: Node, depth: int) -> Iterator[Record | Failure]:
        """Every recognised list below a value, with the scalars that stand beside it."""
        members = list(node.children())
        outer = self.around
        self.around = {**outer, **{one.key: str(one.value()) for one in members if one.opener not in "[{"}}
        unknown: list[Node] = []
        for member in members:
            if member.opener == "{" and depth > 1:
                yield from self.read(member, depth - 1)
            elif member.opener == "[":
                found = list(_read_list(self.source, member, self.around))
                if found or _is_empty(member):
                    self.read_any = self.read_any or bool(found)
                    yield from found
                else:
                    unknown.append(member)
        for member in unknown if self.read_any else ():
            yield from self._read_unknown(member)
        self.around = outer

    def _read_unknown(self, member: Node) -> Iterator[Record | Failure]:
        records = [child.value() for child in member.children()]
        fetched = next((self.around[key] for key in self.around if plain(key) in _FETCHED), None)
        at = read_field_time(self.source, fetched, "fetched_at", member.locator()) if fetched else None
        provider = next((self.around[key] for key in self.around if plain(key) in ("provider", "vendor", "source")), "")
        document = providers.components_document(
            records, provider, at if isinstance(at, Instant) else None, member.cite(self.source.evidence_id)
        )
        if document is not None:
            yield document
        elif records and any(isinstance(one, dict) for one in records):
            reason = f'{len(records)} records of unknown meaning below "{member.key}" were left out.'
            yield Failure(self.source.name, reason, "Name their kind in a mapping.", member.locator(), lost=0)


def _is_empty(array: Node) -> bool:
    return next(array.children(), None) is None


def _read_list(
    source: Source, array: Node, around: dict[str, str], is_root: bool = False
) -> Iterator[Record | Failure]:
    """The records of one list, where most of its first ones are of one kind; nothing otherwise."""
    mapping = mapping_of(source)
    looked_at = [value for child in islice(array.children(), LOOKED_AT) if (value := child.value()) is not None]
    meaning = recognise_all(looked_at, mapping)
    if meaning is None or not (meaning.everywhere or is_root):
        if is_root and not _is_empty(array):
            array.finish()
            step = 'Name their kind and fields in a mapping, e.g. {"record": "deploy", "time": "when"}.'
            yield Failure(source.name, "records of unknown meaning were left out.", step, array.locator())
        return
    pairs = tuple(sorted(mapping.items()))
    patterns: list[Fields] = []
    for node in array.children():
        value = node.value()
        if node.damaged:
            continue
        if not isinstance(value, dict):
            yield Failure(source.name, "a record is an object; this is none.", "Leave it out.", node.locator())
        elif meaning.name == "pattern":
            patterns.append(Fields(value, meaning, pairs))
        else:
            name = array.key if not is_root else ""
            yield from BUILDERS[meaning.name](Placed(source, node, Fields(value, meaning, pairs), name, around))
    if patterns:
        yield measures.patterns_document(patterns, array.cite(source.evidence_id))


READER = GenericJson()
