"""What a source is told and what it tells: the contract between a connector and everything above it.

Knows steps (one request, one original) and windows. Refuses to send anything: `asking` does.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from afteraction.core.errors import AfteractionError

Params = tuple[tuple[str, str], ...]
_LONGEST_NAME = 80


class PullStopped(AfteractionError):
    """Why a pull cannot go on now. What came before stays, and the same pull begins at its next step. `wait` is the
    number of seconds after which the source answers again, 0 where nobody knows."""

    def __init__(self, what: str, *, where: str = "", next_step: str = "", wait: float = 0.0) -> None:
        super().__init__(what, where=where, next_step=next_step)
        self.wait = wait


class StepRefused(AfteractionError):
    """Why one step has no answer; the other steps may have one."""


@dataclass(frozen=True)
class Wanted:
    """What somebody wants from a source: `asks` in its own terms (queries, channels, repositories), and the window
    from `start` to `end` (UTC). `options` are the source's own, as text; each puller names its own."""

    asks: tuple[str, ...]
    start: datetime
    end: datetime
    options: Mapping[str, str] = field(default_factory=dict)

    def option_seconds(self, name: str) -> float | None:
        """An option that is a number of seconds, or None; AfteractionError when it is none."""
        told = self.options.get(name, "")
        if not told:
            return None
        try:
            seconds = float(told)
        except ValueError:
            seconds = 0.0
        if not 0 < seconds < 10**8:
            raise AfteractionError(f'"{told}" is no {name} in seconds.', next_step=f"Type it like --{name} 30.")
        return seconds


@dataclass(frozen=True)
class Step:
    """One request, whose answer becomes the original `name`: `path` below the source's address, with `params`."""

    name: str
    path: str
    params: Params = ()

    def parameter(self, name: str) -> str:
        """The value of a parameter; empty where there is none."""
        return next((value for key, value in self.params if key == name), "")

    def with_parameters(self, **changed: str) -> Params:
        """The parameters with some replaced or added."""
        kept = tuple((key, changed.pop(key, value)) for key, value in self.params)
        return (*kept, *changed.items())


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are in lower case; `url` is what was asked, without secrets."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON; PullStopped when it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise PullStopped(
                "the answer is not JSON.", where=self.url, next_step="Check that the address is the one of the API."
            ) from None


@dataclass(frozen=True)
class Turn:
    """What follows from an answer: whether it is kept, the steps that come next, and what is to be told."""

    is_kept: bool = True
    more: Sequence[Step] = ()
    told: str = ""


class Puller(Protocol):
    """A source. `name` is its folder's; `title` and `ask_word` are for people ("PromQL expression"), `is_ask_needed`
    says whether there has to be one; `address` is where it answers unless said otherwise, empty where everybody has
    their own; `options` maps the options that it takes to what they mean."""

    name: str
    title: str
    ask_word: str
    is_ask_needed: bool
    address: str
    options: Mapping[str, str]

    def headers(self, token: str, options: Mapping[str, str]) -> dict[str, str]:
        """What goes with every request; `token` may be empty."""
        ...

    def first(self, wanted: Wanted) -> Sequence[Step]:
        """The steps that are known before anything is asked; AfteractionError for what cannot be asked."""
        ...

    def after(self, step: Step, answer: Answer, wanted: Wanted) -> Turn:
        """What to do with an answer of status 200. Raises StepRefused or PullStopped."""
        ...


def bearer_or_basic(token: str) -> dict[str, str]:
    """The header of a token; `user:password` is a basic one."""
    import base64

    if not token:
        return {}
    if ":" in token:
        return {"Authorization": f"Basic {base64.b64encode(token.encode()).decode()}"}
    return {"Authorization": f"Bearer {token}"}


def file_word(text: str) -> str:
    """A text as part of a file's name: itself where it can be, else what can be kept of it and a short hash."""
    word = re.sub(r"[^A-Za-z0-9_:]+", "_", text).strip("_")[:_LONGEST_NAME].replace(":", "_")
    if word == text:
        return word
    return f"{word}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"


def stamp(moment: datetime) -> str:
    """A moment as part of a file's name: 20260512T140000Z."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def parsed_moment(told: object) -> datetime | None:
    """An ISO 8601 text with a zone as a moment; None for everything else."""
    try:
        found = datetime.fromisoformat(str(told).replace("Z", "+00:00"))
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo is not None else None
