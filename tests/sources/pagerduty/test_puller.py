"""PagerDuty: incidents of the window, each with its whole log, page by page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from afteraction.sources.pagerduty.puller import PULLER
from afteraction.sources.pulls import StepRefused
from tests.sources.recorded import Recorded
from tests.sources.windows import answered, kept, pulled_into, wanted


def account(incidents: int, entries: int = 3, changes: int = 1) -> Recorded:
    """An account with so many incidents in the window, each with so many log entries."""

    def answer(path: str, params: dict[str, str]) -> Any:
        kind = path.rpartition("/")[2]
        count = {"incidents": incidents, "log_entries": entries, "change_events": changes, "alerts": 0}[kind]
        offset, limit = int(params["offset"]), int(params["limit"])
        rows = [{"id": f"P{number:04}"} for number in range(count)][offset : offset + limit]
        return {kind: rows, "limit": limit, "offset": offset, "more": offset + limit < count}

    return Recorded(answer)


def test_each_incident_brings_its_whole_log(tmp_path: Path) -> None:
    source = account(2)
    pulled = pulled_into(tmp_path, PULLER, source, wanted())
    assert kept(pulled) == [
        "incidents.20260512T140000Z.p1.json", "log_entries.P0000.p1.json", "log_entries.P0001.p1.json",
        "change_events.20260512T140000Z.p1.json",
    ]  # fmt: skip
    listed = source.asked[0].url.params
    assert (listed["since"], listed["until"]) == ("2026-05-12T14:00:00Z", "2026-05-12T15:00:00Z")
    assert listed.get_list("statuses[]") == ["triggered", "acknowledged", "resolved"]
    log = next(request for request in source.asked if request.url.path == "/incidents/P0000/log_entries")
    assert "since" not in log.url.params and log.url.params["is_overview"] == "false"


def test_further_pages_are_asked_for(tmp_path: Path) -> None:
    source = account(1, entries=250)
    pulled = pulled_into(tmp_path, PULLER, source, wanted())
    assert [name for name in kept(pulled) if name.startswith("log")] == [
        f"log_entries.P0000.p{number}.json" for number in (1, 2, 3)
    ]
    asked = [request.url.params["offset"] for request in source.asked if "log_entries" in request.url.path]
    assert asked == ["0", "100", "200"]


def test_services_narrow_incidents_and_changes() -> None:
    incidents, *changes = PULLER.first(wanted("PSVC1", "PSVC2"))
    assert [value for key, value in incidents.params if key == "service_ids[]"] == ["PSVC1", "PSVC2"]
    assert [step.path for step in changes] == ["/services/PSVC1/change_events", "/services/PSVC2/change_events"]
    assert len({step.name for step in changes}) == 2


def test_an_id_never_leaves_its_place_in_the_address() -> None:
    (_, step) = PULLER.first(wanted("../../users"))
    assert step.path == "/services/..%2F..%2Fusers/change_events"
    turn = PULLER.after(_, answered({"incidents": [{"id": "../x"}, {"id": 7}, "odd"]}), wanted())
    assert [step.path for step in turn.more] == ["/incidents/..%2Fx/log_entries", "/incidents/..%2Fx/alerts"]


def test_where_pagerduty_lists_no_further_that_is_told() -> None:
    step = PULLER.first(wanted())[0]
    last = type(step)(step.name, step.path, step.with_parameters(offset="9900"))
    turn = PULLER.after(last, answered({"incidents": [], "more": True}), wanted())
    assert turn.more == [] and "shorter window" in turn.told


@pytest.mark.parametrize("body", [{}, [], {"incidents": {}}])
def test_an_answer_that_is_none_is_refused(body: object) -> None:
    with pytest.raises(StepRefused):
        PULLER.after(PULLER.first(wanted())[0], answered(body), wanted())


def test_the_token_is_of_pagerdutys_own_kind() -> None:
    assert PULLER.headers("abc", {})["Authorization"] == "Token token=abc"
