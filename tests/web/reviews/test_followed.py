"""Whoever follows a review finds the published document on their home until they open it (SPEC R037)."""

from __future__ import annotations

import pytest
from django.test import Client

from afteraction.web.incidents.actions.visibility import publish, restrict
from afteraction.web.incidents.models import IncidentMember, Seat
from afteraction.web.reviews.models import Following

pytestmark = pytest.mark.django_db
HOME, REPORT = "/", "/incidents/INC-2041/report/"
MEETING = "/incidents/INC-2041/review/meeting/"
API = "/api/v1/incidents/INC-2041/review/following"
HEADING = "Published since you follow"


@pytest.fixture
def follower(review, make_person) -> Client:
    """The browser of a viewer who follows the review."""
    kim = make_person("kim@example.org")
    IncidentMember.objects.create(incident=review.incident, person=kim, seat=Seat.VIEWER)
    browser = Client()
    browser.force_login(kim)
    assert browser.put(API).json() == {"following": True, "document": None, "looked_at": None}
    return browser


def home(browser: Client) -> str:
    return browser.get(HOME).content.decode()


def test_a_follower_finds_the_document_until_it_is_opened_and_others_do_not(
    follower, client, review, person, make_person
) -> None:
    assert HEADING not in home(follower)
    # A draft that was read before is not the document.
    assert follower.get(REPORT).status_code == 200
    publish(review.incident, actor=person)
    told = home(follower)
    assert HEADING in told and f'href="{REPORT}"' in told.partition(HEADING)[2]
    assert HEADING not in home(client)
    assert follower.get(API).json() == {"following": True, "document": REPORT, "looked_at": None}
    assert follower.get(REPORT).status_code == 200
    assert HEADING not in home(follower)
    assert follower.get(API).json()["looked_at"] and Following.objects.get().looked_at


def test_taking_it_as_a_file_or_by_a_program_is_opening_it(follower, review, person) -> None:
    publish(review.incident, actor=person)
    assert HEADING in home(follower)
    assert follower.get("/api/v1/incidents/INC-2041/report.md").status_code == 200
    assert HEADING not in home(follower)


def test_who_follows_only_afterwards_or_may_not_see_it_is_told_nothing(follower, review, person, make_person) -> None:
    publish(review.incident, actor=person)
    later = Client()
    later.force_login(make_person("later@example.org"))
    assert later.put(API).json()["following"]
    assert HEADING not in home(later)
    restrict(review.incident, "Customer data", actor=person)
    assert HEADING in home(follower)
    IncidentMember.objects.filter(seat=Seat.VIEWER).delete()
    assert HEADING not in home(follower)


def test_a_follower_is_not_invited_before_or_after(follower, review, person) -> None:
    follows = str(Following.objects.get().person_id)
    before = follower.get(MEETING).context["occasion"].invites.invited
    publish(review.incident, actor=person)
    after = follower.get(MEETING).context["occasion"].invites.invited
    assert follows not in [each.person for each in (*before, *after)]
