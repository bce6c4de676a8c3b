"""How a view gets an incident that it may show.

Knows keys. Refuses to tell an incident that is not there from one that may not be seen: both are 404. There is no
sign-in yet, so whoever reaches this server may see every incident.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest

from afteraction.web.incidents.models import Incident


def access_incident(request: HttpRequest, key: str) -> Incident:
    """The incident of that key, or Http404."""
    try:
        return Incident.objects.get(key=key)
    except Incident.DoesNotExist:
        raise Http404(f"There is no incident {key}.") from None


def visible_incidents(request: HttpRequest) -> list[Incident]:
    """Every incident that this request may see, newest first."""
    return list(Incident.objects.all()[:200])
