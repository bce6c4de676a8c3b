"""What GitHub's webhooks say about a change on its way: checks, jobs, statuses, pull requests and their reviews.

Knows which gate-like thing ran, on which commit, and what it said. Refuses to count any of it as a change to what
runs: these are notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import Failure
from afteraction.core.records import Actor, Change, Event, EventKind, Lane
from afteraction.formats.github_webhook.deliveries import Delivery

STATES = {"in_progress": "started", "success": "success", "failure": "failure", "error": "failure",
          "timed_out": "failure", "startup_failure": "failure"}  # fmt: skip
RECEIVE_AGAIN = "Get the delivery again from the webhook's settings page."
LONGEST_NOTE = 2000

Found = Iterator[Change | Event | Failure]


def actor_of(user: Any) -> Actor | None:
    """A GitHub account as an actor; None when the payload names nobody."""
    login = user.get("login") if isinstance(user, dict) else None
    if not isinstance(login, str) or not login:
        return None
    return Actor(f"github:{login}", login, is_bot=user.get("type") == "Bot" or login.endswith("[bot]"))


def identity_of(delivery: Delivery, subject: str) -> str:
    """A name for the subject that is the same in each of its deliveries."""
    number = delivery.text(subject, "id")
    return f"{delivery.text('repository', 'full_name')}:{number or delivery.text(subject, 'url')}"


def note(delivery: Delivery, *when: str, title: str, attributes: dict[str, str], **fields: Any) -> Event | Failure:
    """A note at the time below `when`, or a Failure that says what is wrong with that time."""
    try:
        instant = delivery.instant(*when)
    except UnreadableTime as error:
        return delivery.failure(f"{delivery.event}: {error.what}", error.next_step or RECEIVE_AGAIN, *when)
    return Event(
        instant=instant,
        title=title,
        evidence=delivery.evidence(*when),
        lane=Lane.CHANGES,
        kind=EventKind.NOTE,
        service=delivery.text("repository", "name"),
        attributes={name: text for name, text in attributes.items() if text},
        **fields,
    )


def _check(subject: str, ended: str) -> Callable[[Delivery], Found]:
    """The reading of a check: a note at its end, or at its start while it has none."""

    def read(delivery: Delivery) -> Found:
        state = delivery.text(subject, "conclusion") or delivery.text(subject, "status") or delivery.text("action")
        is_over = bool(delivery.text(subject, "conclusion")) and bool(delivery.text(subject, ended))
        began = "started_at" if delivery.text(subject, "started_at") else "created_at"
        app = delivery.text(subject, "name") or delivery.text(subject, "app", "name") or "checks"
        yield note(
            delivery, subject, ended if is_over else began,
            title=f"Check {app} of {delivery.text('repository', 'name')}: {state.replace('_', ' ')}",
            actor=actor_of(delivery.at("sender")),
            fingerprint=f"github:{subject}:{identity_of(delivery, subject)}:{state}",
            attributes={
                "status": state, "version": delivery.text(subject, "head_sha"),
                "commit": delivery.text(subject, "head_sha"),
                "check": app, "description": delivery.text(subject, "output", "title"),
                "branch": delivery.text(subject, "head_branch") or delivery.text(subject, "check_suite", "head_branch"),
                "url": delivery.text(subject, "html_url"),
            },
        )  # fmt: skip

    return read


def _status(delivery: Delivery) -> Found:
    context, state = delivery.text("context"), delivery.text("state")
    yield note(
        delivery, "updated_at" if delivery.text("updated_at") else "created_at",
        title=f"Status {context} of {delivery.text('repository', 'name')}: {state}",
        actor=actor_of(delivery.at("sender")),
        fingerprint=f"github:status:{delivery.text('repository', 'full_name')}:{delivery.text('id')}",
        attributes={"status": state, "version": delivery.text("sha"), "commit": delivery.text("sha"), "check": context,
                    "url": delivery.text("target_url"), "description": delivery.text("description")},
    )  # fmt: skip


def _workflow_job(delivery: Delivery) -> Found:
    """One job of a run: its end, or its start while it has none; queued ones have their creation."""
    job = "workflow_job"
    state = delivery.text(job, "conclusion") or delivery.text(job, "status") or delivery.text("action")
    is_over = bool(delivery.text(job, "conclusion")) and bool(delivery.text(job, "completed_at"))
    began = "started_at" if delivery.text(job, "started_at") else "created_at"
    name = delivery.text(job, "name") or "a job"
    workflow = delivery.text(job, "workflow_name")
    yield note(
        delivery, job, "completed_at" if is_over else began,
        title=f"Job {name} of {delivery.text('repository', 'name')}: {state.replace('_', ' ')}",
        actor=actor_of(delivery.at("sender")),
        fingerprint=f"github:job:{identity_of(delivery, job)}:{delivery.text(job, 'run_attempt') or '1'}:{state}",
        attributes={
            "status": state, "check": f"{workflow} / {name}" if workflow else name,
            "version": delivery.text(job, "head_sha"), "commit": delivery.text(job, "head_sha"),
            "branch": delivery.text(job, "head_branch"), "run": delivery.text(job, "run_id"),
            "url": delivery.text(job, "html_url"),
        },
    )  # fmt: skip


_DONE = {"opened": "created_at", "closed": "closed_at"}


def _pull_request(delivery: Delivery) -> Found:
    pull, action = "pull_request", delivery.text("action") or "changed"
    is_merged = action == "closed" and (delivery.at(pull, "merged") is True or bool(delivery.text(pull, "merged_at")))
    label = delivery.text("label", "name") if action in ("labeled", "unlabeled") else ""
    verb = "merged" if is_merged else " ".join(part for part in (action.replace("_", " "), label) if part)
    when = "merged_at" if is_merged and delivery.text(pull, "merged_at") else _DONE.get(action, "updated_at")
    yield note(
        delivery, pull, when,
        title=f"Pull request {_number(delivery)} of {delivery.text('repository', 'name')} {verb}",
        actor=actor_of(delivery.at("sender")) or actor_of(delivery.at(pull, "user")),
        fingerprint=f"github:pull:{identity_of(delivery, pull)}:{verb}:{delivery.text(pull, when)}",
        attributes=_of_pull(delivery)
        | {"status": verb, "description": delivery.text(pull, "title"), "labels": _labels(delivery)},
    )  # fmt: skip


def _review(delivery: Delivery) -> Found:
    state = delivery.text("review", "state").lower() or delivery.text("action")
    yield note(
        delivery, "review", "submitted_at",
        title=f"Pull request {_number(delivery)} of {delivery.text('repository', 'name')}: "
        f"{state.replace('_', ' ')} in review",
        actor=actor_of(delivery.at("review", "user")) or actor_of(delivery.at("sender")),
        fingerprint=f"github:review:{identity_of(delivery, 'review')}:{state}",
        attributes=_of_pull(delivery)
        | {
            "review": state,
            "reviewed_commit": delivery.text("review", "commit_id"),
            "url": delivery.text("review", "html_url") or delivery.text("pull_request", "html_url"),
        },
    )  # fmt: skip


def _of_pull(delivery: Delivery) -> dict[str, str]:
    """What names a pull request: its number, its last commit, and the commit that it was merged as."""
    pull = "pull_request"
    merged = delivery.at(pull, "merged") is True or bool(delivery.text(pull, "merged_at"))
    return {
        "number": delivery.text(pull, "number"),
        "commit": delivery.text(pull, "head", "sha"),
        # Before the merge this is only a trial merge that nobody released.
        "merge_commit": delivery.text(pull, "merge_commit_sha") if merged else "",
        "branch": delivery.text(pull, "head", "ref"),
        "url": delivery.text(pull, "html_url"),
    }


def _labels(delivery: Delivery) -> str:
    stated = delivery.at("pull_request", "labels")
    names = (each.get("name") for each in stated if isinstance(each, dict)) if isinstance(stated, list) else ()
    return ", ".join(name for name in names if isinstance(name, str))


def _number(delivery: Delivery) -> str:
    return f"#{delivery.text('pull_request', 'number') or '?'}"


NOTES: dict[str, Callable[[Delivery], Found]] = {
    "check_suite": _check("check_suite", "updated_at"),
    "check_run": _check("check_run", "completed_at"),
    "status": _status,
    "workflow_job": _workflow_job,
    "pull_request": _pull_request,
    "pull_request_review": _review,
}
