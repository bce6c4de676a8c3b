"""What an incident repeats: said by people, counted once the earlier one is reviewed, named to who sees it alone."""

from __future__ import annotations

import pytest
from django.test import Client

from afteraction.engine.review.policy import PRESETS
from afteraction.engine.review.policy_document import write_policy
from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.actions import tokens
from afteraction.web.accounts.models import AuditEntry, User
from afteraction.web.incidents.access import SeatMissing
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.incidents.record import Record
from afteraction.web.reviews.actions import open_review
from afteraction.web.reviews.actions.judge_incident import judge_incident
from afteraction.web.reviews.actions.say_repeat import say_repeat, take_back_repeat
from afteraction.web.reviews.models import Review, ReviewPart, ReviewStep, SaidRepeat, TriggerPolicy
from afteraction.web.reviews.models.review import Depth, Step

SAME = "The pool limit was below the database's"


def small(person: User, title: str = "Orders delayed", **said: object) -> Incident:
    """An incident for which nothing fires by itself."""
    return create_incident(Record(title=title, kind="bug", **{"severity": "SEV-4", **said}), actor=person)


def reviewed(incident: Incident, person: User) -> Incident:
    """The incident, with a review that took this step."""
    review = open_review(incident, depth=Depth.LIGHT, actor=person)
    Review.objects.filter(pk=review.pk).update(step=Step.REVIEWED)
    ReviewStep.objects.create(review=review, step=Step.REVIEWED, by=person)
    return incident


def fired(incident: Incident) -> list[tuple[str, str, bool]]:
    """Code, depth of the review, and whether the trigger is closed."""
    review = Review.objects.filter(incident=incident).first()
    return [(each["code"], review.depth, "closed" in each) for each in review.triggers] if review else []


def test_a_repeat_of_a_reviewed_incident_opens_a_light_review_which_names_it_to_nobody(
    either_database: str, make_person, django_capture_on_commit_callbacks
) -> None:
    person, outsider = make_person("owner@example.org"), make_person("outsider@example.org")
    earlier, later = small(person), small(person, "Orders delayed once more")
    say_repeat(later, earlier.key, SAME, actor=person)
    assert fired(later) == [], "nobody reviewed the earlier one"
    with django_capture_on_commit_callbacks(execute=True):
        reviewed(earlier, person)
    assert fired(later) == [("TR11", "light", False)]
    told = Review.objects.get(incident=later).triggers[0]["sentence"]
    assert told == "It repeats an earlier incident, reviewed before."
    IncidentMember.objects.create(incident=later, person=outsider, seat=Seat.RESPONDER)
    for who, sees in ((person, True), (outsider, False)):
        browser = Client()
        browser.force_login(who)
        page = browser.get(f"/incidents/{later.key}/review/").content.decode()
        assert told in page
        assert (earlier.key in page, SAME in page.replace("&#x27;", "'")) == (sees, sees)
    with pytest.raises(CannotDo):
        take_back_repeat(later, earlier.key, actor=outsider)


def test_the_second_return_and_a_check_that_drifted_behind_a_sev1_go_deep(person: User) -> None:
    first, second, third = (small(person, f"Orders delayed {each}") for each in range(3))
    reviewed(first, person)
    say_repeat(second, first.key, SAME, actor=person)
    reviewed(second, person)
    say_repeat(third, second.key, SAME, actor=person)
    assert fired(second) == [("TR11", "light", False)]
    assert fired(third) == [("TR11", "full", False)], "a repeat of a repeat repeats both"
    grave = reviewed(small(person, "All was down", severity="SEV-1"), person)
    after = small(person, "All was nearly down")
    say_repeat(after, grave.key, SAME, actor=person)
    assert fired(after) == [("TR11", "light", False)]
    review = Review.objects.get(incident=grave)
    ReviewPart.objects.create(
        review=review, sort="change", ident="C1", rev=1, body={"text": "Limit", "state": "drifted"}
    )
    judge_incident(after)
    assert fired(after) == [("TR11", "full", False)]
    told = Review.objects.get(incident=after).triggers[0]["sentence"]
    assert "behind the fix of a SEV-1 no longer holds" in told and "Limit" not in told


