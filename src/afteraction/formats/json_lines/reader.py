"""JSON-lines logs of any shape: one object per line with a time somewhere in it.

Knows how to tell from the first lines which field is the time, the message, the level and so on. Refuses files whose
lines have no field that reads as a time, and to guess the unit of a duration.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from afteraction.core.errors import AfteractionError, NaiveTime, UnreadableTime
from afteraction.core.evidence import EvidenceKind
from afteraction.core.reading import Source
from afteraction.core.readplan import Column, Layout, ReadPlan, Shape, TimeColumn
from afteraction.core.timestamps import read_timestamp
from afteraction.formats.json_lines import names

SAMPLE_LINES = 400
DEPTH = 3
_PATTERNS = {"/": "%d/%b/%Y:%H:%M:%S %z", ",": "%a, %d %b %Y %H:%M:%S %z"}


@dataclass(frozen=True, slots=True)
class Sample:
    """The objects among the first lines, flattened: dotted path → scalar value. `lines` counts all lines looked at."""

    objects: list[dict[str, Any]]
    lines: int

    def present(self, wanted: Iterable[str]) -> list[str]:
        """The paths that are called one of `wanted` (in any case), best name first, the more frequent before."""
        seen = Counter(path for fields in self.objects for path in fields)
        order = {name: place for place, name in enumerate(wanted)}
        found = [path for path in seen if path.lower() in order]
        return sorted(found, key=lambda path: (order[path.lower()], -seen[path], path))

    def values(self, path: str) -> list[Any]:
        """The values of one path, where it has one."""
        return [fields[path] for fields in self.objects if fields.get(path) is not None]


class JsonLines:
    """JSON lines of any logger."""

    name = "json_lines"
    title = "JSON-lines log (structlog, zap, logback, pino, bunyan, zerolog and others)"
    kind = EvidenceKind.LOG
    example = '{"timestamp":"2026-05-12T14:02:11Z","level":"error","service":"cart","message":"cannot reach stock"}'

    def sniff(self, source: Source) -> float:
        """Some objects among the first lines with a time; surer with a level and a message beside it."""
        if source.is_binary or source.head_text().lstrip()[:1] not in ("{", ""):
            lines = source.head_lines(limit=10)
            if not any(line.lstrip().startswith("{") for line in lines):
                return 0.0
        sample = sample_of(source)
        if not sample.objects or len(sample.objects) * 2 < sample.lines:
            return 0.0
        if time_of(sample, source.options.mapping) is None:
            return 0.0
        lines_by_name = source.name.lower().endswith((".jsonl", ".ndjson", ".log", ".jsonlines"))
        has_level, has_message = bool(sample.present(names.LEVEL)), bool(sample.present(names.MESSAGE))
        if _is_node(sample) and has_message:
            return 0.8
        if sample.lines == 1 and not lines_by_name:
            return 0.2 if has_level and has_message else 0.0
        return 0.3 + 0.1 * has_message + 0.08 * has_level

    def plan(self, source: Source) -> ReadPlan:
        """The fields by the names that the first lines use; a saved mapping goes first."""
        mapping = source.options.mapping
        sample = sample_of(source)
        time = time_of(sample, mapping)
        if time is None:
            raise AfteractionError(
                "no field of its first lines reads as a time.",
                where=source.name,
                next_step='Name it in a mapping, e.g. {"time": "when"}.',
            )
        paths, formats = time
        return ReadPlan(
            shape=Shape.LOGS,
            layout=Layout.JSON_LINES,
            encoding=source.encoding,
            time=TimeColumn(paths, formats, zone=source.options.zone, year=source.options.year),
            columns=tuple(_columns(sample, mapping)),
            keep_rest=True,
        )


def sample_of(source: Source) -> Sample:
    """The first lines as flat objects; what is no object only counts as a line."""
    lines = source.head_lines(limit=SAMPLE_LINES)
    objects = []
    for line in lines:
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        if isinstance(value, dict):
            objects.append(dict(_flat(value)))
    return Sample(objects, len(lines))


def _flat(value: Mapping[str, Any], prefix: str = "", depth: int = 1) -> Iterator[tuple[str, Any]]:
    for key, inner in value.items():
        if isinstance(inner, dict):
            if depth < DEPTH:
                yield from _flat(inner, f"{prefix}{key}.", depth + 1)
        elif not isinstance(inner, list):
            yield f"{prefix}{key}", inner


def time_of(sample: Sample, mapping: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Where the time stands and how it is written: (paths, formats); None when no field reads as a time."""
    candidates = [mapping["time"]] if "time" in mapping else sample.present(names.TIME)
    for path in candidates:
        values = sample.values(path)
        forms = Counter(filter(None, (_form(path, value, sample) for value in values)))
        if forms and sum(forms.values()) * 2 > len(sample.objects):
            return (path,), tuple(form for form, _ in forms.most_common())
    return None


