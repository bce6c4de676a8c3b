"""The cause graph as a value (SPEC §7.1): nodes, edges, logic, and the evidence that each rests on.

Knows shapes and neighbours. Refuses to judge: `wellformed` does that, and to draw: views are made from it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from afteraction.core.instant import Instant


class NodeKind(StrEnum):
    """What a node is. An outcome is a top event; a barrier is something meant to stop it."""

    OUTCOME = "outcome"
    EVENT = "event"
    CONDITION = "condition"
    ACTION = "action"
    DECISION = "decision"
    BARRIER = "barrier"
    MITIGATOR = "mitigator"
    EXTERNAL = "external"


class TopEvent(StrEnum):
    """The two things a review explains: that it happened, and that it lasted or spread this much."""

    HAPPENED = "happened"
    LASTED = "lasted"


_FIRST = TopEvent.HAPPENED


class Factor(StrEnum):
    """Where a cause lies (SPEC R123)."""

    TECH = "tech"
    PROCESS = "process"
    ORG = "org"


class Bone(StrEnum):
    """The bone of the fishbone that a contributor hangs on (SPEC R062); the last three are optional bones."""

    HUMAN_FACTORS = "human_factors"
    PROCESS = "process"
    TECHNOLOGY = "technology"
    EXTERNAL = "external"
    MONITORING = "monitoring"
    DATA = "data"
    ENVIRONMENT = "environment"


class Status(StrEnum):
    """How far a claim is settled. Pages say supported for CONFIRMED and ruled out for REFUTED."""

    HYPOTHESIS = "hypothesis"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"


class Confidence(StrEnum):
    """How sure its authors are."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Control(StrEnum):
    """Who could change it: we, we with others, or somebody else."""

    OWN = "own"
    SHARED = "shared"
    EXTERNAL = "external"


class Level(StrEnum):
    """How deep a cause lies (SPEC §7.6)."""

    PROXIMATE = "proximate"
    INTERMEDIATE = "intermediate"
    SYSTEMIC = "systemic"


class MitigatorKind(StrEnum):
    """What made it less bad. Luck never counts as a barrier."""

    DESIGNED = "designed"
    PROCESS = "process"
    LUCK = "luck"


class Relation(StrEnum):
    """How one node bears on another, from cause to effect."""

    ENABLED = "enabled"
    TRIGGERED = "triggered"
    CONTRIBUTED = "contributed"
    AMPLIFIED = "amplified"
    FAILED_TO_STOP = "failed_to_stop"
    DELAYED_DETECTION = "delayed_detection"
    DELAYED_RECOVERY = "delayed_recovery"
    MITIGATED = "mitigated"


# Inputs of an occurrence tree; the other relations bear on how much and how long (SPEC §7.1, rules of logic).
OCCURRENCE = frozenset({Relation.ENABLED, Relation.TRIGGERED, Relation.CONTRIBUTED, Relation.FAILED_TO_STOP})
SEVERITY = frozenset({Relation.AMPLIFIED, Relation.DELAYED_DETECTION, Relation.DELAYED_RECOVERY})


class Necessity(StrEnum):
    """Whether the effect would have happened without it."""

    NECESSARY = "necessary"
    CONTRIBUTING = "contributing"
    UNKNOWN = "unknown"


class LogicType(StrEnum):
    """How the inputs of an effect combine. INHIBIT lets its input through while its condition holds; PAND needs its
    inputs in their order."""

    AND = "and"
    OR = "or"
    VOTE = "vote"
    INHIBIT = "inhibit"
    PAND = "pand"


