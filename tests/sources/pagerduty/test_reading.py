"""What is pulled from PagerDuty is what its reader reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from afteraction.sources.pagerduty.puller import PULLER
from tests.cli.case import analysis
from tests.sources.recorded import Recorded
from tests.sources.windows import pulled_into, wanted

PERSON = {
    "id": "PADA001",
    "type": "user_reference",
    "summary": "Ada",
    "html_url": "https://acme.pagerduty.com/users/PADA001",
}
SERVICE = {"id": "PSVC1", "type": "service_reference", "summary": "checkout"}
INCIDENT = {
    "id": "PINC1", "type": "incident", "incident_number": 31, "title": "Checkout fails", "status": "resolved",
    "created_at": "2026-05-12T14:05:00Z", "resolved_at": "2026-05-12T14:40:00Z", "service": SERVICE,
    "html_url": "https://acme.pagerduty.com/incidents/PINC1", "self": "https://api.pagerduty.com/incidents/PINC1",
}  # fmt: skip
ABOUT = {"id": "PINC1", "type": "incident_reference", "summary": "[#31] Checkout fails"}


def entry(number: int, kind: str, at: str, **more: Any) -> dict[str, Any]:
    return {"id": f"RLE{number}", "type": f"{kind}_log_entry", "summary": kind, "created_at": at, "incident": ABOUT,
            "service": SERVICE, "agent": PERSON, "channel": {"type": "website"}, **more}  # fmt: skip


ANSWERS: dict[str, list[dict[str, Any]]] = {
    "incidents": [INCIDENT],
    "log_entries": [
        entry(1, "trigger", "2026-05-12T14:05:00Z", agent=SERVICE, channel={"type": "api"}),
        entry(2, "acknowledge", "2026-05-12T14:08:00Z"),
        entry(3, "annotate", "2026-05-12T14:20:00Z", channel={"type": "note", "summary": "Rolling back"}),
        entry(4, "resolve", "2026-05-12T14:40:00Z"),
    ],
    "alerts": [],
    "change_events": [{"id": "PCHG1", "type": "change_event", "timestamp": "2026-05-12T14:01:00Z",
                       "summary": "Deployed checkout v7", "services": [SERVICE]}],
}  # fmt: skip


def answer(path: str, _params: dict[str, str]) -> Any:
    kind = path.rpartition("/")[2]
    return {kind: ANSWERS[kind], "more": False, "limit": 100, "offset": 0}


def test_a_pull_becomes_the_story_of_the_incident(tmp_path: Path) -> None:
    pulled_into(tmp_path, PULLER, Recorded(answer), wanted())
    document = analysis(tmp_path)
    assert [(file["reader"], file["failures_total"]) for file in document["files"]] == [("pagerduty", 0)] * 3
    kinds = {(event["kind"], event["title"]) for event in document["events"]}
    assert ("detection", "Checkout fails") in kinds and ("recovery", "Resolved: Checkout fails") in kinds
    assert ("action", "Acknowledged: Checkout fails") in kinds
    titles = [title for _, title in kinds]
    assert "Deployed checkout v7" in titles and any("Rolling back" in title for title in titles)
    assert sum(event["title"] == "Checkout fails" for event in document["events"]) == 1
