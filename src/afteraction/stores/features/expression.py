"""The feature step as SQL: spans and log lines reduced to integer counts. The one place where it is written.

Knows what is counted and how. Refuses to know the engine: the text is DuckDB's dialect, kept to what sqlglot turns into
Spark's without a change of meaning. Both engines must give exactly equal counts, so nothing here rests on a logarithm,
a sum of fractions, the order of rows or the sorting of equals; text is compared byte by byte on both.

Steps build on each other by name and end in the tables `features`, `topology` and `template_counts`. They start from
two relations that an engine provides:

- `spans`: trace_id, span_id, parent_id, service, name, kind, is_error, duration_ms, at_us (start, UTC epoch µs)
- `lines`: trace_id, service, level, template, at_us

What each feature counts, and what its `part`, `peer` and `bucket` mean, stands in `docs/reference/features.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

ROOTLESS = "~ "
# A duration in µs falls into bucket n when it is at least BUCKETS[n - 1] and below BUCKETS[n]: four buckets for each
# doubling, from 1 µs. Below 1 µs it is 0. Longer ones than LONGEST_US are counted as that.
LONGEST_US = 100_000_000_000
UNKNOWN, NEGATIVE = -2, -1


def _thresholds() -> tuple[int, ...]:
    """The smallest whole numbers not below 2^(n/4), by integers alone: t^4 ≥ 2^n."""
    found: list[int] = []
    number, n = 1, 0
    while number <= LONGEST_US:
        found.append(number)
        n += 1
        low, high = number, number * 2 + 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if middle**4 >= 2**n else (middle + 1, high)
        number = low
    return tuple(found)


BUCKETS = _thresholds()


@dataclass(frozen=True, slots=True)
class Step:
    """One table of the reduction. `kept` when several others read it: an engine then computes it once."""

    name: str
    sql: str
    kept: bool = True


def bucket_of(value: str) -> str:
    """The bucket of a whole number of µs, as SQL: a binary search by comparisons."""

    def search(low: int, high: int) -> str:
        if low == high:
            return str(low)
        middle = (low + high + 1) // 2
        return (
            f"CASE WHEN {value} < {BUCKETS[middle - 1]} THEN {search(low, middle - 1)} ELSE {search(middle, high)} END"
        )

    return (
        f"CASE WHEN {value} IS NULL THEN {UNKNOWN} WHEN {value} < 0 THEN {NEGATIVE} ELSE {search(0, len(BUCKETS))} END"
    )


def _minute(micros: str) -> str:
    """Whole minutes, downwards also before 1970; without division of fractions."""
    rest = f"((({micros}) % 60000000) + 60000000) % 60000000"
    return f"(({micros}) - {rest}) // 60000000"


# `us` is null when unknown; -1 stands for every negative duration.
_SPAN = f"""
SELECT coalesce(trace_id, '') AS trace_id, coalesce(span_id, '') AS span_id,
  CASE WHEN parent_id IS NULL OR parent_id = span_id THEN '' ELSE parent_id END AS parent_id,
  coalesce(service, '') AS service, coalesce(name, '') AS name,
  CASE WHEN kind IN ('client', 'CLIENT') THEN 1 ELSE 0 END AS is_client,
  CASE WHEN is_error THEN 1 ELSE 0 END AS failed,
  at_us, {_minute("at_us")} AS minute,
  CASE WHEN duration_ms IS NULL OR isnan(duration_ms) THEN NULL WHEN duration_ms < 0 THEN -1
    WHEN duration_ms >= {LONGEST_US // 1000} THEN {LONGEST_US}
    ELSE CAST(floor(duration_ms * 1000 + 0.5) AS BIGINT) END AS us
FROM spans
"""

_MEASURED = f"""
SELECT service, minute, name, failed, bucket, count(*) AS n
FROM (SELECT service, minute, name, failed, {bucket_of("us")} AS bucket FROM span) AS one
GROUP BY service, minute, name, failed, bucket
"""

_ROOT = """
SELECT trace_id, min({'at_us': at_us, 'service': service, 'name': name, 'minute': minute}) AS start
FROM span WHERE parent_id = '' AND trace_id <> '' GROUP BY trace_id
"""

_FOUNDLING = """
SELECT span.trace_id AS trace_id,
  min({'at_us': span.at_us, 'service': span.service, 'name': span.name, 'minute': span.minute}) AS start
FROM span LEFT JOIN root ON span.trace_id = root.trace_id
WHERE root.trace_id IS NULL AND span.trace_id <> '' GROUP BY span.trace_id
"""

_ENTRY = f"""
SELECT trace_id, start.service || ' ' || start.name AS entry, start.minute AS minute FROM root
UNION ALL
SELECT trace_id, '{ROOTLESS}' || start.service || ' ' || start.name AS entry, start.minute AS minute FROM foundling
"""

_CHILDREN = """
SELECT trace_id, parent_id, count(*) AS n, sum(CASE WHEN us IS NULL THEN 1 ELSE 0 END) AS unknown,
  CAST(sum(CASE WHEN us > 0 THEN us ELSE 0 END) AS BIGINT) AS us, min(service) AS callee, max(service) AS last_callee
FROM span WHERE parent_id <> '' AND trace_id <> '' GROUP BY trace_id, parent_id
"""

_PARENT = """
SELECT span.trace_id AS trace_id, span.span_id AS span_id, min({'is_client': is_client, 'later': -at_us,
  'service': service, 'name': name, 'minute': minute, 'us': coalesce(span.us, -2)}) AS one
FROM span JOIN children ON span.trace_id = children.trace_id AND span.span_id = children.parent_id
GROUP BY span.trace_id, span.span_id
"""

_EDGE = """
SELECT child.trace_id AS trace_id, parent.one.service AS caller, child.service AS callee, child.name AS name,
  count(*) AS n, sum(child.failed) AS failed
FROM span AS child JOIN parent ON child.trace_id = parent.trace_id AND child.parent_id = parent.span_id
GROUP BY child.trace_id, parent.one.service, child.service, child.name
"""

_TOUCH = """
SELECT trace_id, service, max(failed) AS failed FROM span WHERE trace_id <> '' GROUP BY trace_id, service
"""

_SELF = f"""
SELECT service, minute, name, bucket, count(*) AS n FROM (
  SELECT service, minute, name, {bucket_of("us")} AS bucket FROM (
    SELECT span.service AS service, span.minute AS minute, span.name AS name,
      CASE WHEN span.us > coalesce(children.us, 0) THEN span.us - coalesce(children.us, 0) ELSE 0 END AS us
    FROM span LEFT JOIN children ON span.trace_id = children.trace_id AND span.span_id = children.parent_id
    WHERE span.us >= 0
  ) AS own
) AS one GROUP BY service, minute, name, bucket
"""

_GAP = f"""
SELECT service, minute, name, callee, bucket, count(*) AS n FROM (
  SELECT service, minute, name, callee, {bucket_of("us")} AS bucket FROM (
    SELECT parent.one.service AS service, parent.one.minute AS minute, parent.one.name AS name,
      children.callee AS callee,
      CASE WHEN parent.one.us > children.us THEN parent.one.us - children.us ELSE 0 END AS us
    FROM parent JOIN children ON parent.trace_id = children.trace_id AND parent.span_id = children.parent_id
    WHERE children.callee = children.last_callee AND children.callee <> parent.one.service
      AND (children.n = 1 OR parent.one.is_client = 1) AND parent.one.us >= 0 AND children.unknown = 0
  ) AS waited
) AS one GROUP BY service, minute, name, callee, bucket
"""

_LINE = f"""
SELECT coalesce(lines.service, '') AS service, {_minute("lines.at_us")} AS minute, coalesce(lines.level, '') AS level,
  coalesce(lines.template, '') AS template, lines.trace_id AS trace_id, entry.entry AS entry, entry.minute AS traced
FROM lines LEFT JOIN entry ON lines.trace_id = entry.trace_id
"""

_SAID = """
SELECT service, traced AS minute, entry AS part, template, count(*) AS n FROM (
  SELECT DISTINCT service, traced, entry, template, trace_id FROM line WHERE entry IS NOT NULL AND template <> ''
) AS once GROUP BY service, traced, entry, template
UNION ALL
SELECT service, minute, '' AS part, template, count(*) AS n FROM line
WHERE entry IS NULL AND template <> '' GROUP BY service, minute, template
"""


def _counted(feature: str, part: str, peer: str, bucket: str, count: str, source: str, more: str = "") -> str:
    return (
        f"SELECT service, minute, '{feature}' AS feature, {part} AS part, {peer} AS peer,"
        f" CAST({bucket} AS INTEGER) AS bucket, CAST({count} AS BIGINT) AS count FROM {source}{more}"
    )


_BY_NAME = " GROUP BY service, minute, name"
_OF_TRACES = (
    "(SELECT touch.service AS service, entry.minute AS minute, entry.entry AS entry, count(*) AS n,"
    " sum(touch.failed) AS failed FROM touch JOIN entry ON touch.trace_id = entry.trace_id"
    " GROUP BY touch.service, entry.minute, entry.entry) AS traced"
)
_OF_CALLS = (
    "(SELECT edge.caller AS service, entry.minute AS minute, entry.entry AS entry,"
    " edge.callee || ' ' || edge.name AS peer, count(*) AS n FROM edge JOIN entry ON edge.trace_id = entry.trace_id"
    " GROUP BY edge.caller, entry.minute, entry.entry, edge.callee, edge.name) AS called"
)
_FEATURES = "\nUNION ALL\n".join(
    (
        _counted("spans", "name", "''", "0", "sum(n)", "measured", _BY_NAME),
        _counted("errors", "name", "''", "0", "sum(n)", "measured", f" WHERE failed = 1{_BY_NAME}"),
        _counted("duration", "name", "''", "bucket", "sum(n)", "measured", f"{_BY_NAME}, bucket"),
        _counted("self", "name", "''", "bucket", "n", "own_time"),
        _counted("gap", "name", "callee", "bucket", "n", "gap"),
        _counted("traces", "entry", "''", "0", "n", _OF_TRACES),
        _counted("failed", "entry", "''", "0", "failed", _OF_TRACES, " WHERE failed > 0"),
        _counted("call", "entry", "peer", "0", "n", _OF_CALLS),
        _counted("lines", "level", "''", "0", "count(*)", "line", " GROUP BY service, minute, level"),
        _counted("template", "part", "template", "0", "n", "said"),
    )
)

_TOPOLOGY = """
SELECT caller, callee, CAST(sum(n) AS BIGINT) AS count, CAST(sum(failed) AS BIGINT) AS errors
FROM edge WHERE caller <> callee GROUP BY caller, callee
"""

_TEMPLATE_COUNTS = """
SELECT template, service, level, CAST(count(*) AS BIGINT) AS count FROM line WHERE template <> ''
GROUP BY template, service, level
"""

STEPS = (
    Step("span", _SPAN),
    Step("measured", _MEASURED),
    Step("root", _ROOT),
    Step("foundling", _FOUNDLING, kept=False),
    Step("entry", _ENTRY),
    Step("children", _CHILDREN),
    Step("parent", _PARENT),
    Step("edge", _EDGE),
    Step("touch", _TOUCH),
    Step("own_time", _SELF, kept=False),
    Step("gap", _GAP, kept=False),
    Step("line", _LINE),
    Step("said", _SAID, kept=False),
)
# Calls alone need neither log lines nor the entries of traces.
CALL_STEPS = tuple(step for step in STEPS if step.name in ("span", "children", "parent", "edge"))
RESULTS = (
    Step("features", _FEATURES),
    Step("topology", _TOPOLOGY),
    Step("template_counts", _TEMPLATE_COUNTS),
)
CALL_RESULTS = tuple(step for step in RESULTS if step.name == "topology")
