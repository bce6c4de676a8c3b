"""Whether a delivery was signed by who has the secret, lately, and what the sender calls it.

Knows Standard Webhooks, the HMAC header that GitHub and others send, and Slack's. Refuses a time further off than five
minutes where the sender states one.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from standardwebhooks import Webhook as Standard
from standardwebhooks.webhooks import EmptyWebhookSecretError, WebhookVerificationError

from afteraction.web.evidence.models import WebhookStyle

TOLERANCE = timedelta(minutes=5)
LONGEST_ID = 128


class Unsigned(Exception):
    """A delivery whose signature does not hold; its text says why, for the sender's log."""


def message_of(style: str, secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """The sender's id of a delivery; raises Unsigned when the signature, its time or its id is missing or wrong."""
    if not secret:
        raise Unsigned("this address has no secret")
    told = {name.lower(): value for name, value in headers.items()}
    if style == WebhookStyle.STANDARD:
        return _standard(secret, told, body)
    if style == WebhookStyle.SLACK:
        return _slack(secret, told, body, now)
    return _hmac(secret, told, body)


def _standard(secret: str, headers: Mapping[str, str], body: bytes) -> str:
    try:
        Standard(secret).verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, EmptyWebhookSecretError, ValueError, RuntimeError) as error:
        raise Unsigned(str(error) or "the signature does not match") from None
    told = headers["webhook-id"]
    return told if len(told) <= LONGEST_ID else hashlib.sha256(told.encode()).hexdigest()


def _slack(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    stated, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    _need_recent(stated, now)
    wanted = "v0=" + _digest(secret, b"v0:" + stated.encode() + b":" + body)
    _need_equal(signature, wanted)
    return f"{stated}:{hashlib.sha256(body).hexdigest()}"


def _hmac(secret: str, headers: Mapping[str, str], body: bytes) -> str:
    signature = headers.get("x-hub-signature-256") or headers.get("x-signature-256", "")
    _need_equal(signature.removeprefix("sha256="), _digest(secret, body))
    # Without a time in what is signed, the body itself tells a replay; the id alone could be changed by anybody.
    return hashlib.sha256(body).hexdigest()


def _digest(secret: str, signed: bytes) -> str:
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _need_equal(given: str, wanted: str) -> None:
    if not given:
        raise Unsigned("the signature is missing")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode()):
        raise Unsigned("the signature does not match")


def _need_recent(stated: str, now: datetime) -> None:
    if not stated.isdigit() or len(stated) > 11:
        raise Unsigned("the time of the delivery is missing")
    if abs(datetime.fromtimestamp(int(stated), UTC) - now) > TOLERANCE:
        raise Unsigned("the delivery is more than five minutes old, or from the future")
