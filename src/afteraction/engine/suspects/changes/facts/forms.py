"""Queries, tables, fields and types.

Knows SQL, object mappers and tags of fields. Refuses to know the schema itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from afteraction.engine.suspects.changes.diffs import FileKind
from afteraction.engine.suspects.changes.facts.reading import Fact, Reading, first_line, paired

_FIELD = re.compile(r"`(?:json|yaml|xml|db|bson|avro|mapstructure|protobuf)\b|JsonProperty|SerializedName|"
                    r"@SerialName|alias\s*=|serde\(rename|"
                    r"\bjson:\"|=\s*\d+\s*;|\"name\"\s*:|"
                    r"data\[['\"]|\.get\(['\"]|payload|envelope|event\[|msg\.|message\.|\bfield", re.I)  # fmt: skip


_KEYED = re.compile(r"^\s*[\"'](\w+)[\"']\s*:|\[[\"'](\w+)[\"']\]|\.get\([\"'](\w+)[\"']|[(:\"'=](\w+)[\"',)`]")


_PROTO_FIELD = re.compile(r"^\s*(?:optional|repeated|required)?\s*[\w.<>, ]+\s+(\w+)\s*=\s*(\d+)\s*;")


_SQL = re.compile(
    r"\b(SELECT|WHERE|JOIN|ORDER BY|GROUP BY|FROM)\b|\.(filter|where|query|order_by|join|find|aggregate|filter_by|"
    r"select)\(",
    re.I,
)


_TABLE = re.compile(r"__tablename__\s*=\s*[\"'](\w+)|@Table\(.*?name\s*=\s*\"(\w+)|\bTable\(\s*[\"'](\w+)|(?:FROM|"
                    r"INTO|JOIN|UPDATE)\s+[\"`]?([a-z]\w+)|"
                    r"TableName\(\)\s*string\s*\{\s*return\s*\"(\w+)|db_table\s*=\s*[\"'](\w+)|"
                    r"table_name\s*=\s*[\"'](\w+)")  # fmt: skip


_TYPES = re.compile(r"\b(u?int(?:8|16|32|64)?|u(?:8|16|32|64)|i(?:8|16|32|64)|f(?:32|64)|float\d*|double|string|str|"
                    r"bool(?:ean)?|bytes|decimal|"
                    r"Decimal|BigDecimal|Integer|Long|long|short|number|bigint|varchar|text|uuid|timestamp|Date|parseInt|Number|Atoi|"
                    r"ParseInt|toFixed)\b")  # fmt: skip


def find_query(reading: Reading) -> Fact | None:
    """A query stands in another form."""
    if all(edit.kind in (FileKind.IMAGE, FileKind.DEPENDENCIES) for edit in reading.edits):
        return None
    gone, come = first_line(reading.removed, _SQL), first_line(reading.added, _SQL)
    return (1.0, come) if gone and come else None


def find_table(reading: Reading) -> Fact | None:
    """Code uses a table that nothing here creates."""

    def tables(lines: Iterable[str], pattern: re.Pattern[str]) -> set[str]:
        return {
            name.lower()
            for line in lines
            for match in pattern.findall(line)
            for name in (match if isinstance(match, tuple) else (match,))
            if name
        }

    created = tables(
        reading.added,
        re.compile(r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[\"`]?(\w+)|create_table\(\s*[\"'](\w+)", re.I),
    )
    kept = {text for edit in reading.edits for mark, text in edit.lines if mark != "+"}
    code = [text for edit in reading.edits if edit.kind is FileKind.CODE for mark, text in edit.lines if mark == "+"]
    used = tables(code, _TABLE) - created - tables(kept, _TABLE) - {"select", "the", "where", "set"}
    return (1.0, f"{min(used)} is used and not created") if used else None


def find_column(reading: Reading) -> Fact | None:
    """A column or mapped field stands in another form."""
    pattern = re.compile(r"Column\(|@Column|db:\"|models\.\w+Field|\bcolumn\b", re.I)
    gone, come = first_line(reading.removed, pattern), first_line(reading.added, pattern)
    return (1.0, come) if gone and come else ((0.6, come) if come else None)


def find_field(reading: Reading) -> Fact | None:
    """A field that travels has another name or number."""
    for before, after in [*paired(reading), *zip(reading.removed, reading.added, strict=False)]:
        tagged = _FIELD.search(before) and _FIELD.search(after)
        if not tagged and not (_KEYED.match(before) and _KEYED.match(after)):
            continue
        one, two = re.findall(r"[\"'`:](\w+)[\"'`,]", before), re.findall(r"[\"'`:](\w+)[\"'`,]", after)
        if one and two and set(one) != set(two):
            return (
                1.0,
                f"{', '.join(sorted(set(one) - set(two))) or before.strip()} → "
                f"{', '.join(sorted(set(two) - set(one))) or after.strip()}",
            )
        gone, come = _PROTO_FIELD.match(before), _PROTO_FIELD.match(after)
        if gone and come and gone.groups() != come.groups():
            return 1.0, after.strip()
    return None


def find_types(reading: Reading) -> Fact | None:
    """A value has another type."""
    for before, after in paired(reading):
        one, two = _TYPES.findall(before), _TYPES.findall(after)
        if (
            one
            and two
            and one != two
            and set(re.findall(r"[A-Za-z_]\w*", before)) - set(one) & set(re.findall(r"[A-Za-z_]\w*", after)) - set(two)
        ):
            return 1.0, after.strip()
    return None
