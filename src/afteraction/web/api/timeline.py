"""The timeline over the API: events, edits, facts.

Knows addresses and how an event with its standing is written. Refuses to decide: the pages' own verbs do.
"""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Status
from ninja.params.functions import Query

from afteraction.core.records import EventKind
from afteraction.web.api import shapes
from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import incident_for
from afteraction.web.incidents.actions import restore_edit, sweep_events, withdraw_edit
from afteraction.web.incidents.actions.laying import Unusable, Wish
from afteraction.web.incidents.editing import asked
from afteraction.web.incidents.editing.sweep_forms import chosen_by
from afteraction.web.incidents.models import AnalysedEvent, Incident, StoredAnalysis, TimelineEdit, Triage
from afteraction.web.incidents.standing import Standing, seat_words, standings

router = Router(tags=["timeline"])
_TRIAGE = {"open": Triage.OPEN, "kept": Triage.KEPT, "hidden": Triage.HIDDEN}
_EDITS = 100


def analysed(request: HttpRequest, key: str) -> tuple[Incident, StoredAnalysis]:
    """The incident that the caller may see, and its newest analysis; 404 before the first."""
    incident = incident_for(caller(request), key)
    analysis = queries.latest_analysis(incident)
    if analysis is None:
        raise Http404
    return incident, analysis


def known_by(request: HttpRequest) -> int | None:
    """`known_at` of the address in microseconds; Unusable when it is no moment with a zone."""
    from django.utils.dateparse import parse_datetime

    text = request.GET.get("known_at", "")
    if not text:
        return None
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not 1970 < at.year < 9999:
        raise Unusable(f'known_at "{text[:40]}" is no moment.', next_step="Write it like 2026-05-12T14:20:00Z.")
    return queries.microseconds(at)


def _out(incident: Incident, rows: list[AnalysedEvent]) -> list[dict[str, Any]]:
    standing = standings(incident, [row.value for row in rows])
    return [
        {
            "id": row.event_id,
            "triage": standing[row.event_id].triage if row.event_id in standing else row.triage,
            "revision": standing[row.event_id].revision if row.event_id in standing else 0,
            "is_key": row.is_key,
            **_hidden(standing.get(row.event_id)),
            "value": row.value,
        }
        for row in rows
    ]


def _hidden(stands: Standing | None) -> dict[str, str | None]:
    is_hidden = stands is not None and stands.is_hidden
    return {
        "hidden_by": stands.by if stands and is_hidden else None,
        "hidden_because": stands.reason if stands and is_hidden else None,
    }


@router.get("/{key}/events", response=shapes.Events, auth=scope(READ), summary="Events by time, a page at a time")
def events(
    request: HttpRequest,
    key: str,
    after: str = Query("", max_length=100, description="`next` of the page before"),
    triage: str = Query("all", pattern="^(all|open|kept|hidden)$"),
    only_key: bool = Query(False, description="Only events that carry the story"),
    limit: int = Query(60, ge=1, le=500),
    known_at: str = Query("", description="Only what was known by then, e.g. 2026-05-12T14:20:00Z"),
    kind: str = Query("", pattern=f"^({'|'.join(EventKind)})?$", description="Only events of this kind"),
) -> dict[str, Any]:
    """A page costs the same for a thousand events and for a million. The first says how many there are of each kind."""
    incident, analysis = analysed(request, key)
    place = queries.read_key(after) if after else None
    if after and place is None:
        raise Unusable(f'after "{after[:40]}" is no place in the list.', next_step="Send the next of a page before.")
    by = known_by(request)
    page = queries.event_page(
        analysis, only_key=only_key, after=place, size=limit, triage=_TRIAGE.get(triage), known_by=by, kind=kind
    )
    kinds: dict[str, int] = {}
    if kind or not after:
        for (name, is_key), counted in queries.counted_kinds(analysis, known_by=by).items():
            if is_key or not only_key:
                kinds[name] = kinds.get(name, 0) + _of(counted, triage)
    total = kinds.get(kind, 0) if kind else _of(queries.counted(analysis, only_key=only_key, known_by=by), triage)
    return {
        "events": _out(incident, list(page.events)),
        "total": total,
        "kinds": None if after else {name: count for name, count in kinds.items() if count},
        "next": str(page.following) if page.following else None,
    }


def _of(counts: queries.Counted, triage: str) -> int:
    return {"all": counts.events, "open": counts.open, "kept": counts.kept, "hidden": counts.hidden}[triage]


@router.get("/{key}/events/{event_id}", response=shapes.EventOut, auth=scope(READ), summary="One event")
def event(request: HttpRequest, key: str, event_id: str) -> dict[str, Any]:
    """With its evidence and what people decided."""
    incident, analysis = analysed(request, key)
    found = queries.event_of(analysis, event_id[:64], known_by(request))
    if found is None:
        raise Http404
    return _out(incident, [found])[0]


