"""Lines in which a process speaks of itself: it starts, stops, is deployed, dies.

Knows the usual wordings. Refuses to read a request's own log line as one: such lines come in thousands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from afteraction.core.records import EventKind


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """What a line reports: a short word and the kind of event it makes."""

    word: str
    kind: EventKind


_RULES: tuple[tuple[re.Pattern[str], Lifecycle], ...] = tuple(
    (re.compile(pattern, re.I), Lifecycle(word, kind))
    for pattern, word, kind in (
        (r"\bout of memory\b|\boom[- ]?kill|\boomkilled\b", "out of memory", EventKind.SIGNAL),
        (r"\bno space left\b|\bdisk (?:is )?full\b", "disk full", EventKind.SIGNAL),
        (r"\bpanic\b|\bsegfault\b|\bsegmentation fault\b|\bcore dumped\b|\bfatal error\b", "crash", EventKind.SIGNAL),
        (r"\bcrash(?:ed|ing|loop\w*)?\b|\bexited with (?:code|status) [1-9]", "crash", EventKind.SIGNAL),
        (r"\bcircuit[- ]?breaker\b.*\bopen|\bopen(?:ed|ing)?\b.*\bcircuit", "circuit breaker opens", EventKind.SIGNAL),
        (r"\b(?:readiness|liveness) probe failed\b|\bmarked? (?:as )?unhealthy\b", "unhealthy", EventKind.SIGNAL),
        (r"\broll(?:ing|ed)?[ -]?back\b", "rollback", EventKind.ACTION),
        (r"\bfail(?:ing|ed)?[ -]?over\b", "failover", EventKind.ACTION),
        (r"\bdeploy(?:ing|ed|ment)?\b|\brelease[d]? (?:version|v?\d)", "deployment", EventKind.ACTION),
        (r"\b(?:feature )?flag\b.*\b(?:enabled|disabled|changed|toggled|set|on|off)\b", "flag", EventKind.ACTION),
        (r"\bconfig(?:uration)?\b.*\b(?:reload|changed|applied|updated)", "configuration", EventKind.ACTION),
        (r"\bmigrat(?:ion|ing|ed)\b", "migration", EventKind.ACTION),
        (r"\bscal(?:ed|ing) (?:up|down|out|in|to)\b", "scaling", EventKind.ACTION),
        (r"\brestart(?:ing|ed)?\b", "restart", EventKind.ACTION),
        (r"\bshutting down\b|\bshutdown\b|\bstopp(?:ed|ing)\b|\bterminat(?:ed|ing)\b|\bSIG(?:TERM|KILL|INT)\b", "stop",
         EventKind.NOTE),
        (r"^\W*start(?:ed|ing)\b|\b(?:server|service|application|worker|process|listener)\b.*\bstart(?:ed|ing|up)\b"
         r"|\blistening (?:on|at)\b|\bbooted\b|\bstartup complete\b", "start", EventKind.NOTE),
    )
)  # fmt: skip


def read_lifecycle(message: str) -> Lifecycle | None:
    """What a line says of its process, None for all others."""
    text = message[:400]
    return next((meaning for pattern, meaning in _RULES if pattern.search(text)), None)
