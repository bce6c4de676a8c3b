"""What GitHub's webhooks say was changed, and when.

Knows the fields of each event and which of them is its moment. Refuses to invent: an event whose payload states no
time of its own is a Failure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import Failure
from afteraction.core.records import Actor, Change, ChangeKind, Event
from afteraction.formats.github_webhook.deliveries import Delivery
from afteraction.formats.github_webhook.notes import (
    LONGEST_NOTE,
    NOTES,
    RECEIVE_AGAIN,
    STATES,
    Found,
    actor_of,
    identity_of,
    note,
)

LONGEST_DIFF = 64 * 1024
_ENDS = ("success", "failure")
_ROLLBACK = re.compile(r"\broll(?:ing|ed)?[ _-]?back\b", re.IGNORECASE)


def changes_in(delivery: Delivery) -> Found:
    """Every change that a delivery states; one Failure for an event that this reader does not take."""
    read = READS.get(delivery.event)
    if read is None:
        name = f'the event "{delivery.event}"' if delivery.event else "a payload of no known event"
        known = ", ".join(sorted(READS))
        yield delivery.failure(f"{name} is not read here.", f"Events that are read: {known}.")
        return
    yield from read(delivery)


def _one(delivery: Delivery, *when: str | int, **fields: Any) -> Change | Failure:
    """A change at the time below `when`, or a Failure that says what is wrong with that time."""
    try:
        instant = delivery.instant(*when)
    except UnreadableTime as error:
        return delivery.failure(f"{delivery.event}: {error.what}", error.next_step or RECEIVE_AGAIN, *when)
    attributes = {name: text for name, text in fields.pop("attributes", {}).items() if text}
    return Change(
        instant=instant,
        evidence=delivery.evidence(*when),
        service=fields.pop("service", delivery.text("repository", "name")),
        attributes=attributes,
        **fields,
    )


def _deployment(delivery: Delivery) -> Found:
    yield _deployment_start(delivery)


def _deployment_start(delivery: Delivery) -> Change | Failure:
    common = _deployment_fields(delivery)
    common["attributes"] |= {"status": "", "description": delivery.text("deployment", "description")}
    return _one(
        delivery, "deployment", "created_at",
        title=f"Deployment of {_what(delivery)} started",
        state="started",
        actor=actor_of(delivery.at("deployment", "creator")) or actor_of(delivery.at("sender")),
        **common,
    )  # fmt: skip


def _deployment_fields(delivery: Delivery) -> dict[str, Any]:
    """What the start and every status of one deployment have in common, its fingerprint among them."""
    told = " ".join(delivery.text("deployment", key) for key in ("task", "description"))
    return {
        "kind": ChangeKind.ROLLBACK if _ROLLBACK.search(told) else ChangeKind.DEPLOYMENT,
        "environment": delivery.text("deployment", "environment"),
        "reference": delivery.text("deployment", "sha"),
        "fingerprint": f"github:deployment:{identity_of(delivery, 'deployment')}",
        "attributes": {
            "version": delivery.text("deployment", "ref"),
            "commit": delivery.text("deployment", "sha"),
            "number": delivery.text("deployment", "id"),
            "url": delivery.text("deployment_status", "target_url") or delivery.text("deployment", "url"),
            "description": delivery.text("deployment_status", "description")
            or delivery.text("deployment", "description"),
            "status": delivery.text("deployment_status", "state"),
        },
    }  # fmt: skip


def _deployment_status(delivery: Delivery) -> Found:
    stated = delivery.text("deployment_status", "state")
    state = STATES.get(stated, "")
    if state in _ENDS and not delivery.stands_for:
        # Many webhooks are set to statuses alone: the end then still knows when the deployment began.
        yield _deployment_start(delivery)
    common = _deployment_fields(delivery)
    common["environment"] = delivery.text("deployment_status", "environment") or common["environment"]
    yield _one(
        delivery, "deployment_status", "created_at",
        title=f"Deployment of {_what(delivery)}: {stated.replace('_', ' ') or 'no state'}",
        state=state,
        actor=actor_of(delivery.at("deployment_status", "creator")) or actor_of(delivery.at("sender")),
        **common,
    )  # fmt: skip


def _what(delivery: Delivery) -> str:
    """`cart main (1a2b3c4) to production`, as far as the payload tells it."""
    name, ref = delivery.text("repository", "name"), delivery.text("deployment", "ref")
    sha = delivery.text("deployment", "sha")[:7]
    version = f"{ref} ({sha})" if ref and sha and not ref.startswith(sha) else ref or sha
    environment = delivery.text("deployment", "environment")
    return " ".join(part for part in (name, version, f"to {environment}" if environment else "") if part)


def _push(delivery: Delivery) -> Found:
    branch = re.sub(r"^refs/(?:heads|tags)/", "", delivery.text("ref"))
    stated = delivery.at("commits")
    commits = stated if isinstance(stated, list) else []
    for index, commit in enumerate(commits):
        if not isinstance(commit, dict):
            yield delivery.failure("this commit is not an object.", RECEIVE_AGAIN, "commits", index)
            continue
        sha, message = delivery.text("commits", index, "id"), delivery.text("commits", index, "message")
        yield _one(
            delivery, "commits", index, "timestamp",
            kind=ChangeKind.COMMIT,
            title=message.strip().split("\n", 1)[0] or f"Commit {sha[:7]}",
            reference=sha,
            fingerprint=f"commit:{sha}" if sha else "",
            actor=_author(commit.get("author")),
            files=_files(commit),
            attributes={"branch": branch, "url": delivery.text("commits", index, "url"), "message": message},
        )  # fmt: skip
    if not commits:
        yield _moved(delivery, branch)


def _commit(delivery: Delivery) -> Found:
    """A commit as the API answers it, with its files and their patches."""
    one, sha = "commit", delivery.text("commit", "sha")
    message = delivery.text(one, "commit", "message")
    touched = delivery.at(one, "files")
    files = [each for each in touched if isinstance(each, dict)] if isinstance(touched, list) else []
    names = [str(each.get("filename") or "") for each in files]
    diff = "\n".join(
        f"diff --git a/{name} b/{name}\n{each['patch']}"
        for name, each in zip(names, files, strict=True)
        if isinstance(each.get("patch"), str)
    )
    # The committer's moment is the one that counts, as in git log: it is when the change came about as it is.
    yield _one(
        delivery, one, "commit", "committer", "date",
        kind=ChangeKind.COMMIT,
        title=message.strip().split("\n", 1)[0] or f"Commit {sha[:7]}",
        reference=sha,
        fingerprint=f"commit:{sha}",
        actor=actor_of(delivery.at(one, "author")) or _author(delivery.at(one, "commit", "author")),
        files=tuple(dict.fromkeys(filter(None, names))),
        diff=diff[:LONGEST_DIFF],
        attributes={
            "url": delivery.text(one, "html_url"),
            "message": message,
            "authored": delivery.text(one, "commit", "author", "date"),
            "merge": " ".join(_parents(delivery.at(one, "parents"))),
        },
    )  # fmt: skip


def _parents(stated: Any) -> list[str]:
    """The commits that a merge brought together; none for a commit with one parent."""
    known = [str(each.get("sha"))[:12] for each in stated if isinstance(each, dict)] if isinstance(stated, list) else []
    return known if len(known) > 1 else []


def _files(commit: dict[str, Any]) -> tuple[str, ...]:
    """Every path that a commit touched, each once, in the order they are listed."""
    lists = (commit.get(key) for key in ("added", "modified", "removed"))
    paths = (path for listed in lists if isinstance(listed, list) for path in listed)
    return tuple(dict.fromkeys(path for path in paths if isinstance(path, str)))


def _author(person: Any) -> Actor | None:
    if not isinstance(person, dict):
        return None
    login, name, email = (str(person.get(key) or "") for key in ("username", "name", "email"))
    if not (login or email or name):
        return None
    key = f"github:{login}" if login else f"email:{email.lower()}" if email else f"name:{name}"
    return Actor(key, name or login, is_bot=(login or name).endswith("[bot]"))


def _moved(delivery: Delivery, branch: str) -> Event | Failure:
    """A push without commits: a branch or tag was made, deleted or set to another commit."""
    verb = next((word for key, word in (("deleted", "deleted"), ("created", "created")) if delivery.at(key)), "moved")
    noun = "Tag" if delivery.text("ref").startswith("refs/tags/") else "Branch"
    return note(
        delivery, "repository", "pushed_at",
        title=f"{noun} {branch} of {delivery.text('repository', 'name')} {verb}",
        actor=actor_of(delivery.at("sender")),
        fingerprint=f"github:ref:{delivery.text('ref')}:{delivery.text('before')}:{delivery.text('after')}",
        attributes={"url": delivery.text("compare")},
    )  # fmt: skip


def _workflow_run(delivery: Delivery) -> Found:
    run = "workflow_run"
    name = delivery.text(run, "name") or delivery.text("workflow", "name") or delivery.text(run, "path") or "workflow"
    conclusion = delivery.text(run, "conclusion")
    common = {
        "kind": ChangeKind.PIPELINE,
        "reference": delivery.text(run, "head_sha"),
        "fingerprint": f"github:{identity_of(delivery, run)}:run:{delivery.text(run, 'run_attempt') or '1'}",
        "actor": actor_of(delivery.at(run, "triggering_actor") or delivery.at(run, "actor") or delivery.at("sender")),
        "attributes": {
            "branch": delivery.text(run, "head_branch"),
            "commit": delivery.text(run, "head_sha"),
            "check": name,
            "run": delivery.text(run, "id"),
            "number": delivery.text(run, "run_number"),
            "url": delivery.text(run, "html_url"),
            "status": conclusion or delivery.text(run, "status"),
            "trigger": delivery.text(run, "event"),
        },
    }
    what = f"{name} of {delivery.text('repository', 'name')}"
    began = "run_started_at" if delivery.text(run, "run_started_at") else "created_at"
    state = "" if delivery.text("action") == "requested" and not conclusion else "started"
    verb = "started" if state else "requested"
    yield _one(delivery, run, began, title=f"Pipeline {what} {verb}", state=state, **common)
    if delivery.text("action") == "completed" or conclusion:
        title = f"Pipeline {what}: {(conclusion or 'completed').replace('_', ' ')}"
        yield _one(delivery, run, "updated_at", title=title, state=STATES.get(conclusion, ""), **common)


def _release(delivery: Delivery) -> Found:
    action, tag = delivery.text("action") or "published", delivery.text("release", "tag_name")
    # A release's created_at is the date of its commit, so only these fields say when something was done.
    when = "updated_at" if action in ("edited", "deleted", "unpublished") else "published_at"
    yield _one(
        delivery, "release", when,
        kind=ChangeKind.RELEASE,
        title=f"Release {tag} of {delivery.text('repository', 'name')} {action}",
        reference=tag,
        fingerprint=f"github:release:{identity_of(delivery, 'release')}:{action}",
        actor=actor_of(delivery.at("sender")) or actor_of(delivery.at("release", "author")),
        attributes={
            "url": delivery.text("release", "html_url"),
            "version": tag,
            "branch": delivery.text("release", "target_commitish"),
            "message": delivery.text("release", "body")[:LONGEST_NOTE],
            "prerelease": "true" if delivery.at("release", "prerelease") is True else "",
        },
    )  # fmt: skip


READS: dict[str, Callable[[Delivery], Found]] = {
    "deployment": _deployment,
    "deployment_status": _deployment_status,
    "push": _push,
    "commit": _commit,
    "workflow_run": _workflow_run,
    "release": _release,
    **NOTES,
}
