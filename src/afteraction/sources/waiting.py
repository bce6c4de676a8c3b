"""How long a source asks to wait.

Knows Retry-After (RFC 9110), GitHub's X-RateLimit-Reset (epoch seconds) and PagerDuty's ratelimit-reset (seconds to
go). Refuses to wait itself: the clock is the caller's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from afteraction.sources.pulls import Answer

_BUSY = {500, 502, 503, 504}
_LIMITED = ("x-ratelimit", "ratelimit")
# Smaller numbers are seconds to go, larger ones a moment.
_FIRST_EPOCH = 1_000_000_000


@dataclass(frozen=True)
class Patience:
    """The clock, and how much of it is spent: `most_tries` for one request, `longest` seconds for one wait."""

    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time
    most_tries: int = 6
    longest: float = 900.0


def told_wait(answer: Answer, now: float) -> float | None:
    """Seconds to wait before the same request is sent again, as the source says it; None when it says nothing."""
    told = answer.headers.get("retry-after", "").strip()
    if told:
        seconds = _number(told)
        if seconds is not None:
            return max(0.0, seconds)
        try:
            return max(0.0, parsedate_to_datetime(told).timestamp() - now)
        except (ValueError, TypeError):
            return None
    return until_reset(answer, now) if is_limited(answer) else None


def is_limited(answer: Answer) -> bool:
    """True when the answer says: too many requests. GitHub says it with 403 too."""
    return answer.status == 429 or (answer.status == 403 and (_is_used_up(answer) or "retry-after" in answer.headers))


def is_busy(answer: Answer) -> bool:
    """True when the source may answer a moment later."""
    return answer.status in _BUSY


def until_reset(answer: Answer, now: float) -> float | None:
    """Seconds until requests are counted anew, where none is left; None where some are, or nothing is said."""
    if not _is_used_up(answer):
        return None
    for prefix in _LIMITED:
        reset = _number(answer.headers.get(f"{prefix}-reset", ""))
        if reset is not None:
            # A second more: both clocks are rounded.
            return max(0.0, reset - now) + 1.0 if reset >= _FIRST_EPOCH else max(0.0, reset)
    return None


def backoff(tries: int) -> float:
    """Seconds before try number `tries` + 1 where nobody said how long: 1, 2, 4 … 30."""
    return min(30.0, 2.0 ** (tries - 1))


def _is_used_up(answer: Answer) -> bool:
    return any(_number(answer.headers.get(f"{prefix}-remaining", "")) == 0 for prefix in _LIMITED)


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0 <= found < 1e12 else None
