"""What looks like a secret in a text, and the same text without it.

Knows the shapes of keys, tokens and passwords. Refuses to touch originals: only what is shown or exported passes here.
"""

from __future__ import annotations

import re

HIDDEN = "••••"

_SHAPES = re.compile(
    r"""
    -----BEGIN[ ][A-Z ]*PRIVATE[ ]KEY-----.*?(?:-----END[ ][A-Z ]*PRIVATE[ ]KEY-----|\Z)
    | \b(?:AKIA|ASIA)[0-9A-Z]{16}\b
    | \bgh[pousr]_[A-Za-z0-9]{30,}\b
    | \bgithub_pat_[A-Za-z0-9_]{40,}\b
    | \bxox[abeoprs]-[A-Za-z0-9-]{10,}
    | \bsk_(?:live|test)_[A-Za-z0-9]{10,}\b
    | \bglpat-[A-Za-z0-9_-]{20,}
    | \beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}
    """,
    re.VERBOSE | re.DOTALL,
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{12,}")
_ASSIGNED = re.compile(
    r"""(?ix)
    (["']?\b[\w.-]*(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?\b["']?
     \s*[:=]\s*)
    (?!\s|["']?(?:true|false|null|none|\*+|•+)["']?(?:\W|$))
    (?:"(?:[^"\\]|\\.)+"|'[^']+'|[^\s,;&"'}\])]+)"""
)
_IN_URL = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://[^/\s:@]*):[^/\s@]+@")


def without_secrets(text: str) -> str:
    """The text with everything that looks like a secret replaced by HIDDEN; what it was assigned to stays."""
    if not text:
        return text
    text = _SHAPES.sub(HIDDEN, text)
    text = _BEARER.sub(lambda m: f"{m[1]} {HIDDEN}", text)
    text = _IN_URL.sub(lambda m: f"{m[1]}:{HIDDEN}@", text)
    return _ASSIGNED.sub(lambda m: m[1] + HIDDEN, text)
