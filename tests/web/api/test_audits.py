"""What the next sprint audits over the API, as the page has it."""

from __future__ import annotations

import pytest

from afteraction.web.accounts.models import SiteRole
from afteraction.web.reviews.actions import open_review

pytestmark = pytest.mark.django_db


def test_sprints_and_what_the_next_one_audits(program, person, incident) -> None:
    review = open_review(incident, actor=person)
    line = {"text": "The pool has a bound", "check": "V03"}
    body = {"text": "Bound the pool", "state": "committed", "done_when": [line]}
    review.parts.create(sort="change", ident="C1", body=body, rev=1)
    api = program(person, "read", "write")
    said = {"begins": "2026-11-02", "days": 14}
    assert api.put("/api/v1/commitments/sprints", said, content_type="application/json").status_code == 403
    person.role = SiteRole.ADMIN
    person.save()
    kept = api.put("/api/v1/commitments/sprints", said, content_type="application/json")
    assert kept.json() == {"team": None, **said}
    told = api.get("/api/v1/commitments/audit").json()
    assert told["sprints"] == [{"team": None, **said}]
    [day] = told["days"]
    assert day["next"] and [(each["line"], each["by"]) for each in day["audits"]] == [(line["text"], "check V03")]
    nobody = api.put("/api/v1/commitments/sprints", said | {"team": "x"}, content_type="application/json")
    assert nobody.status_code == 404
