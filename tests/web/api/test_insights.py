"""Insights over the API, as the pages have them."""

from __future__ import annotations

import pytest

from afteraction.web.reviews.actions import PartWish, change_parts, open_review

ROOT = "/api/v1/incidents/INC-2041/review/insights"
pytestmark = pytest.mark.django_db


def test_credit_thanks_and_what_is_worth_reading(program, person, incident) -> None:
    review = open_review(incident, actor=person)
    change_parts(review, [PartWish("node", "N2", {"kind": "condition", "statement": "No bound"})], verb="add",
                 actor=person)  # fmt: skip
    api = program(person, "read", "write")
    for verb in ("credit", "thanks"):
        assert api.put(f"{ROOT}/node/N2/{verb}").status_code == 204
    cause = {"incident": "INC-2041", "sort": "node", "id": "N2", "text": "No bound", "surfaced_by": ["Robin Keller"],
             "thanked_by": ["Robin Keller"]}  # fmt: skip
    assert api.get(ROOT).json()["insights"][1] == cause
    assert api.get("/api/v1/insights").json() == {"insights": [cause]}
    for verb in ("credit", "thanks"):
        assert api.delete(f"{ROOT}/node/N2/{verb}").status_code == 204
    assert api.get("/api/v1/insights").json() == {"insights": []}
    assert api.put(f"{ROOT}/node/N9/credit").status_code == 409
    assert api.put(f"{ROOT}/person/1/credit").status_code == 422
