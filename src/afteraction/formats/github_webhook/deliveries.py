"""Webhook deliveries in a file: bare payloads, payloads in an envelope, one or many.

Knows where a payload stands and which event it is. Refuses to know what an event means for an incident: that is
`changes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import EvidenceRef, Failure, Locator
from afteraction.core.instant import Instant
from afteraction.core.reading import Source
from afteraction.core.timestamps import read_timestamp

_BODIES = (("payload",), ("body",), ("request", "payload"), ("request", "body"))
# The object that an event is about, the telling one first: deployments carry a workflow_run of their own.
_SUBJECTS = (
    "deployment_status", "deployment", "workflow_job", "workflow_run", "release", "check_run", "check_suite",
    "pull_request", "issue",
)  # fmt: skip


# What is said of an issue or a pull request carries that one beside it.
_BESIDE = {
    ("issue", "comment"): "issue_comment", ("pull_request", "review"): "pull_request_review",
    ("pull_request", "comment"): "pull_request_review_comment",
    ("pull_request", "thread"): "pull_request_review_thread",
}  # fmt: skip


@dataclass(frozen=True)
class Delivery:
    """One webhook: its `event` name (empty when nothing tells it), its payload and where that stands.

    An answer of the API is a payload's part by itself: `stands_for` is that part's key, which is then in no pointer.
    """

    source: Source
    event: str
    body: Mapping[str, Any] = field(repr=False)
    pointer: str = ""
    line: int | None = None
    stands_for: str = ""

    def at(self, *keys: str | int) -> Any:
        """The value below these keys, or None."""
        value: Any = self.body
        for key in keys:
            if isinstance(value, Mapping) and isinstance(key, str):
                value = value.get(key)
            elif isinstance(value, list) and isinstance(key, int) and key < len(value):
                value = value[key]
            else:
                return None
        return value

    def text(self, *keys: str | int) -> str:
        """The text or number below these keys as text; empty when there is neither."""
        value = self.at(*keys)
        return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""

    def place(self, *keys: str | int) -> Locator:
        """Where the value below these keys stands in the file."""
        if self.stands_for and keys[:1] == (self.stands_for,):
            keys = keys[1:]
        return Locator(line=self.line, pointer=self.pointer + "".join(f"/{key}" for key in keys))

    def evidence(self, *keys: str | int) -> EvidenceRef:
        """A citation of that value."""
        return EvidenceRef(self.source.evidence_id, self.place(*keys), f'"{keys[-1]}": {_shown(self.at(*keys))}')

    def instant(self, *keys: str | int) -> Instant:
        """The time below these keys; UnreadableTime when there is none."""
        value = self.at(*keys)
        if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
            raise UnreadableTime(f'"{keys[-1]}" states no time.')
        return read_timestamp(value, zone=self.source.options.zone)

    def failure(self, reason: str, next_step: str, *keys: str | int) -> Failure:
        """What could not be read, with its place."""
        return Failure(self.source.name, reason, next_step, self.place(*keys))


def _shown(value: object) -> str:
    try:
        return orjson.dumps(value).decode()[:160]
    except TypeError:
        return ""


def deliveries(source: Source) -> Iterator[Delivery | Failure]:
    """Every payload of the file in its order: one object, an array, or one object per line."""
    first_line = source.head_text().lstrip().split("\n", 1)[0]
    is_whole = len(first_line) >= len(source.head) - 4 and len(source.head) < source.size
    if not is_whole and (one_per_line := _parsed(first_line)) is not None and isinstance(one_per_line, dict | list):
        yield from _by_line(source)
        return
    text = source.read_text()
    document = _parsed(text)
    if document is not None:
        yield from _within(source, document, None)
    elif _parsed(text.lstrip().split("\n", 1)[0]) is not None:
        yield from _by_line(source)
    else:
        yield Failure(source.name, f"this is not JSON: {_complaint(text)}.", "Save the delivery again.")


def _by_line(source: Source) -> Iterator[Delivery | Failure]:
    for numbered in source.lines():
        if isinstance(numbered, Failure):
            yield numbered
            continue
        number, text = numbered
        if not text.strip():
            continue
        document = _parsed(text)
        if document is None:
            yield Failure(
                source.name, f"this is not JSON: {_complaint(text)}.", "Save the delivery again.", Locator(line=number)
            )
        else:
            yield from _within(source, document, number)


def _within(source: Source, document: object, line: int | None) -> Iterator[Delivery | Failure]:
    elements = list(enumerate(document)) if isinstance(document, list) else [(None, document)]
    for index, element in elements:
        pointer = "" if index is None else f"/{index}"
        if isinstance(element, dict):
            yield unwrapped(source, element, pointer, line)
        else:
            yield Failure(
                source.name, "this is not a webhook but a bare value.", "Leave it out.", Locator(line, pointer)
            )


def unwrapped(source: Source, envelope: Mapping[str, Any], pointer: str = "", line: int | None = None) -> Delivery:
    """The payload inside whatever a receiver put around it (headers, event name, delivery id)."""
    if not isinstance(envelope.get("repository"), Mapping):
        for keys in _BODIES:
            found = Delivery(source, "", envelope).at(*keys)
            body = _parsed(found) if isinstance(found, str) else found
            if isinstance(body, Mapping):
                below = pointer + "".join(f"/{key}" for key in keys)
                return Delivery(source, _stated_event(envelope) or event_of(body), body, below, line)
    return Delivery(source, event_of(envelope), envelope, pointer, line)


def _stated_event(envelope: Mapping[str, Any]) -> str:
    """The event name that an envelope states, in its headers or beside them."""
    request = envelope.get("request")
    nested = request.get("headers") if isinstance(request, Mapping) else None
    for headers in (envelope, envelope.get("headers"), nested):
        for key, value in headers.items() if isinstance(headers, Mapping) else ():
            if str(key).lower().replace("_", "-") in ("x-github-event", "http-x-github-event"):
                value = value[0] if isinstance(value, list) and value else value
                if isinstance(value, str):
                    return value
    return next((envelope[key] for key in ("event", "name") if isinstance(envelope.get(key), str)), "")


def event_of(body: Mapping[str, Any]) -> str:
    """The event that a bare payload is, told from its shape; empty for everything else."""
    if not isinstance(body.get("repository"), Mapping) or "object_kind" in body:
        return ""
    if subject := next((name for name in _SUBJECTS if isinstance(body.get(name), Mapping)), ""):
        beside = next((word for word in ("comment", "thread", "review") if word in body), "")
        return _BESIDE.get((subject, beside), subject)
    if isinstance(body.get("commits"), list) and isinstance(body.get("ref"), str) and "after" in body:
        return "push"
    if isinstance(body.get("context"), str) and isinstance(body.get("state"), str) and "sha" in body:
        return "status"
    return ""


def _parsed(text: str) -> object | None:
    try:
        found: object = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return None
    return found


def _complaint(text: str) -> str:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return f"{error.msg} (line {error.lineno}, column {error.colno})"
    except UnicodeEncodeError:
        return "it holds half a character"
    return "it is null"
