"""Asks a record for its facts by what they mean, and tells what kind of record it is.

Knows how to match field names in any case and one record below another, and which values look like times. Refuses to
look at file names, and to take a record for something it only resembles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from afteraction.formats.generic_json.meanings import BY_NAME, MEANINGS, UPDATES, Meaning

Path = tuple[str, ...]

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TIME = re.compile(
    r"^[+-]?\d{4,6}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]|$)|^\d{8}T\d{4}|^\d{2}/[A-Za-z]{3}/\d{4}:|"
    r"^(?:[A-Z][a-z]{2},? )?(?:\d{1,2} [A-Z][a-z]{2}|[A-Z][a-z]{2} +\d{1,2})\b"
)


@lru_cache(maxsize=4096)
def plain(key: str) -> str:
    """A field name in lower case with underscores, whatever its case was."""
    return _HUMP.sub("_", key).lower().replace("-", "_").replace(" ", "_")


def looks_like_time(value: object) -> bool:
    """Whether a value is written the way times are: a date, or a count of seconds (ms, µs, ns) after 1990."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return 6.3e8 < value < 1e20
    if not isinstance(value, str):
        return False
    text = value.strip()
    if text.replace(".", "", 1).isdigit() and text.isascii():
        return 10 <= len(text) <= 20 and float(text) > 6.3e8
    return bool(_TIME.match(text))


@dataclass
class Fields:
    """One record, asked by role."""

    record: Mapping[str, object]
    meaning: Meaning
    mapping: tuple[tuple[str, str], ...] = ()
    _paths: Mapping[str, tuple[Path, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self._paths = _resolve(self.meaning.name, tuple(_paths_of(self.record)), self.mapping)

    def find(self, role: str) -> tuple[Path, object]:
        """(path, value) of a role's first field that has a value; ((), None) when none has."""
        record = self.record
        for path in self._paths.get(role, ()):
            value: object = record.get(path[0])
            for key in path[1:]:
                value = value.get(key) if isinstance(value, dict) else None
            if value is not None and value != "":
                return path, value
        return (), None

    def text(self, role: str) -> str:
        """The value of a role as text; empty when there is none, or when it is no scalar."""
        value = self.find(role)[1]
        return str(value) if isinstance(value, str | int | float) else ""


def _paths_of(record: Mapping[str, object]) -> Iterator[Path]:
    for key, value in record.items():
        yield (key,)
        if isinstance(value, dict):
            for inner, deeper in value.items():
                yield (key, inner)
                if isinstance(deeper, dict):
                    yield from ((key, inner, last) for last in deeper)


@lru_cache(maxsize=512)
def _resolve(
    name: str, paths: tuple[Path, ...], mapping: tuple[tuple[str, str], ...]
) -> Mapping[str, tuple[Path, ...]]:
    """Where each role of a meaning stands in records with these paths, best name first."""
    named = {".".join(plain(key) for key in path): path for path in reversed(paths)}
    stated = dict(mapping)
    found: dict[str, tuple[Path, ...]] = {}
    for role, names in BY_NAME[name].roles.items():
        wanted = (plain(stated[role]),) if role in stated else names
        found[role] = tuple(named[one] for one in wanted if one in named)
    return found


def recognise(record: object, mapping: Mapping[str, str]) -> Meaning | None:
    """What a record is, or None. A mapping that names the record (`{"record": "deploy", "time": "when"}`) decides."""
    if not isinstance(record, dict) or not record:
        return None
    pairs = tuple(sorted(mapping.items()))
    if mapping.get("record") in BY_NAME:
        meaning = BY_NAME[mapping["record"]]
        fields = Fields(record, meaning, pairs)
        return meaning if all(fields.find(role)[0] for role in meaning.needs) else None
    names = {plain(key) for key in record}
    return next((meaning for meaning in MEANINGS if _fits(meaning, record, names, pairs)), None)


def _fits(meaning: Meaning, record: Mapping[str, object], names: set[str], pairs: tuple[tuple[str, str], ...]) -> bool:
    if not names.isdisjoint(meaning.without):
        return False
    fields = Fields(record, meaning, pairs)
    if not all(fields.find(role)[0] for role in meaning.needs):
        return False
    has_one = not meaning.any_of or any(fields.find(role)[0] for role in meaning.any_of if role in meaning.roles)
    if not has_one and not ("updates" in meaning.any_of and any(isinstance(record.get(key), list) for key in UPDATES)):
        return False
    if not all(looks_like_time(fields.find(role)[1]) for role in meaning.times):
        return False
    return all(_is_number(fields.find(role)[1]) for role in meaning.numbers)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def recognise_all(records: Iterable[object], mapping: Mapping[str, str]) -> Meaning | None:
    """What most of these records are: at least two thirds of them have to be the same; else None."""
    found = [recognise(record, mapping) for record in records]
    counts = Counter(one.name for one in found if one is not None)
    name, count = counts.most_common(1)[0] if counts else ("", 0)
    return BY_NAME[name] if count and count * 3 >= len(found) * 2 else None
