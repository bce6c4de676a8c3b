"""Traces as visits: what one service did for one request, and what it asked others to do.

Knows parents, children and which log lines fall into a visit. Refuses to compare anything: `mechanism` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from afteraction.engine.suspects.tables import Codes, Flags, Floats, LineTable, SpanTable

# A line may be stamped this long before or after the span that it was written in (seconds).
SLACK = 0.002
# Values after "is", ":" or "=" differ from request to request; what stands before them does not.
_VALUE = re.compile(r"(?:[:=：]|\bis\b)\s*[^\[\]]*")
# Handlers of this name run where something failed, also where spans carry no status.
_HANDLES_FAILURE = re.compile(r"error|exception|fail|fallback", re.I)
# A text that comes in this many forms at most states a choice (true or false), else it states data.
_MOST_FORMS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """One row per visit: a run of spans of one service in one trace. `root` is the row of its first span, `parent`
    the visit that called it (-1: none, or unknown), `unit` its (trace, key), `key` = (service, operation, caller).
    `order` lists visits so that called ones come before their callers.

    `pairs` are (unit, feature) that hold; features are numbered, `feature_key` is the key that each belongs to and
    `says` its text. `span_visit` is the visit of each span."""

    root: Codes
    parent: Codes
    unit: Codes
    order: Codes
    unit_key: Codes
    unit_trace: Codes
    unit_start: Floats
    key_service: Codes
    key_operation: Codes
    pairs: Codes
    feature_key: Codes
    feature_text: Codes
    texts: Sequence[str]
    witness: Codes
    in_lines: Flags
    span_visit: Codes
    span_parent: Codes
    kept: Flags
    unit_failed: Flags


def arrange(spans: SpanTable, lines: LineTable | None) -> Visits:
    """Visits of the spans, with what was in each: own operations, calls, failures and log lines."""
    kept = _first_of_each(spans)
    parent = _parents(spans, kept)
    same = (parent >= 0) & (spans.service[parent] == spans.service)
    top = np.where(same, parent, np.arange(len(spans)))
    for _ in range(_doublings(len(spans))):
        top = top[top]
    roots, visit = np.unique(top[kept], return_inverse=True)
    span_visit = np.full(len(spans), -1)
    span_visit[kept] = visit
    called_from = parent[roots]
    visit_parent = np.where(called_from >= 0, span_visit[called_from], -1)
    caller = np.where(called_from >= 0, spans.service[called_from], -1)
    keys, key = _distinct(spans.service[roots], spans.operation[roots], caller)
    units, unit = _distinct(spans.trace[roots], key)
    starts = np.full(len(units), np.inf)
    np.minimum.at(starts, unit, _trace_starts(spans, kept & (parent < 0))[spans.trace[roots]])
    texts, text, of_visit, row, in_lines = _contents(spans, lines, kept, parent, span_visit, roots, visit_parent)
    pairs, feature_key, feature_text, witness, logged = _features(unit, units[:, 1], of_visit, text, row, in_lines)
    return Visits(
        root=roots, parent=visit_parent, unit=unit, order=_called_first(visit_parent), unit_key=units[:, 1],
        unit_trace=units[:, 0], unit_start=starts, key_service=keys[:, 0], key_operation=keys[:, 1], pairs=pairs,
        feature_key=feature_key, feature_text=feature_text, texts=texts, witness=witness, in_lines=logged,
        span_visit=span_visit, span_parent=parent, kept=kept,
        unit_failed=_failed(spans, lines, kept, unit, span_visit, of_visit, row, in_lines, len(units)),
    )  # fmt: skip


def _doublings(rows: int) -> int:
    return max(1, int(np.ceil(np.log2(max(rows, 2)))))


def _distinct(*columns: Codes) -> tuple[Codes, Codes]:
    """(distinct rows, which of them each row is)."""
    code = np.zeros(columns[0].size, np.int64)
    for column in columns:
        low = int(column.min(initial=0))
        code = code * (int(column.max(initial=0)) - low + 1) + (column - low)
        _, code = np.unique(code, return_inverse=True)
    _, first = np.unique(code, return_index=True)
    return np.column_stack([column[first] for column in columns]), code


def _first_of_each(spans: SpanTable) -> Flags:
    """Spans that are told twice count once; spans without an id stand for themselves. One id for other work, too, is
    another span: tracers give both halves of a call the same."""
    rows = np.arange(len(spans))
    own = np.where(spans.own >= 0, spans.own, int(spans.own.max(initial=0)) + 1 + rows)
    _, code = _distinct(spans.trace, own, spans.service, spans.operation)
    kept = np.zeros(len(spans), np.bool_)
    kept[np.unique(code, return_index=True)[1]] = True
    return kept


def _parents(spans: SpanTable, kept: Flags) -> Codes:
    """The row of each span's parent in the same trace; -1 where there is none, and inside a circle. Of several spans
    under one id the longest called the next one, and the last of them those that name the id as parent."""
    width = int(max(spans.own.max(initial=0), spans.parent.max(initial=0))) + 2
    ids = (spans.trace + 1) * width + spans.own
    rows = np.flatnonzero(kept & (spans.own >= 0))
    if not rows.size:
        return np.full(len(spans), -1)
    order = rows[np.lexsort((-np.nan_to_num(spans.duration[rows]), ids[rows]))]
    wanted = (spans.trace + 1) * width + spans.parent
    at = np.maximum(np.searchsorted(ids[order], wanted, side="right") - 1, 0)
    parent = np.where((spans.parent >= 0) & (ids[order][at] == wanted), order[at], -1)
    halves = np.flatnonzero(ids[order][1:] == ids[order][:-1])
    parent[order[halves + 1]] = order[halves]
    far = np.append(parent, -1)
    for _ in range(_doublings(len(spans))):
        far = far[far]
    return np.where(far[:-1] >= 0, -1, parent)


def _trace_starts(spans: SpanTable, kept: Flags) -> Floats:
    """When each trace began, by the clock of whoever began it: clocks further down may be hours off."""
    starts = np.full(int(spans.trace.max(initial=-1)) + 2, np.inf)
    np.minimum.at(starts, spans.trace[kept], spans.start[kept])
    return starts


def _called_first(parent: Codes) -> Codes:
    depth = np.zeros(parent.size, np.int64)
    at, steps = parent.copy(), 0
    while np.any(at >= 0) and steps < parent.size:
        depth[at >= 0] += 1
        at = np.where(at >= 0, parent[at], -1)
        steps += 1
    return np.argsort(-depth, kind="stable")


def _contents(
    spans: SpanTable, lines: LineTable | None, kept: Flags, parent: Codes, span_visit: Codes, roots: Codes,
    visit_parent: Codes,
) -> tuple[list[str], Codes, Codes, Codes, Flags]:  # fmt: skip
    """(texts, and as columns: text, visit, the row that shows it, whether that row is a line)."""
    texts: list[str] = []
    parts: list[tuple[Codes, Codes, Codes, bool]] = []

    def add(names: Sequence[str], codes: Codes, visits: Codes, rows: Codes, *, logged: bool = False) -> None:
        parts.append((codes + len(texts), visits, rows, logged))
        texts.extend(names)

    inner = np.setdiff1d(np.flatnonzero(kept), roots)
    add([f'does "{name}"' for name in spans.operations], spans.operation[inner], span_visit[inner], inner)
    called = np.flatnonzero(visit_parent >= 0)
    calls, call = _distinct(spans.service[roots[called]], spans.operation[roots[called]])
    named = [f'calls {spans.services[service]} "{spans.operations[operation]}"' for service, operation in calls]
    add(named, call, visit_parent[called], roots[called])
    failed = np.flatnonzero(kept & spans.failed)
    add([f'fails in "{name}"' for name in spans.operations], spans.operation[failed], span_visit[failed], failed)
    if lines is not None and len(lines):
        named, text, visits, rows = _written(spans, lines, kept, span_visit, roots)
        add(named, text, visits, rows, logged=True)
    return (
        texts,
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]),
        np.concatenate([np.full(part[0].size, part[3]) for part in parts]),
    )


def _written(
    spans: SpanTable, lines: LineTable, kept: Flags, span_visit: Codes, roots: Codes
) -> tuple[list[str], Codes, Codes, Codes]:
    """Which line belongs to which visit: the last one of its service and trace that had begun by then."""
    shared = {name: number for number, name in enumerate(spans.services)}
    service = np.array([shared.get(name, -1) for name in lines.services], np.int64)[lines.service]
    rows = np.flatnonzero((lines.trace >= 0) & (service >= 0))
    width = len(spans.services) + 1
    groups = spans.trace[roots] * width + spans.service[roots]
    order = np.lexsort((spans.start[roots], groups))
    wanted = lines.trace[rows] * width + service[rows]
    levels = np.unique(np.concatenate((groups, wanted)))
    base = float(min(spans.start[kept].min(initial=0.0), lines.at.min(initial=0.0)))
    span = float(max(np.ptp(spans.start[kept]), np.ptp(lines.at), 1.0)) * 4 + 1e6
    place = np.searchsorted(levels, groups[order]) * span + (spans.start[roots][order] - base)
    asked = np.searchsorted(levels, wanted) * span + (lines.at[rows] + SLACK - base)
    at = np.searchsorted(place, asked, side="right") - 1
    first = np.searchsorted(groups[order], wanted)
    at = np.maximum(at, first)
    there = (first < order.size) & (groups[order][np.minimum(first, order.size - 1)] == wanted)
    rows, at = rows[there], np.minimum(at[there], order.size - 1)
    named, of_template = _plain_texts(lines.templates)
    first_code, second_code = of_template[lines.template[rows]].T
    visit = order[at]
    more = second_code >= 0
    return (
        named,
        np.concatenate((first_code, second_code[more])),
        np.concatenate((visit, visit[more])),
        np.concatenate((rows, rows[more])),
    )


def _plain_texts(templates: Sequence[str]) -> tuple[list[str], Codes]:
    """(texts, two codes per template): the template without its values and, where it comes in few forms, itself."""
    plain = [_VALUE.sub(":", template) for template in templates]
    forms: dict[str, set[str]] = {}
    for template, bare in zip(templates, plain, strict=True):
        forms.setdefault(bare, set()).add(template)
    texts: dict[str, int] = {}
    codes = np.full((len(templates), 2), -1)
    for row, (template, bare) in enumerate(zip(templates, plain, strict=True)):
        codes[row, 0] = texts.setdefault(f'writes "{bare}"', len(texts))
        if 1 < len(forms[bare]) <= _MOST_FORMS:
            codes[row, 1] = texts.setdefault(f'writes exactly "{template}"', len(texts))
    return list(texts), codes


def _features(
    unit: Codes, unit_key: Codes, of_visit: Codes, text: Codes, row: Codes, in_lines: Flags
) -> tuple[Codes, Codes, Codes, Codes, Flags]:
    """(unit and feature of each pair, key and text of each feature, a row that shows it, whether that is a line).
    A feature holds in a unit when at least one of its visits shows it; a second kind holds when all of them do."""
    seen, _ = _distinct(of_visit, text)
    units = unit[seen[:, 0]]
    held, pair = _distinct(units, seen[:, 1])
    times = np.bincount(pair, minlength=len(held))
    whole = times == np.bincount(unit, minlength=unit_key.size)[held[:, 0]]
    several = np.bincount(unit, minlength=unit_key.size)[held[:, 0]] > 1
    keys = unit_key[held[:, 0]]
    kinds, feature = _distinct(keys, held[:, 1])
    # "Always" differs from "ever" only where a unit has several visits.
    matters = np.zeros(len(kinds), np.bool_)
    matters[feature[several & ~whole]] = True
    always = np.flatnonzero(whole & matters[feature])
    numbers = np.cumsum(matters) - 1 + len(kinds)
    pairs = np.concatenate((np.column_stack((held[:, 0], feature)),
                            np.column_stack((held[always, 0], numbers[feature[always]]))))  # fmt: skip
    shown = np.zeros(len(kinds), np.int64)
    logged = np.zeros(len(kinds), np.bool_)
    code = _lookup(kinds, unit_key[unit[of_visit]], text)
    shown[code], logged[code] = row, in_lines
    again = np.flatnonzero(matters)
    both = np.concatenate((np.arange(len(kinds)), again))
    return pairs, kinds[both, 0], kinds[both, 1], shown[both], logged[both]


def _failed(
    spans: SpanTable, lines: LineTable | None, kept: Flags, unit: Codes, span_visit: Codes, of_visit: Codes, row: Codes,
    in_lines: Flags, count: int,
) -> Flags:  # fmt: skip
    """Units in which something failed, by what spans say of themselves, by the names of those that handle failures,
    and by the level of log lines."""
    found = np.zeros(count, np.bool_)
    handles = np.array([_HANDLES_FAILURE.search(name) is not None for name in spans.operations], np.bool_)
    found[unit[span_visit[kept & (spans.failed | handles[spans.operation])]]] = True
    if lines is not None:
        found[unit[of_visit[in_lines][lines.bad[row[in_lines]]]]] = True
    return found


def _lookup(kinds: Codes, key: Codes, text: Codes) -> Codes:
    width = int(kinds[:, 1].max(initial=0)) + 1
    return np.asarray(np.searchsorted(kinds[:, 0] * width + kinds[:, 1], key * width + text))
