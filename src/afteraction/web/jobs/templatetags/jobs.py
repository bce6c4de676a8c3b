"""`{% load jobs %}{% job_progress job %}`: the progress of one job, which keeps itself up to date."""

from __future__ import annotations

from typing import Any

from django import template

from afteraction.web.jobs.models import Job
from afteraction.web.jobs.views import progress_context

register = template.Library()


@register.inclusion_tag("jobs/part_progress.html", takes_context=True)
def job_progress(context: template.Context, job: Job) -> dict[str, Any]:
    """The caller has made sure that the reader may see the job's subject."""
    return {**progress_context(job), "request": context.get("request"), "csrf_token": context.get("csrf_token")}
