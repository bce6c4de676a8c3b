"""Laying one decision over many events in the database, without reading them: a window of rows at a time.

Knows the statements. Refuses to load events, to decide over what somebody decided, and to ask who may.
"""

from __future__ import annotations

from collections import Counter

from django.db import connection
from django.db.models import BigIntegerField, Case, Count, F, Max, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from afteraction.core.overlay import Verb
from afteraction.web.incidents import queries
from afteraction.web.incidents.finding.search_index import MOST_EVENTS, index_triage
from afteraction.web.incidents.models import (
    AnalysedEvent,
    EditedEvent,
    Incident,
    SearchEntry,
    StoredAnalysis,
    TimelineEdit,
    Triage,
)

# Rows of one transaction: it ends within a second, since on SQLite every other write waits for it.
WINDOW = 5_000


def take_window(edit: TimelineEdit, analysis: StoredAnalysis, size: int) -> int:
    """Names the next proposals that the edit chose, earliest first, and shows them as decided; how many they were.

    Only what nobody decided, and what stood there unchanged when the edit was laid.
    """
    swept = edit.value["swept"]
    rows = queries.proposed(analysis, queries.chosen_in(swept)).filter(first_run__lte=swept["run"])
    chosen = rows.order_by("at_us", "event_id").annotate(of=Value(edit.pk, output_field=BigIntegerField()))
    sql, params = chosen.values_list("of", "incident_id", "event_id")[:size].query.sql_with_params()
    table = connection.ops.quote_name(EditedEvent._meta.db_table)
    before = EditedEvent.objects.filter(edit=edit).aggregate(last=Max("pk"))["last"] or 0
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} (edit_id, incident_id, event_id) {sql}", params)
        taken = cursor.rowcount
    if taken:
        project_window(edit, analysis, before, None)
    return int(taken)


def project_window(edit: TimelineEdit, analysis: StoredAnalysis, after: int, size: int | None) -> int:
    """Shows the events that the edit names, from the row `after` on, as the newest decision in force has them; the
    last row that was looked at, 0 when none was left. Call it with the incident held."""
    named = EditedEvent.objects.filter(edit=edit, pk__gt=after).order_by("pk")
    last = _last(named, size)
    if not last:
        return 0
    ids = EditedEvent.objects.filter(edit=edit, pk__gt=after, pk__lte=last).values("event_id")
    rows = queries.rows_of_run(analysis).filter(event_id__in=ids)
    decided = TimelineEdit.objects.filter(
        targets__incident=edit.incident_id, targets__event_id=OuterRef("event_id"), withdrawn_at=None,
        verb__in=(Verb.ACCEPT, Verb.DISMISS),
    ).order_by("-id")  # fmt: skip
    as_word = Case(
        When(verb=Verb.ACCEPT.value, then=Value(Triage.KEPT.value)), default=Value(Triage.HIDDEN.value)
    )  # fmt: skip
    before = _counts(rows)
    newest = Subquery(decided.annotate(word=as_word).values("word")[:1])
    rows.update(triage=Coalesce(newest, Value(Triage.OPEN.value)))
    _count(analysis, before, _counts(rows))
    if edit.verb == Verb.DISMISS:
        _index(edit.incident, rows)
    return last


def _last(named: object, size: int | None) -> int:
    rows = named.values_list("pk", flat=True)  # type: ignore[attr-defined]
    if size is None:
        return int(rows.aggregate(last=Max("pk"))["last"] or 0)
    edge = list(rows[size - 1 : size])
    return int(edge[0]) if edge else int(rows.aggregate(last=Max("pk"))["last"] or 0)


def _counts(rows: object) -> Counter[str]:
    """By column of the analysis how many of these rows it counts."""
    found: Counter[str] = Counter()
    grouped = rows.values_list("triage", "is_key").annotate(count=Count("pk"))  # type: ignore[attr-defined]
    for triage, is_key, count in grouped:
        if triage:
            found[f"{triage}_count"] += count
            found[f"key_{triage}_count"] += count if is_key else 0
    return found


def _count(analysis: StoredAnalysis, before: Counter[str], after: Counter[str]) -> None:
    more = {name: after[name] - before[name] for name in {*before, *after}}
    changed = {name: Greatest(F(name) + by, 0) for name, by in more.items() if by}
    if changed:
        StoredAnalysis.objects.filter(pk=analysis.pk).update(**changed)


def _index(incident: Incident, rows: object) -> None:
    """Search finds nothing of what is hidden, and what came back as far as it has room."""
    hidden = rows.filter(triage=Triage.HIDDEN)  # type: ignore[attr-defined]
    SearchEntry.objects.filter(incident=incident, kind="event", ref__in=hidden.values("event_id")).delete()
    free = MOST_EVENTS - SearchEntry.objects.filter(incident=incident, kind="event").count()
    back: list[AnalysedEvent] = []
    if free > 0:
        back = list(rows.filter(is_key=True).exclude(triage=Triage.HIDDEN)[:free])  # type: ignore[attr-defined]
    if back:
        index_triage(incident, back)
