"""Webhooks: their settings, and the address that machines post to.

Knows what a sender is told: 2xx only after its delivery is frozen and written down. Refuses to tell an address that
never was from one that was revoked.
"""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from afteraction.core.errors import AfteractionError
from afteraction.web.evidence.actions import Replayed, deliver, open_webhook, revoke_webhook, rotate_webhook
from afteraction.web.evidence.models import Webhook, WebhookStyle
from afteraction.web.evidence.sealing import opened
from afteraction.web.evidence.signatures import Unsigned, message_of
from afteraction.web.evidence.views.answers import done, telling
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.permissions import WORK

LARGEST = 10 * 1024 * 1024


@csrf_exempt
@login_not_required
@require_POST
def receive(request: HttpRequest, address: str) -> HttpResponse:
    """One delivery: 202 when it is here, 200 for a replay, 401 without a valid signature, 413, 404."""
    hook = Webhook.objects.select_related("incident").filter(address=address, revoked_at=None).first()
    if hook is None or hook.incident.deleted_at is not None:
        return JsonResponse({"error": "not_found"}, status=404)
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        return JsonResponse({"error": "too_large", "detail": "At most 10 MiB in one delivery."}, status=413)
    now = timezone.now()
    try:
        message = message_of(hook.style, opened(hook.secret), request.headers, body, now)
    except Unsigned as error:
        return JsonResponse({"error": "unsigned", "detail": str(error)}, status=401)
    if hook.style == WebhookStyle.SLACK and (challenge := _challenge(body)):
        return JsonResponse({"challenge": challenge})
    if not body.strip():
        return JsonResponse({"error": "empty", "detail": "There is nothing in this delivery."}, status=422)
    try:
        delivery = deliver(hook, message, body, now)
    except Replayed:
        return JsonResponse({"said": "already here"})
    except AfteractionError as error:
        return JsonResponse({"error": "refused", "detail": error.what}, status=getattr(error, "status", 422))
    return JsonResponse({"said": "kept", "sha256": delivery.file.sha256}, status=202)


def _challenge(body: bytes) -> str:
    """What Slack wants to hear back when the address is entered there."""
    try:
        told = json.loads(body)
    except ValueError:
        return ""
    is_asked = isinstance(told, dict) and told.get("type") == "url_verification"
    return str(told.get("challenge", ""))[:200] if is_asked else ""


@require_POST
@telling
def open_new(request: HttpRequest, key: str) -> HttpResponseBase:
    """Makes an address and shows its secret, this once."""
    incident = access_incident(request, key, WORK)
    hook, secret = open_webhook(
        incident, request.POST.get("label", ""), request.POST.get("style", WebhookStyle.STANDARD),
        secret=request.POST.get("secret", ""), actor=person_of(request),
    )  # fmt: skip
    return _shown_once(request, hook, secret)


@require_POST
@telling
def rotate(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """Makes a new secret and shows it, this once."""
    hook = _hook(request, key, number)
    return _shown_once(request, hook, rotate_webhook(hook, actor=person_of(request)))


@require_POST
@telling
def revoke(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """Ends an address."""
    hook = _hook(request, key, number)
    revoke_webhook(hook, actor=person_of(request))
    return done(request, hook.incident, f"{hook.label} can post no more. What it sent stays.")


def _shown_once(request: HttpRequest, hook: Webhook, secret: str) -> HttpResponse:
    from django.urls import reverse

    address = request.build_absolute_uri(reverse("evidence:receive", args=[hook.address]))
    context = {"incident": hook.incident, "hook": hook, "secret": secret, "address": address, "place": "incidents"}
    response = render(request, "evidence/webhook_secret.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _hook(request: HttpRequest, key: str, number: int) -> Webhook:
    incident = access_incident(request, key, WORK)
    found = incident.webhooks.filter(pk=number).first()
    if found is None:
        raise Http404("There is no such webhook.")
    return found
