"""Reviews that open by themselves: what opens one, what only offers one, and what stays silent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.engine.review.policy import PRESETS
from afteraction.engine.review.policy_document import write_policy
from afteraction.engine.review.timers import Standing
from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.models import AuditEntry, SiteRole, User
from afteraction.web.incidents.actions.change_record import change_record
from afteraction.web.incidents.actions.confirm_facts import confirm_facts
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.actions.post_metric import post_metric
from afteraction.web.incidents.models import DataLossSaid, Incident, SeverityReached
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.record import Record, record_of
from afteraction.web.reviews.actions.decline_review import change_depth, decline_review
from afteraction.web.reviews.actions.judge_incident import judge_incident
from afteraction.web.reviews.models import DeclinedReview, JudgedIncident, OfferedDeploy, Review, TriggerPolicy
from afteraction.web.reviews.tasks import judge_again
from afteraction.web.reviews.triggering.due import timers_of
from tests.web import documents

RECORD = Record(title="Orders delayed", severity="SEV-4", kind="bug")


def changed(incident: Incident, person: User, **said: object) -> Incident:
    """The incident with its record changed."""
    incident.refresh_from_db()
    values = {**record_of(incident).values(), **said}
    return change_record(incident, Record(**values), based_on=incident.version, actor=person)  # type: ignore[arg-type]


def codes(incident: Incident) -> list[str]:
    return [each["code"] for each in Review.objects.get(incident=incident).triggers]


@pytest.fixture
def small(person: User) -> Incident:
    """An incident for which nothing fires."""
    return create_incident(RECORD, actor=person)


def test_a_small_incident_opens_nothing(small: Incident) -> None:
    assert not Review.objects.exists()
    assert JudgedIncident.objects.get(incident=small).has_fired is False


def test_a_severity_that_was_lowered_later_opens_one_all_the_same(either_database: str, make_person) -> None:
    person = make_person()
    incident = create_incident(RECORD, actor=person)
    changed(incident, person, severity="SEV-2")
    changed(incident, person, severity="SEV-4")
    review = Review.objects.get(incident=incident)
    at = SeverityReached.objects.get(severity="SEV-2").at
    sentence = review.triggers[0]["sentence"]
    assert (
        sentence.startswith(f"Review required: reached SEV-2 at {at:%H:%M} UTC")
        and "later lowered to SEV-4" in sentence
    )
    assert (review.depth, review.opened_by, review.silent) == ("full", None, False)
    assert list(SeverityReached.objects.values_list("severity", flat=True)) == ["SEV-4", "SEV-2", "SEV-4"]
    entry = AuditEntry.objects.get(verb="open_review")
    assert (entry.actor, entry.via, entry.detail["codes"]) == (None, "policy", ["TR1"])


def test_a_severity_said_when_all_was_over_does_not_tell_when_it_was_reached(incident: Incident) -> None:
    assert "reached SEV-2, " not in (said := Review.objects.get().triggers[0]["sentence"])
    assert said == "Review required: reached SEV-2."


def test_a_suspicion_opens_a_provisional_review_and_a_reason_closes_the_trigger(
    either_database: str, make_person
) -> None:
    person = make_person()
    incident = create_incident(RECORD, actor=person)
    changed(incident, person, data_loss="suspected", data_loss_because="12 orders are missing")
    assert Review.objects.get().triggers[0]["provisional"] is True
    changed(incident, person, data_loss="none", data_loss_because="they were in the queue")
    trigger = Review.objects.get().triggers[0]
    assert trigger["closed"] == "Data loss was suspected and is not any more: they were in the queue"
    assert AuditEntry.objects.get(verb="close_trigger").detail["codes"] == ["TR2"]
    assert list(DataLossSaid.objects.values_list("state", flat=True)) == ["suspected", "none"]


def test_a_suspicion_given_up_without_a_reason_stays(small: Incident, person: User) -> None:
    changed(small, person, data_loss="suspected")
    changed(small, person, data_loss="none", data_loss_because="")
    trigger = Review.objects.get().triggers[0]
    assert "closed" not in trigger and "taken back without a reason" in trigger["sentence"]


def test_security_opens_a_restricted_review(small: Incident, person: User, make_person, client: Client) -> None:
    changed(small, person, is_security=True)
    small.refresh_from_db()
    assert codes(small) == ["TR3"] and small.restricted
    client.force_login(make_person("outsider@example.org"))
    assert client.get(f"/incidents/{small.key}/review/").status_code == 404


def test_learning_alone_opens_a_light_one(small: Incident, person: User) -> None:
    changed(small, person, learning=2, surprised="it retried")
    assert not Review.objects.exists()
    changed(small, person, learning=3, surprised="it retried")
    review = Review.objects.get()
    assert (review.depth, review.triggers[0]["sentence"]) == ("light", "Learning value 3 of 3: it retried.")


def test_kinds_open_by_themselves(person: User) -> None:
    near = create_incident(Record(title="Certificate", kind="near_miss", is_near_miss=True), actor=person)
    done = create_incident(Record(title="Cut over", kind="milestone"), actor=person)
    assert codes(near) == ["TR6"] and codes(done) == ["TR9"]


def _held(**said: object) -> TriggerPolicy:
    body = write_policy(PRESETS["seed"]) | {"version": 1, **said}
    return TriggerPolicy.objects.create(number=1, body=body, reason="x")


def test_a_posted_metric_opens_one_by_a_rule_of_that_version(small: Incident, person: User) -> None:
    _held(metric_rules=[{"id": "u", "metric": "users_affected", "threshold": 500, "depth": "light"}])
    post_metric(small, "users_affected", 400, actor=person)
    assert not Review.objects.exists()
    assert JudgedIncident.objects.get(incident=small).not_judged == []
    post_metric(small, "users_affected", 900, actor=person)
    review = Review.objects.get()
    assert (review.depth, review.policy_version, review.triggers[0]["code"]) == ("light", 1, "TR5")


def test_a_metric_that_nobody_posted_is_unknown_and_fires_nothing(small: Incident, person: User) -> None:
    _held(metric_rules=[{"id": "u", "metric": "users_affected", "threshold": 500}])
    post_metric(small, "users_affected", None, actor=person)
    assert not Review.objects.exists()
    assert "users_affected was not posted" in JudgedIncident.objects.get(incident=small).not_judged[0]["sentence"]


def noticed() -> dict:
    """Metrics of an incident that users told of before any alert did."""
    told = {"M13": documents.metric("M13", 340.0, detail={"verdict": "users first"}),
            "M14": documents.metric("M14", 1.0, detail={"method": "user_report", "users_first": True})}  # fmt: skip
    return documents.document()["metrics"] | told


def test_an_analysis_opens_one_and_says_all_that_fired(keep_small_incident) -> None:
    lasted = [documents.window("14:02", "14:42", 1.0, 0), documents.window("14:12", "15:03", 1.0, 0)]
    incident = keep_small_incident(metrics=noticed(), impact_windows=lasted)
    assert {"TR1", "TR4", "TR8", "TR10"} <= set(codes(incident))


def test_impact_that_is_open_opens_it_silently_and_mitigation_tells(either_database: str, keep_small_incident) -> None:
    at = datetime(2026, 5, 12, 14, 30, tzinfo=UTC)
    going_on = documents.document()["milestones"] | {"t_mitigated": [], "t_resolved": [], "t_impact_end": []}
    open_window = [documents.window("14:02", None, 1.0, 0)]
    incident = keep_small_incident(milestones=going_on, impact_windows=open_window)
    Review.objects.all().delete()
    judge_incident(incident, now=at)
    assert Review.objects.get().silent is True
    keep_small_incident(id="later", milestones=documents.document()["milestones"])
    assert Review.objects.get().silent is False
    assert AuditEntry.objects.filter(verb="tell_review").count() == 1


def test_a_silent_review_is_told_when_somebody_asks_for_it(keep_small_incident, client: Client) -> None:
    incident = keep_small_incident()
    Review.objects.filter(incident=incident).update(silent=True)
    client.post("/incidents/INC-2041/review/open", {"reason": "I want to know", "depth": "full"})
    assert Review.objects.get().silent is False


def test_a_failed_deployment_alone_is_offered_once(keep_small_incident, person: User) -> None:
    _held(rules=[
        {"code": "TR1", "threshold": 1}, {"code": "TR4", "enabled": False}, {"code": "TR10", "enabled": False},
    ])  # fmt: skip
    incident = keep_small_incident()
    assert not Review.objects.exists()
    fired = JudgedIncident.objects.get(incident=incident).fired
    assert [each["code"] for each in fired] == ["TR8"]
    assert fired[0]["sentence"].startswith("Deployment payments-api v2.14 to 12 pods failed: rollback ")
    assert OfferedDeploy.objects.get().incident == incident
    OfferedDeploy.objects.update(incident=create_incident(RECORD, actor=person))
    judge_incident(incident)
    assert JudgedIncident.objects.get(incident=incident).fired == []


def test_confirming_the_facts_takes_the_first_step_of_a_review_that_opened_by_itself(incident, person) -> None:
    version = confirm_facts(incident, analysis_id=latest_analysis(incident).pk, actor=person)
    review = Review.objects.get()
    assert (review.step, review.facts) == ("facts_confirmed", version)


def test_judging_again_changes_nothing(incident: Incident) -> None:
    before = list(AuditEntry.objects.values_list("verb", flat=True))
    judge_incident(incident)
    judge_incident(incident)
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == before and Review.objects.count() == 1


# -- declining -------------------------------------------------------------------------------------------------------


def test_a_decline_needs_a_reason_and_a_sev1_is_always_reviewed(person: User, client: Client) -> None:
    incident = create_incident(Record(title="x", severity="SEV-2"), actor=person)
    page = f"/incidents/{incident.key}/review/"
    assert "Say in a few words" in client.post(page + "decline", {"reason": " "}, follow=True).content.decode()
    assert Review.objects.count() == 1
    changed(incident, person, severity="SEV-1")
    refused = client.post(page + "decline", {"reason": "not worth it"}, follow=True).content.decode()
    assert "A SEV-1 always gets a review." in refused and Review.objects.count() == 1


def test_a_declined_review_stays_declined_until_something_new_fires(either_database: str, make_person) -> None:
    person = make_person()
    incident = create_incident(Record(title="x", severity="SEV-2"), actor=person)
    decline_review(incident, "known flapping check (KB-12)", actor=person)
    assert not Review.objects.exists()
    changed(incident, person, title="y")
    assert not Review.objects.exists()
    changed(incident, person, data_loss="confirmed")
    assert {"TR1", "TR2"} == set(codes(incident))
    assert DeclinedReview.objects.get().ended_at is not None


def test_a_review_that_somebody_asked_for_or_wrote_in_cannot_be_declined(incident: Incident, person: User) -> None:
    Review.objects.update(version=1)
    with pytest.raises(CannotDo, match="wrote in it"):
        decline_review(incident, "no time", actor=person)
    assert Review.objects.count() == 1


def test_declining_takes_a_leading_seat(incident: Incident, make_person, client: Client) -> None:
    from afteraction.web.incidents.models import IncidentMember, Seat

    scribe = make_person("scribe@example.org")
    IncidentMember.objects.create(incident=incident, person=scribe, seat=Seat.SCRIBE)
    client.force_login(scribe)
    for verb in ("decline", "depth"):
        said = {"reason": "x", "depth": "light"}
        assert client.post(f"/incidents/INC-2041/review/{verb}", said).status_code == 403


def test_another_depth_takes_a_reason_and_later_judgements_leave_it(incident: Incident, person: User) -> None:
    review = Review.objects.get()
    with pytest.raises(CannotDo, match="why another depth fits"):
        change_depth(review, "note", " ", actor=person)
    with pytest.raises(CannotDo, match="is no depth"):
        change_depth(review, "abyss", "x", actor=person)
    change_depth(review, "note", "a copy of INC-2040", actor=person)
    judge_incident(incident)
    assert Review.objects.get().depth == "note"


# -- the gap list ----------------------------------------------------------------------------------------------------


def test_the_gap_list_is_exactly_what_fired_and_has_no_review(either_database: str, make_person) -> None:
    person = make_person()
    grades = ["SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-2"]
    kept = [create_incident(Record(title=f"n{n}", severity=each, kind="bug"), actor=person)
            for n, each in enumerate(grades)]  # fmt: skip
    Review.objects.all().delete()
    DeclinedReview.objects.create(incident=kept[0], reason="x", by=person)
    DeclinedReview.objects.create(incident=kept[4], reason="x", by=person)
    browser = Client()
    browser.force_login(person)
    page = browser.get("/policy/without-review/").content.decode()
    gaps = page.split("Declined</h2>")[0]
    assert {each.key for each in kept if f"/incidents/{each.key}/review/" in gaps} == {kept[0].key, kept[1].key}
    assert kept[4].key in page


def test_outsiders_see_nothing_of_a_closed_incident_in_it(person: User, make_person, client: Client) -> None:
    create_incident(Record(title="Tokens leaked", severity="SEV-2", is_security=True), actor=person)
    declined = create_incident(Record(title="Keys leaked", severity="SEV-2"), actor=person)
    decline_review(declined, "nothing in it", actor=person)
    Review.objects.all().delete()
    for who in (make_person("out@example.org"), make_person("admin@example.org", role=SiteRole.ADMIN)):
        client.force_login(who)
        page = client.get("/policy/without-review/").content.decode()
        assert "leaked" not in page and "INC-" not in page


# -- timers ----------------------------------------------------------------------------------------------------------


def test_a_review_is_due_by_the_version_that_opened_it(incident: Incident) -> None:
    review = Review.objects.get()
    resolved = datetime(2026, 5, 12, 15, 30, tzinfo=UTC)
    found = timers_of(review, now=resolved + timedelta(hours=10))
    assert found.start.at is not None and found.publish.due == found.start.at + timedelta(days=5)
    _held(timing={"publish": {"amount": 9, "unit": "d", "clock": "calendar"}})
    assert timers_of(review).publish.due == found.publish.due
    review.policy_version = 1
    assert timers_of(review).publish.due == found.start.at + timedelta(days=9)


def test_what_was_filled_in_counts_as_a_draft(keep_small_incident) -> None:
    keep_small_incident(metrics=noticed())
    review = Review.objects.get()
    assert review.drafted_at is not None
    found = timers_of(review, now=timezone.now())
    assert found.draft.done_at == review.drafted_at and found.publish.standing is Standing.PASSED


def test_an_incident_without_an_ending_has_no_clock(small: Incident, person: User) -> None:
    changed(small, person, severity="SEV-2")
    assert timers_of(Review.objects.get()).publish.words == "the clock has not started"


# -- judging again ---------------------------------------------------------------------------------------------------


def test_impact_that_lasts_opens_one_in_its_61st_minute_without_anything_being_said(
    either_database: str, keep_small_incident, monkeypatch: pytest.MonkeyPatch, run_jobs
) -> None:
    _held(rules=[{"code": "TR1", "threshold": 1}, {"code": "TR10", "enabled": False}])
    none = documents.document()["milestones"] | {"t_mitigated": [], "t_resolved": [], "t_impact_end": []}
    window = documents.window("14:02", None, 1.0, 0)
    judged_at = datetime(2026, 5, 12, 15, 1, 59, tzinfo=UTC)
    monkeypatch.setattr("afteraction.web.reviews.actions.judge_incident.timezone.now", lambda: judged_at)
    keep_small_incident(milestones=none, impact_windows=[window])
    assert not Review.objects.exists()
    judged_at = datetime(2026, 5, 12, 15, 2, 1, tzinfo=UTC)
    judge_again.func()
    review = Review.objects.get()
    assert (review.silent, [each["code"] for each in review.triggers if each["code"] == "TR4"]) == (True, ["TR4"])


def test_a_new_policy_is_held_against_what_was_judged_by_another(small: Incident, person: User) -> None:
    changed(small, person, severity="SEV-3")
    assert not Review.objects.exists()
    _held(rules=[{"code": "TR1", "threshold": 3}])
    assert judge_again.func() == 1 and Review.objects.get().policy_version == 1
    assert judge_again.func() == 0
