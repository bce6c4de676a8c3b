"""Deliveries of machines: signed, recent, once; each an original of its own; and nothing is said before it is kept."""

from __future__ import annotations

import hashlib
import hmac
import json
import time

import pytest
from django.test import Client
from django.utils import timezone
from standardwebhooks import Webhook as Signer

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.evidence.actions import open_webhook, revoke_webhook, rotate_webhook
from afteraction.web.evidence.models import Delivery, EvidenceFile, Webhook
from afteraction.web.incidents.models import Incident
from tests.web.evidence.conftest import ALERT

HERE = "/incidents/INC-7/evidence/"


@pytest.fixture
def outside() -> Client:
    """A machine without a sign-in that also checks CSRF as the server does."""
    return Client(enforce_csrf_checks=True)


def standard(secret: str, body: str, message: str = "msg_1", ago: float = 0) -> dict[str, str]:
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(time.time() - ago, UTC)
    signature = Signer(secret).sign(message, at, body)
    return {"webhook-id": message, "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}


def post(client: Client, hook: Webhook, body: str | bytes, headers: dict[str, str]):
    return client.post(f"/hooks/{hook.address}", body, content_type="application/json", headers=headers)


def hub(secret: str, body: str) -> dict[str, str]:
    return {"x-hub-signature-256": "sha256=" + hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()}


def slack(secret: str, body: str, ago: int = 0) -> dict[str, str]:
    stated = str(int(time.time()) - ago)
    signed = hmac.new(secret.encode(), f"v0:{stated}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": stated, "x-slack-signature": f"v0={signed}"}


def test_a_signed_delivery_is_frozen_and_read(outside, client, empty: Incident, person, run_jobs) -> None:
    hook, secret = open_webhook(empty, "Alertmanager", "standard", actor=person)
    answer = post(outside, hook, ALERT, standard(secret, ALERT))
    assert answer.status_code == 202
    assert answer.json()["sha256"] == hashlib.sha256(ALERT.encode()).hexdigest()
    run_jobs()
    file = EvidenceFile.objects.get()
    assert (file.state, file.origin, file.batch) == ("read", "webhook", f"webhook:{hook.pk}")
    assert "Alertmanager, by webhook" in client.get(HERE).content.decode()
    assert AuditEntry.objects.get(verb="take_in").actor is None


def test_a_replay_changes_nothing(outside, empty: Incident, person) -> None:
    hook, secret = open_webhook(empty, "Alertmanager", "standard", actor=person)
    headers = standard(secret, ALERT)
    assert [post(outside, hook, ALERT, headers).status_code for _ in range(2)] == [202, 200]
    again = post(outside, hook, ALERT + " ", standard(secret, ALERT + " ", "msg_1"))
    assert (again.status_code, again.json()["said"]) == (200, "already here")
    assert EvidenceFile.objects.count() == Delivery.objects.count() == 1


@pytest.mark.parametrize("ago", [301, -301])
def test_a_delivery_of_another_time_is_refused(outside, empty: Incident, person, ago: float) -> None:
    hook, secret = open_webhook(empty, "Alertmanager", "standard", actor=person)
    assert post(outside, hook, ALERT, standard(secret, ALERT, ago=ago)).status_code == 401
    theirs, signing = open_webhook(empty, "Slack", "slack", secret="8f7a6b", actor=person)
    assert post(outside, theirs, "{}", slack(signing, "{}", ago=int(ago))).status_code == 401
    assert not EvidenceFile.objects.exists()


@pytest.mark.parametrize("style", ["standard", "github", "slack"])
def test_without_the_secret_nothing_gets_in(outside, empty: Incident, person, style: str) -> None:
    hook, _ = open_webhook(empty, "x", style, actor=person)
    wrong = Signer("whsec_" + "QUJD" * 8)
    forged = [
        {}, hub("wrong", ALERT), slack("wrong", ALERT), standard(f"whsec_{'QUJD' * 8}", ALERT),
        {"x-hub-signature-256": "sha256="}, {"x-slack-signature": "v0=", "x-slack-request-timestamp": "soon"},
        {"webhook-id": "a", "webhook-timestamp": str(int(time.time())), "webhook-signature": "v1"},
        {"webhook-id": "a", "webhook-timestamp": "nan", "webhook-signature": "v1,é"},
    ]  # fmt: skip
    assert wrong is not None
    assert {post(outside, hook, ALERT, headers).status_code for headers in forged} == {401}
    assert not EvidenceFile.objects.exists()


def test_the_hmac_header_of_github_is_checked_and_its_body_tells_a_replay(outside, empty: Incident, person) -> None:
    hook, secret = open_webhook(empty, "GitHub", "github", actor=person)
    body = '{"action": "opened"}'
    assert post(outside, hook, body, {**hub(secret, body), "x-github-delivery": "1"}).status_code == 202
    assert post(outside, hook, body, {**hub(secret, body), "x-github-delivery": "2"}).status_code == 200
    assert post(outside, hook, body + " ", hub(secret, body)).status_code == 401


def test_slack_is_answered_its_challenge_and_its_messages_are_kept(outside, empty: Incident, person) -> None:
    hook, secret = open_webhook(empty, "Slack", "slack", secret="8f7a6b5c", actor=person)
    assert secret == "8f7a6b5c"
    asks = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a"})
    assert post(outside, hook, asks, slack(secret, asks)).json() == {"challenge": "3eZbrw1a"}
    said = json.dumps({"type": "event_callback", "event": {"type": "message", "text": "rolled back"}})
    assert post(outside, hook, said, slack(secret, said)).status_code == 202


def test_a_new_secret_ends_the_old_one_and_a_revoked_address_is_not_there(outside, empty: Incident, person) -> None:
    hook, old = open_webhook(empty, "x", "standard", actor=person)
    new = rotate_webhook(hook, actor=person)
    assert post(outside, hook, ALERT, standard(old, ALERT)).status_code == 401
    assert post(outside, hook, ALERT, standard(new, ALERT)).status_code == 202
    revoke_webhook(hook, actor=person)
    gone = post(outside, hook, ALERT, standard(new, ALERT, "msg_2"))
    never = outside.post("/hooks/nothing-like-it", ALERT, content_type="application/json")
    assert (gone.status_code, gone.content) == (never.status_code, never.content) == (404, b'{"error": "not_found"}')


def test_a_secret_is_shown_once_and_not_kept_readable(client: Client, empty: Incident) -> None:
    body = client.post(f"{HERE}webhooks/", {"label": "Alertmanager", "style": "standard"}).content.decode()
    hook = Webhook.objects.get()
    secret = body.split("data-secret>")[1].split("<")[0]
    assert secret.startswith("whsec_") and hook.address in body
    assert secret.removeprefix("whsec_") not in hook.secret
    assert secret not in client.get(HERE).content.decode()
    assert secret not in json.dumps([entry.detail for entry in AuditEntry.objects.all()])


def test_a_delivery_over_the_limit_is_refused(outside, empty: Incident, person, monkeypatch) -> None:
    from afteraction.web.evidence.views import hooks

    monkeypatch.setattr(hooks, "LARGEST", 100)
    hook, secret = open_webhook(empty, "x", "standard", actor=person)
    assert post(outside, hook, ALERT, standard(secret, ALERT)).status_code == 413


def test_nothing_is_acknowledged_when_it_cannot_be_kept(outside, empty: Incident, person, monkeypatch) -> None:
    from afteraction.core.errors import AfteractionError
    from afteraction.stores import originals

    hook, secret = open_webhook(empty, "x", "standard", actor=person)

    def full(*_: object, **__: object) -> None:
        raise AfteractionError("the disk is full; nothing of this file was kept.")

    with monkeypatch.context() as patched:
        patched.setattr(originals, "freeze", full)
        assert post(outside, hook, ALERT, standard(secret, ALERT)).status_code == 507
    assert not Delivery.objects.exists()
    assert post(outside, hook, ALERT, standard(secret, ALERT)).status_code == 202


def test_bytes_that_are_no_text_are_refused_or_kept_but_never_break(outside, empty: Incident, person) -> None:
    hook, secret = open_webhook(empty, "x", "standard", actor=person)
    assert post(outside, hook, b"\xff\xfe\x00", standard(secret, "x")).status_code == 401
    other, key = open_webhook(empty, "y", "github", actor=person)
    signed = hmac.new(key.encode(), b"\xff\xfe\x00", hashlib.sha256).hexdigest()
    assert post(outside, other, b"\xff\xfe\x00", {"x-hub-signature-256": signed}).status_code == 202


def test_an_incident_that_was_deleted_takes_nothing(outside, empty: Incident, person) -> None:
    hook, secret = open_webhook(empty, "x", "standard", actor=person)
    empty.deleted_at = timezone.now()
    empty.save()
    assert post(outside, hook, ALERT, standard(secret, ALERT)).status_code == 404


def test_only_who_works_on_it_opens_and_revokes(client: Client, empty: Incident, person, member, incident) -> None:
    viewer = Client()
    viewer.force_login(member("viewer"))
    assert viewer.post(f"{HERE}webhooks/", {"label": "x", "style": "standard"}).status_code == 403
    theirs, _ = open_webhook(incident, "x", "standard", actor=person)
    assert client.post(f"{HERE}webhooks/{theirs.pk}/revoke").status_code == 404
