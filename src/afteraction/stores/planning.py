"""A ReadPlan as SQL text.

Knows how fields become the columns of a shape, and how to say why a line cannot be a row. Refuses to know how a line
becomes fields (`fields` does), and to run anything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import pyarrow as pa

from afteraction.core.errors import AfteractionError
from afteraction.core.flags import Flag
from afteraction.core.reading import Source
from afteraction.core.readplan import ERROR_STATUSES, Column, Layout, ReadPlan, Shape
from afteraction.core.records import LogLine, Sample, Span
from afteraction.core.tables import NO_NUMBER
from afteraction.stores.fields import Fields, header_of, of_json, of_row, of_text
from afteraction.stores.schemas import SQL_TYPES, flat_schema
from afteraction.stores.times import Stage, literal, stages

RECORDS: dict[Shape, type] = {Shape.LOGS: LogLine, Shape.SAMPLES: Sample, Shape.SPANS: Span}


_MAPPINGS = ("attributes", "labels")


@dataclass(frozen=True, slots=True)
class Query:
    """`rows` selects the columns of the shape for every line that can be read; `rejected` selects (line, reason,
    next_step) of the others. `constants` are the columns that say the same in every row, as a JSON object. Both
    selects read a relation written as {rows}. `starts` (RE2) tells where a log line begins. `cells`
    is how many cells a row has besides, as columns c1, c2 …; 0 where rows are lines. `needed` is the cell (1-based)
    without which a row shows its text instead: 0 for none, None where every row shows its text. `of_cells` is `rows`
    for rows whose cells were all cut before, in half the time; empty where rows are lines."""

    rows: str
    rejected: str
    constants: str = "{}"
    starts: str = ""
    rows_per_line: int = 1
    cells: int = 0
    needed: int | None = 0
    of_cells: str = ""


def query_for(source: Source, plan: ReadPlan) -> Query:
    """The SQL of a plan for one original. AfteractionError when the plan does not fit it."""
    fields = {Layout.JSON_LINES: of_json, Layout.TEXT_LINES: of_text, Layout.DELIMITED: of_row}[plan.layout](
        source, plan
    )
    time = fields.named(plan.time.sources)
    if time is None:
        raise AfteractionError(
            f"no column is called {' or '.join(plan.time.sources) or 'anything'}.",
            where=source.name,
            next_step="Name the time column in a mapping.",
        )
    chain = _chain(plan, fields, time)
    good = _good(fields)
    reason = _reason(plan, fields)
    constants = _constants(source, plan, fields)
    columns = _select(plan, {name: f"c_{name}" for name in _plain_names(plan)}, set(constants))
    return Query(
        rows=f"SELECT {columns} FROM ({chain}) WHERE {good}",
        constants=json.dumps({name: value for name, value in constants.items() if value is not None}),
        rejected=f"SELECT {'DISTINCT ' if plan.melt else ''}line, why.reason AS reason, why.next_step AS next_step"
        f" FROM (SELECT line, {reason} AS why FROM ({chain}) WHERE NOT ({good}) OR utc IS NULL)",
        starts=f"^(?:{plan.pattern})" if plan.pattern else "",
        rows_per_line=max(1, len(plan.melt)),
        cells=len(fields.given),
        needed=_needed(source, plan),
        of_cells=_of_cells(source, plan, columns) if fields.given else "",
    )


def _of_cells(source: Source, plan: ReadPlan, columns: str) -> str:
    fields = of_row(source, plan, cut_before=True)
    return (
        f"SELECT {columns} FROM ({_chain(plan, fields, fields.named(plan.time.sources) or '')}) WHERE {_good(fields)}"
    )


def _chain(plan: ReadPlan, fields: Fields, time: str) -> str:
    stages_of_time = [{"f": fields.cut}, {"t": f"trim({time})"}, *stages(plan.time)]
    late = [{"c_metric": _names(plan), "c_value": "unnest(numbers)"}] if plan.melt else []
    return _chained([*stages_of_time, *_melted(plan, fields), _columns(plan, fields), *late], fields.given)


def _good(fields: Fields) -> str:
    return f"utc IS NOT NULL AND NOT c_bad AND ({fields.sound})"


def _chained(projections: list[Stage], given: tuple[str, ...]) -> str:
    """Each stage selects from the one before; a stage may use every column of those below it."""
    sql = f"SELECT {', '.join(('line', 'text', 'more', *given))} FROM {{rows}}"
    for stage in projections:
        sql = f"SELECT *, {', '.join(f'{expression} AS {name}' for name, expression in stage.items())} FROM ({sql})"
    return sql


def _plain_names(plan: ReadPlan) -> list[str]:
    """The columns of the shape that the plan fills: neither time nor citation."""
    ours = {"instant", "source_tz", "tz_known", "precision", "flags", "original_text"}
    cited = {"evidence_id", "line", "pointer", "byte_start", "byte_end", "excerpt"}
    return [name for name in flat_schema(RECORDS[plan.shape]).names if name not in ours | cited]


def _columns(plan: ReadPlan, fields: Fields) -> Stage:
    """The shape's own columns as c_NAME, and c_bad: a number was promised and is none."""
    schema = flat_schema(RECORDS[plan.shape])
    columns = {column.name: column for column in plan.columns}
    stage: Stage = {}
    bad: list[str] = []
    for name in _plain_names(plan):
        kind = SQL_TYPES[schema.field(name).type]
        value = _value(columns[name], fields) if name in columns else None
        if name in _MAPPINGS and name not in columns:
            value = fields.rest if plan.keep_rest else None
        elif name in ("metric", "value") and plan.melt:
            continue
        elif (name == "value" or (name == "duration_ms" and plan.shape is Shape.SPANS)) and value is not None:
            bad.append(_no_number(value))
            value = _number(value)
        elif name == "message":
            # Nothing of a line is lost for want of a message field.
            value = f"coalesce({value or 'NULL'}, text)"
            if plan.continues:
                value = f"CASE WHEN coalesce(more, '') = '' THEN {value} ELSE {value} || chr(10) || more END"
        elif name == "level" and value is not None:
            value = f"lower({value})"
        elif value is not None and kind == "BOOLEAN":
            value = _says_error(columns[name], fields)
        default = " , ''" if kind == "VARCHAR" and name not in _MAPPINGS else ""
        typed = f"try_cast({value or 'NULL'} AS {kind})" if kind != "VARCHAR" else f"({value or 'NULL'})::VARCHAR"
        if name in columns and columns[name].scale != 1:
            typed = f"{typed} * {columns[name].scale!r}"
        stage[f"c_{name}"] = f"coalesce({typed}{default})" if default else typed
    if plan.melt:
        bad.append(f"len(list_filter(cells, lambda x: {_no_number('x')})) > 0")
    stage["c_bad"] = " OR ".join(bad) or "false"
    return stage


