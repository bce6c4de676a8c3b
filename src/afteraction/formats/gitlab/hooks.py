"""Webhooks of GitLab that tell of a change.

Knows the fields of deployment, pipeline, job, push, tag, release, merge request and feature flag events. Refuses to
give a time to an event that states none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never
from afteraction.core.json_payloads import Payload, there
from afteraction.core.records import Actor, ChangeKind
from afteraction.formats.gitlab.wording import (
    OVER,
    STATES,
    Found,
    actor_of,
    begun_and_over,
    change,
    kind_of,
    note,
    spoken,
)

AGAIN = "Get it from the API of the project, which states its times."


def project_of(payload: Payload) -> tuple[str, str]:
    """(name for people, name that is unique) of the project that an event is about."""
    name = payload.text("project", "name") or payload.text("repository", "name") or payload.text("project_name")
    path = payload.text("project", "path_with_namespace") or payload.text("project", "id") or payload.text("project_id")
    return name.rsplit("/", 1)[-1].strip() or path.rsplit("/", 1)[-1], path or name


def _deployment(payload: Payload) -> Found:
    name, path = project_of(payload)
    status, environment, sha = (payload.text(key) for key in ("status", "environment", "short_sha"))
    version = " ".join(part for part in (payload.text("ref"), f"({sha})" if sha else "") if part)
    yield change(
        payload,
        "status_changed_at",
        kind=kind_of(payload.text("commit_title")) if status in STATES else ChangeKind.DEPLOYMENT,
        title=f"Deployment of {name} {version} to {environment}: {spoken(status)}",
        service=name,
        environment=environment,
        reference=sha,
        state=STATES.get(status, ""),
        actor=actor_of(payload.below("user")),
        fingerprint=f"gitlab:{path}:deployment:{payload.text('deployment_id') or payload.text('deployable_id')}",
        attributes={
            "status": status, "version": payload.text("ref"), "commit": payload.text("commit_url").rsplit("/", 1)[-1],
            "number": payload.text("deployment_id"), "url": payload.text("deployable_url"),
            "description": payload.text("commit_title"), "tier": payload.text("environment_tier"),
        },
    )  # fmt: skip


def _pipeline(payload: Payload) -> Found:
    name, path = project_of(payload)
    own = payload.below("object_attributes")
    number, sha = own.text("id"), own.text("sha")
    yield from begun_and_over(
        own, ("created_at",), ("finished_at",), f"Pipeline {own.text('name') or number} of {name}",
        kind=ChangeKind.PIPELINE, service=name, reference=sha, fingerprint=f"gitlab:{path}:pipeline:{number}",
        actor=actor_of(payload.below("user")),
        attributes={
            "commit": sha, "branch": own.text("ref"), "number": number, "url": own.text("url"),
            "trigger": own.text("source"), "check": own.text("name") or "pipeline",
        },
    )  # fmt: skip
    for job in payload.each("builds"):
        yield from read_job(job, name, path, sha, "gitlab")


def read_job(job: Payload, name: str, path: str, sha: str, prefix: str) -> Found:
    """What became of one job; nothing for one that did not run yet."""
    status = job.text("status")
    when = next((key for key in ("finished_at", "started_at") if not is_never(job.at(key))), "")
    if not when:
        return
    verdict = status if when == "finished_at" or status not in OVER else "started"
    yield note(
        job, when,
        title=f"Job {job.text('name')} of {name}: {spoken(verdict)}",
        service=name,
        environment=job.text("environment", "name"),
        actor=actor_of(job.below("user")),
        fingerprint=f"{prefix}:{path}:job:{job.text('id')}:{verdict}",
        attributes={
            "status": verdict, "check": job.text("name"), "stage": job.text("stage"), "commit": sha,
            "number": job.text("id"), "reason": job.text("failure_reason"),
            "may_fail": "yes" if job.at("allow_failure") is True else "", "url": job.text("web_url"),
        },
    )  # fmt: skip


def _job(payload: Payload) -> Found:
    name, path = project_of(payload)
    status = payload.text("build_status")
    when = next(
        (key for key in ("build_finished_at", "build_started_at", "build_created_at") if not is_never(payload.at(key))),
        "build_created_at",
    )
    yield note(
        payload, when,
        title=f"Job {payload.text('build_name')} of {name}: {spoken(status)}",
        service=name,
        environment=payload.text("environment", "name"),
        actor=actor_of(payload.below("user")),
        fingerprint=f"gitlab:{path}:job:{payload.text('build_id')}:{status}",
        attributes={
            "status": status, "check": payload.text("build_name"), "stage": payload.text("build_stage"),
            "commit": payload.text("sha"), "branch": payload.text("ref"), "number": payload.text("build_id"),
            "reason": payload.text("build_failure_reason").replace("unknown_failure", ""),
        },
    )  # fmt: skip


def _push(payload: Payload) -> Found:
    name, _ = project_of(payload)
    branch = re.sub(r"^refs/(?:heads|tags)/", "", payload.text("ref"))
    found = False
    stated = payload.at("commits")
    for index, commit in enumerate(stated if isinstance(stated, list) else ()):
        found = True
        if not isinstance(commit, dict):
            yield payload.failure("this commit is not an object.", "Send the event again.", "commits", str(index))
    for commit in payload.each("commits"):
        sha, message = commit.text("id"), commit.text("message")
        author = commit.below("author")
        email, who = author.text("email"), author.text("name")
        lists = (commit.at(key) for key in ("added", "modified", "removed"))
        touched = (path for listed in lists if isinstance(listed, list) for path in listed)
        yield change(
            commit, "timestamp",
            kind=ChangeKind.COMMIT,
            title=message.split("\n", 1)[0] or f"Commit {sha[:7]}",
            service=name,
            reference=sha,
            fingerprint=f"commit:{sha}" if sha else "",
            actor=Actor(f"email:{email.lower()}" if email else f"name:{who}", who or email) if who or email else None,
            files=tuple(dict.fromkeys(path for path in touched if isinstance(path, str))),
            attributes={"branch": branch, "url": commit.text("url"), "message": message},
        )  # fmt: skip
    if not found:
        what = "Tag" if payload.text("object_kind") == "tag_push" else "Branch"
        yield payload.failure(f"{what} {branch} of {name} was moved at a time that the event does not state.", AGAIN)


def _release(payload: Payload) -> Found:
    name, path = project_of(payload)
    tag, action = payload.text("tag"), payload.text("action") or "created"
    if action != "create" and is_never(payload.at("released_at")):
        yield payload.failure(f"release {tag} of {name}: {action} at a time that the event does not state.", AGAIN)
        return
    when = "released_at" if not is_never(payload.at("released_at")) else "created_at"
    yield change(
        payload, when,
        kind=ChangeKind.RELEASE, title=f"Release {tag} of {name} {spoken(action)}", service=name, reference=tag,
        fingerprint=f"gitlab:{path}:release:{tag}:{action}",
        attributes={"version": tag, "url": payload.text("url"), "commit": payload.text("commit", "id")},
    )  # fmt: skip


def _merge(payload: Payload) -> Found:
    name, path = project_of(payload)
    own = payload.below("object_attributes")
    action, number = own.text("action") or own.text("state"), own.text("iid")
    when = "merged_at" if action == "merge" and not is_never(own.at("merged_at")) else "updated_at"
    words = {"merge": "merged", "open": "opened", "close": "closed", "reopen": "reopened", "update": "updated",
             "approved": "approved", "unapproved": "approval withdrawn"}  # fmt: skip
    yield note(
        own, when,
        title=f"Merge request !{number} of {name} {words.get(action, spoken(action))}: {own.text('title')}",
        service=name,
        actor=actor_of(payload.below("user")),
        fingerprint=f"gitlab:{path}:merge_request:{number}:{action}",
        attributes={
            "status": own.text("state"), "number": number, "url": own.text("url"), "branch": own.text("source_branch"),
            "commit": own.text("last_commit", "id"), "merge_commit": own.text("merge_commit_sha"),
            **there(review="approved" if action == "approved" else ""),
        },
    )  # fmt: skip


def _flag(payload: Payload) -> Found:
    flag = payload.text("object_attributes", "name")
    turned = "on" if payload.at("object_attributes", "active") is True else "off"
    reason = f"feature flag {flag} was turned {turned} at a time that the event does not state."
    found: Failure = payload.failure(reason, "Log it by hand, with the time at which the event arrived.")
    yield found


HOOKS: dict[str, Callable[[Payload], Found]] = {
    "deployment": _deployment,
    "pipeline": _pipeline,
    "build": _job,
    "push": _push,
    "tag_push": _push,
    "release": _release,
    "merge_request": _merge,
    "feature_flag": _flag,
}