def test_taking_it_back_closes_the_trigger_and_keeps_the_review(client: Client, person: User) -> None:
    earlier, later = reviewed(small(person), person), small(person, "Again")
    address = f"/incidents/{later.key}/review/repeats"
    said = {"earlier": earlier.key, "because": SAME}
    for _ in range(2):
        client.post(address, said)
    assert SaidRepeat.objects.count() == AuditEntry.objects.filter(verb="say_repeat").count() == 1
    assert fired(later) == [("TR11", "light", False)]
    page = client.post(address, {"earlier": earlier.key, "do": "take-back"}, follow=True).content.decode()
    assert fired(later) == [("TR11", "light", True)] and "Nobody says any more that it repeats" in page
    client.post(address, said)
    assert fired(later) == [("TR11", "light", False)]


def test_what_cannot_be_a_repeat_is_refused_in_the_same_words_as_what_is_not_there(
    person: User, client: Client, make_person
) -> None:
    earlier, later = small(person), small(person, "Again")
    hidden = small(make_person("other@example.org"), "Of others")
    for key in (hidden.key, "INC-999"):
        with pytest.raises(CannotDo, match=f'There is no incident "{key}" that you see'):
            say_repeat(later, key, SAME, actor=person)
    with pytest.raises(CannotDo, match="what is the same"):
        say_repeat(later, earlier.key, "  ", actor=person)
    say_repeat(later, earlier.key, SAME, actor=person)
    for first, second in ((earlier, later), (earlier, earlier)):
        with pytest.raises(CannotDo, match="Name the earlier one"):
            say_repeat(first, second.key, SAME, actor=person)
    with pytest.raises(CannotDo, match="Nobody says"):
        take_back_repeat(earlier, later.key, actor=person)
    viewer = make_person("viewer@example.org")
    IncidentMember.objects.create(incident=later, person=viewer, seat=Seat.VIEWER)
    with pytest.raises(SeatMissing):
        say_repeat(later, earlier.key, SAME, actor=viewer)
    page = client.post(f"/incidents/{later.key}/review/repeats", {"earlier": "INC-999"}, follow=True)
    assert "There is no incident" in page.content.decode()
    assert SaidRepeat.objects.count() == 1


def test_the_policy_switches_it_off(person: User) -> None:
    body = write_policy(PRESETS["seed"])
    body["rules"] = [{**each, "enabled": each["code"] != "TR11"} for each in body["rules"]]
    TriggerPolicy.objects.create(number=1, body=body, reason="x", by=person)
    earlier, later = reviewed(small(person), person), small(person, "Again")
    say_repeat(later, earlier.key, SAME, actor=person)
    assert fired(later) == []


def test_programs_say_it_and_take_it_back(person: User, make_person) -> None:
    earlier, later = small(person), small(person, "Again")
    outsider = make_person("outsider@example.org")
    IncidentMember.objects.create(incident=later, person=outsider, seat=Seat.RESPONDER)
    asked = {}
    for who in (person, outsider):
        _, secret = tokens.make_token("x", ["read", "write"], days=None, actor=who)
        asked[who] = {"headers": {"Authorization": f"Bearer {secret}"}, "content_type": "application/json"}
    address = f"/api/v1/incidents/{later.key}/repeats"
    said = {"earlier": earlier.key, "because": SAME}
    answer = Client().post(address, said, **asked[person])
    assert [(each["earlier"], each["because"]) for each in answer.json()["repeats"]] == [(earlier.key, SAME)]
    assert Client().get(address, **asked[outsider]).json() == {"repeats": []}
    assert Client().post(address, said, **asked[outsider]).status_code == 409
    assert Client().delete(f"{address}/{earlier.key}", **asked[outsider]).status_code == 409
    assert Client().delete(f"{address}/{earlier.key}", **asked[person]).json() == {"repeats": []}
