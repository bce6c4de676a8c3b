"""Our queue behind Django's Tasks interface.

Knows how to translate: a task result is a job's row. Refuses arguments that are not JSON, as the interface does.
"""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued

from afteraction.web.jobs.models import Job, JobState
from afteraction.web.jobs.queue import queue_call

_STATUS = {
    JobState.QUEUED: TaskResultStatus.READY,
    JobState.RUNNING: TaskResultStatus.RUNNING,
    JobState.DONE: TaskResultStatus.SUCCESSFUL,
    JobState.FAILED: TaskResultStatus.FAILED,
    JobState.CANCELLED: TaskResultStatus.FAILED,
}


class LeaseBackend(BaseTaskBackend):
    """`TASKS["default"]["BACKEND"]`."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Queues the task with nothing but its arguments; `queue.submit` says more."""
        self.validate_task(task)
        job = queue_call(task.module_path, list(args), kwargs, priority=task.priority, run_after=task.run_after)
        result = self._result(job, task)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """The result of that id, or TaskResultDoesNotExist."""
        job = Job.objects.filter(pk=result_id).first() if result_id.isdecimal() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return self._result(job, import_string(job.task))

    def _result(self, job: Job, task: Task[Any, Any]) -> TaskResult[Any]:
        # The traceback is in the log under the reference; a result may be shown.
        told = [TaskError(exception_class_path="builtins.Exception", traceback=job.reason)] if job.reason else []
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=str(job.pk),
            status=_STATUS[JobState(job.state)],
            enqueued_at=job.queued_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            last_attempted_at=job.started_at,
            args=job.args,
            kwargs=job.kwargs,
            backend=self.alias,
            errors=told,
            worker_ids=[job.worker or "-"] * job.attempts,
        )
        object.__setattr__(result, "_return_value", job.result)
        return result
