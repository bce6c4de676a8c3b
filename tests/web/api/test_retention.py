"""How long evidence is kept, over the API."""

from __future__ import annotations

import pytest

from afteraction.web.accounts.models import SiteRole

ROOT = "/api/v1/incidents/INC-2041/retention"
pytestmark = pytest.mark.django_db


def test_the_policy_and_what_is_said_otherwise(program, person, incident) -> None:
    person.role = SiteRole.ADMIN
    person.save()
    api = program(person, "read", "write", "admin")
    assert api.get("/api/v1/retention").json() == {"number": 0, "keep_days": None, "warn_days": 14}
    said = {"keep_days": 400, "warn_days": 7, "based_on": 0, "reason": "Contract"}
    assert api.put("/api/v1/retention", said, content_type="application/json").json()["keep_days"] == 400
    assert api.put("/api/v1/retention", said, content_type="application/json").status_code == 409
    rule = api.post(ROOT, {"hold": True, "reason": "A court asked"}, content_type="application/json")
    assert rule.status_code == 201 and rule.json()["hold"]
    kept = api.get(ROOT).json()
    assert (kept["policy"]["keep_days"], [each["reason"] for each in kept["rules"]], kept["due"]) == (
        400, ["A court asked"], [],
    )  # fmt: skip
    assert api.delete(f"{ROOT}/{rule.json()['id']}").status_code == 204
    assert api.get(ROOT).json()["rules"] == []
    assert api.post(ROOT, {"file": 99, "reason": "x"}, content_type="application/json").status_code == 404
