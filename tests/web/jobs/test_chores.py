"""Work that comes back by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string

from afteraction.web.jobs.chores import ask_for_chores, forget_old_jobs
from afteraction.web.jobs.models import Job, JobState
from afteraction.web.jobs.queue import submit
from tests.web.jobs import tasks

pytestmark = pytest.mark.django_db


def test_every_chore_of_the_settings_is_a_task(settings):
    assert settings.CHORES
    for path in settings.CHORES:
        assert import_string(path).func


def test_a_chore_is_asked_for_once_in_its_period(settings, run_jobs):
    settings.CHORES = {"tests.web.jobs.tasks.meet_nobody": timedelta(hours=1)}
    assert len(ask_for_chores()) == 1
    assert ask_for_chores() == [], "one waits"
    assert [job.state for job in run_jobs()] == [JobState.DONE]
    assert ask_for_chores() == [], "one was done"
    Job.objects.update(queued_at=timezone.now() - timedelta(hours=2))
    assert len(ask_for_chores()) == 1


def test_chores_wait_for_what_people_asked_for(settings, run_jobs):
    settings.CHORES = {"tests.web.jobs.tasks.meet_nobody": timedelta(hours=1)}
    ask_for_chores()
    submit(tasks.note, "first")
    assert [job.task.rpartition(".")[2] for job in run_jobs()] == ["note", "meet_nobody"]


def test_jobs_that_were_over_long_ago_are_forgotten():
    ages = {"done": 31, "cancelled": 31, "failed": 31}
    for state, days in ages.items():
        job = submit(tasks.note, state)
        Job.objects.filter(pk=job.pk).update(state=state, finished_at=timezone.now() - timedelta(days=days))
    submit(tasks.note, "waiting")
    assert forget_old_jobs.func() == 2
    assert sorted(Job.objects.values_list("state", flat=True)) == ["failed", "queued"]
    Job.objects.filter(state="failed").update(finished_at=timezone.now() - timedelta(days=91))
    assert forget_old_jobs.func() == 1
