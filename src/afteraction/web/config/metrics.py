"""`/metrics`: what Prometheus collects.

Knows counts, ages and durations of the processes that answer and of the shared database. Refuses labels that name an
incident, a person or a file, and readers that neither are on this machine nor show the token.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError
from django.db.models import Count, Max, Min, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from afteraction.web.evidence.models import EvidenceFile
from afteraction.web.incidents.models import StoredAnalysis
from afteraction.web.jobs.models import Job, JobState, Worker
from afteraction.web.jobs.worker import SEEN_LATELY

REGISTRY = CollectorRegistry()
# Of several processes one is asked, and tells what all of them counted. About itself it then tells nothing: the next
# time another one may be asked.
IS_SHARED = "PROMETHEUS_MULTIPROC_DIR" in os.environ
COUNTED = None if IS_SHARED else REGISTRY
if IS_SHARED:
    MultiProcessCollector(REGISTRY)  # type: ignore[no-untyped-call]
else:
    ProcessCollector(registry=REGISTRY)
REQUESTS = Counter(
    "afteraction_http_requests", "Answered requests.", ["method", "route", "status"], registry=COUNTED
)  # fmt: skip
DURATION = Histogram(
    "afteraction_http_request_duration_seconds", "Time until the answer began.", ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10), registry=COUNTED,
)  # fmt: skip
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
NEAR = {"127.0.0.1", "::1"}


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Counts one answered request."""
    method = method if method in METHODS else "other"
    REQUESTS.labels(method, route, str(status)).inc()
    DURATION.labels(method, route).observe(seconds)


class Stored(Collector):
    """What the database says at the moment of asking."""

    def collect(self) -> Iterator[Metric]:
        """Gauges; only `afteraction_database_up` 0 when the database does not answer."""
        try:
            found = [*_jobs(), *_workers(), *_evidence()]
        except (DatabaseError, InterfaceError):
            found = []
        yield _gauge("afteraction_database_up", "1 when the database answers.", 1 if found else 0)
        yield from found

    def describe(self) -> list[Metric]:
        """Nothing, so that registering asks no database."""
        return []


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=value)


def _jobs() -> Iterator[Metric]:
    by_state = GaugeMetricFamily("afteraction_jobs", "Jobs by state.", labels=["state"])
    counted = dict(Job.objects.order_by().values_list("state").annotate(n=Count("pk")))
    for state in JobState:
        by_state.add_metric([state.value], counted.get(state.value, 0))
    yield by_state
    now = timezone.now()
    is_due = Q(run_after=None) | Q(run_after__lte=now)
    oldest = Job.objects.filter(is_due, state=JobState.QUEUED).aggregate(at=Min("queued_at"))["at"]
    yield _gauge(
        "afteraction_oldest_queued_job_age_seconds", "Age of the job that waits longest.",
        (now - oldest).total_seconds() if oldest else 0,
    )  # fmt: skip


def _workers() -> Iterator[Metric]:
    now = timezone.now()
    alive = Worker.objects.filter(seen_at__gt=now - SEEN_LATELY).count()
    yield _gauge("afteraction_workers", "Workers that were seen lately.", alive)
    newest = Worker.objects.aggregate(at=Max("seen_at"))["at"]
    if newest is not None:
        age = max(0.0, (now - newest).total_seconds())
        yield _gauge("afteraction_worker_heartbeat_age_seconds", "Time since any worker was seen.", age)


def _evidence() -> Iterator[Metric]:
    kept = EvidenceFile.objects.aggregate(n=Count("pk"), size=Sum("size"))
    yield _gauge("afteraction_evidence_files", "Originals in the evidence lists.", kept["n"])
    yield _gauge("afteraction_evidence_bytes", "Their size.", kept["size"] or 0)
    rows = StoredAnalysis.objects.aggregate(n=Sum("event_count"))["n"]
    yield _gauge("afteraction_imported_rows", "Events in the stored analyses.", rows or 0)


REGISTRY.register(Stored())


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The text format of Prometheus, for this machine and for who shows `AFTERACTION_METRICS_TOKEN`; 403 otherwise."""
    if not _may_read(request):
        told = "Metrics are read on this machine, or elsewhere with the bearer token in AFTERACTION_METRICS_TOKEN.\n"
        return HttpResponse(told, status=403, content_type="text/plain")
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    token: str = settings.METRICS_TOKEN
    shown = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(shown.encode(), f"Bearer {token}".encode()):
        return True
    # Behind a proxy on this machine everybody comes from here; a proxy says so in these headers.
    is_forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"))
    return request.META.get("REMOTE_ADDR", "") in NEAR and not is_forwarded
