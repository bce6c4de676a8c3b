"""The reviews of two or more incidents beside each other: gates, causes, mitigators and changes.

Knows what in a review can be laid beside another. Refuses to read an unwritten part as an empty one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from afteraction.engine.causes.graph import CauseGraph, Factor, MitigatorKind, Node, NodeKind, Status, natural
from afteraction.engine.gates.chances import is_gap
from afteraction.engine.gates.matrix import Could, GateRow, Outcome, Reached
from afteraction.engine.prevention.changes import TRIAD, Barrier, Change
from afteraction.engine.review.compare import Cell, Column, Draft, Json, Known, Shared, in_common
from afteraction.engine.review.document import Review

_CAUSES = (
    NodeKind.EVENT, NodeKind.CONDITION, NodeKind.ACTION, NodeKind.DECISION, NodeKind.BARRIER, NodeKind.EXTERNAL,
)  # fmt: skip
_FACTORS = ((Factor.TECH, "Technical causes"), (Factor.PROCESS, "Causes in the process"),
            (Factor.ORG, "Causes in the organisation"), (None, "Causes not sorted"))  # fmt: skip
_MITIGATORS = ((MitigatorKind.DESIGNED, "Built for it"), (MitigatorKind.PROCESS, "By routine"),
               (MitigatorKind.LUCK, "By luck"), (None, "Mitigators not sorted"))  # fmt: skip
Wanted = Callable[[Node], bool]
_NO_REVIEW = Cell(text="no review", known=Known.UNKNOWN)


def review_drafts(columns: Sequence[Column]) -> Iterator[Draft]:
    """The rows of everything that people wrote, for columns in the order of their keys."""
    yield from _states(columns)
    yield from _gates(columns)
    for factor, title in _FACTORS:
        yield _nodes(columns, "causes", title, partial(_is_cause_of, factor))
    yield _nodes(columns, "causes", "Ruled out", lambda node: node.status is Status.REFUTED)
    for kind, title in _MITIGATORS:
        yield _nodes(columns, "mitigators", title, partial(_mitigates_by, kind))
    yield from _changes(columns)


def shared_in_reviews(columns: Sequence[Column]) -> Iterator[Shared]:
    """Gaps of gates and causes that two or more reviews name."""
    written = [(column.key, column.review) for column in columns if column.review is not None]
    yield from in_common(
        "gate gap", ((k, row.title) for k, review in written for row in review.gates.values() if is_gap(row))
    )
    wordings: dict[str, str] = {}
    pairs = []
    for key, review in written:
        for node in review.graph.nodes.values():
            if _is_cause(node) and node.statement.strip():
                pairs.append((key, same_wording(node.statement)))
                known = wordings.get(pairs[-1][1])
                wordings[pairs[-1][1]] = min(filter(None, (known, node.statement.strip())))
    for each in in_common("cause", pairs):
        yield Shared(each.kind, wordings[each.text], each.columns)


def same_wording(text: str) -> str:
    """A statement without what differs by hand: case, blanks, the final stop."""
    return " ".join(text.split()).rstrip(".").casefold()


def _states(columns: Sequence[Column]) -> Iterator[Draft]:
    cells = {c.key: Cell(text=c.state.replace("_", " "), value=c.state) for c in columns if c.state}
    yield Draft(part="changes", name="State of the review", cells=cells, missing=_all(columns))


def _all(columns: Sequence[Column]) -> dict[str, Cell]:
    return {column.key: _NO_REVIEW for column in columns if column.review is None}


def _gates(columns: Sequence[Column]) -> Iterator[Draft]:
    rows: dict[str, dict[str, tuple[GateRow, Review]]] = {}
    titles: dict[str, str] = {}
    for column in columns:
        for row in (column.review.gates if column.review else {}).values():
            name = row.seed or same_wording(row.title)
            rows.setdefault(name, {})[column.key] = (row, column.review or Review())
            titles[name] = min(filter(None, (titles.get(name), row.title)))
    missing = {column.key: Cell(text="not in its matrix", known=Known.UNKNOWN) for column in columns} | _all(columns)
    for name in sorted(rows, key=lambda each: titles[each]):
        cells = {key: _gate(row, review) for key, (row, review) in rows[name].items()}
        yield Draft(part="gates", name=titles[name], cells=cells, missing=missing)


def _gate(row: GateRow, review: Review) -> Cell:
    parts = (f"gate:{row.id}",)
    evidence: tuple[Json, ...] = tuple({"label": label} for label in row.labels)
    if row.reached is Reached.NOT_APPLICABLE or row.not_applicable_because:
        text = f"not applicable: {row.not_applicable_because}".rstrip(": ")
        return Cell(text=text, known=Known.NOT_APPLICABLE, evidence=evidence, parts=parts)
    if row.outcome is Outcome.UNKNOWN:
        return Cell(text="unknown", known=Known.UNKNOWN, evidence=evidence, parts=parts)
    could = {Could.YES: "could have caught it", Could.PLAUSIBLY: "could plausibly have caught it",
             Could.NO: "could not have caught it", Could.UNKNOWN: "whether it could is unknown"}[row.could]  # fmt: skip
    if row.node:
        evidence = (*evidence, *_cites(review.graph, row.node))
    text = f"{row.outcome.value.replace('_', ' ')}, {could}"
    return Cell(text=text, value=(row.outcome, row.could), evidence=evidence, parts=parts, note=row.why)


def _is_cause(node: Node) -> bool:
    return node.kind in _CAUSES and node.status is not Status.REFUTED


def _is_cause_of(factor: Factor | None, node: Node) -> bool:
    return _is_cause(node) and node.factor is factor


def _mitigates_by(kind: MitigatorKind | None, node: Node) -> bool:
    return node.kind is NodeKind.MITIGATOR and node.status is not Status.REFUTED and node.mitigator is kind


def _nodes(columns: Sequence[Column], part: str, name: str, is_wanted: Wanted) -> Draft:
    """A row of statements. A graph without any node says nothing; one without such nodes says none."""
    cells = {}
    for column in columns:
        graph = column.review.graph if column.review else CauseGraph()
        if graph.nodes:
            found = sorted(
                (node for node in graph.nodes.values() if is_wanted(node)), key=lambda each: natural(each.id)
            )
            cells[column.key] = _listed(found, graph)
    missing = {column.key: Cell(text="nothing written yet", known=Known.UNKNOWN) for column in columns}
    return Draft(part=part, name=name, cells=cells, missing=missing | _all(columns))


def _listed(nodes: Sequence[Node], graph: CauseGraph) -> Cell:
    return Cell(
        text="; ".join(node.statement.strip() for node in nodes) or "none named",
        value=frozenset(same_wording(node.statement) for node in nodes),
        evidence=tuple(cited for node in nodes for cited in _cites(graph, node.id)),
        parts=tuple(f"node:{node.id}" for node in nodes),
    )


def _cites(graph: CauseGraph, claim: str) -> tuple[Json, ...]:
    return tuple(
        {"label": each.label, "sha256": each.evidence_id, "locator": each.locator, "excerpt": each.excerpt,
         "event_id": each.event_id}
        for each in graph.supports_of.get(claim, ())
    )  # fmt: skip


def _changes(columns: Sequence[Column]) -> Iterator[Draft]:
    groups: list[tuple[str, frozenset[Barrier]]] = [(each.value.capitalize(), frozenset({each})) for each in TRIAD]
    groups.append(("Other changes", frozenset(Barrier) - frozenset(TRIAD)))
    missing = {column.key: Cell(text="nothing decided yet", known=Known.UNKNOWN) for column in columns}
    for name, barriers in groups:
        cells = {}
        for column in columns:
            review = column.review
            if review is None:
                continue
            found = sorted(
                (one for one in review.changes.values() if one.barrier in barriers), key=lambda one: natural(one.id)
            )
            if review.changes or review.frame.no_action_because.strip():
                cells[column.key] = _decided(found, review)
        yield Draft(part="changes", name=name, cells=cells, missing=missing | _all(columns))


def _decided(changes: Iterable[Change], review: Review) -> Cell:
    found = list(changes)
    decided = review.frame.no_action_because.strip()
    none = f"no action: {decided}" if decided and not review.changes else "none"
    return Cell(
        text="; ".join(f"{one.text.strip()} ({one.state.value.replace('_', ' ')})" for one in found) or none,
        value=frozenset((same_wording(one.text), one.state) for one in found),
        evidence=tuple({"label": label} for one in found for label in one.labels),
        parts=tuple(f"change:{one.id}" for one in found),
    )
