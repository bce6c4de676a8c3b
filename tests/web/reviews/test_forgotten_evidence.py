"""Purged evidence and a review that quotes it: the quotation goes, the claim and people's own words stay."""

from __future__ import annotations

import pytest

from afteraction.web.accounts.models import SiteRole
from afteraction.web.evidence.actions import purge_evidence
from afteraction.web.evidence.models import EvidenceFile
from afteraction.web.incidents.actions.confirm_facts import confirm_facts
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.actions import PartWish, change_parts, open_review
from afteraction.web.reviews.models import Review, ReviewChange, ReviewPart

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("either_database")]
SECRET = "hunter2-of-Jane"


@pytest.fixture
def quoted(incident, person) -> EvidenceFile:
    """A file of the small incident that the review quotes, then quotes no more, on facts that were confirmed."""
    person.role = SiteRole.ADMIN
    person.save()
    analysis = latest_analysis(incident)
    assert analysis is not None
    confirm_facts(incident, analysis_id=analysis.pk, actor=person)
    review = open_review(incident, actor=person)
    assert review.facts is not None
    file = EvidenceFile.objects.filter(incident=incident).order_by("pk").first()
    assert file is not None
    body = {"claim": "N1", "evidence_id": file.sha256, "excerpt": f"login {SECRET}", "note": "Seen at 14:05"}
    node = PartWish("node", "N1", {"kind": "event", "statement": "A login failed"})
    change_parts(review, [node, PartWish("support", "S1", body)], verb="cite", actor=person)
    other = PartWish("support", "S2", {**body, "evidence_id": "f" * 64, "excerpt": "kept words"})
    change_parts(review, [PartWish("support", "S1", None), other], verb="remove", actor=person)
    return file


def test_no_part_and_no_history_says_it_any_more(quoted, person) -> None:
    purge_evidence(quoted, "a customer's name", actor=person)
    stored = [*ReviewPart.objects.values_list("body"), *ReviewChange.objects.values_list("before", "after")]
    assert SECRET not in repr(stored)
    part = ReviewPart.objects.get(ident="S1")
    assert part.body == {"claim": "N1", "evidence_id": quoted.sha256, "note": "Seen at 14:05"}
    assert ReviewPart.objects.get(ident="S2").body["excerpt"] == "kept words"


def test_the_review_outlives_the_facts_it_rested_on(quoted, person) -> None:
    purge_evidence(quoted, "a customer's name", actor=person)
    review = Review.objects.get()
    assert review.facts is None and review.steps.count() == 2
