"""The demo that a first start loads: its incident, and the review that its people wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from afteraction.web.accounts.models import User
from afteraction.web.config.first_evidence import load_demo
from afteraction.web.reviews.actions import PartWish, change_parts
from afteraction.web.reviews.models import Review, ReviewChange

DEMO = Path("examples/demo-review.json")


@pytest.mark.django_db
def test_the_demo_comes_with_its_review_once(capsys) -> None:
    load_demo()
    review = Review.objects.get()
    written = json.loads(DEMO.read_text(encoding="utf-8"))["parts"]
    assert review.parts.count() >= sum(len(bodies) for bodies in written.values())
    assert review.step == "published" and review.incident.published_at is not None
    assert list(review.steps.values_list("step", flat=True)) == [
        "opened", "facts_confirmed", "analysis", "reviewed", "committed", "published",
    ]  # fmt: skip
    owners = {row.body["owner"] for row in review.parts.filter(sort="change")}
    assert User.objects.filter(pk__in=owners, is_active=False).count() == len(owners) > 5
    changes, people = ReviewChange.objects.count(), User.objects.count()
    load_demo()
    assert ReviewChange.objects.count() == changes and User.objects.count() == people
    assert "could not" not in capsys.readouterr().err


@pytest.mark.django_db
def test_what_somebody_wrote_into_the_demo_stays_at_the_next_start() -> None:
    load_demo()
    review = Review.objects.get()
    owner = review.incident.members.get(seat="owner").person
    mine = PartWish("remark", "R1", {"column": "well", "text": "We asked early."})
    change_parts(review, [mine], verb="edit", actor=owner)
    load_demo()
    assert review.parts.get(sort="remark", ident="R1").body["text"] == "We asked early."
