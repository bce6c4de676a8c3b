"""A build of Jenkins' JSON API: when it began, how long it took, what it built and which commits came with it.

Knows the fields of builds and their actions. Refuses an end for a build that is running.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload, text_of, there
from afteraction.core.records import Actor, Change, ChangeKind
from afteraction.formats.jenkins.wording import STATES, job_of, kind_of, shown, told_by

LONGEST_MS = 366 * 86400 * 1000


def read_build(build: Payload) -> Iterator[Change | Failure]:
    """Start and end of a build as changes of one fingerprint, then its commits."""
    began = build.instant("timestamp", unit="ms" if not isinstance(build.at("timestamp"), str) else "")
    job = job_of(build.text("url")) or build.text("fullDisplayName").rpartition(" #")[0] or "a job"
    if isinstance(began, Failure):
        yield began
    else:
        yield from _start_and_end(build, job, began)
    for commit in _commits(build):
        yield _commit(commit, job)


def _start_and_end(build: Payload, job: str, began: Instant) -> Iterator[Change | Failure]:
    parameters = _parameters(build)
    service, environment, version = told_by(parameters)
    revision = _revision(build)
    result, number = build.text("result"), build.text("number")
    common: dict[str, Any] = {
        "kind": kind_of(job), "service": service, "environment": environment, "reference": version or revision,
        "actor": _actor(build), "fingerprint": f"jenkins:{job}:{number}",
    }  # fmt: skip
    facts = {
        **there(version=version, commit=revision, number=number, url=build.text("url"), check=job,
                trigger=_cause(build), description=build.text("description")),
        **shown(parameters),
    }  # fmt: skip
    what = f"Build {job} #{number}"
    ended = _end(build, began)
    if isinstance(ended, Failure):
        yield ended
        ended = None
    yield Change(
        instant=began, until=ended, title=f"{what} started", state="started", evidence=build.cite("timestamp"),
        attributes=facts, **common,
    )  # fmt: skip
    if ended is not None and result:
        yield Change(
            instant=ended, title=f"{what}: {result.lower().replace('_', ' ')}", state=STATES.get(result.upper(), ""),
            evidence=build.cite("duration"), attributes={**facts, "status": result.lower()}, **common,
        )  # fmt: skip
    elif result:
        reason = f"{what} ended ({result.lower()}) at a time that is not stated."
        yield build.failure(reason, "Ask for `duration` too.", "result", lost=0)


def _end(build: Payload, began: Instant) -> Instant | Failure | None:
    took = build.at("duration")
    if build.at("building") is True or build.at("inProgress") is True or took is None:
        return None
    is_length = isinstance(took, int | float) and not isinstance(took, bool) and math.isfinite(took)
    if not is_length or not 0 <= took < LONGEST_MS:
        reason = f'"duration" is {str(took)[:40]}, which is no length in milliseconds.'
        return build.failure(reason, "Correct it or leave it out.", "duration")
    if took == 0 and not build.text("result"):
        return None
    try:
        end = began.utc + timedelta(milliseconds=took)
    except OverflowError:
        return build.failure('"duration" leads out of the calendar.', "Correct it or leave it out.", "duration")
    return replace(began, utc=end, original_text=f"{began.original_text} + {took} ms")


def _parameters(build: Payload) -> dict[str, str]:
    return {
        one.text("name"): text_of(one.at("value")) or str(one.at("value") or "")[:200]
        for action in build.each("actions")
        for one in action.each("parameters")
        if one.text("name")
    }


def _revision(build: Payload) -> str:
    found = (action.text("lastBuiltRevision", "SHA1") for action in build.each("actions"))
    return next((sha for sha in found if sha), "")


def _cause(build: Payload) -> str:
    said = (cause.text("shortDescription") for action in build.each("actions") for cause in action.each("causes"))
    # Who it was stands in the actor, who is shown by role.
    return next(("started by hand" if text.startswith("Started by user") else text for text in said if text), "")


def _actor(build: Payload) -> Actor | None:
    for action in build.each("actions"):
        for cause in action.each("causes"):
            ident, name = cause.text("userId"), cause.text("userName")
            if ident or name:
                return Actor(f"jenkins:{ident or name}", name or ident, is_bot=ident in ("SYSTEM", "timer"))
    return None


def _commits(build: Payload) -> Iterator[Payload]:
    for key in ("changeSets", "changeSet"):
        if isinstance(build.at(key), list):
            for changes in build.each(key):
                yield from changes.each("items")
        else:
            yield from build.below(key).each("items")


def _commit(commit: Payload, job: str) -> Change | Failure:
    """A commit that came with a build. Its time is that of the commit, in milliseconds or as text in `date`."""
    sha, message = commit.text("commitId") or commit.text("id"), commit.text("comment") or commit.text("msg")
    when = "timestamp" if not is_never(commit.at("timestamp")) and commit.at("timestamp") != -1 else "date"
    at = commit.instant(when, unit="ms" if not isinstance(commit.at(when), str) else "")
    if isinstance(at, Failure):
        return at
    email, name = commit.text("authorEmail"), commit.text("author", "fullName")
    paths = commit.at("affectedPaths")
    return Change(
        instant=at,
        kind=ChangeKind.COMMIT,
        title=(commit.text("msg") or message).split("\n", 1)[0] or f"Commit {sha[:7]}",
        reference=sha,
        fingerprint=f"commit:{sha}" if sha else "",
        actor=Actor(f"email:{email.lower()}" if email else f"name:{name}", name or email) if email or name else None,
        files=tuple(path for path in paths if isinstance(path, str)) if isinstance(paths, list) else (),
        evidence=commit.cite(when),
        attributes=there(message=message, check=job),
    )
