"""The SQL that reads a time column: UTC, the zone it was written in, and what is odd about it.

Knows DuckDB's ways with times and where they differ from `core.timestamps`, whose rules hold: no zone is ever
guessed, a local time that happened twice is the earlier one, one that never happened is read with the offset before
the change. Refuses to touch files.

A format becomes stages: projections that each build on the columns of the one before. They read the text column `t`
and end in `utc` (TIMESTAMPTZ, null when unreadable), `zone` (as written), `odd` (VARCHAR[] of flags) and `naive`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache

from afteraction.core.flags import Flag
from afteraction.core.readplan import TimeColumn
from afteraction.core.timestamps import ZONE_NAMES, read_timestamp, zone_named

# Every clock change of these years is known to the SQL by its rule; it would be slow to plan with more of them.
FIRST_YEAR, LAST_YEAR = 2010, 2040
PER_SECOND = {"epoch_s": 1, "epoch_ms": 10**3, "epoch_us": 10**6, "epoch_ns": 10**9}
Stage = dict[str, str]

_MICROS_PER_HOUR = 3_600_000_000
_LAST_MICROSECOND = 253_402_300_799_999_999
_ISO_ZONE = r"(?:Z|z|[+-]\d{2}(?::?\d{2}){0,2}(?: [A-Z]{2,5})?|[A-Za-z][A-Za-z_]*(?:/[A-Za-z_+-]+)*)$"
# DuckDB also takes words such as "epoch" for times.
_DIGIT = "t >= '0' AND t < ':'"
# What DuckDB does not read and people write: a comma before the fraction, a leap second, a space before the offset,
# an abbreviation behind it, a small z.
_MENDING = (
    (r"(\d),(\d)", r"\1.\2"), (r":60([.Zz+ -]|$)", r":59\1"), (r"([+-]\d{2}:?\d{2}) [A-Z]{2,5}$", r"\1"),
    (r"\s+([+-]\d)", r"\1"), (r"(\d)z$", r"\1Z"),
)  # fmt: skip


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def stages(time: TimeColumn) -> list[Stage]:
    """The stages that read `t` as the plan says, formats in their order."""
    built = [_stages_of(form, time, str(place)) for place, form in enumerate(time.formats)]
    depth = max(map(len, built))
    merged = [
        {name: sql for one in built if level < len(one) for name, sql in one[level].items()} for level in range(depth)
    ]
    places = range(len(built))
    last: Stage = {
        "utc": f"coalesce({', '.join(f'u{place}' for place in places)})",
        "zone": _first_read(places, "z"),
        "odd": _first_read(places, "o"),
        "naive": " OR ".join(f"coalesce(n{place}, false)" for place in places),
    }
    return [*merged, last]


def _first_read(places: range, column: str) -> str:
    return "CASE " + " ".join(f"WHEN u{place} IS NOT NULL THEN {column}{place}" for place in places) + " END"


def _stages_of(form: str, time: TimeColumn, k: str) -> list[Stage]:
    if form == "iso":
        return _iso(time, k)
    if form == "epoch" or form in PER_SECOND:
        return _epoch(form, k)
    return _pattern(form, time, k)


def _iso(time: TimeColumn, k: str) -> list[Stage]:
    mended = "t"
    for pattern, by in _MENDING:
        mended = f"regexp_replace({mended}, {literal(pattern)}, {literal(by)}, 'g')"
    hours = ", ".join(f"{literal(name)}: {int(h * 3600)}" for name, h in ZONE_NAMES.items() if h)
    named = f"u_seconds{k}"
    return [
        {f"s{k}": f"CASE WHEN ends_with(t, 'Z') THEN 'Z' ELSE regexp_extract(substr(t, 11), {literal(_ISO_ZONE)}) END"},
        {
            # Abbreviations follow our list: ICU takes BST for Bangladesh.
            named: f"CASE WHEN s{k} <> 'Z' AND s{k} <> '' THEN (MAP {{{hours}}}[upper(s{k})])::BIGINT END",
            f"l{k}": f"CASE WHEN s{k} <> 'Z' AND {_DIGIT} THEN"
            f" coalesce(try_cast(t AS TIMESTAMP), try_cast({mended} AS TIMESTAMP)) END",
        },
        {
            f"r{k}": f"CASE WHEN NOT ({_DIGIT}) THEN NULL WHEN s{k} = '' THEN {_local(time.zone, f'l{k}')}"
            f" WHEN {named} IS NOT NULL THEN make_timestamptz(epoch_us(l{k}) - {named} * 1000000)"
            f" ELSE coalesce(try_cast(t AS TIMESTAMPTZ), try_cast({mended} AS TIMESTAMPTZ)) END",
            f"z{k}": f"CASE WHEN s{k} = '' THEN {_zone_literal(time)} ELSE s{k} END",
            f"o{k}": f"CASE WHEN s{k} = '' THEN {_local_flags(time.zone, f'l{k}')} END",
            f"n{k}": f"s{k} = '' AND l{k} IS NOT NULL" if time.zone is None else "false",
        },
        _within(k),
    ]  # fmt: skip


def _epoch(form: str, k: str) -> list[Stage]:
    per_second = str(PER_SECOND.get(form, 0))
    flags = "NULL::VARCHAR[]"
    if form == "epoch":
        size = f"abs(d{k})"
        per_second = f"(CASE WHEN {size} < 1e11 THEN 1 WHEN {size} < 1e14 THEN 1000 WHEN {size} < 1e17 THEN 1000000 ELSE 1000000000 END)"  # noqa: E501
        flags = f"CASE WHEN {size} >= 1e11 THEN [{literal(Flag.UNIT_GUESSED)}] END"
    # Whole numbers take the exact way: a double cannot hold today's nanoseconds. One of more digits than any time has
    # would be too large to multiply.
    whole = f"try_cast(try_cast(t AS HUGEINT) * 1000000 // {per_second} AS BIGINT)"
    broken = f"try_cast(round(d{k} * 1000000 / {per_second}) AS BIGINT)"
    return [
        {f"d{k}": "try_cast(t AS DOUBLE)"},
        {f"m{k}": f"CASE WHEN regexp_matches(t, '^-?[0-9]{{1,25}}$') THEN {whole} ELSE {broken} END"},
        {
            f"u{k}": f"CASE WHEN m{k} BETWEEN 0 AND {_LAST_MICROSECOND} THEN make_timestamptz(m{k}) END",
            f"z{k}": "'UTC'",
            f"o{k}": flags,
            f"n{k}": "false",
        },
    ]


def _pattern(form: str, time: TimeColumn, k: str) -> list[Stage]:
    flags, read = "", f"try_strptime(t, {literal(form)})"
    if "%Y" not in form and "%y" not in form and "%G" not in form:
        if time.year is None:
            return [{f"u{k}": "NULL::TIMESTAMPTZ", f"z{k}": "''", f"o{k}": "NULL::VARCHAR[]", f"n{k}": "false"}]
        read, flags = _in_year(form, time.year, time.near), Flag.YEAR_INFERRED
    also = f"[{literal(flags)}]" if flags else "[]::VARCHAR[]"
    if "%z" in form:
        return [
            {f"r{k}": f"{read}::TIMESTAMPTZ", f"z{k}": r"nullif(regexp_extract(t, '[+-]\d\d:?\d\d|Z'), '')",
             f"o{k}": also, f"n{k}": "false"},
            _within(k),
        ]  # fmt: skip
    return [
        {f"l{k}": f"{read}::TIMESTAMP"},
        {
            f"r{k}": _local(time.zone, f"l{k}"),
            f"z{k}": _zone_literal(time),
            f"o{k}": f"list_concat({also}, {_local_flags(time.zone, f'l{k}')})",
            f"n{k}": f"l{k} IS NOT NULL" if time.zone is None else "false",
        },
        _within(k),
    ]


def _in_year(form: str, year: int, near: str | None) -> str:
    """A reading without a year: in `year`, or with `near` in the one of three years that brings it nearest."""

    def read(candidate: int) -> str:
        return f"try_strptime({literal(f'{candidate} ')} || t, {literal(f'%Y {form}')})"

    if near is None:
        return read(year)
    micros = int(read_timestamp(near).utc.timestamp() * 1_000_000)
    candidates = ", ".join(
        f"{{'far': abs(epoch_us({read(candidate)}) - {micros}), 'reading': {read(candidate)}}}"
        for candidate in (year, year - 1, year + 1)
    )
    nearest = f"list_sort(list_filter([{candidates}], lambda one: one.far IS NOT NULL))[1].reading"
    # The usual case first: in its own year the reading lies within half a year.
    own = f"abs(epoch_us({read(year)}) - {micros}) < {182 * 24 * _MICROS_PER_HOUR}"
    return f"CASE WHEN {own} THEN {read(year)} ELSE {nearest} END"


def _zone_literal(time: TimeColumn) -> str:
    return literal(time.zone) if time.zone else "NULL::VARCHAR"


def _within(k: str) -> Stage:
    """A year of five digits is a typing error, not a time."""
    return {f"u{k}": f"CASE WHEN epoch_us(r{k}) <= {_LAST_MICROSECOND} THEN r{k} END"}


def _local(zone: str | None, local: str) -> str:
    """UTC of a wall clock reading in the declared zone; null when none was declared. Years of which the clock changes
    are not known here are left to ICU, which knows no earlier or later reading."""
    if zone is None:
        return "NULL::TIMESTAMPTZ"
    segments = _segments(zone)
    offsets = _tree([(start, str(offset * 1_000_000)) for start, offset, _ in segments], local)
    ours = f"make_timestamptz(epoch_us({local}) - {offsets})"
    name = getattr(zone_named(zone), "key", None)
    if len(segments) == 1 or name is None:
        return ours
    known = f"year({local}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"
    return f"CASE WHEN {known} THEN {ours} ELSE timezone({literal(name)}, {local}) END"


def _local_flags(zone: str | None, local: str) -> str:
    if zone is None:
        return "NULL::VARCHAR[]"
    lists = [(start, ", ".join(map(literal, (Flag.ZONE_ASSUMED, *odd)))) for start, _, odd in _segments(zone)]
    return _tree([(start, f"[{flags}]") for start, flags in lists], local)


def _tree(leaves: list[tuple[datetime, str]], column: str) -> str:
    """A binary search over the starts of `leaves`, as SQL; equal neighbours are one leaf."""
    slim = [leaf for place, leaf in enumerate(leaves) if place == 0 or leaf[1] != leaves[place - 1][1]]
    if len(slim) == 1:
        return slim[0][1]
    middle = len(slim) // 2
    left, right = _tree(slim[:middle], column), _tree(slim[middle:], column)
    return f"(CASE WHEN {column} < TIMESTAMP '{slim[middle][0]:%Y-%m-%d %H:%M:%S}' THEN {left} ELSE {right} END)"


@cache
def _segments(zone: str) -> list[tuple[datetime, int, tuple[str, ...]]]:
    """Wall clock readings of a zone cut where the rules change: (first reading, offset in seconds, flags)."""
    rules = zone_named(zone)
    segments: list[tuple[datetime, int, tuple[str, ...]]] = [(datetime.min, _offset(rules, _year(FIRST_YEAR)), ())]  # noqa: DTZ901
    for moment in _transitions(rules):
        before, after = _offset(rules, moment - timedelta(seconds=1)), _offset(rules, moment)
        wall = moment.replace(tzinfo=None)
        odd = Flag.FOLD if after < before else Flag.GAP
        segments.append((wall + timedelta(seconds=min(before, after)), before, (odd,)))
        segments.append((wall + timedelta(seconds=max(before, after)), after, ()))
    return segments


def _transitions(rules: tzinfo) -> list[datetime]:
    """Moments (UTC) at which the offset changes, from FIRST_YEAR to LAST_YEAR, to the second."""
    found = []
    step, moment = timedelta(days=7), _year(FIRST_YEAR)
    while moment.year <= LAST_YEAR:
        if _offset(rules, moment) != _offset(rules, moment + step):
            low, high = moment, moment + step
            while high - low > timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (middle, high) if _offset(rules, middle) == _offset(rules, moment) else (low, middle)
            found.append(high)
        moment += step
    return found


def _offset(rules: tzinfo, moment: datetime) -> int:
    offset = moment.astimezone(rules).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _year(number: int) -> datetime:
    return datetime(number, 1, 1, tzinfo=UTC)
