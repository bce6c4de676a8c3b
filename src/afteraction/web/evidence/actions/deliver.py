"""A delivery to a webhook, as an original of its own.

Knows that nothing is acknowledged before it is frozen and its row is written. Refuses a replay.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from afteraction.web.evidence.actions.take_in import Coming, take_in_bytes
from afteraction.web.evidence.models import Delivery, Origin, Webhook


class Replayed(Exception):
    """A delivery that was accepted before; nothing changes."""


def deliver(hook: Webhook, message: str, body: bytes, now: datetime) -> Delivery:
    """Freezes a delivery whose signature holds. Raises Replayed, and Purged for bytes that were purged."""
    if Delivery.objects.filter(webhook=hook, message=message).exists():
        raise Replayed
    ending = "json" if body.lstrip()[:1] in (b"{", b"[") else "txt"
    name = f"webhook/{hook.pk}/{now:%Y-%m-%dT%H.%M.%S.%f}.{ending}"
    coming = Coming(name=name, origin=Origin.WEBHOOK, batch=f"webhook:{hook.pk}")
    try:
        with transaction.atomic():
            taken = take_in_bytes(hook.incident, body, coming, actor=None, via="webhook")
            return Delivery.objects.create(webhook=hook, message=message, file=taken.file)
    except IntegrityError:
        raise Replayed from None
