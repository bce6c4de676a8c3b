"""The audit trail: what is noted by itself, and who may read what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from afteraction.web.accounts.audit import record, record_once_a_day
from afteraction.web.accounts.models import AuditEntry, User
from tests.web.accounts.conftest import PASSWORD


def test_signing_in_and_out_and_passwords_are_noted_without_what_was_typed(person: User) -> None:
    browser = Client()
    browser.post("/accounts/login/", {"login": person.email, "password": "wrong words"})
    browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    new = "several other words"
    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    browser.post("/accounts/logout/")
    entries = AuditEntry.objects.order_by("id")
    assert [entry.verb for entry in entries] == ["sign_in", "change_password", "sign_out"]
    assert all(entry.actor == person and not entry.detail for entry in entries)


def test_what_is_enough_once_a_day_is_noted_once_a_day(person: User, make_person: Callable[..., User]) -> None:
    with transaction.atomic():
        assert record_once_a_day(person, "open_report", "incident:1")
        assert not record_once_a_day(person, "open_report", "incident:1")
        assert record_once_a_day(person, "open_report", "incident:2")
        assert record_once_a_day(make_person("other@example.org"), "open_report", "incident:1")
    AuditEntry.objects.update(day=timezone.now().date() - timedelta(days=1))
    assert record_once_a_day(person, "open_report", "incident:1")
    assert AuditEntry.objects.filter(actor=person, subject="incident:1").count() == 2


def test_nothing_is_noted_outside_the_transaction_that_does_it(transactional_db) -> None:
    with pytest.raises(RuntimeError, match="outside the transaction"):
        record(None, "x", "user:1")


def test_the_trail_is_for_admins_and_shows_people_by_subject_and_verb(
    admin: User, admin_client: Client, client: Client, person: User
) -> None:
    record(admin, "invite", "invitation:1", email="x@example.org")
    record(admin, "deactivate", "user:9")
    assert client.get("/trail/").status_code == 403
    page = admin_client.get("/trail/").content.decode()
    assert "x@example.org" in page
    assert "user:9" in page
    page = admin_client.get("/trail/?subject=user:9").content.decode()
    assert "x@example.org" not in page
    page = admin_client.get("/trail/?verb=invite").content.decode()
    assert "user:9" not in page


def test_a_long_trail_is_read_page_by_page(admin: User, admin_client: Client) -> None:
    for number in range(150):
        record(admin, "step", f"user:{number}")
    first = admin_client.get("/trail/")
    assert len(first.context["entries"]) == 100
    second = admin_client.get(f"/trail/?before={first.context['before']}")
    assert [entry.subject for entry in second.context["entries"]] == [f"user:{n}" for n in range(49, -1, -1)]
    assert second.context["before"] is None


@pytest.mark.parametrize(
    "asked", ["before=x", "before=" + "9" * 30, "subject=%00", "verb=' OR 1=1", "subject=" + "x" * 999]
)
def test_nonsense_asked_of_the_trail_gets_an_empty_page(admin_client: Client, asked: str) -> None:
    assert admin_client.get(f"/trail/?{asked}").status_code == 200


def test_text_of_people_is_shown_as_text(admin: User, admin_client: Client) -> None:
    record(admin, "rename", "user:1", name="<script>alert(1)</script>")
    assert "<script>alert" not in admin_client.get("/trail/").content.decode()


def test_what_nobody_answers_for_is_shown_to_nobody(admin: User, admin_client: Client) -> None:
    record(admin, "secret_deed", "treasure:1")
    assert "treasure" not in admin_client.get("/trail/").content.decode()
    assert "secret" not in admin_client.get("/trail/").content.decode()
