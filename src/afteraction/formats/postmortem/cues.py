"""Words without which a pattern of `labels` cannot fit: a cheap look before a dear one.

Knows, for each pattern, texts of which one has to stand in whatever it fits; a test derives them from the patterns
once more. Refuses to decide anything: a cue that is there says nothing yet.
"""

# Lists of words read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from functools import cache

# Letters that a pattern takes for i and s when it does not look at case, and `str.lower` does not turn into them.
_ALIKE = {0x130: "i", 0x131: "i", 0x17F: "s"}


def folded(text: str) -> str:
    """The text in the lower case in which cues are written."""
    if not text.isascii() and ("\u0130" in text or "\u0131" in text or "\u017f" in text):
        text = text.translate(_ALIKE)
    return text.lower()


def holds(text: str, cues: tuple[str, ...]) -> bool:
    """True when one of the cues stands in a folded text."""
    for cue in cues:  # noqa: SIM110 - half the time of any()
        if cue in text:
            return True
    return False


def vocabulary(text: str) -> str:
    """Every word of a folded text once: short to look through, for the many cues that a document does not hold."""
    return " ".join(set(text.split()))


def held_by(words: str, cues: tuple[str, ...]) -> tuple[str, ...]:
    """The cues that a text of this vocabulary may hold."""
    return tuple(cue for cue in cues if _kernel(cue) in words)


@cache
def _kernel(cue: str) -> str:
    """The longest word of a cue."""
    return max(cue.split(), key=len)


def for_lower(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """A pattern that does not look at case, as one that does, for ASCII text in lower case: it finds the same places
    in half the time."""
    lower = re.sub(
        r"\\.|\?P<|[A-Z]+", lambda part: part[0] if part[0][0] in "\\?" else part[0].lower(), pattern.pattern
    )
    return re.compile(lower, pattern.flags & ~re.IGNORECASE)


def for_words(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """As `for_lower`, with the choices that begin at a word put behind one look for its beginning. It fits the same
    texts from the same place on; where the fit ends may differ."""
    choices = _CHOICE.findall(pattern.pattern)
    words = [choice[2:] for choice in choices if choice.startswith(r"\b")]
    others = [choice for choice in choices if not choice.startswith(r"\b")]
    # Only patterns of one level can be cut like this; nested choices stay inside of theirs.
    assert sum(map(len, choices)) + len(choices) - 1 == len(pattern.pattern)
    grouped = [rf"\b(?:{'|'.join(words)})"] if words else []
    return for_lower(re.compile("|".join([*grouped, *others]), pattern.flags))


# A choice of the outermost level of a pattern: escapes, sets, up to three levels of brackets, anything but a bar.
_PLAIN = r"\\.|\[(?:\\.|[^\]\\])*\]|[^()|\[\\]"
_ONE = rf"\((?:{_PLAIN}|\|)*\)"
_TWO = rf"\((?:{_PLAIN}|\||{_ONE})*\)"
_THREE = rf"\((?:{_PLAIN}|\||{_TWO})*\)"
_CHOICE = re.compile(rf"(?:{_PLAIN}|{_THREE})+")


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
