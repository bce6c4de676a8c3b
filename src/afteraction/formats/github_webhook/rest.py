"""Answers of GitHub's REST API, seen as the deliveries that say the same.

Knows what single things and lists of them look like. Refuses to copy a thing: a delivery points into the answer as it
stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from afteraction.core.reading import Source
from afteraction.formats.github_webhook.deliveries import Delivery

Json = Mapping[str, Any]
_PLACE = re.compile(r"https?://[^/\s]+/(?:api/v3/)?repos/(?P<owner>[^/\s]+)/(?P<name>[^/\s]+)/(?P<rest>\S+)")
_KINDS = (
    ("deployment_status", re.compile(r"deployments/(?P<id>\d+)/statuses/\d+"), "state"),
    ("deployment", re.compile(r"deployments/\d+"), "sha"),
    ("release", re.compile(r"releases/\d+"), "tag_name"),
    ("commit", re.compile(r"commits/[0-9a-f]{7,64}"), "commit"),
    ("workflow_run", re.compile(r"actions/runs/\d+"), "head_sha"),
)
# Marks for answers longer than the head, which cannot be parsed.
_LONG = re.compile(
    r'\{\s*"total_count"\s*:\s*\d+\s*,\s*"workflow_runs"\s*:\s*\[|\[?\s*\{\s*"sha"\s*:\s*"[0-9a-f]{40,64}"\s*,\s*"node_id"'
)


def is_rest_head(text: str) -> bool:
    """True when an answer that is cut off begins like one of these."""
    return _LONG.match(text) is not None and "/repos/" in text


def rest_deliveries(source: Source, document: Any) -> Iterator[Delivery]:
    """The deliveries that an answer amounts to; none when it is no such answer."""
    if isinstance(document, dict) and isinstance(document.get("workflow_runs"), list):
        rows, below = list[tuple[int | None, Any]](enumerate(document["workflow_runs"])), "/workflow_runs"
    elif isinstance(document, list):
        rows, below = list(enumerate(document)), ""
    else:
        rows, below = [(None, document)], ""
    found = [(index, _seen(source, row)) for index, row in rows]
    if not found or any(seen is None for _, seen in found):
        return
    for index, seen in found:
        if seen is not None:
            kind, body = seen
            yield Delivery(source, kind, body, below if index is None else f"{below}/{index}", stands_for=kind)


def _seen(source: Source, row: Any) -> tuple[str, Json] | None:
    """(event, payload) of one thing; None when it is none of these."""
    url = row.get("url") if isinstance(row, dict) else None
    place = _PLACE.fullmatch(url) if isinstance(url, str) else None
    if place is None:
        return None
    for kind, path, mark in _KINDS:
        if (match := path.fullmatch(place["rest"])) and mark in row:
            repository = {"name": place["name"], "full_name": f"{place['owner']}/{place['name']}"}
            body = {"repository": repository, kind: row}
            if kind == "deployment_status":
                body["deployment"] = _deployment(source, row, match["id"])
            return kind, body
    return None


def _deployment(source: Source, status: Json, number: str) -> Json:
    """What a status is about: the deployment's own answer where it lies beside, else what the status says of it."""
    repository = source.name.rpartition("/")[2].partition(".deployment_statuses.")[0]
    beside = source.nearby(f"{repository}.deployment.{number}.json")
    if beside is not None:
        try:
            found = orjson.loads(beside.read_bytes())
        except orjson.JSONDecodeError:
            found = None
        if isinstance(found, dict) and str(found.get("id")) == number:
            return found
    return {"id": int(number), "url": status.get("deployment_url"), "environment": status.get("environment")}