def _melted(plan: ReadPlan, fields: Fields) -> list[Stage]:
    """Cells that become a row each, as lists: an expression per cell would hold a vector for each of its steps, which
    hundreds of columns make hundreds of megabytes."""
    if not plan.melt:
        return []
    places = [fields.numbered[cell] for cell in plan.melt if cell in fields.numbered]
    if len(places) == len(plan.melt):
        cut = f"list_transform(list_select(f, {places}), lambda x: nullif(trim(x), ''))"
        cells = f"CASE WHEN text IS NULL THEN [{', '.join(f'c{place}' for place in places)}] ELSE {cut} END"
    else:
        cells = f"[{', '.join(fields.named((cell,)) or 'NULL' for cell in plan.melt)}]"
    return [{"cells": cells}, {"numbers": f"list_transform(cells, lambda x: {_number('x')})"}]


def _names(plan: ReadPlan) -> str:
    return f"unnest([{', '.join(map(literal, plan.melt))}])"


def _value(column: Column, fields: Fields) -> str | None:
    value = fields.named(column.sources)
    if value is not None and column.kind == "text_or_bytes":
        value = _text_of_bytes(value)
    if value is not None and column.extract:
        value = f"nullif(regexp_extract({value}, {literal(column.extract)}, 1), '')"
    if value is not None and column.values:
        cases = " ".join(f"WHEN {literal(raw.lower())} THEN {literal(to)}" for raw, to in column.values)
        value = f"CASE lower({value}) {cases} ELSE {value} END"
    if column.constant is not None:
        value = literal(column.constant) if value is None else f"coalesce({value}, {literal(column.constant)})"
    return value


def _says_error(column: Column, fields: Fields) -> str:
    """Whether any source of a column says that something failed, as SQL."""
    words = ", ".join(map(literal, ERROR_STATUSES))
    each = [f"coalesce({_value(replace(column, sources=(source,)), fields)}, '')" for source in column.sources]
    tests = [f"(length({one}) = 3 AND {one} BETWEEN '500' AND '599') OR lower({one}) IN ({words})" for one in each]
    return " OR ".join(tests) or "false"


