"""`afteraction serve` as processes: each is killed in turn, and the system goes on working."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from afteraction.web.jobs.models import Job, JobState, Worker
from afteraction.web.jobs.queue import submit
from tests.web.jobs import tasks
from tests.web.serving import Served, children, database_of, is_alive, served, until

# Starting a process takes a second, and half a minute on a machine that does ten other things. How soon a dead
# worker's job is taken is a matter of its lease: test_lease.
PATIENCE = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory, with_tables: Callable[[Path], Path], django_db_blocker) -> Iterator[Served]:
    """One server for every test here, since each leaves it working."""
    folder = with_tables(tmp_path_factory.mktemp("served"))
    with django_db_blocker.unblock(), served(folder) as running, database_of(running):
        yield running


def is_done(job: Job) -> bool:
    job.refresh_from_db()
    assert job.state != JobState.FAILED, job.reason
    return job.state == JobState.DONE


def chunks(name: str) -> int:
    return Worker.objects.filter(name__startswith=f"{name}-").count()


def kill(pid: int) -> None:
    assert pid
    os.kill(pid, signal.SIGKILL)


def test_the_worker_does_what_is_queued(server: Served):
    job = submit(tasks.note, "hello")
    until(lambda: is_done(job), PATIENCE, "the job")
    assert job.result == "HELLO"


def test_an_idle_worker_that_is_killed_is_replaced(server: Served):
    kill(before := server.pid_of("worker"))
    job = submit(tasks.note, "after the kill")
    until(lambda: is_done(job), PATIENCE, "the job")
    assert server.pid_of("worker") not in (0, before)
    assert "worker process was killed by signal 9" in server.told()


def test_the_job_of_a_killed_worker_goes_on_where_it_was(server: Served):
    job = submit(tasks.count_slowly, 12, 0.1, "killed")
    until(lambda: chunks("killed") >= 3, PATIENCE, "three chunks")
    kill(server.pid_of("worker"))
    held = chunks("killed")
    until(lambda: chunks("killed") > held + 1, PATIENCE, "another chunk")
    until(lambda: is_done(job), PATIENCE, "the job")
    assert (job.result, chunks("killed"), job.attempts) == (12, 12, 2)


@pytest.mark.parametrize("which", ["web", "answering"])
def test_a_killed_web_process_is_replaced(server: Served, which: str):
    until(lambda: bool(server.answering_pid()), PATIENCE, "a web process")
    before = server.answering_pid()
    kill(server.pid_of("web") if which == "web" else before)
    until(lambda: not is_alive(before), PATIENCE, "the end of the old one, whichever was killed")
    until(server.answers, PATIENCE, "an answer")


def test_a_worker_that_is_told_to_end_hands_back_what_it_does(server: Served):
    job = submit(tasks.count_slowly, 10, 0.1, "ended")
    until(lambda: chunks("ended") >= 2, PATIENCE, "two chunks")
    os.kill(server.pid_of("worker"), signal.SIGTERM)
    until(lambda: is_done(job), PATIENCE, "the job")
    assert (chunks("ended"), job.attempts) == (10, 1)


def test_children_end_with_their_parent_and_the_next_start_goes_on(server: Served):
    job = submit(tasks.count_slowly, 30, 0.1, "restarted")
    until(lambda: chunks("restarted") >= 2, PATIENCE, "two chunks")
    below = [*children(server.process.pid), server.answering_pid()]
    assert len(below) == 3
    kill(server.process.pid)
    until(lambda: not any(is_alive(pid) for pid in below), PATIENCE, "the end of every child")
    server.process.wait(PATIENCE)
    server.start()
    until(lambda: is_done(job), PATIENCE, "the job")
    assert chunks("restarted") == 30


def test_the_end_comes_by_itself_and_leaves_nothing(server: Served):
    below = [*children(server.process.pid), server.answering_pid()]
    server.end()
    assert server.process.returncode == 0
    assert not any(is_alive(pid) for pid in below)
    server.start()
