"""Keeping and hiding events.

Knows that what people decided shows at once, before the facts are computed anew. Refuses to remove anything: a hidden
event is struck out and comes back with one key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from afteraction.core.overlay import Verb
from afteraction.web.accounts.models import User
from afteraction.web.incidents import queries
from afteraction.web.incidents.actions.laying import LONGEST_TEXT, Unusable, Wish, edit_saying, lay, newest
from afteraction.web.incidents.finding.search_index import index_triage
from afteraction.web.incidents.models import AnalysedEvent, Incident, StoredAnalysis, TimelineEdit, Triage
from afteraction.web.incidents.standing import standings


@transaction.atomic
def keep_events(incident: Incident, wish: Wish, *, actor: User, via: str = "page") -> TimelineEdit:
    """Accepts events as part of the story; what was hidden comes back."""
    return _decide(incident, wish, Verb.ACCEPT, "keep_events", actor, via)


@transaction.atomic
def hide_events(incident: Incident, wish: Wish, *, reason: str = "", actor: User, via: str = "page") -> TimelineEdit:
    """Takes events out of the story and out of what is computed; they stay in the evidence and in the list of all,
    with the reason where one is given. Hiding once more with a reason adds it. Raises Unusable for one too long."""
    why = reason.strip()
    if len(why) > LONGEST_TEXT:
        raise Unusable("The reason is too long.", next_step=f"Write up to {LONGEST_TEXT} characters.")
    return _decide(incident, wish, Verb.DISMISS, "hide_events", actor, via, why)


def _decide(
    incident: Incident, wish: Wish, verb: Verb, name: str, actor: User, via: str, reason: str = ""
) -> TimelineEdit:
    if not wish.event_ids:
        raise Unusable("No event was named.", next_step="Select at least one.")
    touches_facts = verb is Verb.DISMISS or _hidden_before(incident, wish.event_ids)
    said = edit_saying(verb, wish, actor, reason=reason)
    kept = lay(incident, wish, said, name, actor=actor, via=via, changes_facts=touches_facts)
    project_triage(incident, wish.event_ids)
    return kept


def _hidden_before(incident: Incident, event_ids: Sequence[str]) -> bool:
    """True when the facts that are shown were computed without one of these events."""
    rows = queries.events_named(newest(incident), event_ids)
    return any(row.triage == Triage.HIDDEN for row in rows.values())


def project_triage(incident: Incident, event_ids: Sequence[str]) -> None:
    """Writes what people decided onto the rows of the newest analysis, so that lists are filtered and
    counted by it and search finds nothing that is hidden.

    Call it with the incident held, so that two counts do not cross."""
    analysis = newest(incident)
    rows = queries.events_named(analysis, event_ids)
    standing = standings(incident, [row.value for row in rows.values()])
    wanted: dict[str, list[int]] = {}
    more: Counter[str] = Counter()
    crossed: list[AnalysedEvent] = []
    for row in rows.values():
        triage = standing[row.event_id].triage if row.event_id in standing else Triage.OPEN
        if row.triage == triage:
            continue
        wanted.setdefault(triage, []).append(row.pk)
        for each, by in ((row.triage, -1), (triage, 1)):
            if each:
                more[f"{each}_count"] += by
                more[f"key_{each}_count"] += by if row.is_key else 0
        if Triage.HIDDEN in (row.triage, triage):
            crossed.append(row)
        row.triage = triage
    for triage, keys in wanted.items():
        AnalysedEvent.objects.filter(pk__in=keys).update(triage=triage)
    changed = {name: Greatest(F(name) + by, 0) for name, by in more.items() if by}
    if changed:
        StoredAnalysis.objects.filter(pk=analysis.pk).update(**changed)
    if crossed:
        index_triage(incident, crossed)
