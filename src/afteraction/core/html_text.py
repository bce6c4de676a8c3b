"""Fragments of HTML as the text that a reader sees.

Knows tags, line breaks and entities. Refuses to run, fetch or lay out anything, and whole pages: it serves the markup
inside one field of a record.
"""

from __future__ import annotations

import html
import re

_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^>]*>|</(?:p|div|li|tr|h[1-6]|blockquote|pre)\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_BLANKS = re.compile(r"\s+")


def plain_text(markup: str) -> str:
    """The text of a fragment: one line for each line, paragraph, list item or table row, blanks folded, empty lines
    left out. Text without markup comes back as it is, but for blanks and entities."""
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", _UNSEEN.sub("", markup))))
    return "\n".join(line for part in text.splitlines() if (line := _BLANKS.sub(" ", part).strip()))
