"""Words without which a pattern of `labels` cannot fit: a cheap look before a dear one.

Knows, for each pattern, texts of which one has to stand in whatever it fits; a test derives them from the patterns
once more. Refuses to decide anything: a cue that is there says nothing yet.
"""

# Lists of words read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

# Letters that a pattern takes for i and s when it does not look at case, and `str.lower` does not turn into them.
_ALIKE = {0x130: "i", 0x131: "i", 0x17F: "s"}


def folded(text: str) -> str:
    """The text in the lower case in which cues are written."""
    return text.lower() if text.isascii() else text.translate(_ALIKE).lower()


def holds(text: str, cues: tuple[str, ...]) -> bool:
    """True when one of the cues stands in a folded text."""
    for cue in cues:  # noqa: SIM110 - half the time of any()
        if cue in text:
            return True
    return False


# In the order of `labels._KINDS`.
KINDS = (
    ("complain", "email", "let us know", "mention", "noti", "raise", "reach", "report", "support ticket", "ticket is opened by the community"),
    (" operational", "back ", "end of ", "is ok", "issue goes away", "outage ends", "recover", "report", "resolved", "restored", "resume", "return", "self-heal", "system", "working again"),
    ("[firing", "alarm", "alert", "check", "detected", "first ", "icinga", "monitor", "nagios", "page", "pingdom", "problem", "shinken", "team a"),
    ("announc", "communicat", "community informed", "notice", "notif", "post", "publish", "send", "sent", "share", "status", "tweet", "updates "),
    ("applied", "applies fix", "deploy", "depool", "disable", "downgraded", "fail", "fix ", "hot", "mitigat", "release", "revert", "roll", "scale", "ship", "throttl", "workaround"),
    ("brought in", "call", "escalat", "hand", "incident ", "involve", "join", "paged", "ping", "pulled in", "room", "ticket "),
    ("agree", "conclude", "decid", "decision", "opt"),
    ("are down", "climb", "crash", "degrad", "drop", "elevated", "error", "exhaust", "fail", "fatal", "full", "goes down", "grow", "increas", "is down", "lag", "latency", "oom", "outage begins", "reaches", "rise", "saturat", "spike", "stop", "timeout", "timing out", "unavailable", "unreachable", "unresponsive", "went down"),
    ("add", "appl", "changed", "cordon", "creat", "delet", "deploy", "disabl", "enabl", "filed", "increas", "install", "investigat", "kill", "launched", "merg", "migrat", "open", "patch", "ran", "reboot", "releas", "remov", "revok", "roll", "rotat", "run", "scal", "start", "stop", "switch", "sync", "triggered", "updat", "upgrad"),
)  # fmt: skip
# In the order of `labels._PHRASES`.
PHRASES = (
    ("resolved",),
    ("incident ", "resolved"),
    ("closed",),
    ("mitigated",),
    ("declared",),
    ("incident declared",),
    ("begins", "starts"),
    (" of ", "incident start", "problem starts"),
    ("ends", "over"),
    ("end of ", "incident ended"),
    ("root cause ",),
)  # fmt: skip
# In the order of `labels._BEFORE_TIME`.
BEFORE_TIME = (
    ("began", "begin", "started", "starting"),
    ("ended", "lasted until", "was over"),
    ("resolved",),
    ("detected", "discovered", "noticed"),
    ("incident",),
)  # fmt: skip