class Stance(StrEnum):
    """What a piece of evidence says of a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


class Strength(StrEnum):
    """How strongly evidence speaks, strongest first (SPEC §7.4)."""

    REPRODUCED = "reproduced"
    OBSERVED = "observed"
    CORRELATED = "correlated"
    STATED = "stated"
    GUESS = "guess"


class HumanType(StrEnum):
    """The kind of a human action that had a part (SPEC §7.7)."""

    SLIP = "slip"
    LAPSE = "lapse"
    RULE_MISTAKE = "rule_mistake"
    KNOWLEDGE_MISTAKE = "knowledge_mistake"
    VIOLATION = "violation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One clause about the system. `valid_from` and `valid_to` say when it held (None: unknown; `still_holds` for an
    open end). `wordings` are other people's accounts of the same node, kept beside it. `looked_in` names where was
    looked when the statement is about an absence. `gate` names the gate a barrier is. `undeveloped` says that nobody
    went deeper on purpose. `follow_up` says what becomes of luck. `incidents` are keys of further incidents in which
    it was present. `services` are those it names. `level` overrides the derived one, for `level_reason`."""

    id: str
    kind: NodeKind
    statement: str
    top: TopEvent | None = None
    roles: tuple[str, ...] = ()
    factor: Factor | None = None
    bone: Bone | None = None
    status: Status = Status.HYPOTHESIS
    confidence: Confidence = Confidence.MEDIUM
    valid_from: Instant | None = None
    valid_to: Instant | None = None
    still_holds: bool = False
    control: Control = Control.OWN
    level: Level | None = None
    level_reason: str = ""
    mitigator: MitigatorKind | None = None
    gate: str = ""
    wordings: tuple[str, ...] = ()
    looked_in: str = ""
    undeveloped: bool = False
    follow_up: str = ""
    incidents: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    origin: str = ""
    ruled_out_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """The claim that without `source`, `target` would not have happened, or less. `mechanism` says how,
    `would_contradict` what would speak against it, `looked_for` what was found of that ("none" counts). `lag_s` is the
    time from cause to effect, in seconds. `reinforcing` marks the edge at which a circle is cut in tree views."""

    id: str
    source: str
    target: str
    relation: Relation = Relation.CONTRIBUTED
    necessity: Necessity = Necessity.NECESSARY
    status: Status = Status.HYPOTHESIS
    confidence: Confidence = Confidence.MEDIUM
    mechanism: str = ""
    would_contradict: str = ""
    looked_for: str = ""
    lag_s: float | None = None
    reinforcing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic:
    """How causes of `effect` combine. `inputs` are ids of nodes or of other logic; `effect` is a node, or "" for logic
    that is only an input of other logic. `k` is for VOTE, `condition` (a node) for INHIBIT."""

    id: str
    type: LogicType
    inputs: tuple[str, ...]
    effect: str = ""
    k: int = 0
    condition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One piece of evidence on a node or an edge (`claim` is its id). `label` is the citation as shown (`E7`),
    `evidence_id` and `locator` the place, `event_id` the event of the timeline if it is one. `at` and `until` are the
    time that the evidence speaks of. `note` says what it shows, `excerpt` quotes at most a few lines."""

    id: str
    claim: str
    stance: Stance = Stance.SUPPORTS
    strength: Strength = Strength.OBSERVED
    label: str = ""
    evidence_id: str = ""
    locator: str = ""
    event_id: str = ""
    note: str = ""
    excerpt: str = ""
    at: Instant | None = None
    until: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The wording of one question of a 5-Whys path: asked at `node`, of a role, answered by a node (`answer`) or not
    yet ("")."""

    id: str
    node: str
    text: str
    asked_of: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanAction:
    """How an action or a decision made sense (SPEC §7.7); `id` is that of its node. `factors` shaped it, `sense` is
    the account of how it made sense at the time, `remedies` are those chosen."""

    id: str
    type: HumanType | None = None
    factors: tuple[str, ...] = ()
    sense: str = ""
    asked_of: str = ""
    remedies: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CauseGraph:
    """All of it, by id. Neighbours are found through the indexes; ids that name nothing are found by `loose_ends`."""

    nodes: Mapping[str, Node] = field(default_factory=dict)
    edges: Mapping[str, Edge] = field(default_factory=dict)
    logic: Mapping[str, Logic] = field(default_factory=dict)
    supports: Mapping[str, Support] = field(default_factory=dict)
    asks: Mapping[str, Ask] = field(default_factory=dict)
    humans: Mapping[str, HumanAction] = field(default_factory=dict)

    @cached_property
    def into(self) -> Mapping[str, tuple[Edge, ...]]:
        """Edges by the node they lead to, in the order of their ids."""
        return _grouped((edge.target, edge) for edge in self._whole_edges())

    @cached_property
    def out_of(self) -> Mapping[str, tuple[Edge, ...]]:
        """Edges by the node they come from, in the order of their ids."""
        return _grouped((edge.source, edge) for edge in self._whole_edges())

    @cached_property
    def supports_of(self) -> Mapping[str, tuple[Support, ...]]:
        """Evidence by the node or edge it is about, in the order of their ids."""
        ordered = sorted(self.supports.values(), key=lambda each: natural(each.id))
        found: dict[str, list[Support]] = {}
        for each in ordered:
            found.setdefault(each.claim, []).append(each)
        return {claim: tuple(all_of_it) for claim, all_of_it in found.items()}

    @cached_property
    def logic_of(self) -> Mapping[str, Logic]:
        """The logic of each effect that has one; the first by id where there are several."""
        found: dict[str, Logic] = {}
        for each in sorted(self.logic.values(), key=lambda one: natural(one.id)):
            if each.effect:
                found.setdefault(each.effect, each)
        return found

    def outcomes(self, top: TopEvent | None = None) -> tuple[Node, ...]:
        """The top events, those that it happened first; of one kind where `top` says so."""
        return self._tops if top is None else tuple(each for each in self._tops if (each.top or _FIRST) is top)

    @cached_property
    def _tops(self) -> tuple[Node, ...]:
        found = [node for node in self.nodes.values() if node.kind is NodeKind.OUTCOME]
        return tuple(sorted(found, key=lambda node: (node.top is TopEvent.LASTED, natural(node.id))))

    @cached_property
    def asks_at(self) -> Mapping[str, tuple[Ask, ...]]:
        """The written questions that say something, by the node they are asked at, in the order of their ids."""
        found: dict[str, list[Ask]] = {}
        for ask in sorted(self.asks.values(), key=lambda each: natural(each.id)):
            if ask.text.strip():
                found.setdefault(ask.node, []).append(ask)
        return {node: tuple(asks) for node, asks in found.items()}

    def loose_ends(self) -> tuple[str, ...]:
        """Ids of edges, logic and evidence that name a node, edge or logic that is not there, in order."""
        edges = [each.id for each in self.edges.values() if not {each.source, each.target} <= self.nodes.keys()]
        known = self.nodes.keys() | self.logic.keys()
        logic = [
            each.id for each in self.logic.values()
            if not set(each.inputs) <= known or (each.effect and each.effect not in self.nodes)
        ]  # fmt: skip
        claims = self.nodes.keys() | self.edges.keys()
        supports = [each.id for each in self.supports.values() if each.claim not in claims]
        return tuple(sorted([*edges, *logic, *supports], key=natural))

    def _whole_edges(self) -> Iterator[Edge]:
        for edge in sorted(self.edges.values(), key=lambda each: natural(each.id)):
            if edge.source in self.nodes and edge.target in self.nodes:
                yield edge


def natural(identity: str) -> tuple[int, str]:
    """A sort key that puts N2 before N10: shorter ids first."""
    return len(identity), identity


def _grouped(pairs: Iterator[tuple[str, Edge]]) -> Mapping[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = {}
    for key, edge in pairs:
        found.setdefault(key, []).append(edge)
    return {key: tuple(edges) for key, edges in found.items()}
