"""The timeline page as plain values: facts, lanes, rows of the list and the evidence panel.

Knows what stands where and what is open at first. Refuses to draw and to write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from afteraction.web.incidents import queries
from afteraction.web.incidents.citations import Excerpt, excerpt_of
from afteraction.web.incidents.milestones import Evidenced, MilestoneRow, evidenced, milestone_rows
from afteraction.web.incidents.models import AnalysedEvent, FactsVersion, Incident, StoredAnalysis
from afteraction.web.incidents.standing import UNTOUCHED, Revision, Standing, history_of, standings
from afteraction.web.incidents.timeline.event_list import (
    KINDS,
    Rows,
    event_rows,
    list_rows,
    milestones_by_event,
    shown_events,
    shown_kind,
    triage_counts,
)
from afteraction.web.incidents.timeline.facts import Fact, strip_facts
from afteraction.web.incidents.timeline.picture import RANGES
from afteraction.web.incidents.timeline.stretch import (
    BoardPart,
    board_part,
    board_places,
    read_known,
    read_stretch,
    without,
)
from afteraction.web.ui.preferences import Clock

Json = dict[str, Any]

_FIRST_OPEN = ("t_detect", "t_first_monitor", "t_first_user_report", "t_impact_start", "t_trigger")


@dataclass(frozen=True)
class Choice:
    """One button of a segmented control, as a link."""

    label: str
    href: str
    is_on: bool
    name: str = ""
    count: int | None = None


@dataclass(frozen=True)
class Panel:
    """One event with everything behind it."""

    event: Json
    excerpt: Excerpt
    reference: Json
    others: Sequence[Json]
    milestones: Sequence[MilestoneRow]
    metrics: Sequence[Fact]
    previous: str
    following: str
    number: int
    total: int
    stands: Standing = UNTOUCHED
    history: Sequence[Revision] = ()

    @property
    def title(self) -> str:
        """The wording that counts: a person's, else the evidence's."""
        return self.stands.title or str(self.event["title"])

    @property
    def kind(self) -> str:
        """The kind that counts."""
        return self.stands.kind or str(self.event["kind"])


@dataclass(frozen=True)
class TimelinePage:
    """Everything on the page."""

    head: Json
    facts: Sequence[Fact]
    milestones: Sequence[MilestoneRow]
    evidenced: Evidenced
    board: BoardPart
    rows: Rows
    panel: Panel | None
    zones: Sequence[Choice]
    ranges: Sequence[Choice]
    shows: Sequence[Choice]
    kinds: Sequence[Choice]
    counts: Mapping[str, int]
    here: Mapping[str, str] = field(default_factory=dict)

    @property
    def sweep(self) -> str:
        """What of the address the form that decides on many begins with."""
        return "?" + urlencode({name: self.here[name] for name in ("show", "kind", "from", "to") if name in self.here})


def timeline_of(incident: Incident, analysis: StoredAnalysis, clock: Clock, asked: Mapping[str, str]) -> TimelinePage:
    """The page of one analysis as the address asks for it; `known` shows what was known by then, and no more."""
    here = board_places(asked)
    known_by = read_known(here)
    head = queries.known_head(analysis, known_by)
    milestones = milestone_rows(head)
    opened = here.get("event") or _opened_first(head)
    counts = triage_counts(analysis, known_by)
    show, kind = shown_events(here), shown_kind(here)
    panel = None
    if opened:
        panel = panel_of(incident, analysis, opened, only_key=show == "triage", known_by=known_by, kind=kind)
    return TimelinePage(
        head=head,
        facts=strip_facts(head),
        milestones=milestones,
        evidenced=evidenced(head),
        board=board_part(analysis, clock, here),
        rows=event_rows(incident, analysis, asked, known_by),
        panel=panel,
        zones=_zones(clock, here),
        ranges=[
            Choice(label, _link(without(here, "from", "to"), range=name), _range_name(here) == name)
            for name, label in RANGES
        ],
        shows=[
            Choice(label, _link(here, show=name), show == name, counted, counts[counted])
            for name, label in (("triage", "To triage"), ("kept", "Kept"), ("all", "All"))
            if (counted := f"{name}:{kind}" if kind else name)
        ],
        kinds=_kinds(here, show, kind, counts),
        counts=counts,
        here=here,
    )


def _kinds(here: Mapping[str, str], show: str, chosen: str, counts: Mapping[str, int]) -> list[Choice]:
    """Every kind, then those that the list has, in the order in which they come in the story of an incident."""
    every = Choice("Every kind", _link(without(here, "kind"), show=show), not chosen, show, counts[show])
    return [
        every,
        *(
            Choice(kind.replace("_", " ").capitalize(), _link(here, kind=kind), kind == chosen, name, counts[name])
            for kind in KINDS
            if counts[name := f"{show}:{kind}"] or kind == chosen
        ),
    ]


def _range_name(here: Mapping[str, str]) -> str:
    return "" if read_stretch(here) else here.get("range", "incident")


def _link(here: Mapping[str, str], **changed: str) -> str:
    return "?" + urlencode({**here, **changed})


def _zones(clock: Clock, here: Mapping[str, str]) -> list[Choice]:
    named = [("utc", "UTC"), ("local", clock.place), ("written", "As written")]
    return [
        Choice(label, _link(here, zone=mode), clock.mode == mode)
        for mode, label in named
        if mode != "local" or clock.has_local
    ]


def _opened_first(head: Json) -> str:
    for name in _FIRST_OPEN:
        for candidate in head["milestones"].get(name, ()):
            if candidate["event_ids"]:
                return str(candidate["event_ids"][0])
    return ""


@dataclass(frozen=True)
class VersionPage:
    """A confirmed version: its figures, milestones and events."""

    facts: Sequence[Fact]
    milestones: Sequence[MilestoneRow]
    rows: Rows


def version_page(incident: Incident, version: FactsVersion, asked: Mapping[str, str]) -> VersionPage:
    """The page of a confirmed version: the same whatever is edited later."""
    analysis = version.analysis
    after = queries.read_key(asked.get("after", ""))
    page = queries.event_page(analysis, only_key=True, after=after)
    stands = standings(incident, [stored.value for stored in page.events], only=set(version.edit_ids))
    following = "?" + urlencode({"after": str(page.following)}) if page.following else ""
    rows = Rows(list(list_rows(analysis.head, page, stands)), len(page.events), following, "version")
    return VersionPage(strip_facts(analysis.head), milestone_rows(analysis.head), rows)


def panel_of(
    incident: Incident,
    analysis: StoredAnalysis,
    event_id: str,
    *,
    only_key: bool,
    known_by: int | None = None,
    kind: str = "",
) -> Panel | None:
    """The evidence behind one event; None when this analysis has no such event, or it was not known by then."""
    stored: AnalysedEvent | None = queries.event_of(analysis, event_id, known_by)
    if stored is None:
        return None
    event: Json = stored.value
    head = queries.known_head(analysis, known_by)
    milestones = milestones_by_event(milestone_rows(head)).get(event_id, [])
    previous, following = queries.neighbours(analysis, stored, only_key=only_key, known_by=known_by, kind=kind)
    reference = event["evidence"][0]
    labels = [file["label"] for file in head["files"] if file["label"]]
    number = labels.index(reference["label"]) + 1 if reference["label"] in labels else 0
    return Panel(
        event=event,
        excerpt=excerpt_of(incident, reference),
        reference=reference,
        others=event["evidence"][1:9],
        milestones=milestones,
        metrics=[fact for fact in strip_facts(head) if _rests_on(fact.metric, milestones, reference)],
        previous=previous,
        following=following,
        number=number,
        total=len(labels),
        stands=standings(incident, [event]).get(event_id, UNTOUCHED),
        history=history_of(incident, event),
    )


def _rests_on(metric: Json, milestones: Sequence[MilestoneRow], reference: Json) -> bool:
    """True when a figure uses a moment of one of these milestones, as this evidence gives it."""
    moments = {candidate["value"] for row in milestones for candidate in row.candidates[:1]}
    cites = {(each["sha256"], each["locator"]) for each in metric["evidence"]}
    return any(each["value"] in moments for each in metric["inputs"]) or (
        (reference["sha256"], reference["locator"]) in cites
    )
