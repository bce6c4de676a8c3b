"""Where and when a change ran, against where and when the incident showed; and what happened when it was taken back.

Knows places and times. Refuses to read diffs: `effects` does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from afteraction.core.records import Change
from afteraction.core.suspects import Term
from afteraction.engine.suspects.case import Case
from afteraction.engine.suspects.changes.effects import Effects
from afteraction.engine.suspects.changes.live import ROLES, Live, moment
from afteraction.engine.suspects.changes.staged import Instances
from afteraction.engine.suspects.changes.symptoms.kinds import Kind
from afteraction.engine.suspects.changes.symptoms.picture import Picture
from afteraction.engine.suspects.changes.undone import is_back, weigh_undoing
from afteraction.engine.suspects.changes.words import parts_of, telling

AFTER = -8.0
FIRST, LATER, HEALTHY, SILENT = 1.2, 0.4, -1.2, -0.3
NAMES = 0.8
_SLACK_S = 60.0
# Nearer than that nobody can say which came first.
_AT_ONCE_S = 5.0
# Words of names that say what something is, not which.
_SORTS = ROLES | {"db", "database", "cache", "queue", "store", "redi", "postgre", "mysql", "kafka", "gateway", "web"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Weighs place and time of changes in one case. `places` tells a change's place in the list that `undone` speaks
    of; `rare` says how telling a word is among all changes."""

    case: Case
    picture: Picture
    instances: Instances
    undone: Mapping[int, Change]
    places: Mapping[int, int]
    rare: Mapping[str, float]

    def weigh(self, live: Live, effects: Effects, change: Change) -> list[Term]:
        """The terms of one change at one place where it ran."""
        found = [*self._place(live, effects, change), self._time(live, effects, change)]
        release = live.release or change
        more = [self.instances.weigh(release, live.service, live.at), self._undone(live, change)]
        return [*found, *(term for term in more if term is not None)]

    def live_at(self, live: Live) -> float:
        """When it ran everywhere; when it began to, where the incident was there before that."""
        onset = self.picture.onset
        return live.done if live.done is not None and (onset is None or live.done <= onset) else live.at

    def showed_at(self, live: Live) -> float | None:
        """When the place of a change first showed the incident, UTC epoch seconds."""
        at = self.picture.since.get(live.service)
        known = [one for one in (at, self.picture.onset) if one is not None and one >= live.at - _SLACK_S]
        return min(known) if known else None

    def _undone(self, live: Live, change: Change) -> Term | None:
        for one in (change, live.release):
            back = self.undone.get(self.places.get(id(one), -1)) if one is not None else None
            if back is not None:
                return weigh_undoing(back, self.picture, self.case.log_columns)
        return None

    def _place(self, live: Live, effects: Effects, change: Change) -> list[Term]:
        service = live.service
        cited = ((live.release or change).evidence,)
        found = [Term(name="release", log_odds=live.log_odds, says=live.said, evidence=cited)] if live.log_odds else []
        if service:
            odds, says = self._ran_on(service)
            if odds:
                found.append(Term(name="place", log_odds=odds, says=f"It went to {service}, {says}.", evidence=cited))
        named = self._named(effects, service)
        if named:
            says = f"It names {named}, which is among the first to show it."
            found.append(Term(name="names the place", log_odds=NAMES, says=says, evidence=(change.evidence,)))
        return found

    def _ran_on(self, service: str) -> tuple[float, str]:
        picture = self.picture
        if service in picture.loud:
            return FIRST, "which is among the first to show it"
        if service in picture.since:
            return LATER, "which shows it later"
        if service in picture.measured:
            return HEALTHY, "which stayed as it was"
        return (SILENT, "of which nothing shows it") if picture.since else (0.0, "")

    def _named(self, effects: Effects, service: str) -> str:
        """A service that shows it first and that the change names beside its own."""
        if effects.idle:
            return ""
        own = telling(f"{effects.own_text} {effects.text}") - set(parts_of(service))
        for other in sorted(self.picture.loud - {service}):
            words = set(parts_of(other)) - _SORTS
            if any(self.rare.get(word, 0.0) >= 0.5 for word in words & own):
                return other
        return ""

    def _time(self, live: Live, effects: Effects, change: Change) -> Term:
        picture, alert = self.picture, self.case.alert
        onset = picture.onset if picture.onset is not None else alert.fired_at if alert else None
        cited = ((live.release or change).evidence,)
        if onset is None:
            return Term(name="time", log_odds=0.0)
        if is_back(change) and live.at > onset:
            return Term(name="time", log_odds=AFTER, says="It answers the incident.", evidence=cited)
        if alert and moment(change) > alert.fired_at:
            return Term(name="time", log_odds=AFTER, says="It was made after the alert.", evidence=cited)
        lead = onset - live.at
        if lead < -_SLACK_S:
            odds = round(AFTER * max(0.4, _begun(live.at - _SLACK_S, picture)), 3)
            said = f"It was live {_minutes(-lead)} after the first symptom."
            return Term(name="time", log_odds=odds, says=said, evidence=cited)
        lead = onset - self.live_at(live)
        delayed = any(one.mechanism.delayed for one in effects.shown) or any(one.ramp for one in picture.departures)
        odds = 0.8 - (0.15 if delayed else 0.3) * math.log2(1 + max(lead, 0.0) / 180)
        said = "It went live as it began to show."
        if lead >= _AT_ONCE_S:
            said = f"It was live {_minutes(lead)} before the first symptom."
        return Term(name="time", log_odds=round(max(odds, -2.5), 3), says=said, evidence=cited)


def _begun(at: float, picture: Picture) -> float:
    """Which share of what went wrong, by how clearly, had begun by then: one early flutter is no incident yet."""
    weights = [(min(one.height, 30.0), one.at) for one in picture.departures if Kind.LOAD not in one.kinds]
    total = sum(weight for weight, _ in weights)
    return sum(weight for weight, began in weights if began < at) / total if total else 1.0


def _minutes(seconds: float) -> str:
    if abs(seconds) < 90:
        return f"{max(seconds, 0):.0f} s"
    return f"{max(seconds, 0) / 60:.0f} min" if abs(seconds) < 7200 else f"{seconds / 3600:.1f} h"