def _text_of_bytes(value: str) -> str:
    """Text, also where a program wrote it as a JSON array of bytes; bytes that are not UTF-8 become U+FFFD."""
    codes = f"try_cast({value} AS UTINYINT[])"
    exact = f"TRY(decode(unhex(array_to_string(list_transform({codes}, lambda b: printf('%02x', b)), ''))))"
    ascii_only = (
        f"array_to_string(list_transform({codes}, lambda b: CASE WHEN b < 128 THEN chr(b) ELSE chr(65533) END), '')"
    )
    return f"CASE WHEN starts_with({value}, '[') THEN coalesce({exact}, {ascii_only}, {value}) ELSE {value} END"


def _number(cell: str) -> str:
    number = f"try_cast({cell} AS DOUBLE)"
    return f"CASE WHEN isfinite({number}) THEN {number} END"


def _no_number(cell: str) -> str:
    nothing = ", ".join(map(literal, sorted(NO_NUMBER)))
    return f"({cell} IS NOT NULL AND try_cast({cell} AS DOUBLE) IS NULL AND lower(trim({cell})) NOT IN ({nothing}))"


def _constants(source: Source, plan: ReadPlan, fields: Fields) -> dict[str, object]:
    """The columns of the shape that say the same in every row of this original; None is null."""
    found: dict[str, object] = dict.fromkeys(("original_text", "byte_start", "byte_end", "excerpt"))
    found |= {"evidence_id": source.evidence_id, "precision": plan.time.precision}
    if not plan.melt:
        found["pointer"] = None
    if plan.time.zone is None:
        found["tz_known"] = True
        if plan.time.year is None and "epoch" not in plan.time.formats:
            found["flags"] = []
    columns = {column.name: column for column in plan.columns}
    for name in _plain_names(plan):
        if name == "message" or (plan.melt and name in ("metric", "value")):
            continue
        column = columns.get(name)
        if name in _MAPPINGS and column is None:
            if not plan.keep_rest or fields.rest == "NULL":
                found[name] = None
        elif column is None or (fields.named(column.sources) is None and column.constant is None):
            kind = flat_schema(RECORDS[plan.shape]).field(name).type
            found[name] = "" if kind == pa.string() else False if kind == pa.bool_() else None
    return found


def _select(plan: ReadPlan, names: dict[str, str], left_out: set[str]) -> str:
    """The columns of a flat table in its order, without those that say the same in every row."""
    known = {
        "instant": "utc",
        "source_tz": "coalesce(zone, '')",
        "tz_known": f"NOT coalesce(list_contains(odd, '{Flag.ZONE_ASSUMED}'), false)",
        "flags": "coalesce(odd, [])",
        "line": "line",
        "pointer": "'/' || c_metric",
        **names,
    }
    schema = flat_schema(RECORDS[plan.shape])
    return ", ".join(
        f"({known[field.name]})::{SQL_TYPES[field.type]} AS {field.name}"
        for field in schema
        if field.name not in left_out
    )


def _reason(plan: ReadPlan, fields: Fields) -> str:
    """Why a line is no row, as STRUCT(reason, next_step)."""
    shown = "'\"' || t[:80] || '\"'"
    where = literal(" or ".join(plan.time.sources))
    zone = literal("Say which one with --zone, e.g. --zone Europe/Berlin.")
    yearless = plan.time.year is None and any(
        "%d" in form and "%Y" not in form and "%y" not in form for form in plan.time.formats
    )
    unread = (
        "'the time ' || " + shown + " || ' states no year.'"
        if yearless
        else "'the time ' || " + shown + " || ' cannot be read.'"
    )
    year = literal("Say when the incident began with --incident-start.") if yearless else "NULL"
    cases = (
        (f"({fields.broken}) IS NOT NULL", fields.broken, "NULL"),
        ("coalesce(t, '') = ''", f"'the line has no time in ' || {where} || '.'", "NULL"),
        ("naive", f"'the time ' || {shown} || ' states no zone.'", zone),
        ("utc IS NULL", unread, year),
        ("true", "'a value is not a number.'", "NULL"),
    )
    branches = " ".join(
        f"WHEN {test} THEN {{'reason': {reason}, 'next_step': {step}::VARCHAR}}" for test, reason, step in cases
    )
    return f"CASE {branches} END"


def _needed(source: Source, plan: ReadPlan) -> int | None:
    """The cell with the message of a log line in a table."""
    if plan.layout is not Layout.DELIMITED or plan.shape is not Shape.LOGS:
        return 0
    header = header_of(source, plan)
    sources = [name for column in plan.columns if column.name == "message" for name in column.sources if name in header]
    return header.index(sources[0]) + 1 if sources else None