@router.get("/{key}/edits", response=shapes.Edits, auth=scope(READ), summary="Edits, newest first")
def edits(request: HttpRequest, key: str, before: int | None = Query(None, ge=1, le=2**62)) -> dict[str, Any]:
    """Withdrawn ones too. Who made them shows as a seat."""
    incident = incident_for(caller(request), key)
    rows = TimelineEdit.objects.filter(incident=incident).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: _EDITS + 1])
    following = found[_EDITS - 1].pk if len(found) > _EDITS else None
    return {"edits": _edits_out(incident, found[:_EDITS]), "next": following}


def _edits_out(incident: Incident, rows: list[TimelineEdit]) -> list[dict[str, Any]]:
    seats = seat_words(incident, rows)
    return [
        {
            "edit_id": row.edit_id, "verb": row.verb, "event_ids": row.event_ids, "count": row.count,
            "at": row.at,
            "by": seats.get(row.person_id, "somebody"), "revision": row.pk, "withdrawn_at": row.withdrawn_at,
            "value": row.value,
        }
        for row in rows
    ]  # fmt: skip


@router.post("/{key}/edits", response={201: shapes.EditOut}, auth=scope(WRITE), summary="Lay an edit")
def lay(request: HttpRequest, key: str, said: shapes.EditIn) -> Any:
    """Keep, hide, edit, merge, split, note or pin. Stale ones are answered 409 with theirs."""
    incident = incident_for(caller(request), key)
    texts = {
        name: value
        for name in asked.TEXTS
        if (value := getattr(said, name, None)) is not None and (value or name == "title")
    }
    wish = Wish([each[:64] for each in said.event_ids], said.based_on, said.edit_id)
    wanted = asked.Asked(said.verb, wish, texts, tuple(said.members))
    edit = asked.do(incident, wanted, actor=caller(request), via="api")
    return Status(201, _edits_out(incident, [edit])[0])


def _chosen(choice: shapes.Choice) -> queries.Chosen:
    said = {
        "choose_kind": choice.kind, "source": choice.source, "scope": "key" if choice.only_key else "all",
        "since": choice.since.isoformat() if choice.since else "",
        "until": choice.until.isoformat() if choice.until else "",
    }  # fmt: skip
    return chosen_by(said)


@router.get("/{key}/proposals", response=shapes.Proposals, auth=scope(READ), summary="How many a choice means")
def proposals(request: HttpRequest, key: str, choice: Annotated[shapes.Choice, Query()]) -> dict[str, int]:
    """To be sent with the decision, so that nothing is decided that you did not see."""
    _, analysis = analysed(request, key)
    return {"count": queries.count_proposed(analysis, _chosen(choice))}


@router.post("/{key}/proposals/decide", response={201: shapes.EditOut}, auth=scope(WRITE), summary="Decide on many")
def decide(request: HttpRequest, key: str, said: shapes.Deciding) -> Any:
    """Keeps or hides every chosen proposal as one edit, which is withdrawn as any other. What somebody decided is left
    as it is. More than some thousands are decided by a job."""
    incident = incident_for(caller(request), key)
    edit = sweep_events(
        incident, _chosen(said), keep=said.decision == "keep", expected=said.expected, reason=said.reason,
        edit_id=said.edit_id, actor=caller(request), via="api",
    )  # fmt: skip
    return Status(201, _edits_out(incident, [edit])[0])


@router.post("/{key}/edits/{edit_id}/withdraw", response=shapes.EditOut, auth=scope(WRITE), summary="Undo an edit")
def withdraw(request: HttpRequest, key: str, edit_id: str) -> dict[str, Any]:
    """It stays in the history."""
    incident = incident_for(caller(request), key)
    return _edits_out(incident, [withdraw_edit(incident, edit_id, actor=caller(request), via="api")])[0]


@router.post("/{key}/edits/{edit_id}/restore", response=shapes.EditOut, auth=scope(WRITE), summary="Bring an edit back")
def restore(request: HttpRequest, key: str, edit_id: str) -> dict[str, Any]:
    """At its old place in the order of edits."""
    incident = incident_for(caller(request), key)
    return _edits_out(incident, [restore_edit(incident, edit_id, actor=caller(request), via="api")])[0]


@router.get("/{key}/analysis", response=dict[str, Any], auth=scope(READ), summary="The facts: all but the events")
def analysis_head(request: HttpRequest, key: str, known_at: str = "") -> dict[str, Any]:
    """Milestones, windows, detections, metrics, conflicts, gaps and files of afteraction/analysis/1."""
    _, analysis = analysed(request, key)
    return queries.known_head(analysis, known_by(request))
