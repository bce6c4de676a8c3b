"""Purged evidence and a review that quotes it: the quotation goes, the claim and people's own words stay."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import pytest
from django.db import connection

from afteraction.web.accounts.models import SiteRole, User
from afteraction.web.evidence.actions import paste_text, purge_evidence
from afteraction.web.evidence.models import EvidenceFile, Tombstone
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.actions.confirm_facts import confirm_facts
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.jobs.running import drain
from afteraction.web.reviews.actions import PartWish, change_parts, open_review
from afteraction.web.reviews.models import (
    DeclinedReview,
    JudgedIncident,
    OfferedDeploy,
    Review,
    ReviewChange,
    ReviewPart,
)
from tests.web.databases import files_of_database_with
from tests.web.evidence.conftest import log

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


def quote_everywhere(incident: Incident, person: User) -> tuple[EvidenceFile, Review]:
    """A log that a review quotes in a part, in its history, and in all that opened it or did not."""
    paste_text(incident, log(word=f"failed with {SECRET}"), name="app.log", actor=person)
    drain()
    file = EvidenceFile.objects.get(incident=incident)
    review = open_review(incident, actor=person)
    body = {"claim": "N1", "evidence_id": file.sha256, "excerpt": f"failed with {SECRET}", "note": "Seen at 14:05"}
    node = PartWish("node", "N1", {"kind": "event", "statement": "A login failed"})
    change_parts(review, [node, PartWish("support", "S1", body)], verb="cite", actor=person)
    fired = [{"code": "TR4", "sentence": f"It said {SECRET}", "evidence": [{"sha256": file.sha256}]}]
    Review.objects.filter(pk=review.pk).update(triggers=fired)
    DeclinedReview.objects.create(incident=incident, reason="Not needed", triggers=fired)
    JudgedIncident.objects.update_or_create(incident=incident, defaults={"policy_version": 0, "fired": fired})
    OfferedDeploy.objects.create(deploy=f"release {SECRET}", incident=incident)
    return file, review


@contextlib.contextmanager
def somebody_reading_a_while() -> Iterator[None]:
    """On PostgreSQL, where rows stay for whoever began to read before they went: a reader of something else, who ends
    two seconds later."""
    if connection.vendor != "postgresql":
        yield
        return
    reader = connection.copy()
    reader.inc_thread_sharing()
    with reader.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT count(*) FROM django_migrations")
    ends = threading.Timer(2, reader.close)
    ends.start()
    try:
        yield
    finally:
        ends.join()


def test_no_file_of_the_database_says_it_any_more(either_database: str) -> None:
    # Without a transaction around it: pages are written anew outside of any.
    admin = User.objects.create_user("purging@example.org", name="Robin Keller", role=SiteRole.ADMIN)
    incident = open_incident("INC-9", admin, title="Logins fail")
    file, review = quote_everywhere(incident, admin)
    with connection.cursor() as cursor:
        # Statistics hold the commonest values of each column.
        cursor.execute("ANALYZE")
    assert files_of_database_with(SECRET)
    purge_evidence(file, "a customer's name", actor=admin)
    with somebody_reading_a_while():
        drain()
    assert files_of_database_with(SECRET) == []
    assert Review.objects.get() == review
    assert ReviewPart.objects.get(ident="S1").body["note"] == "Seen at 14:05"
    Tombstone.objects.all().delete()
