"""Hidden coupling, blind spots and debt (SPEC R126).

Knows what the graph says of services and what the declared map says. Refuses to declare anything: a map may lag behind,
and then the finding asks for the line that is missing there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from afteraction.engine.causes.graph import CauseGraph, Edge, natural
from afteraction.engine.causes.paths import Paths

Declared = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupling:
    """Services that bear on each other without a declared dependency. `services` are in the order of effect, `edges`
    the ids of the steps that show it. `shared` names the service through which two others meet that do not know of
    each other, "" where the dependency itself is not declared."""

    services: tuple[str, ...]
    edges: tuple[str, ...]
    shared: str = ""

    @property
    def sentence(self) -> str:
        """In words: "Undeclared dependency: flags → shared redis → app"."""
        if self.shared:
            first, last = self.services[0], self.services[-1]
            return f"Hidden coupling: {first} reaches {last} through {self.shared}, which both use."
        return f"Undeclared dependency: {' → '.join(self.services)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When one service was impaired (aware UTC; None: it has not ended, or nobody knows when)."""

    service: str
    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """A gap that was open in more than one incident."""

    gap: str
    incidents: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.gap} was open in {len(self.incidents)} incidents: {', '.join(self.incidents)}."


def couplings(graph: CauseGraph, declared: Declared) -> tuple[Coupling, ...]:
    """Steps between services that the map does not know, joined to chains, and then services that meet in a third.
    `declared` holds, for each service, those that it depends on; what these depend on counts as declared, too."""
    crossing = _crossings(graph)
    open_pairs = {pair: edges for pair, edges in crossing.items() if not _is_declared(pair, declared)}
    return (*_chains(open_pairs), *_shared(crossing, declared))


def blind_spots(impaired: Iterable[Span], signals: Iterable[tuple[str, datetime]]) -> tuple[Span, ...]:
    """Impaired spans of services in which no signal of that service spoke, in their order. `signals` are service and
    moment of everything that a machine reported."""
    heard: dict[str, list[datetime]] = {}
    for service, moment in signals:
        heard.setdefault(service, []).append(moment)
    found = [
        span
        for span in impaired
        if not any(
            span.start <= moment and (span.end is None or moment <= span.end) for moment in heard.get(span.service, ())
        )
    ]
    return tuple(sorted(found, key=lambda span: (span.start, span.service)))


def process_debt(open_gaps: Mapping[str, Collection[str]]) -> tuple[Debt, ...]:
    """Gaps that are open in two or more incidents, the widest first. `open_gaps` holds titles of gaps by incident."""
    by_gap: dict[str, set[str]] = {}
    for incident, gaps in open_gaps.items():
        for gap in gaps:
            by_gap.setdefault(gap, set()).add(incident)
    found = [Debt(gap=gap, incidents=tuple(sorted(seen))) for gap, seen in by_gap.items() if len(seen) > 1]
    return tuple(sorted(found, key=lambda debt: (-len(debt.incidents), debt.gap)))


Pair = tuple[str, str]


def _crossings(graph: CauseGraph) -> dict[Pair, tuple[str, ...]]:
    """Pairs of services of which one bears on the other, by the live steps that cross from one to the other."""
    found: dict[Pair, list[str]] = {}
    for edges in Paths(graph).edges_into.values():
        for edge in edges:
            for pair in _crossed(graph, edge):
                found.setdefault(pair, []).append(edge.id)
    return {pair: tuple(sorted(edges, key=natural)) for pair, edges in sorted(found.items())}


def _crossed(graph: CauseGraph, edge: Edge) -> list[Pair]:
    sources, targets = graph.nodes[edge.source].services, graph.nodes[edge.target].services
    if set(sources) & set(targets):
        return []
    return [(source, target) for source in sources for target in targets]


def _is_declared(pair: Pair, declared: Declared) -> bool:
    """Either way: a service suffers from what it depends on, and may overload it."""
    return pair[0] in _depends_on(pair[1], declared) or pair[1] in _depends_on(pair[0], declared)


def _depends_on(service: str, declared: Declared) -> set[str]:
    found: set[str] = set()
    open_ones = [service]
    while open_ones:
        for each in declared.get(open_ones.pop(), ()):
            if each not in found:
                found.add(each)
                open_ones.append(each)
    return found


def _chains(pairs: Mapping[Pair, tuple[str, ...]]) -> list[Coupling]:
    """The pairs joined end to end where one way leads on, each pair in one chain."""
    left = dict(pairs)
    found = []
    while left:
        ends = {target for _, target in left}
        first = next((pair for pair in left if pair[0] not in ends), next(iter(left)))
        services, edges = list(first), list(left.pop(first))
        while True:
            onward = next((pair for pair in left if pair[0] == services[-1] and pair[1] not in services), None)
            if onward is None:
                break
            services.append(onward[1])
            edges += left.pop(onward)
        found.append(Coupling(services=tuple(services), edges=tuple(edges)))
    return found


def _shared(crossing: Mapping[Pair, tuple[str, ...]], declared: Declared) -> list[Coupling]:
    """Two declared steps through a service that both ends depend on, where neither end knows of the other."""
    found = []
    for first, middle in crossing:
        for source, last in crossing:
            if source != middle or last in (first, middle):
                continue
            both_use = middle in _depends_on(first, declared) and middle in _depends_on(last, declared)
            if both_use and not _is_declared((first, last), declared):
                edges = (*crossing[(first, middle)], *crossing[(middle, last)])
                found.append(Coupling(services=(first, middle, last), edges=edges, shared=middle))
    return found
