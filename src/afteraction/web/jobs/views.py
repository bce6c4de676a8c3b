"""One job's progress, polled where it was asked for, and its two buttons.

Knows how a job looks. Refuses to show one whose subject its reader may not see: 404, as for one that is not there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from afteraction.web.jobs.models import Job, JobState, Worker
from afteraction.web.jobs.queue import cancel, retry
from afteraction.web.jobs.visibility import allow, visible_job
from afteraction.web.jobs.worker import SEEN_LATELY

TOLD = ("state", "title", "step", "done", "total", "percent", "parts", "folded", "reason", "reference", "attempts")
# A worker that is free takes a job within a second; after this long somebody wonders.
LONG_WAIT = timedelta(seconds=5)


def progress_context(job: Job) -> dict[str, Any]:
    """What `jobs/part_progress.html` shows of a job."""
    now = timezone.now()
    until = job.finished_at or now
    has_begun = job.started_at is not None and job.state != JobState.QUEUED
    is_stuck = job.state == JobState.QUEUED and now - job.queued_at > LONG_WAIT
    return {
        "job": job,
        "elapsed": _spoken(until - job.started_at) if has_begun and job.started_at else "",
        "no_worker": is_stuck and not Worker.objects.filter(seen_at__gt=now - SEEN_LATELY).exists(),
        "is_waiting_again": job.state == JobState.RUNNING and not job.worker,
        "finished_parts": job.folded + sum(part.get("state") not in ("running", "waiting") for part in job.parts),
        "all_parts": job.folded + len(job.parts),
    }


def _spoken(span: timedelta) -> str:
    seconds = max(0, round(span.total_seconds()))
    return f"{seconds} s" if seconds < 60 else f"{seconds // 60} min {seconds % 60} s"


@require_safe
def progress(request: HttpRequest, job_id: int) -> HttpResponse:
    """The part of a page that shows it; JSON for who accepts only that."""
    job = visible_job(request.user, job_id)
    if request.headers.get("Accept", "").startswith("application/json"):
        return _fresh(JsonResponse({"id": job.pk, **{name: getattr(job, name) for name in TOLD}}))
    return _shown(request, job)


@require_POST
@transaction.atomic
def stop(request: HttpRequest, job_id: int) -> HttpResponse:
    """Stops it."""
    job = visible_job(request.user, job_id)
    allow(request.user, job, "stop_job")
    return _after(request, cancel(job.pk))


@require_POST
@transaction.atomic
def again(request: HttpRequest, job_id: int) -> HttpResponse:
    """Tries it again from where it was."""
    job = visible_job(request.user, job_id)
    allow(request.user, job, "retry_job")
    return _after(request, retry(job.pk))


def _after(request: HttpRequest, job: Job) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return _shown(request, job)
    back = request.POST.get("back", "")
    return HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/")


def _shown(request: HttpRequest, job: Job) -> HttpResponse:
    response = _fresh(render(request, "jobs/part_progress.html", progress_context(job)))
    if job.is_over:
        # What else on the page waits for it listens to this: hx-trigger="job-over from:body".
        response["HX-Trigger"] = "job-over"
        response["HX-Reswap"] = "outerHTML"
    return response


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
