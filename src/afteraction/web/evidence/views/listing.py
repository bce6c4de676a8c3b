"""The evidence page.

Knows what it shows to whom: everybody who may see the incident sees the list, who works on it may change it.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afteraction import formats
from afteraction.web.evidence import page, pulled
from afteraction.web.evidence.assumptions import open_assumptions, told
from afteraction.web.evidence.declared import holding
from afteraction.web.evidence.models import About, LinkKind, WebhookStyle
from afteraction.web.evidence.retention import due_in, keeping_now, rules_of
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import LEAD, PURGE, WORK, may

ZONES = (
    "UTC", "Europe/London", "Europe/Berlin", "Europe/Helsinki", "America/New_York", "America/Chicago",
    "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo",
    "Australia/Sydney",
)  # fmt: skip


@require_safe
def evidence_list(request: HttpRequest, key: str) -> HttpResponse:
    """Every original: what read it, what could not be read and what to do, its hash; with `part`, the live part."""
    incident = access_incident(request, key)
    analysis = queries.latest_analysis(incident)
    head = analysis.head if analysis else None
    after = request.GET.get("after", "")
    standing = holding(incident)
    files = list(page.listed(incident, int(after) if after.isdecimal() and len(after) < 18 else 0)[: page.PAGE + 1])
    rows = page.rows_of(files[: page.PAGE], standing)
    sources, sources_wrong = pulled.sources_shown()
    context = {
        **page_context(incident, analysis, "evidence"),
        "rows": rows,
        "following": files[page.PAGE - 1].pk if len(files) > page.PAGE else 0,
        "is_first": not after,
        "groups": page.groups_of(incident),
        "jobs": page.jobs_shown(incident),
        "assumptions": open_assumptions(incident, head, [row.file for row in rows if row.mark != "out"], standing),
        "declared": [(row, told(row)) for row in standing if row.file is None and row.about != About.UNAVAILABLE],
        "coverage": page.coverage_of(incident, head, standing),
        "entries": page.waiting_entries(incident),
        "links": incident.links.filter(removed_at=None).select_related("copy"),
        "link_kinds": LinkKind.choices,
        "sources": sources,
        "sources_wrong": sources_wrong,
        "pulls": pulled.rows_of(incident),
        "window": pulled.proposed_window(incident, head),
        "webhooks": incident.webhooks.filter(revoked_at=None),
        "styles": WebhookStyle.choices,
        "readers": [(reader.name, reader.title) for reader in formats.readers()],
        "zones": dict.fromkeys((incident.zone, *ZONES)),
        "may_work": may(person_of(request), WORK, incident),
        "may_purge": may(person_of(request), PURGE, incident),
        "keeping": keeping_now(),
        "kept_rules": rules_of(incident),
        "dues": due_in(incident),
        "may_lead": may(person_of(request), LEAD, incident),
        "is_open": page.is_impact_open(head),
        "is_empty": not files and not after and not incident.files.exists(),
    }
    template = "evidence/part_live.html" if request.GET.get("part") else "evidence/list.html"
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response
