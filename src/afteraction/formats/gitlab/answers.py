"""What GitLab's REST API lists: deployments, pipelines and jobs.

Knows their marks, since they name no type. Refuses objects that only resemble them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from afteraction.core.field_times import is_never
from afteraction.core.json_payloads import Payload
from afteraction.core.records import ChangeKind
from afteraction.formats.gitlab.hooks import read_job
from afteraction.formats.gitlab.wording import Found, actor_of, begun_and_over, kind_of

_PROJECT = re.compile(r"https?://[^/]+/(?P<path>.+?)/-/(?:pipelines|jobs|environments|commit)/")


def answer_of(value: Mapping[str, Any]) -> str:
    """deployment, pipeline or job; nothing for anything else."""
    if "object_kind" in value or not isinstance(value.get("status"), str):
        return ""
    address = value.get("web_url") if isinstance(value.get("web_url"), str) else ""
    environment = value.get("environment")
    if {"iid", "ref", "sha", "created_at"} <= value.keys() and isinstance(environment, dict) and "name" in environment:
        return "deployment"
    if {"ref", "sha", "created_at"} <= value.keys() and ("/-/pipelines/" in str(address) or "project_id" in value):
        return "pipeline" if "iid" in value or "source" in value or "/-/pipelines/" in str(address) else ""
    is_job = {"stage", "name", "created_at", "pipeline"} <= value.keys() and isinstance(value.get("pipeline"), dict)
    return "job" if is_job else ""


def _project(payload: Payload) -> tuple[str, str]:
    """(name for people, unique name) of the project, from the addresses in an answer; its number where none says it."""
    places = (("web_url",), ("deployable", "web_url"), ("deployable", "commit", "web_url"), ("commit", "web_url"),
              ("deployable", "pipeline", "web_url"), ("pipeline", "web_url"))  # fmt: skip
    for place in places:
        if match := _PROJECT.match(payload.text(*place)):
            return match["path"].rsplit("/", 1)[-1], match["path"]
    number = payload.text("project_id") or payload.text("pipeline", "project_id")
    return "", number or payload.text("deployable", "pipeline", "project_id")


def _deployment(payload: Payload) -> Found:
    name, path = _project(payload)
    environment, sha, ref = payload.text("environment", "name"), payload.text("sha"), payload.text("ref")
    job = payload.text("deployable", "name")
    begin = ("deployable", "started_at") if not is_never(payload.at("deployable", "started_at")) else ("created_at",)
    end = ("deployable", "finished_at") if not is_never(payload.at("deployable", "finished_at")) else ("updated_at",)
    what = " ".join(part for part in ("Deployment of", name or path, ref, f"({sha[:8]}) to", environment) if part)
    yield from begun_and_over(
        payload, begin, end, what,
        kind=kind_of(job), service=name, environment=environment, reference=sha,
        fingerprint=f"gitlab:{path}:deployment:{payload.text('id')}",
        actor=actor_of(payload.below("user")),
        attributes={
            "version": ref, "commit": sha, "number": payload.text("id"),
            "url": payload.text("deployable", "web_url"), "job": job,
            "description": payload.text("deployable", "commit", "title"),
        },
    )  # fmt: skip


def _pipeline(payload: Payload) -> Found:
    name, path = _project(payload)
    number, sha = payload.text("id"), payload.text("sha")
    begin = "started_at" if not is_never(payload.at("started_at")) else "created_at"
    end = "finished_at" if not is_never(payload.at("finished_at")) else "updated_at"
    what = payload.text("name") or number
    yield from begun_and_over(
        payload, (begin,), (end,), f"Pipeline {what} of {name or path}",
        kind=ChangeKind.PIPELINE, service=name, reference=sha, fingerprint=f"gitlab:{path}:pipeline:{number}",
        actor=actor_of(payload.below("user")),
        attributes={
            "commit": sha, "branch": payload.text("ref"), "number": number, "url": payload.text("web_url"),
            "trigger": payload.text("source"), "check": payload.text("name") or "pipeline",
        },
    )  # fmt: skip


def _job(payload: Payload) -> Found:
    name, path = _project(payload)
    found = False
    for record in read_job(payload, name or path, path, payload.text("pipeline", "sha"), "gitlab"):
        found = True
        yield record
    if not found:
        what = f"job {payload.text('name')} ({payload.text('status')}) has neither begun nor ended."
        yield payload.failure(what, "Export the jobs again when they are over.", lost=0)


ANSWERS: dict[str, Callable[[Payload], Found]] = {"deployment": _deployment, "pipeline": _pipeline, "job": _job}
