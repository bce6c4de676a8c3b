"""What the coach says of a text while it is being written: at most two things a paragraph, none twice that was
dismissed, with what its reader may know of the incident.

Knows who may see what. Refuses to find anything itself, and to keep the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from afteraction.engine.gates.named import gate_named
from afteraction.engine.language.findings import LanguageFinding, Severity
from afteraction.engine.review.accusations import name_of
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident, IncidentMember, Seat, StoredAnalysis
from afteraction.web.incidents.permissions import WORK, may, seat_of
from afteraction.web.incidents.queries import extent, latest_analysis
from afteraction.web.language.choices import BY_CODE
from afteraction.web.language.current import Checker
from afteraction.web.reviews.blaming import known_names
from afteraction.web.reviews.in_roles import NameInText, names_in
from afteraction.web.reviews.models import ReviewPart

LONGEST_TEXT = 100_000
PER_PARAGRAPH = 2
_LOUDEST = {Severity.GATE: 0, Severity.NUDGE: 1, Severity.NOTE: 2}
_CLOCK = re.compile(r"(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])")
# What a missed catch is said in (SPEC §4.2): L2g, and an L2 that names a gate.
_CATCHES = frozenset({"L2", "L2g"})
# A note that is for whoever writes: an entry of the timeline in its neutral form (SPEC R057).
_FOR_WHO_WRITES = {"timeline": "LI"}
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
    def title(self) -> str:
        """Its category in plain words."""
        rule = BY_CODE.get(self.found.rule)
        return rule.title if rule else self.found.category.capitalize()

    @property
    def reason(self) -> str:
        """Why there is such a rule."""
        rule = BY_CODE.get(self.found.rule)
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
        checker = Checker()
        found = [
            each for each in checker(text, field=field, known_people=known)
            if each.severity is not Severity.NOTE or each.rule == _FOR_WHO_WRITES.get(field) or self._sees_notes
        ]  # fmt: skip
        ids = [name_of(each, place) for each in found]
        dismissed = self._dismissed(ids)
        open_ones = [(ident, each) for ident, each in zip(ids, found, strict=True) if ident not in dismissed]
        kept = _loudest([each for _, each in open_ones], text)
        names = names_in(self.incident, text) if self.incident is not None and self.works else ()
        shown = tuple(self._suggested(*open_ones[at]) for at in kept)
        return Advice(shown, len(open_ones) - len(kept), names, checker.unread(text))

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
        gate = gate_named(found.sentence) if found.rule in _CATCHES else ""
        return Suggestion(ident, found, gate, self._minute(found) if found.rule in _HINDSIGHT else None)

    def _minute(self, found: LanguageFinding) -> tuple[str, int] | None:
        """The moment that the sentence names, where the incident has such a minute."""
        said = _CLOCK.search(found.sentence)
        analysis = self._analysis
        ends = extent(analysis) if analysis is not None else None
        if said is None or ends is None or self.incident is None:
            return None
        zone = ZoneInfo(self.incident.zone or "UTC")
        start, end = (each.astimezone(zone) for each in ends)
        wished = start.replace(hour=int(said[1]), minute=int(said[2]), second=59, microsecond=0)
        moment = wished if wished >= start else wished + timedelta(days=1)
        return (said[0], _seconds(moment)) if moment - timedelta(minutes=1) <= end else None

    @cached_property
    def _analysis(self) -> StoredAnalysis | None:
        return latest_analysis(self.incident) if self.incident is not None else None


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _loudest(found: Sequence[LanguageFinding], text: str) -> list[int]:
    """Places of the findings that are shown: two for each paragraph, the loudest first, in the order of the text."""
    paragraphs: dict[int, list[int]] = {}
    for at, each in enumerate(found):
        paragraphs.setdefault(text.count("\n\n", 0, each.start), []).append(at)
    kept: list[int] = []
    for places in paragraphs.values():
        kept += sorted(places, key=lambda at: (_LOUDEST[found[at].severity], at))[:PER_PARAGRAPH]
    return sorted(kept)
