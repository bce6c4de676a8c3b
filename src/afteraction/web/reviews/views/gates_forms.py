"""The forms of the gates page, drawn for its dialogs: a gate, a change, a proposed alert, and the decision not to act.

Knows fields and choices. Refuses to save: the page sends parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from afteraction.engine.causes.graph import natural
from afteraction.engine.gates.matrix import GateRow
from afteraction.engine.prevention.changes import Barrier, Change, ChangeClass, DoneWhen, Grade, Horizon, Size
from afteraction.engine.prevention.checks import CHECKS, CHECKS_FOR, GROUPS, SUCCESS_EXAMPLES
from afteraction.engine.prevention.cooloff import first_state
from afteraction.engine.review.document import Signal
from afteraction.web.incidents.access import person_of
from afteraction.web.incidents.models import Seat
from afteraction.web.incidents.permissions import WORK
from afteraction.web.reviews.access import access_review
from afteraction.web.reviews.gates.matrix_rows import CLASSES, OUTCOMES, REACHED
from afteraction.web.reviews.gates.plan_rows import BARRIERS
from afteraction.web.reviews.gates.sheet import Sheet
from afteraction.web.reviews.questions.signals import stored_series
from afteraction.web.reviews.workspace import Workspace

Json = dict[str, Any]


@require_safe
def form(request: HttpRequest, key: str, sort: str) -> HttpResponse:
    """One form; what it is about stands in the query."""
    review = access_review(request, key, WORK)
    sheet = Sheet(Workspace(review, person_of(request)), timezone.now())
    made = {"gate": _gate, "change": _change, "signal": _signal, "no-action": _no_action}[sort](sheet, request.GET)
    return render(request, f"reviews/gates_form_{sort.replace('-', '_')}.html", {**made, "incident": review.incident})


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
        "change": change, "members": [(each.person, Seat(each.seat).label) for each in sheet.members.values()],
        "gates": sheet.rows, "nodes": _nodes(sheet), "barriers": [(each.value, BARRIERS[each][1]) for each in Barrier],
        "groups": {name: [(kind.value, kind.value.replace("_", " ")) for kind in kinds]
                   for name, kinds in GROUPS.items()},
        "sizes": [each.value for each in Size], "grades": [each.value for each in Grade],
        "horizons": [each.value for each in Horizon], "lines": [*change.done_when, DoneWhen(text="")],
        "checks": sorted(CHECKS.values(), key=lambda each: (each.id not in fitting, each.id)), "fitting": fitting,
        "examples": SUCCESS_EXAMPLES, "classes": [(each.value, CLASSES[each][1]) for each in ChangeClass],
        "proposed_class": CLASSES[verdict.change_class][1] if verdict else "", "proposed": sheet.due_for(change),
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
