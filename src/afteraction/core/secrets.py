"""What looks like a secret in a text, and the same text without it.

Knows the shapes of keys, tokens and passwords. Refuses to touch originals: only what is shown or exported passes here.
"""

from __future__ import annotations

import re

HIDDEN = "••••"

# What may begin anywhere in a long word has a bound, or begins where the word does: the time that a text takes grows as
# its length, whoever wrote it.
_SHAPES = re.compile(
    r"""
    -----BEGIN[ ][A-Z ]*PRIVATE[ ]KEY-----.*?(?:-----END[ ][A-Z ]*PRIVATE[ ]KEY-----|\Z)
    | \b(?:AKIA|ASIA)[0-9A-Z]{16}\b
    | \bgh[pousr]_[A-Za-z0-9]{30,}\b
    | \bgithub_pat_[A-Za-z0-9_]{40,}\b
    | \bxox[abeoprs]-[A-Za-z0-9-]{10,}
    | \bsk_(?:live|test)_[A-Za-z0-9]{10,}\b
    | \bglpat-[A-Za-z0-9_-]{20,}
    | \beyJ[A-Za-z0-9_-]{8,2000}+\.[A-Za-z0-9_-]{8,}+\.[A-Za-z0-9_-]{4,}
    """,
    re.VERBOSE | re.DOTALL,
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{12,}")
_ASSIGNED = re.compile(
    r"""(?ix)
    (["']?(?<![\w.-])[\w.-]*(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?\b["']?
     \s*[:=]\s*)
    (?!\s|["']?(?:true|false|null|none|\*+|•+)["']?(?:\W|$))
    (?:"(?:[^"\\]|\\.)+"|'[^']+'|[^\s,;&"'}\])]+)"""
)
# What has to be there, in lower case, for the patterns above to match a text in ASCII: nearly no text has any of it.
_BEARERS = ("bearer", "basic")
_ASSIGNABLE = ("password", "passwd", "pwd", "secret", "token", "credential")
_KEYS = re.compile(r"(?:api|access|private)[_-]?key")
_SHAPED = ("-----BEGIN ", "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "xox", "sk_live_",
           "sk_test_", "glpat-", "eyJ")  # fmt: skip
_IN_URL = re.compile(r"(?i)([a-z][a-z0-9+.-]{0,40}://[^/\s:@]*):[^/\s@]+@")


def without_secrets(text: str) -> str:
    """The text with everything that looks like a secret replaced by HIDDEN; what it was assigned to stays."""
    if not text:
        return text
    # Letters outside ASCII may match others in any case (the long s of "baſic"), so such a text is always searched.
    low = text.lower() if text.isascii() else None
    if any(map(text.__contains__, _SHAPED)):
        text = _SHAPES.sub(HIDDEN, text)
    if low is None or any(map(low.__contains__, _BEARERS)):
        text = _BEARER.sub(lambda m: f"{m[1]} {HIDDEN}", text)
    if "://" in text and "@" in text:
        text = _IN_URL.sub(lambda m: f"{m[1]}:{HIDDEN}@", text)
    if low is None or any(map(low.__contains__, _ASSIGNABLE)) or ("key" in low and _KEYS.search(low)):
        text = _ASSIGNED.sub(lambda m: m[1] + HIDDEN, text)
    return text
