"""What nobody saw, for the fifth question: services that were impaired while no alert of theirs is in the evidence, and
shared services that the declared map does not have.

Knows windows of impact and the lane of alerts. Refuses to count what people hid.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from afteraction.core.records import Lane
from afteraction.engine.signals.blind_spots import Span, blind_spots
from afteraction.web.incidents.models import StoredAnalysis
from afteraction.web.incidents.models.analysis import Triage
from afteraction.web.incidents.queries import rows_of_run
from afteraction.web.incidents.queries.times import microseconds, moment_at
from afteraction.web.reviews.workspace import Workspace
from afteraction.web.ui.preferences import moment

Json = dict[str, Any]
# So many stretches of one service are named; the others are counted.
SHOWN = 3


def blind_spots_in_words(work: Workspace) -> list[str]:
    """One sentence for each service, by when it was impaired first, then for each coupling that no map has."""
    return [*_unheard(work), *_couplings(work.head)]


def _couplings(head: Json) -> list[str]:
    """Calls that the declared map of services lacks, those to something shared."""
    found = (head.get("topology") or {}).get("couplings", ())
    return [each["says"] for each in found if each["shared_with"]][:SHOWN]


def _unheard(work: Workspace) -> list[str]:
    impaired = list(_impaired(work.head))
    if not impaired or work.analysis is None:
        return []
    by_service: dict[str, list[Span]] = {}
    for span in blind_spots(impaired, _alerts(work.analysis, impaired)):
        by_service.setdefault(span.service, []).append(span)
    return [_sentence(service, spans) for service, spans in by_service.items()]


def _sentence(service: str, spans: list[Span]) -> str:
    days = {each.date() for span in spans for each in (span.start, span.end) if each}
    form = "%H:%M" if len(days) == 1 else "%d %b %H:%M"
    told = ", ".join(_stretch(span, form) for span in spans[:SHOWN])
    more = f" and {len(spans) - SHOWN} more times" if len(spans) > SHOWN else ""
    return f"No alert of {service} is in the evidence while it was impaired: {told} UTC{more}."


def _stretch(span: Span, form: str) -> str:
    return f"{span.start:{form}} to {span.end:{form}}" if span.end else f"from {span.start:{form}}"


def _impaired(head: Json) -> Iterator[Span]:
    """The steps of a window as one span."""
    steps: dict[tuple[str, int], list[tuple[datetime, datetime | None]]] = {}
    for each in head.get("impact_windows", ()):
        if each["service"]:
            end = moment(each["end"]["value"]) if each["end"] else None
            steps.setdefault((each["service"], each["group"]), []).append((moment(each["start"]["value"]), end))
    for (service, _), found in steps.items():
        ends = [end for _, end in found if end is not None]
        end = max(ends) if len(ends) == len(found) else None
        yield Span(service=service, start=min(start for start, _ in found), end=end)


def _alerts(analysis: StoredAnalysis, impaired: list[Span]) -> Iterator[Span]:
    low = microseconds(min(span.start for span in impaired))
    ends = [span.end for span in impaired if span.end is not None]
    rows = rows_of_run(analysis).filter(Q(at_us__gte=low) | Q(until_us__gte=low), lane=Lane.ALERTS, is_left_out=False)
    if len(ends) == len(impaired):
        rows = rows.filter(at_us__lte=microseconds(max(ends)))
    told = rows.exclude(triage=Triage.HIDDEN).values_list("value__service", "at_us", "until_us")
    for service, at_us, until_us in told.distinct():
        until = moment_at(until_us) if until_us is not None else None
        yield Span(service=service or "", start=moment_at(at_us), end=until)
