"""A text as it was meant, of one as it was pasted: without characters that are not seen, entities as their characters.

Knows characters of no width and the entities of HTML. Refuses to lose a place: every code point knows where it stood.
"""

from __future__ import annotations

import re
from html import unescape

from afteraction.engine.language.texts.legible import Legible, Weaving

_UNSEEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]+|&(?:#\\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}\\d{0,2});"
)


def as_meant(text: str) -> Legible | None:
    """The text as it was meant with the places of the text as it was pasted; None where both are the same."""
    if "&" not in text and (text.isascii() or not _UNSEEN.search(text)):
        return None
    weaving = Weaving(text)
    done = 0
    for found in _UNSEEN.finditer(text):
        said = unescape(found[0]) if found[0][0] == "&" else ""
        # What is no entity stays; an angle bracket that was escaped is no tag.
        if said == found[0]:
            continue
        weaving.keep(done, found.start())
        weaving.put(said.replace("<", "‹").replace(">", "›").replace("\u00ad", ""), found.start(), found.end())
        done = found.end()
    if not done:
        return None
    weaving.keep(done, len(text))
    return weaving.done()
