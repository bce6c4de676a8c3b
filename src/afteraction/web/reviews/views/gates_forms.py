"""The forms of the gates page, drawn for its dialogs: a gate, a change, a proposed alert, and the decision not to act.

Knows fields and choices. Refuses to save: the page sends parts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from afteraction.engine.causes.graph import natural
from afteraction.engine.gates.matrix import GateRow
from afteraction.engine.language.actions.changes import classify
from afteraction.engine.language.actions.owners import OVERLOADED_FROM
from afteraction.engine.prevention.changes import (
    Barrier,
    Change,
    ChangeClass,
    DoneWhen,
    Grade,
    Horizon,
    Phase,
    Size,
)
from afteraction.engine.prevention.checks import CHECKS, CHECKS_FOR, GROUPS, SUCCESS_EXAMPLES
from afteraction.engine.prevention.cooloff import first_state
from afteraction.engine.review.document import Signal
from afteraction.web.incidents.access import person_of
from afteraction.web.incidents.models import Seat
from afteraction.web.incidents.permissions import WORK
from afteraction.web.reviews.access import access_review
from afteraction.web.reviews.gates.drafting import WRITTEN, draft_of
from afteraction.web.reviews.gates.matrix_rows import CLASSES, OUTCOMES, REACHED
from afteraction.web.reviews.gates.plan_rows import BARRIERS
from afteraction.web.reviews.gates.sheet import Sheet
from afteraction.web.reviews.questions.signals import stored_series
from afteraction.web.reviews.workspace import Workspace

Json = dict[str, Any]
# The same wish as something to remember and as something that happens by itself, for the help of the form.
_REMEMBERED = "Add load tests to the checklist of the release meeting"
_BY_ITSELF = (
    "A load test is a required gate of the pipeline for every change to the data layer: it blocks the merge when p95 "
    "exceeds 300 ms"
)
HALVES = tuple(
    (text, CLASSES[verdict.change_class][1], [name for name, value in verdict.properties.items() if value])
    for text in (_REMEMBERED, _BY_ITSELF)
    for verdict in (classify(text),)
)


@require_safe
def form(request: HttpRequest, key: str, sort: str) -> HttpResponse:
    """One form; what it is about stands in the query."""
    review = access_review(request, key, WORK)
    sheet = Sheet(Workspace(review, person_of(request)), timezone.now())
    made = {"gate": _gate, "change": _change, "signal": _signal, "no-action": _no_action}[sort](sheet, request.GET)
    return render(request, f"reviews/gates_form_{sort.replace('-', '_')}.html", {**made, "incident": review.incident})


@require_POST
def writing(request: HttpRequest, key: str) -> HttpResponse:
    """What is told beside the form of a change while it is written."""
    review = access_review(request, key, WORK)
    sheet = Sheet(Workspace(review, person_of(request)), timezone.now())
    fields = {name: str(request.POST.get(name, "")) for name in WRITTEN}
    return render(request, "reviews/gates_writing.html", {"draft": draft_of(sheet, fields)})


def _gate(sheet: Sheet, asked: Mapping[str, str]) -> Json:
    ident = asked.get("gate", "")
    row = sheet.document.gates.get(ident) if ident else GateRow(id="", title="")
    if row is None:
        raise Http404("There is no such gate.")
    return {
        "gate": row, "reached": REACHED, "outcomes": OUTCOMES, "after": _after(sheet, row),
        "files": sheet.work.head.get("files") or (), "nodes": _nodes(sheet),
    }  # fmt: skip


def _after(sheet: Sheet, row: GateRow) -> list[tuple[str, str, bool]]:
    """Places in the matrix as positions behind each other gate."""
    others = [each for each in sheet.rows if each.id != row.id]
    places = [each.position or float(at) for at, each in enumerate(others, 1)]
    found = []
    for at, (each, place) in enumerate(zip(others, places, strict=True)):
        following = places[at + 1] if at + 1 < len(places) else place + 1
        between = (place + following) / 2
        found.append((f"{between:g}", f"after {each.title}", place < (row.position or 0) <= following))
    return found


def _change(sheet: Sheet, asked: Mapping[str, str]) -> Json:
    ident, gap = asked.get("change", ""), asked.get("gap", "")
    change = sheet.document.changes.get(ident)
    if ident and change is None:
        raise Http404("There is no such change.")
    if change is None:
        change = Change(id="", text="", gap=gap, state=first_state(sheet.facts.window, sheet.now))
    fitting = CHECKS_FOR.get(change.kind, ()) if change.kind else ()
    verdict = sheet.judged.get(change.id)
    return {
        "change": change, "members": _members(sheet), "phases": _phases(change),
        "halves": HALVES, "starts": draft_of(sheet, _fields(change)),
        "gates": sheet.rows, "nodes": _nodes(sheet), "barriers": [(each.value, BARRIERS[each][1]) for each in Barrier],
        "groups": {name: [(kind.value, kind.value.replace("_", " ")) for kind in kinds]
                   for name, kinds in GROUPS.items()},
        "sizes": [each.value for each in Size], "grades": [each.value for each in Grade],
        "horizons": [each.value for each in Horizon], "lines": [*change.done_when, DoneWhen(text="")],
        "checks": sorted(CHECKS.values(), key=lambda each: (each.id not in fitting, each.id)), "fitting": fitting,
        "examples": SUCCESS_EXAMPLES, "classes": [(each.value, CLASSES[each][1]) for each in ChangeClass],
        "proposed_class": CLASSES[verdict.change_class][1] if verdict else "", "proposed": sheet.due_for(change),
    }  # fmt: skip


def _members(sheet: Sheet) -> list[tuple[Any, str, int, bool]]:
    """Who may own it: each with the seat, how many commitments that person holds, and whether that is full."""
    return [
        (each.person, Seat(each.seat).label, sheet.commitments.get(name, 0),
         sheet.commitments.get(name, 0) >= OVERLOADED_FROM)
        for name, each in sheet.members.items()
    ]  # fmt: skip


def _phases(change: Change) -> list[Json]:
    """The phases as lines of the form, three of them at least; `rest` keeps what has no field there."""
    told: list[Json] = []
    for each in change.phases:
        first, *rest = each.done_when or (DoneWhen(text=""),)
        told.append({"phase": each, "first": first, "rest": json.dumps([asdict(line) for line in rest])})
    return [*told, *({"phase": Phase(text=""), "first": DoneWhen(text=""), "rest": "[]"} for _ in range(3 - len(told)))]


def _fields(change: Change) -> dict[str, str]:
    return {
        "change": change.id, "text": change.text, "barrier": change.barrier.value, "owner": change.owner,
        "size": change.size.value if change.size else "", "due": change.due.isoformat() if change.due else "",
    }  # fmt: skip


def _nodes(sheet: Sheet) -> list[Any]:
    nodes = sheet.document.graph.nodes
    return [nodes[each] for each in sorted(nodes, key=natural)]


def _signal(sheet: Sheet, asked: Mapping[str, str]) -> Json:
    ident = asked.get("signal", "")
    signal = sheet.document.signals.get(ident) if ident else Signal(id="", title="")
    if signal is None:
        raise Http404("There is no such signal.")
    return {"signal": signal, "series": stored_series(sheet.work.head)}


def _no_action(sheet: Sheet, _asked: Mapping[str, str]) -> Json:
    return {"frame": sheet.document.frame}
