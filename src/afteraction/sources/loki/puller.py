"""Pulls answers of Loki's `query_range`: log lines hour by hour, metric expressions as a whole.

Knows that an answer ends at its limit without saying whether more is there
(https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-within-a-range-of-time), and that `start` is
inclusive and `end` is not. Refuses to keep an answer that its limit cut off: the stretch before its last line is asked
again, and the rest from that line on, so that no line comes twice and none is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from afteraction.core.errors import AfteractionError
from afteraction.sources.pulls import Answer, Step, StepRefused, Turn, Wanted, bearer_or_basic, file_word
from afteraction.sources.ranges import stretches

PATH = "/loki/api/v1/query_range"
_LIMIT = 5_000
_HOUR = 3600 * 10**9
_MOST_HOURS = 24 * 92


@dataclass(frozen=True)
class Loki:
    """The source of this folder. Each ask is a LogQL query: of lines when it begins with `{`, else of samples."""

    name: str = "loki"
    title: str = "Loki"
    ask_word: str = "LogQL query"
    is_ask_needed: bool = True
    address: str = ""
    options: Mapping[str, str] = field(
        default_factory=lambda: {
            "step": "seconds between two samples of a metric query; 15, or more where the window needs it",
            "limit": "lines in one answer; 5000, which is what Loki allows unless it was set otherwise",
            "tenant": "the tenant, sent as X-Scope-OrgID",
        }
    )

    def headers(self, token: str, options: Mapping[str, str]) -> dict[str, str]:
        """A bearer token, or basic for `user:password`; the tenant where one is said."""
        tenant = options.get("tenant", "")
        return {**bearer_or_basic(token), **({"X-Scope-OrgID": tenant} if tenant else {})}

    def first(self, wanted: Wanted) -> Sequence[Step]:
        """One step per query and hour; one per stretch for metric queries."""
        return [step for ask in wanted.asks for step in _steps(ask, wanted)]

    def after(self, step: Step, answer: Answer, wanted: Wanted) -> Turn:
        """Keeps whole answers; cuts the stretch of one that is full at its last line."""
        found = answer.json()
        data = found.get("data") if isinstance(found, dict) else None
        if not isinstance(found, dict) or found.get("status") != "success" or not isinstance(data, dict):
            raise StepRefused("Loki does not answer the query.", where=step.name, next_step="Check it.")
        if data.get("resultType") != "streams":
            told = "" if data.get("result") else "The query matches nothing in the window."
            return Turn(told=told)
        moments = _moments(data)
        if not moments:
            return Turn(is_kept=False, told="No line in this stretch.")
        if len(moments) < int(step.parameter("limit")):
            return Turn()
        return _cut(step, max(moments))


def _steps(ask: str, wanted: Wanted) -> Iterator[Step]:
    word = file_word(ask)
    if not ask.lstrip().startswith("{"):
        for begin, params in stretches(ask, wanted):
            yield Step(f"query_range_{word}.{begin}.json", PATH, params)
        return
    if wanted.end - wanted.start > timedelta(hours=_MOST_HOURS):
        raise AfteractionError("the window is longer than a quarter of a year.", next_step="Ask for less at a time.")
    start, end = _ns(wanted.start.timestamp()), _ns(wanted.end.timestamp())
    limit = str(_limit(wanted))
    for at in range(start, end, _HOUR):
        yield _lines(ask, at, min(end, at + _HOUR), limit)


def _lines(ask: str, start: int, end: int, limit: str) -> Step:
    params = (("query", ask), ("start", str(start)), ("end", str(end)), ("limit", limit), ("direction", "forward"))
    return Step(f"query_range_{file_word(ask)}.{start}-{end}.json", PATH, params)


def _limit(wanted: Wanted) -> int:
    told = wanted.options.get("limit", "")
    if not told:
        return _LIMIT
    if not told.isdecimal() or not 2 <= int(told) <= 1_000_000:
        raise AfteractionError(f'"{told}" is no number of lines.', next_step="Type it like --limit 5000.")
    return int(told)


def _ns(seconds: float) -> int:
    """Epoch nanoseconds, exact to the microsecond."""
    return round(seconds * 10**6) * 1_000


def _moments(data: Mapping[str, Any]) -> list[int]:
    """The time of every line, in epoch nanoseconds."""
    try:
        return [int(value[0]) for stream in data.get("result") or () for value in stream["values"]]
    except (KeyError, TypeError, ValueError, IndexError):
        raise StepRefused("Loki's answer has lines without a time.") from None


def _cut(step: Step, last: int) -> Turn:
    ask, limit = step.parameter("query"), step.parameter("limit")
    start, end = int(step.parameter("start")), int(step.parameter("end"))
    if last > start:
        more = (_lines(ask, start, last, limit), _lines(ask, last, end, limit))
        return Turn(is_kept=False, more=more, told="Full: asked again in two parts.")
    if start + 1 >= end:
        return Turn(told=f"{limit} lines of one nanosecond; there may be more. Take a higher --limit.")
    # More lines of one moment than fit: that moment by itself, and what comes behind it.
    more = (_lines(ask, start, start + 1, limit), _lines(ask, start + 1, end, limit))
    return Turn(is_kept=False, more=more, told="Full: asked again in two parts.")


PULLER = Loki()
