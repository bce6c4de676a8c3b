"""The policy page: who changes it, what is refused, its versions, presets and the back-test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.engine.review.policy import PRESETS
from afteraction.web.accounts.models import AuditEntry, SiteRole, User
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.actions.post_metric import post_metric
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.record import Record
from afteraction.web.reviews.models import TriggerPolicy
from afteraction.web.reviews.triggering.current import policy_now, policy_of
from afteraction.web.reviews.triggering.policy_form import flat_of, policy_from

pytestmark = pytest.mark.django_db
PAGE = "/policy/"


@pytest.fixture
def admin(make_person: Callable[..., User]) -> Client:
    browser = Client()
    browser.force_login(make_person("admin@example.org", role=SiteRole.ADMIN))
    return browser


def form(based_on: int = 0, **changed: str) -> dict[str, str]:
    """The form as the page shows it, with some fields changed; `__` stands for a dot."""
    said = {name.replace("__", "."): value for name, value in changed.items()}
    flat = {**flat_of(policy_now().policy), "based_on": str(based_on), "reason": "A good reason", **said}
    return {name: value for name, value in flat.items() if value}


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_a_form_says_the_policy_that_it_was_made_of(name: str) -> None:
    policy = PRESETS[name]
    assert policy_from(flat_of(policy), PRESETS["seed"]) == policy


def test_without_versions_the_seed_holds_and_everybody_reads_it(client: Client, person: User) -> None:
    page = client.get(PAGE).content.decode()
    assert "The seed policy: nobody changed it yet" in page and "takes an admin of this site" in page
    assert policy_now().number == 0 and policy_of(0) == PRESETS["seed"]


def test_a_member_may_not_change_it(client: Client, person: User) -> None:
    assert client.post(PAGE, form(rule__TR4__threshold="90")).status_code == 403
    assert client.post(PAGE + "versions/0/restore", {"based_on": "0", "reason": "x"}).status_code == 403
    assert not TriggerPolicy.objects.exists()


def test_an_admin_saves_the_next_version_with_a_reason(admin: Client) -> None:
    assert admin.post(PAGE, form(rule__TR4__threshold="90", reason="Short ones teach little")).status_code == 302
    row = TriggerPolicy.objects.get()
    assert (row.number, row.reason, row.by.email) == (1, "Short ones teach little", "admin@example.org")
    assert policy_now().policy.rule("TR4").threshold == 90
    page = admin.get(PAGE).content.decode()
    assert "TR4 Impact lasted: threshold: 60 → 90" in page
    entry = AuditEntry.objects.get(verb="change_policy")
    assert (entry.subject, entry.detail["version"]) == ("site:policy", 1)


def test_without_a_reason_nothing_is_saved_and_what_was_typed_stays(admin: Client) -> None:
    answer = admin.post(PAGE, {**form(rule__TR4__threshold="90"), "reason": " "})
    assert answer.status_code == 400 and "Say why the policy changes" in answer.content.decode()
    assert 'name="rule.TR4.threshold" value="90"' in answer.content.decode()
    assert not TriggerPolicy.objects.exists()


def test_nothing_changed_is_no_version(admin: Client) -> None:
    answer = admin.post(PAGE, form())
    assert answer.status_code == 400 and "Nothing changed" in answer.content.decode()


def test_a_stale_save_is_refused_with_both_versions(admin: Client) -> None:
    admin.post(PAGE, form(rule__TR4__threshold="90"))
    answer = admin.post(PAGE, form(based_on=0, rule__TR4__threshold="30"))
    page = answer.content.decode()
    assert answer.status_code == 409 and "Version 1 was saved meanwhile" in page
    assert '<td data-l="Yours">30</td><td data-l="Theirs">90</td>' in page
    assert TriggerPolicy.objects.count() == 1
    assert admin.post(PAGE, form(based_on=1, rule__TR4__threshold="30")).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("timing.publish", "five days", "is no time"),
        ("rule.TR4.threshold", "long", "is no number"),
        ("rule.TR1.threshold", "0", "SEV-1 always opens a review"),
        ("rule.TR6.depth", "abyss", "depth"),
        ("sample", "140", "is no share"),
        ("timing.2.actions", "30", "is no time"),
    ],
)
def test_what_does_not_fit_is_named(admin: Client, field: str, value: str, told: str) -> None:
    answer = admin.post(PAGE, {**form(), field: value})
    assert answer.status_code == 400 and told in answer.content.decode()
    assert not TriggerPolicy.objects.exists()


def test_turning_the_first_rule_off_does_not_hold(admin: Client) -> None:
    said = form()
    del said["rule.TR1.enabled"]
    assert admin.post(PAGE, said).status_code == 400
    assert not TriggerPolicy.objects.exists()


def test_a_preset_fills_the_form_and_holds_once_it_is_saved(admin: Client) -> None:
    page = admin.get(PAGE + "?preset=PagerDuty").content.decode()
    assert 'name="timing.1.publish" value="3 d"' in page and policy_now().number == 0
    admin.post(PAGE, {**form(), **flat_of(PRESETS["PagerDuty"]), "reason": "We follow their guide"})
    held = policy_now().policy
    assert held.timing_for("SEV-1").publish.words == "3 day"
    assert held.timing_for("SEV-2").publish.words == "5 business day"


def test_a_version_comes_back_as_the_next_one(admin: Client) -> None:
    admin.post(PAGE, form(rule__TR4__threshold="90"))
    admin.post(PAGE, form(based_on=1, rule__TR4__threshold="30"))
    admin.post(PAGE + "versions/1/restore", {"based_on": "2", "reason": "30 opened too many"})
    assert (policy_now().number, policy_now().policy.rule("TR4").threshold) == (3, 90)
    admin.post(PAGE + "versions/0/restore", {"based_on": "3", "reason": "back to the start"})
    assert policy_now().policy.rule("TR4").threshold == 60
    assert TriggerPolicy.objects.get(number=4).restores == 0


def test_restoring_is_refused_when_stale_without_a_reason_and_for_no_version(admin: Client) -> None:
    admin.post(PAGE, form(rule__TR4__threshold="90"))
    for number, said in ((0, {"based_on": "0", "reason": "x"}), (0, {"based_on": "1"}), (7, {"based_on": "1"})):
        admin.post(f"{PAGE}versions/{number}/restore", said)
    assert TriggerPolicy.objects.count() == 1


def _measured(person: User, title: str, **values: float | None) -> Incident:
    incident = create_incident(Record(title=title), actor=person)
    for metric, value in values.items():
        post_metric(incident, metric, value, at=timezone.now() - timedelta(days=3), actor=person)
    return incident


def test_a_rule_is_tried_on_what_was_posted(admin: Client, person: User, client: Client) -> None:
    _measured(person, "Many", users_affected=900)
    _measured(person, "Few", users_affected=20)
    _measured(person, "Unmeasured", users_affected=None)
    rule = {"metric.0.metric": "users_affected", "metric.0.threshold": "500", "metric.0.enabled": "on"}
    admin.post(PAGE, {**form(), **rule})
    page = client.get(PAGE).content.decode()
    assert "Would have fired once in 90 days. For 1 incident users_affected is unknown." in page
    assert "INC-1" in page and "INC-2</a>" not in page


def test_trying_saves_nothing(admin: Client, person: User) -> None:
    rule = {"metric.0.metric": "users_affected", "metric.0.threshold": "500", "do": "try"}
    answer = admin.post(PAGE, {**form(), **rule})
    assert "Would have fired 0 times in 90 days" in answer.content.decode()
    assert not TriggerPolicy.objects.exists()


def test_a_back_test_tells_an_outsider_nothing_of_what_they_may_not_see(admin: Client, person: User) -> None:
    Incident.objects.filter(pk=_measured(person, "Hidden", users_affected=900).pk).update(restricted=True)
    rule = {"metric.0.metric": "users_affected", "metric.0.threshold": "500", "metric.0.enabled": "on"}
    admin.post(PAGE, {**form(), **rule})
    page = admin.get(PAGE).content.decode()
    assert "Would have fired 0 times in 90 days." in page and "INC-1" not in page
