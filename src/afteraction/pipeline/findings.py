"""From what the store holds to an Analysis: reconstruction, metrics and the series worth drawing, in one place.

Knows in which order the engine is asked. Refuses to read files and to decide anything itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib import resources

from afteraction.core.analysis import Analysis, CostModel, Facts, FileReport, Incident, Series, Timeline
from afteraction.core.digests import Material, MetricSeries, Settings
from afteraction.core.evidence import EvidenceKind
from afteraction.core.findings import GateReading, Milestone, ReleaseGates
from afteraction.core.instant import Instant
from afteraction.core.overlay import Edit
from afteraction.core.records import Document, Lane
from afteraction.engine import metrics, signals, timeline
from afteraction.engine.gates.chances import seed_rows
from afteraction.engine.gates.matrix import LOAD_TEST, GateRow
from afteraction.engine.gates.prefill import prefill_gates
from afteraction.engine.gates.release_path import is_change_triggered, release_path
from afteraction.engine.language.people.roles import assign_roles, with_people_in_text
from afteraction.engine.timeline.snapshots import changed_settings
from afteraction.pipeline.log_changes import changed_templates
from afteraction.pipeline.log_digests import templates_of
from afteraction.pipeline.report.desk import people_of
from afteraction.pipeline.suspects import find_suspects
from afteraction.pipeline.topology import topology_of
from afteraction.stores.evidence import EvidenceStore

MOST_SERIES = 24
_TELLS = {Lane.STATUS: 0, Lane.CHAT: 1}
_DECLARED = re.compile(r"\bdeclar(?:e|ing|ed)\b", re.IGNORECASE)
_SEVERITY = re.compile(r"\bsev(?:erity)?[ -]?([1-5])\b", re.IGNORECASE)
_KEY = re.compile(r"\bINC-?\d+\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a run is asked, apart from its evidence. `suspects` is how many of them to rank; 0 ranks none."""

    incident: Incident = field(default_factory=Incident)
    settings: Settings = field(default_factory=Settings)
    cost: CostModel = field(default_factory=CostModel)
    edits: Sequence[Edit] = ()
    suspects: int = 0


@cache
def code_version() -> str:
    """A hash over the source of the floors that make findings, so that an analysis names the code it came from."""
    digest = hashlib.sha256()
    for floor in ("core", "formats", "engine", "stores", "pipeline"):
        for path in sorted(_sources(resources.files("afteraction") / floor)):
            digest.update(path.encode())
    return digest.hexdigest()[:16]


def _sources(folder: object) -> list[str]:
    found: list[str] = []
    for item in folder.iterdir():  # type: ignore[attr-defined]
        if item.is_dir():
            found += _sources(item)
        elif item.name.endswith(".py"):
            found.append(item.name + item.read_text(encoding="utf-8"))
    return found


def conclude(question: Question, store: EvidenceStore, files: Sequence[FileReport]) -> Analysis:
    """Everything the engine says about what the store holds."""
    material = Material(
        events=store.events(),
        changes=store.changes(),
        documents=store.documents(),
        series=store.series(),
        templates=templates_of(store),
        minutes=store.minutes(),
    )
    incident = _named(question.incident, material)
    told = timeline.reconstruct(material, question.settings, incident, question.edits)
    facts = facts_of(told, incident, question.cost)
    suspects = find_suspects(store, question.suspects, material) if question.suspects else None
    analysis = Analysis(
        incident=incident,
        files=tuple(files),
        timeline=told,
        metrics=metrics.compute(facts, question.settings),
        documents=tuple(material.documents),
        series=drawn(material.series, told),
        settings_changes=tuple(changed_settings(material.documents, _trigger(told))),
        gates=release_gates(told, material.documents),
        roles=assign_roles((*told.events, *told.readings), material.documents),
        cost=question.cost,
        suspects=suspects,
        log_changes=changed_templates(store, told, suspects, material.minutes),
        topology=topology_of(store, material.documents),
        parameters=_parameters(question),
        code_version=code_version(),
    )
    events = (*told.events, *told.readings)
    roles = with_people_in_text(analysis.roles, people_of(analysis), events, material.documents)
    return replace(analysis, roles=roles)


def _parameters(question: Question) -> dict[str, str]:
    told = {name: str(value) for name, value in asdict(question.settings).items() if value}
    return {**told, "suspects": str(question.suspects)} if question.suspects else told


def _trigger(told: Timeline) -> Instant | None:
    chosen = told.milestones.get(Milestone.TRIGGER, ())
    return chosen[0].instant if chosen else None


def release_gates(told: Timeline, documents: Sequence[Document]) -> ReleaseGates:
    """What the evidence says of the six seed gates and of a load test, and where the way of the release begins."""
    load, title = LOAD_TEST
    rows = {**seed_rows(), load: GateRow(id=load, title=title, position=4.5)}
    found = prefill_gates(told, documents, rows)
    path = release_path(told)
    first = path.readings[0] if path and path.readings else None
    return ReleaseGates(
        change_triggered=is_change_triggered(told),
        began_at=first.instant if first else None,
        began=first.title if first else "",
        readings=tuple(
            GateReading(
                gate=each.row, title=rows[each.row].title, reached=each.reached.value, outcome=each.outcome.value,
                record=each.record, event_ids=each.event_ids, evidence=each.evidence,
            )
            for each in found
        ),
    )  # fmt: skip


def facts_of(told: Timeline, incident: Incident, cost: CostModel) -> Facts:
    """What the metrics are computed from."""
    return Facts(
        incident=incident,
        milestones=told.milestones,
        windows=told.windows,
        detections=told.detections,
        updates=told.updates,
        updates_known=told.updates_known,
        questions=told.questions,
        cost=cost,
        responder_minutes=told.responder_minutes,
        tickets=told.tickets,
        alerts=tuple(each for each in told.events if each.lane is Lane.ALERTS),
    )


def _named(incident: Incident, material: Material) -> Incident:
    """Title, key and severity as the evidence states them, where nobody has said anything."""
    written = next((d for d in material.documents if d.kind is EvidenceKind.DOCUMENT and d.text and d.title), None)
    if written and " " not in written.title and any(e.lane is not Lane.DOCUMENT for e in material.events):
        # A file's name is a title only where there is nothing else.
        written = None
    told = sorted((e for e in material.events if e.lane in _TELLS), key=lambda event: (_TELLS[event.lane], event.id))
    public = next((e.title for e in told if e.lane is Lane.STATUS and e.title), "").rpartition(": ")[2]
    declared = next((e.body or e.title for e in told if _DECLARED.search(e.body or e.title)), "")
    severity = _SEVERITY.search(declared)
    key = _KEY.search(declared)
    return replace(
        incident,
        title=incident.title or (written.title if written else public),
        key=incident.key or (key[0].upper() if key else ""),
        severity=incident.severity
        or (written.attributes.get("severity", "") if written else "")
        or (f"SEV-{severity[1]}" if severity else ""),
    )


def drawn(series: Sequence[MetricSeries], told: Timeline) -> tuple[Series, ...]:
    """The series worth a strip: those that impact windows or signals rest on first, at most MOST_SERIES."""
    cited = {ref for window in told.windows for ref in window.evidence}
    signalled = {ref for event in told.events if event.lane is Lane.METRICS for ref in event.all_sources}

    def rank(item: MetricSeries) -> tuple[int, str, str]:
        return (0 if item.evidence in cited else 1 if item.evidence in signalled else 2, item.service, item.metric)

    return tuple(signals.describe(item) for item in sorted(series, key=rank)[:MOST_SERIES])
