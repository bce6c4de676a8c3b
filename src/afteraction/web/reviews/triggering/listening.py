"""Hearing that an incident changed.

Knows the signals of the floor below, and brings reviews to its home. Refuses to judge: the verb does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models.signals import post_save

from afteraction.web.accounts.models import User
from afteraction.web.incidents.finding.brought import Brought, bring
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.told import incident_changed, report_opened

if TYPE_CHECKING:
    from afteraction.web.reviews.models import ReviewStep


def listen() -> None:
    """Called when the app is ready."""
    bring(_reviews)
    incident_changed.connect(_judge, weak=False, dispatch_uid="reviews.judge_incident")
    report_opened.connect(_note_reader, weak=False, dispatch_uid="reviews.note_reader")
    post_save.connect(_judge_later, weak=False, sender="reviews.ReviewStep", dispatch_uid="reviews.judge_later")


def _judge(incident: Incident, **_: object) -> None:
    from afteraction.web.reviews.actions.judge_incident import judge_incident

    judge_incident(incident)


def _note_reader(person: User, incident: Incident, **_: object) -> None:
    from afteraction.web.reviews.followed import note_reader

    note_reader(person, incident)


def _judge_later(instance: ReviewStep, **_: object) -> None:
    """A step of a review bears on the incidents that repeat its own."""
    from afteraction.web.reviews.actions.judge_incident import judge_incident
    from afteraction.web.reviews.triggering.repeats import later_of

    transaction.on_commit(lambda: [judge_incident(each) for each in later_of(instance.review.incident)])


def _reviews(user: User, incidents: Sequence[Incident]) -> Mapping[int, Brought]:
    from afteraction.web.reviews.triggering.home import reviews_brought

    return reviews_brought(user, incidents)
