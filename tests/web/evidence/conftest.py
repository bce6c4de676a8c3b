"""An incident of its own for each test, and a way to bring evidence in."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from afteraction.web.accounts.models import User
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.models import Incident

ALERT = json.dumps(
    {
        "version": "4", "status": "firing", "receiver": "page", "groupLabels": {}, "commonLabels": {},
        "commonAnnotations": {}, "externalURL": "", "groupKey": "{}",
        "alerts": [{"status": "firing", "labels": {"alertname": "DiskFull", "service": "store"}, "annotations": {},
                    "startsAt": "2026-05-12T14:11:08Z", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "",
                    "fingerprint": "ab"}],
    }
)  # fmt: skip


def log(zone: str = "Z", minute: int = 2, word: str = "checkout failed") -> str:
    """Two lines of a log."""
    return "".join(
        json.dumps({"timestamp": f"2026-05-12T14:{minute:02d}:0{n}{zone}", "level": "error", "message": word}) + "\n"
        for n in (3, 9)
    )


@pytest.fixture
def empty(person: User) -> Incident:
    """An incident without evidence, owned by `person`."""
    return open_incident("INC-7", person, title="Checkout fails")


@pytest.fixture
def member(make_person: Callable[..., User], empty: Incident) -> Callable[[str], User]:
    """Somebody with a seat in the incident."""

    def with_seat(seat: str) -> User:
        somebody = make_person(f"{seat}@example.org", name=seat.title())
        empty.members.create(person=somebody, seat=seat)
        return somebody

    return with_seat
