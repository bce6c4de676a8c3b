"""Remedies that a sentence in the passive voice tells as done: "the old endpoints were deleted" (SPEC A6).

Knows which verbs put something right. Refuses to take what went wrong for a remedy.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.words.pack import listed

_PUT_RIGHT = listed("""
    added removed deleted renewed replaced raised rotated restored fixed patched upgraded migrated reverted enabled disabled configured deployed
    documented updated created moved increased decreased lowered reduced resized rebuilt rewritten revoked renamed split merged published cleaned
    introduced implemented installed scaled tuned adjusted corrected recreated reinstalled re-enabled decommissioned retired purged
""")
_WAS_DONE = re.compile(
    r"^(?P<what>[^.;:?,]{3,90}?) (?:was|were|have been|has been) (?:then |also |since |subsequently |now |already |all )*(?P<done>[a-z-]+)\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_VALUES_SET = re.compile(
    r"^(?:[A-Z]?[\w/-]+ )(?:[\w/-]+ ){0,6}(?P<done>increased|raised|lowered|reduced|moved|migrated|switched|extended|upgraded|decreased) (?:from \S+ )?(?:to|into|onto|by)\b"
)
# Told of something that went wrong, it is no remedy.
_NOT_PUT_RIGHT = re.compile(
    r"\b(?:not|never|without|too|accidentally|wrongly|incorrectly|mistakenly|by mistake|by accident|erroneously|prematurely|because|although|though|while|unexpectedly|silently|manually)\b|n['’]t\b|, (?:which|but|so|causing|leaving)\b|\b(?:that|which|who|when|if) ",
    re.IGNORECASE,
)


def put_right(first: str) -> str:
    """The remedy that a sentence in the passive voice tells as done, "" where it tells none or what went wrong."""
    told = _WAS_DONE.match(first)
    if told is None:
        set_to = _VALUES_SET.match(first)
        return set_to["done"] if set_to and not _NOT_PUT_RIGHT.search(first) else ""
    done = told["done"].lower()
    return done if done in _PUT_RIGHT and not _NOT_PUT_RIGHT.search(first) else ""


__all__ = ("put_right",)
