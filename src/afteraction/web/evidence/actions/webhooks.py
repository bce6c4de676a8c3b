"""Addresses that machines post evidence to: made, given a new secret, revoked.

Knows that a secret is shown once. Refuses to show it again.
"""

from __future__ import annotations

import base64
import secrets

from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.evidence.actions.refusals import Refused
from afteraction.web.evidence.models import Webhook, WebhookStyle
from afteraction.web.evidence.sealing import sealed
from afteraction.web.incidents.access import need
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import WORK

MOST = 20


@transaction.atomic
def open_webhook(
    incident: Incident, label: str, style: str, *, secret: str = "", actor: User, via: str = "page"
) -> tuple[Webhook, str]:
    """A new address and its secret, which is told this once. `secret` takes over one that the sender made (Slack's
    signing secret)."""
    need(actor, WORK, incident)
    label = label.strip()[:64]
    if not label or style not in WebhookStyle.values:
        raise Refused("A webhook needs a name and a way of signing.", next_step="Name its sender, e.g. Alertmanager.")
    if incident.webhooks.filter(revoked_at=None).count() >= MOST:
        raise Refused(f"An incident has at most {MOST} webhooks.", next_step="Revoke one first.")
    told = secret.strip() or _fresh(style)
    hook = Webhook.objects.create(
        incident=incident,
        label=label,
        style=style,
        address=secrets.token_urlsafe(24),
        secret=sealed(told),
        person=actor,
    )
    record(actor, "open_webhook", incident.subject, via=via, webhook=hook.pk, label=label, style=style)
    return hook, told


@transaction.atomic
def rotate_webhook(hook: Webhook, *, secret: str = "", actor: User, via: str = "page") -> str:
    """A new secret, told this once; signatures of the old one are refused from now on."""
    need(actor, WORK, hook.incident)
    if hook.revoked_at is not None:
        raise Refused("This webhook was revoked.", next_step="Open a new one.")
    told = secret.strip() or _fresh(hook.style)
    hook.secret, hook.rotated_at = sealed(told), timezone.now()
    hook.save(update_fields=["secret", "rotated_at"])
    record(actor, "rotate_webhook", hook.incident.subject, via=via, webhook=hook.pk, label=hook.label)
    return told


@transaction.atomic
def revoke_webhook(hook: Webhook, *, actor: User, via: str = "page") -> None:
    """Ends an address; what it delivered stays. Twice is once."""
    need(actor, WORK, hook.incident)
    if hook.revoked_at is None:
        hook.revoked_at, hook.secret = timezone.now(), ""
        hook.save(update_fields=["revoked_at", "secret"])
        record(actor, "revoke_webhook", hook.incident.subject, via=via, webhook=hook.pk, label=hook.label)


def _fresh(style: str) -> str:
    if style == WebhookStyle.STANDARD:
        return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    return secrets.token_urlsafe(32)
