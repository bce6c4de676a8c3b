"""The policy of reviews over the API: the same versions, refusals and gaps as on its page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from afteraction.engine.review.policy import PRESETS
from afteraction.engine.review.policy_document import write_policy
from afteraction.web.accounts.models import AuditEntry, SiteRole
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.actions.post_metric import post_metric
from afteraction.web.reviews.models import Review, TriggerPolicy

ROOT = "/api/v1/policy"
SEED = write_policy(PRESETS["seed"])


@pytest.fixture
def admin(program, person) -> Client:
    person.role = SiteRole.ADMIN
    person.save()
    return program(person, "read", "admin")


def send(api: Client, path: str, said: Any, method: str = "post") -> Any:
    return getattr(api, method)(f"{ROOT}{path}", said, content_type="application/json")


def save(api: Client, changed: Any, based_on: int = 0, reason: str = "SEV-3 hurt us twice") -> Any:
    said = {"policy": {**SEED, **changed}, "based_on": based_on, "reason": reason}
    return send(api, "", said, "put")


def test_the_seed_holds_until_a_version_is_saved_and_its_history_says_what_changed(admin, client, person) -> None:
    assert admin.get(ROOT).json() == {"number": 0, "policy": SEED}
    saved = save(admin, {"sample": 0.5})
    assert saved.status_code == 200 and saved.json()["number"] == 1
    (version,) = admin.get(f"{ROOT}/versions").json()["versions"]
    assert (version["number"], version["reason"], version["by"]) == (1, "SEV-3 hurt us twice", str(person))
    assert version["changed"] == [{"name": "Light look at declined ones, per cent", "before": "10", "after": "50"}]
    assert AuditEntry.objects.get(verb="change_policy").via == "api"
    assert "SEV-3 hurt us twice" in client.get("/policy/").content.decode(), "the page shows the same"
    assert admin.get(f"{ROOT}/versions/0").json()["policy"] == SEED
    assert admin.get(f"{ROOT}/versions/7").status_code == 404


def test_a_stale_save_is_refused_with_what_holds(admin) -> None:
    save(admin, {"sample": 0.5})
    stale = save(admin, {"sample": 0.2})
    assert stale.status_code == 409
    assert (stale.json()["theirs"]["number"], stale.json()["theirs"]["policy"]["sample"]) == (1, 0.5)
    assert TriggerPolicy.objects.count() == 1


def test_a_version_comes_back_as_the_next_one(admin) -> None:
    save(admin, {"sample": 0.5})
    back = send(admin, "/versions/0/restore", {"based_on": 1, "reason": "It was too much"})
    assert (back.json()["number"], back.json()["policy"]["sample"]) == (2, SEED["sample"])
    assert send(admin, "/versions/0/restore", {"based_on": 1, "reason": "Again"}).status_code == 409
    assert send(admin, "/versions/9/restore", {"based_on": 2, "reason": "No such"}).status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"sample": 7}, "sample"),
        ({"sample": 10**400}, "sample"),
        ({"colour": "red"}, "colour"),
        ({"rules": [{"code": "TR1", "enabled": False}]}, "rules.TR1"),
        ({"rules": [{"code": "TR99"}]}, "rules.0"),
        ({"timing": {"draft": {"amount": -1}}}, "timing.draft.amount"),
        ({"metric_rules": [{"metric": "users", "threshold": 1}] * 41}, "metric_rules"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_saved(admin, changed, field) -> None:
    for refused in (save(admin, changed), send(admin, "/preview", {"policy": {**SEED, **changed}})):
        assert refused.status_code == 422
        assert [each["field"] for each in refused.json()["errors"]] == [field]
    assert not TriggerPolicy.objects.exists()


def test_without_a_reason_or_a_change_nothing_is_saved(admin) -> None:
    assert save(admin, {"sample": 0.5}, reason=" ").status_code == 409
    assert save(admin, {}).status_code == 409
    assert not TriggerPolicy.objects.exists()


def test_a_policy_is_tried_on_what_was_posted_without_being_saved(admin, incident, person) -> None:
    post_metric(incident, "users_affected", 900, at=None, source="", actor=person)
    rule = {"id": "many", "metric": "users_affected", "threshold": 500}
    tried = send(admin, "/preview", {"policy": {**SEED, "metric_rules": [rule]}}).json()
    (trial,) = tried["trials"]
    assert [(each["incident"], each["value"]) for each in trial["fired"]] == [("INC-2041", 900)]
    assert tried["changed"] and not TriggerPolicy.objects.exists()


def test_presets_are_those_of_the_page(admin) -> None:
    presets = admin.get(f"{ROOT}/presets").json()["presets"]
    assert set(presets) == set(PRESETS)
    assert save(admin, presets["Atlassian"]).status_code == 200


def test_a_member_reads_and_does_not_change(program, person) -> None:
    member = program(person, "read", "write")
    assert member.get(ROOT).status_code == member.get(f"{ROOT}/versions").status_code == 200
    assert save(member, {"sample": 0.5}).status_code == 403
    assert send(member, "/preview", {"policy": {}}).status_code == 403


def test_what_has_no_review_is_listed_to_whom_it_is_open(admin, program, make_person) -> None:
    owner = make_person("elsewhere@example.org")
    open_incident("INC-66", owner=owner, title="Ledger lost rows", severity="SEV-1")
    Review.objects.all().delete()
    (gap,) = program(owner).get(f"{ROOT}/without-review").json()["gaps"]
    assert (gap["key"], gap["offered"], gap["fired"][0]["code"]) == ("INC-66", False, "TR1")
    assert "INC-66" not in admin.get(f"{ROOT}/without-review").content.decode()
