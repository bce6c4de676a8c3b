"""What the coach says of a text while it is being written: at most two things a paragraph, none twice that was
dismissed, with what its reader may know of the incident.

Knows who may see what. Refuses to find anything itself, and to keep the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from afteraction.engine.gates.chances import seed_rows
from afteraction.engine.gates.named import gate_named
from afteraction.engine.language.action_rules import ACTION_RULES
from afteraction.engine.language.findings import LanguageFinding, Severity
from afteraction.engine.prevention.wording import each_once
from afteraction.engine.review.accusations import name_of
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident, IncidentMember, Seat, StoredAnalysis
from afteraction.web.incidents.permissions import WORK, may, seat_of
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.timeline.stretch import slide_of
from afteraction.web.language.choices import BY_CODE, BY_WEIGHT
from afteraction.web.language.current import Checker
from afteraction.web.reviews.blaming import known_names
from afteraction.web.reviews.in_roles import NameInText, names_in
from afteraction.web.reviews.models import ReviewPart
from afteraction.web.reviews.queries import document_from, review_of, rows_of
from afteraction.web.reviews.reading_by import has_several

LONGEST_TEXT = 100_000
PER_PARAGRAPH = 2
_LOUDEST = {Severity.GATE: 0, Severity.NUDGE: 1, Severity.NOTE: 2}
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?P<utc> ?(?:UTC|GMT|Z)\b)?"
)
# What a missed catch is said in (SPEC §4.2): L2g, and an L2 that names a gate.
_CATCHES = frozenset({"L2", "L2g"})
SINGLE_CAUSE = "L6"
GRAPH_SORTS = ("node", "edge", "logic")
# Notes that are for whoever writes: an entry of the timeline in its neutral form (SPEC R057), and what keeps an action
# from being done.
_FOR_WHO_WRITES = {"timeline": frozenset({"LI"}), "action": frozenset(each.code for each in ACTION_RULES)}
_HINDSIGHT = frozenset({"L2", "L3"})


@dataclass(frozen=True)
class Suggestion:
    """A finding as it is shown. `id` is the name under which it is set aside; `gate` is the gate of the matrix that
    its sentence names, `minute` a moment of the incident that it names, as typed and in seconds since 1970."""

    id: str
    found: LanguageFinding
    gate: str = ""
    minute: tuple[str, int] | None = None

    @property
    def rule(self) -> str:
        """The code under which it is explained, counted and switched off."""
        return BY_WEIGHT if self.found.by_likeness else self.found.rule

    @property
    def title(self) -> str:
        """Its category in plain words."""
        rule = BY_CODE.get(self.rule)
        return rule.title if rule else self.found.category.capitalize()

    @property
    def reason(self) -> str:
        """Why there is such a rule."""
        rule = BY_CODE.get(self.rule)
        return rule.reason if rule else ""


@dataclass(frozen=True)
class Advice:
    """What is said of one text, in its order; `more` counts what is left out, `names` are people it names, `unread`
    counts sentences in a language that is not read."""

    suggestions: tuple[Suggestion, ...]
    more: int = 0
    names: tuple[NameInText, ...] = ()
    unread: Mapping[str, int] = dataclass_field(default_factory=dict)


class Coach:
    """The coach of one person, in an incident that they may see or in none."""

    def __init__(self, person: User, incident: Incident | None = None) -> None:
        self.person, self.incident = person, incident
        self.works = incident is not None and may(person, WORK, incident)

    def read(self, text: str, *, field: str = "prose", place: str = "") -> Advice:
        """Suggestions for a text. Names of people of the incident are known to those who work on it alone; what
        is only a note is for the facilitator, and for its owner where nobody facilitates."""
        known = known_names(self.incident) if self.incident is not None and self.works else frozenset()
        checker = Checker(likeness=self._sees_notes)
        read = checker(text, field=field, known_people=known)
        if self._has_several and any(each.rule == SINGLE_CAUSE for each in read):
            read = Checker(several_contributors=True, likeness=self._sees_notes)(text, field=field, known_people=known)
        if field == "action" and text.strip():
            read = (*read, *each_once(checker.action(text)))
        found = [each for each in read if each.severity is not Severity.NOTE or self._may_see(each, field)]
        ids = [name_of(each, place) for each in found]
        dismissed = self._dismissed(ids)
        open_ones = [(ident, each) for ident, each in zip(ids, found, strict=True) if ident not in dismissed]
        kept = _loudest([each for _, each in open_ones], text)
        names = names_in(self.incident, text) if self.incident is not None and self.works else ()
        shown = tuple(self._suggested(*open_ones[at]) for at in kept)
        return Advice(shown, len(open_ones) - len(kept), names, checker.unread(text))

    def _may_see(self, note: LanguageFinding, field: str) -> bool:
        """A note is for whoever facilitates; some are for whoever writes."""
        is_for_writer = field in _FOR_WHO_WRITES and note.rule in _FOR_WHO_WRITES[field]
        return is_for_writer or self._sees_notes

    @cached_property
    def _has_several(self) -> bool:
        """Whether the graph of causes has two contributors or more."""
        review = review_of(self.incident) if self.incident is not None else None
        return review is not None and has_several(document_from(rows_of(review, GRAPH_SORTS)).graph)

    @cached_property
    def _sees_notes(self) -> bool:
        if self.incident is None:
            return False
        seat = seat_of(self.person, self.incident)
        if seat is Seat.FACILITATOR:
            return True
        seats = IncidentMember.objects.filter(incident=self.incident, seat=Seat.FACILITATOR)
        return seat is Seat.OWNER and not seats.exists()

    def _dismissed(self, ids: Iterable[str]) -> frozenset[str]:
        if self.incident is None or not ids:
            return frozenset()
        gone = ReviewPart.objects.filter(
            review__incident=self.incident, sort="dismissal", ident__in=set(ids), removed=False
        )
        return frozenset(gone.values_list("ident", flat=True))

    def _suggested(self, ident: str, found: LanguageFinding) -> Suggestion:
        gate = gate_named(found.sentence) if found.rule in _CATCHES and self.works else ""
        gate = gate if gate in self._gates else ""
        return Suggestion(ident, found, gate, self._minute(found) if found.rule in _HINDSIGHT else None)

    @cached_property
    def _gates(self) -> frozenset[str]:
        """The gates of the matrix: those of the seed until somebody looks at it; none without a review."""
        review = review_of(self.incident) if self.incident is not None else None
        if review is None:
            return frozenset()
        return frozenset(row.ident for row in rows_of(review, ["gate"])) or frozenset(seed_rows())

    def _minute(self, found: LanguageFinding) -> tuple[str, int] | None:
        """The last second of the minute that the sentence names, where the slider of what was known stops there: on a
        day of the incident, by its own clock, and by UTC where it says so or its own clock has no such minute."""
        said = _CLOCK.search(found.sentence)
        slide = slide_of(self._analysis) if self._analysis is not None else None
        if said is None or slide is None or self.incident is None:
            return None
        own = ZoneInfo(self.incident.zone or "UTC")
        for zone in (UTC,) if said["utc"] else (own, UTC):
            day = slide[0].astimezone(zone).date()
            while day <= slide[1].astimezone(zone).date():
                moment = datetime.combine(day, time(int(said["hour"]), int(said["minute"]), 59), zone)
                if slide[0] <= moment <= slide[1]:
                    shown = said[0] if said["utc"] or zone is own else f"{said[0]} UTC"
                    return shown, int(moment.timestamp())
                day += timedelta(days=1)
        return None

    @cached_property
    def _analysis(self) -> StoredAnalysis | None:
        return latest_analysis(self.incident) if self.incident is not None else None


def _loudest(found: Sequence[LanguageFinding], text: str) -> list[int]:
    """Places of the findings that are shown: two for each paragraph, the loudest first, in the order of the text."""
    paragraphs: dict[int, list[int]] = {}
    for at, each in enumerate(found):
        paragraphs.setdefault(text.count("\n\n", 0, each.start), []).append(at)
    kept: list[int] = []
    for places in paragraphs.values():
        kept += sorted(places, key=lambda at: (_LOUDEST[found[at].severity], at))[:PER_PARAGRAPH]
    return sorted(kept)
