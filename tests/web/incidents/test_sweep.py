"""Deciding on many proposals at once: chosen by a filter, one edit, never over what somebody decided."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import SeatMissing
from afteraction.web.incidents.actions import (
    SweepMoved,
    Unusable,
    Wish,
    hide_events,
    keep_events,
    open_incident,
    restore_edit,
    store_analysis,
    sweep_events,
    sweep_rows,
    withdraw_edit,
)
from afteraction.web.incidents.editing.edits import edits_of
from afteraction.web.incidents.editing.sweep_forms import chosen_by
from afteraction.web.incidents.models import EditedEvent, IncidentMember, SearchEntry, Seat, TimelineEdit, Triage
from afteraction.web.incidents.queries import Chosen
from afteraction.web.incidents.reanalysis import is_recomputing
from tests.web import documents

pytestmark = pytest.mark.django_db
# The package has the verb under the name of its module.
VERB = import_module("afteraction.web.incidents.actions.sweep_events")
PAGE = "/incidents/INC-2041/"
EVERYTHING = Chosen(only_key=False)


def newest(incident):
    found = queries.latest_analysis(incident)
    assert found is not None
    found.refresh_from_db()
    return found


def count(incident, chosen: Chosen = EVERYTHING) -> int:
    return queries.count_proposed(newest(incident), chosen)


def kept(incident) -> set[str]:
    return set(queries.rows_of_run(newest(incident)).filter(triage=Triage.KEPT).values_list("event_id", flat=True))


def sweep(incident, actor, chosen: Chosen = EVERYTHING, *, keep: bool = True, **more: Any) -> TimelineEdit:
    return sweep_events(incident, chosen, keep=keep, expected=count(incident, chosen), actor=actor, **more)


def test_what_is_chosen_by_kind_source_and_time_is_kept_as_one_edit(incident, person) -> None:
    chosen = chosen_by({
        "choose_kind": "communication", "source": "status", "since": "2026-05-12T14:30", "until": "2026-05-12T15:00",
    })  # fmt: skip
    edit = sweep(incident, person, chosen)
    assert kept(incident) == {"ev0006"}
    entry = AuditEntry.objects.get(verb="sweep_events")
    assert (entry.detail["count"], entry.detail["edit"], entry.detail["decision"]) == (1, edit.edit_id, "keep")
    assert not is_recomputing(incident)


@pytest.mark.parametrize("source", ["changes", "alerts", "signals", "chat", "customers", "status", "document"])
def test_every_lane_of_the_picture_can_be_chosen_over_the_api(client, incident, source) -> None:
    told = client.get(f"/api/v1/incidents/{incident.key}/proposals", {"source": source, "only_key": False})
    assert told.status_code == 200 and isinstance(told.json()["count"], int)


def test_what_somebody_decided_stays_as_it_is(incident, person) -> None:
    hide_events(incident, Wish(["ev0005"]), actor=person)
    before = count(incident)
    sweep(incident, person)
    assert len(kept(incident)) == before and "ev0005" not in kept(incident)
    stored = newest(incident)
    assert (stored.kept_count, stored.hidden_count) == (before, 1)
    assert stored.key_kept_count == queries.rows_of_run(stored).filter(triage="kept", is_key=True).count()


def test_one_undo_brings_all_back_and_leaves_what_was_decided_since(incident, person) -> None:
    edit = sweep(incident, person)
    hide_events(incident, Wish(["ev0005"]), actor=person)
    withdraw_edit(incident, edit.edit_id, actor=person)
    stored = newest(incident)
    assert (stored.kept_count, stored.hidden_count) == (0, 1) and kept(incident) == set()
    restore_edit(incident, edit.edit_id, actor=person)
    assert newest(incident).hidden_count == 1 and "ev0005" not in kept(incident) and kept(incident)
    assert [each.detail["count"] for each in AuditEntry.objects.filter(verb="withdraw_edit")] == [edit.count]


def test_hiding_many_gives_the_reason_recomputes_and_takes_them_out_of_search(incident, person) -> None:
    chosen = Chosen(kind="communication")
    assert SearchEntry.objects.filter(incident=incident, kind="event", ref="ev0006").exists()
    edit = sweep(incident, person, chosen, keep=False, reason=" Only updates ")
    assert not SearchEntry.objects.filter(incident=incident, kind="event", ref="ev0006").exists()
    assert is_recomputing(incident)
    (laid,) = edits_of(incident)
    assert (laid.reason, set(laid.event_ids)) == ("Only updates", {"ev0005", "ev0006", "ev0009"})
    withdraw_edit(incident, edit.edit_id, actor=person)
    assert SearchEntry.objects.filter(incident=incident, kind="event", ref="ev0006").exists()


def test_a_list_that_moved_is_refused_with_the_count_of_now(incident, person) -> None:
    seen = count(incident)
    keep_events(incident, Wish(["ev0005"]), actor=person)
    with pytest.raises(SweepMoved, match="there were") as refused:
        sweep_events(incident, EVERYTHING, keep=False, expected=seen, actor=person)
    assert refused.value.count == seen - 1
    assert not TimelineEdit.objects.filter(verb="dismiss").exists()
    with pytest.raises(Unusable, match="Nothing that is open"):
        sweep_events(incident, Chosen(kind="decision"), keep=True, expected=0, actor=person)


def test_the_same_sent_twice_is_one_edit(incident, person) -> None:
    seen = count(incident)
    first = sweep_events(incident, EVERYTHING, keep=True, expected=seen, edit_id="many-1", actor=person)
    again = sweep_events(incident, EVERYTHING, keep=True, expected=seen, edit_id="many-1", actor=person)
    assert first.pk == again.pk and AuditEntry.objects.filter(verb="sweep_events").count() == 1


@pytest.mark.parametrize("seat", [None, Seat.VIEWER, Seat.DEVILS_ADVOCATE])
def test_who_does_not_work_on_the_incident_decides_nothing(incident, make_person, seat) -> None:
    other = make_person("guest@example.org")
    if seat:
        IncidentMember.objects.create(incident=incident, person=other, seat=seat)
    with pytest.raises(SeatMissing):
        sweep(incident, other)
    assert not TimelineEdit.objects.exists()


def test_what_a_person_typed_is_no_proposal_of_a_machine(keep_small_incident, client) -> None:
    typed = documents.event(901, "14:20", "chat", "action", "14:20 rolled back", source="human")
    incident = keep_small_incident(events=[*documents.events(), typed])
    everything = queries.rows_of_run(newest(incident)).count()
    assert count(incident) == everything - 1
    page = client.get(PAGE).content.decode()
    rows = dict(re.findall(r'id="e-(ev\d+)"(.*?)</li>', page, re.S))
    assert 'class="by-machine"' in rows["ev0003"] and 'class="by-machine"' not in rows["ev0901"]
    client.post(PAGE + "edits/", {"verb": "keep:ev0003", "back": PAGE})
    page = client.get(PAGE + "?show=kept").content.decode()
    assert 'id="e-ev0003"' in page and 'class="by-machine"' not in page


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ({"choose_kind": "gossip"}, "no kind"), ({"source": "attic"}, "no source"), ({"scope": "some"}, "no scope"),
        ({"since": "half past two"}, "no moment"),
        ({"since": "2026-05-12T15:00", "until": "2026-05-12T14:00"}, "before"),
    ],
)  # fmt: skip
def test_a_choice_that_does_not_read_says_so_and_means_nothing(client, incident, field, told) -> None:
    page = client.get(PAGE + "edits/new/sweep/", {"scope": "key", **field}).content.decode()
    assert told in page and "btn primary" not in page
    sent = {"verb": "sweep", "decision": "keep", "expected": "0", "scope": "key", **field}
    answered = client.post(PAGE + "edits/", sent, headers={"X-Requested-With": "fetch"})
    assert answered.status_code == 422 and told in answered.json()["error"]


def test_the_form_counts_what_it_means_and_works_without_scripts(client, incident) -> None:
    page = client.get(PAGE + "edits/new/sweep/", {"kind": "communication"}).content.decode()
    assert "<b>3</b> proposals" in page and 'value="communication" selected' in page
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    sent = {**fields, "choose_kind": "communication", "source": "", "scope": "key", "decision": "keep"}
    answered = client.post(PAGE + "edits/", sent, follow=True).content.decode()
    assert "3 events kept" in answered
    assert kept(incident) == {"ev0005", "ev0006", "ev0009"}
    stretch = {"from": "1778594400", "to": "1778598000", "show": "all", "zone": "local"}
    page = client.get(PAGE + "edits/new/sweep/", stretch).content.decode()
    assert "From, Europe/Berlin" in page and 'value="2026-05-12T16:00:00"' in page


def test_a_large_decision_goes_on_in_a_job_in_short_steps_and_is_undone_by_one(person, run_jobs, monkeypatch) -> None:
    monkeypatch.setattr(VERB, "WINDOW", 50)
    incident = open_incident("INC-9", owner=person)
    store_analysis(incident, documents.document(), "one")
    total = count(incident)
    edit = sweep(incident, person)
    assert kept(incident) == set() and is_recomputing(incident)
    run_jobs()
    assert len(kept(incident)) == total == newest(incident).kept_count == edit.targets.count()
    withdraw_edit(incident, edit.edit_id, actor=person)
    run_jobs()
    assert kept(incident) == set() and newest(incident).kept_count == 0
    assert AuditEntry.objects.filter(verb="sweep_events").count() == 1


def test_a_large_decision_that_is_undone_before_it_ran_names_nothing(person, run_jobs, monkeypatch) -> None:
    monkeypatch.setattr(VERB, "WINDOW", 50)
    incident = open_incident("INC-9", owner=person)
    store_analysis(incident, documents.document(), "one")
    edit = sweep(incident, person)
    withdraw_edit(incident, edit.edit_id, actor=person)
    run_jobs()
    assert kept(incident) == set() and not EditedEvent.objects.filter(edit=edit).exists()


def test_the_decision_survives_the_next_run_and_new_proposals_are_open(incident, person) -> None:
    sweep(incident, person)
    new = documents.event(902, "14:33", "alerts", "signal", "Queue depth high")
    store_analysis(incident, documents.document(events=[*documents.events(), new]), "two")
    stored = newest(incident)
    assert count(incident) == 1 and stored.kept_count == len(kept(incident)) > 100
    assert "ev0902" not in kept(incident)


def test_the_statements_are_as_many_for_ten_events_as_for_a_thousand(person) -> None:
    asked = []
    for key, size in (("INC-10", 10), ("INC-1000", 1_000)):
        incident = open_incident(key, owner=person)
        crowd = [
            documents.event(n, f"14:{n // 60 % 60:02}:{n % 60:02}", "alerts", "signal", f"Alert {n}")
            for n in range(size)
        ]
        store_analysis(incident, documents.document(events=crowd), "one")
        chosen = Chosen()
        seen = count(incident, chosen)
        with CaptureQueriesContext(connection) as statements:
            sweep_events(incident, chosen, keep=True, expected=seen, actor=person)
        asked.append(len(statements))
        assert len(kept(incident)) == size
    assert asked[0] == asked[1]


def test_a_window_is_laid_on_either_database(either_database, make_person) -> None:
    person = make_person("owner@example.org")
    incident = open_incident("INC-9", owner=person)
    store_analysis(incident, documents.document(), "one")
    edit = sweep(incident, person, keep=False)
    assert newest(incident).hidden_count == edit.count == sweep_rows.EditedEvent.objects.filter(edit=edit).count()
    withdraw_edit(incident, edit.edit_id, actor=person)
    assert newest(incident).hidden_count == 0
