"""What a read plan says about an original, worked out line by line in plain Python: a second opinion to the executor.

Small originals only. Line numbers are physical.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from afteraction.core.errors import UnreadableTime
from afteraction.core.reading import Source
from afteraction.core.readplan import Column, Layout, ReadPlan, TimeColumn
from afteraction.core.timestamps import from_epoch, read_timestamp


@dataclass
class Read:
    """Rows by name of the target column, with `line` and `instant` (UTC), and the numbers of rejected lines."""

    rows: list[dict[str, object]] = field(default_factory=list)
    rejected: list[int] = field(default_factory=list)

    def column(self, name: str) -> list[object]:
        return [row.get(name) for row in self.rows]


def carry_out(plan: ReadPlan, source: Source) -> Read:
    done = Read()
    for number, line in enumerate(source.read_text().split("\n"), start=1):
        line = line.removesuffix("\r")
        if not line.strip() or (plan.ignored and re.search(plan.ignored, line)):
            continue
        fields = _fields(plan, line)
        instant = _instant(plan.time, fields) if fields is not None else None
        if fields is None and plan.continues and done.rows:
            done.rows[-1]["message"] = f"{done.rows[-1]['message']}\n{line}"
        elif fields is None or instant is None:
            done.rejected.append(number)
        else:
            row = {column.name: _value(column, fields) for column in plan.columns}
            done.rows.append({"line": number, "instant": instant, "raw": fields, **row})
    return done


def _fields(plan: ReadPlan, line: str) -> dict[str, object] | None:
    if plan.layout is Layout.TEXT_LINES:
        match = re.match(plan.pattern, line)
        return match.groupdict() if match else None
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _first(sources: tuple[str, ...], fields: dict[str, object]) -> object:
    for name in sources:
        value: object = fields.get(name)
        if value is None and "." in name:
            value = fields
            for part in name.split("."):
                value = value.get(part) if isinstance(value, dict) else None
        if value is not None and value != "":
            return value
    return None


def _value(column: Column, fields: dict[str, object]) -> object:
    raw = _first(column.sources, fields)
    if column.kind == "text_or_bytes" and isinstance(raw, list):
        raw = bytes(raw).decode("utf-8", errors="replace")
    text = None if raw is None else raw if isinstance(raw, str) else json.dumps(raw)
    if text is not None and column.extract:
        found = re.search(column.extract, text)
        text = found[1] if found else None
    if text is not None:
        text = dict(column.values).get(text.lower(), text)
    if text is None:
        return column.constant
    if column.kind in ("real", "integer"):
        try:
            return (float if column.kind == "real" else int)(text) * (column.scale if column.kind == "real" else 1)
        except ValueError:
            return None
    return text


def _instant(time: TimeColumn, fields: dict[str, object]) -> datetime | None:
    raw = _first(time.sources, fields)
    return None if raw is None else next(filter(None, (_read(str(raw), form, time) for form in time.formats)), None)


def _read(text: str, form: str, time: TimeColumn) -> datetime | None:
    try:
        if form.startswith("epoch"):
            return from_epoch(text, form[6:]).utc
        if form == "iso":
            return read_timestamp(text, zone=time.zone).utc
        has_year = "%Y" in form or "%y" in form
        stated = text if has_year else f"{time.year} {text}"
        naive = datetime.strptime(stated, form if has_year else f"%Y {form}")
    except (ValueError, UnreadableTime):
        return None
    if naive.tzinfo is not None:
        return naive.astimezone(UTC)
    if time.zone is None:
        return None
    instant = naive.replace(tzinfo=ZoneInfo(time.zone)).astimezone(UTC)
    if has_year or time.near is None:
        return instant
    near = read_timestamp(time.near).utc
    years = (instant + timedelta(days=365.25 * step) for step in (-1, 0, 1))
    nearest = min(years, key=lambda candidate: abs(candidate - near)).year
    return naive.replace(year=nearest, tzinfo=ZoneInfo(time.zone)).astimezone(UTC)
