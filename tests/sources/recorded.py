"""Recorded answers: a source that is played from a list, on a clock that costs no time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from afteraction.sources.asking import Access, Asking
from afteraction.sources.waiting import Patience

TOKEN = "tok-3f9c1e2a77d04b6d"


@dataclass
class Clock:
    """A clock that stands at `time` (epoch seconds) and goes on only while somebody sleeps."""

    time: float = 1_778_600_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def now(self) -> float:
        return self.time


@dataclass
class Recorded:
    """A source: `answer` gives what a request (method, path, parameters) gets; `asked` remembers every request."""

    answer: Callable[[str, dict[str, str]], Any]
    clock: Clock = field(default_factory=Clock)
    asked: list[httpx.Request] = field(default_factory=list)
    address: str = "93.184.216.34"

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        found = self.answer(request.url.path, dict(request.url.params))
        if isinstance(found, Exception):
            raise found
        if isinstance(found, httpx.Response):
            return found
        return httpx.Response(200, content=found if isinstance(found, bytes) else json.dumps(found).encode())

    def asking(self, url: str = "https://source.example", headers: dict[str, str] | None = None, **more: Any) -> Asking:
        access = Access(url, headers or {}, TOKEN, resolve=lambda *_: [self.address], **more)
        patience = Patience(sleep=self.clock.sleep, now=self.clock.now)
        return Asking(access, patience, httpx.MockTransport(self._handle))

    @property
    def paths(self) -> list[str]:
        return [request.url.path for request in self.asked]


def in_turn(*answers: Any) -> Callable[[str, dict[str, str]], Any]:
    """One answer after the other, whatever is asked."""
    left = list(answers)
    return lambda _path, _params: left.pop(0)


def refusal(status: int, body: Any = b"", **headers: str) -> httpx.Response:
    """An answer of that status; `retry_after="3"` is the header Retry-After."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx.Response(status, content=content, headers={k.replace("_", "-"): v for k, v in headers.items()})