def _form(path: str, value: Any, sample: Sample) -> str:
    """The format of one time in the words of a read plan; empty when it is none."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float) or (isinstance(value, str) and value.strip().replace(".", "", 1).isdigit()):
        stated = names.TIME_UNITS.get(path.lower())
        plausible = 1e8 < float(value) < 1e20
        return "" if not plausible else stated or ("epoch_ms" if _is_node(sample) and float(value) > 1e11 else "epoch")
    if not isinstance(value, str):
        return ""
    try:
        read_timestamp(value, zone="UTC")
    except (NaiveTime, UnreadableTime):
        return ""
    # "20/Nov/2026:21:41:06 +0100" and "Fri, 20 Nov 2026 21:41:06 +0000" are the two usual ways that are not ISO.
    return _PATTERNS.get(value[2:3] if "/" in value[:3] else value[3:4], "iso")


def _is_node(sample: Sample) -> bool:
    """Levels in tens beside a process id: pino and bunyan, whose numbers of a time are milliseconds."""
    levels = sample.values("level")
    tens = {10, 20, 30, 40, 50, 60}
    return bool(levels) and all(level in tens for level in levels) and bool(sample.values("pid"))


def _columns(sample: Sample, mapping: Mapping[str, str]) -> Iterator[Column]:
    def sources(target: str, wanted: Iterable[str]) -> tuple[str, ...]:
        return (mapping[target],) if target in mapping else tuple(sample.present(wanted))

    logger: tuple[str, ...] = names.LOGGER
    service: tuple[str, ...] = names.SERVICE
    if _is_node(sample):
        service = (*service, "name")
    elif sample.present(("levelname",)):
        logger = (*logger, "name")
    yield Column("message", sources("message", names.MESSAGE))
    level = sources("level", names.LEVEL)
    yield Column("level", level, values=_level_words(sample, level))
    yield Column("service", sources("service", service))
    yield Column("logger", sources("logger", logger)[:1])
    yield Column("host", sources("host", names.HOST)[:1])
    yield Column("trace_id", sources("trace_id", names.TRACE)[:1])
    statuses = [path for path in sources("status", names.STATUS) if _are_statuses(sample.values(path))]
    yield Column("status", tuple(statuses[:1]), kind="integer")
    durations = sources("duration_ms", names.DURATION)[:1]
    scale = names.DURATION.get(durations[0].lower(), 1.0) if durations else 1.0
    yield Column("duration_ms", durations, kind="real", scale=scale)


def _level_words(sample: Sample, paths: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Which numbers and words stand for which level, told from the numbers that occur."""
    numbers = {int(value) for path in paths for value in sample.values(path) if str(value).isdigit()}
    if not numbers:
        return names.WORDS
    if "severity" in paths[0].lower():
        return (*names.WORDS, *names.OTEL_LEVELS)
    if max(numbers) <= 7:
        return (*names.WORDS, *names.GELF_LEVELS)
    return (*names.WORDS, *names.NODE_LEVELS)


def _are_statuses(values: list[Any]) -> bool:
    return bool(values) and all(str(value).isdigit() and 100 <= int(value) <= 599 for value in values)


READER = JsonLines()
