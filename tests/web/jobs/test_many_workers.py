"""Several workers and submitters at once, on both databases."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connections, transaction

from afteraction.web.jobs.claims import claim
from afteraction.web.jobs.lease import Lease
from afteraction.web.jobs.models import Job, JobState
from afteraction.web.jobs.queue import submit
from afteraction.web.jobs.running import perform
from tests.web.jobs import tasks

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def empty(either_database):
    tasks.LEDGER.clear()
    Job.objects.all().delete()
    yield
    Job.objects.all().delete()


def at_once(*functions: Callable[[], None]) -> None:
    """Runs each in a thread with its own connection; the first error is raised."""
    errors: list[BaseException] = []

    def run(function: Callable[[], None]) -> None:
        try:
            function()
        except BaseException as error:  # noqa: BLE001 - raised below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(function,)) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if errors:
        raise errors[0]


def test_four_workers_do_each_job_once():
    for number in range(40):
        submit(tasks.note, f"{number}", subject=f"incident:{number % 5}")

    def work() -> None:
        while (job := claim(threading.current_thread().name)) is not None:
            perform(job, Lease(job))

    at_once(work, work, work, work)
    while (job := claim("rest")) is not None:  # what was locked by another when a worker looked last
        perform(job, Lease(job))
    assert Counter(tasks.LEDGER) == Counter(f"{number}" for number in range(40))
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}


def test_one_job_waits_however_many_ask_for_the_same():
    def ask() -> None:
        for _ in range(5):
            submit(tasks.note, "same", dedupe="analyse:1")

    at_once(ask, ask, ask, ask)
    assert Job.objects.count() == 1


def test_a_job_does_not_begin_before_the_transaction_that_asked_again_is_over():
    submit(tasks.note, "same", dedupe="analyse:1")
    asked, seen = threading.Event(), threading.Event()
    order: list[str] = []

    def correct() -> None:
        with transaction.atomic():
            submit(tasks.note, "same", dedupe="analyse:1")
            asked.set()
            seen.wait(1)
            order.append("committed")

    def work() -> None:
        asked.wait(10)
        job = None
        while job is None:
            job = claim("worker")
        order.append("began")
        seen.set()

    at_once(correct, work)
    assert order == ["committed", "began"]
