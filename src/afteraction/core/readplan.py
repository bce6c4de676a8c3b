"""How a bulk original is to be read, as a value.

Knows which column comes from where and how its times are written. Refuses to read: `stores` turns a plan into SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# `LogLine.level` is one of trace, debug, info, warning, error, critical, or empty. Other words for them, lower case.
LEVEL_WORDS: tuple[tuple[str, str], ...] = (
    ("emerg", "critical"), ("emergency", "critical"), ("panic", "critical"), ("alert", "critical"),
    ("crit", "critical"), ("fatal", "critical"), ("dpanic", "critical"), ("err", "error"), ("severe", "error"),
    ("warn", "warning"), ("notice", "info"), ("information", "info"), ("informational", "info"), ("dbug", "debug"),
    ("fine", "debug"), ("finer", "trace"), ("finest", "trace"), ("verbose", "trace"),
)  # fmt: skip
# The severities of syslog (RFC 5424, section 6.2.1) and of journald's PRIORITY, as such levels.
SYSLOG_LEVELS: tuple[tuple[str, str], ...] = (
    ("0", "critical"), ("1", "critical"), ("2", "critical"), ("3", "error"), ("4", "warning"), ("5", "info"),
    ("6", "info"), ("7", "debug"),
)  # fmt: skip
# What the status of a span says when it failed, lower case, beside 5xx: OpenTelemetry's code 2 and its names, and
# those gRPC codes that are the server's fault.
ERROR_STATUSES = (
    "2", "abort", "aborted", "data_loss", "deadline_exceeded", "err", "error", "exception", "fail", "failed",
    "failure", "fault", "internal", "internal_error", "resource_exhausted", "status_code_error", "statuscode.error",
    "t", "timeout", "true", "unavailable", "unknown_error", "yes",
)  # fmt: skip


class Layout(StrEnum):
    """How lines become fields."""

    JSON_LINES = "json_lines"
    TEXT_LINES = "text_lines"
    DELIMITED = "delimited"


class Shape(StrEnum):
    """Which evidence shape the rows are (DESIGN "Data")."""

    LOGS = "logs"
    SAMPLES = "samples"
    SPANS = "spans"


@dataclass(frozen=True, slots=True)
class Column:
    """One target column, named as the field of `LogLine`, `Sample` or `Span`. `sources` are tried in order and the
    first that is present wins: JSON keys (a dotted name is tried as one key, then as a path), named groups of the
    pattern, or headers; an empty text is not present. `kind` is text, real, integer, text_or_bytes (a JSON array
    of byte values is UTF-8 text, as journald writes what is not printable) or status (true when any of the sources,
    not only the first, is 5xx or one of ERROR_STATUSES). Then, in this order: `extract` is an RE2
    expression whose first group is taken (no match: no value), `values` rewrites raw values, compared in lower case,
    e.g. (("30", "info"),); others stay as they are. `constant` is used when no source has a value. A number is
    multiplied by `scale` (seconds to milliseconds: 1000)."""

    name: str
    sources: tuple[str, ...] = ()
    kind: str = "text"
    values: tuple[tuple[str, str], ...] = ()
    constant: str | None = None
    extract: str = ""
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class TimeColumn:
    """Where the time stands and how it is written. `formats` are tried in order: `iso` (offset or Z, or naive),
    `epoch_s`, `epoch_ms`, `epoch_us`, `epoch_ns`, `epoch` (unit told from the size), or a strptime pattern as DuckDB
    knows them. `zone` (IANA) is for naive times; without it a line with a naive time is rejected, with the reason.
    `year` completes patterns without a year; with `near` (ISO 8601 with a zone) each such time is put into the year
    that brings it nearest to that moment, so that a log may cross New Year. `precision` is a `Precision` value;
    `tz_known` is False when `zone` was declared by a person and is not part of the text."""

    sources: tuple[str, ...]
    formats: tuple[str, ...] = ("iso",)
    zone: str | None = None
    year: int | None = None
    precision: str = "s"
    near: str | None = None


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """How to read one bulk original.

    `pattern` (TEXT_LINES) is an RE2 expression with named groups; a line that does not match is rejected, or joined
    to the line before it where `continues` is True (stack traces). Lines that match `ignored` (RE2) are the writing
    program's own remarks: they are counted and otherwise left out. `delimiter` and `header_line` (DELIMITED) say how
    the table is cut and on which physical line its header stands. `keep_rest` puts every other JSON key, column
    or named group that has a value into `attributes`. For samples in wide tables `melt` names the columns that are
    each a metric. `left_out` are keys or columns that nothing keeps, such as a second spelling of the time.
    `assumed` are sentences about what the reader had to assume.
    """

    shape: Shape
    layout: Layout
    time: TimeColumn
    columns: tuple[Column, ...] = ()
    pattern: str = ""
    continues: bool = False
    delimiter: str = ","
    header_line: int = 1
    encoding: str = "utf-8"
    keep_rest: bool = False
    left_out: tuple[str, ...] = ()
    melt: tuple[str, ...] = ()
    ignored: str = ""
    assumed: tuple[str, ...] = ()
