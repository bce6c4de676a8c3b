"""Work that comes back by itself, and the one chore of this floor: forgetting jobs that were over long ago.

Knows how often (`CHORES` of the settings, a task's dotted path and a period). Refuses to keep a clock of its own: the
newest job of a chore says when it was asked for last, whichever worker asked.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from afteraction.web.jobs.models import Job, JobState
from afteraction.web.jobs.queue import submit

LOOK_SECONDS = 60.0
KEPT_FOR = timedelta(days=30)
FAILED_KEPT_FOR = timedelta(days=90)


def ask_for_chores() -> list[Job]:
    """Queues every chore whose period is over."""
    now = timezone.now()
    asked = []
    for path, period in settings.CHORES.items():
        name = f"chore:{path}"[:128]
        if not Job.objects.filter(dedupe=name, queued_at__gt=now - period).exists():
            asked.append(submit(path, dedupe=name, title="Tidying up", priority=-1))
    return asked


@task()
def forget_old_jobs() -> int:
    """Removes jobs that were done or stopped a month ago, and failed ones after three; how many."""
    now = timezone.now()
    over = Job.objects.filter(state__in=(JobState.DONE, JobState.CANCELLED), finished_at__lt=now - KEPT_FOR)
    failed = Job.objects.filter(state=JobState.FAILED, finished_at__lt=now - FAILED_KEPT_FOR)
    return over.delete()[0] + failed.delete()[0]
