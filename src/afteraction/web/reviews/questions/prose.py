"""What people write in a review as HTML: plain Markdown, with citations as links to the originals.

Knows paragraphs, lists, emphasis, code and `[E7]`. Refuses markup: a tag that somebody writes is shown as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

Json = dict[str, Any]
CITATION = re.compile(r"\[(E\d+)((?:,?\s[^\]\n]{1,80})?)\]")
_LINE = re.compile(r"\bline\s+(\d{1,9})")
_SPANS = re.compile(r"\*\*(?P<strong>[^*\n]+)\*\*|\*(?P<em>[^*\n]+)\*|`(?P<code>[^`\n]+)`")
_ITEM = re.compile(r"^(?:[-*]|(?P<number>\d{1,3})[.)])\s+(?P<text>.+)$")
_WORD = re.compile(r"\S*[^\W_]\S*")


@dataclass(frozen=True)
class Originals:
    """Where each citation of an incident leads, by its label."""

    key: str
    hashes: Mapping[str, str]

    @classmethod
    def of(cls, key: str, head: Json) -> Originals:
        """The originals of an analysis; none without one."""
        return cls(key, {file["label"]: file["sha256"] for file in head.get("files", ())})

    def link(self, label: str, place: str = "") -> SafeString:
        """A citation as a link; one that names no piece of evidence says so."""
        shown = escape(label + place)
        sha256 = self.hashes.get(label)
        if sha256 is None:
            return SafeString(f'<span class="cite missing" title="No evidence has this label.">{shown}</span>')
        line = _LINE.search(place)
        address = reverse("evidence:original", args=[self.key, sha256]) + (f"?line={line[1]}" if line else "")
        return SafeString(f'<a class="cite" href="{escape(address)}">{shown}</a>')


def rendered(text: str, originals: Originals) -> SafeString:
    """Markdown as HTML. Each line that is no item of a list goes on in its paragraph."""
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    return SafeString("\n".join(_block(block, originals.link) for block in blocks))


def words_in(text: str) -> int:
    """How many words a text has; citations are none."""
    return len(_WORD.findall(CITATION.sub(" ", text)))


def cited_in(text: str) -> list[str]:
    """The labels that a text cites, each once."""
    return list(dict.fromkeys(match[1] for match in CITATION.finditer(text)))


def plain(text: str) -> str:
    """A text without its citations and marks, for a line that quotes it."""
    return " ".join(_SPANS.sub(lambda m: m["strong"] or m["em"] or m["code"], CITATION.sub("", text)).split())


def _block(block: str, link: Callable[[str, str], str]) -> str:
    lines = [line.strip() for line in block.strip().splitlines()]
    heading = re.match(r"^#{1,4}\s+(.+)$", lines[0])
    if heading and len(lines) == 1:
        return f"<h3>{_inline(heading[1], link)}</h3>"
    items = [_ITEM.match(line) for line in lines]
    if all(items):
        name = "ol" if items[0] and items[0]["number"] else "ul"
        told = "".join(f"<li>{_inline(each['text'], link)}</li>" for each in items if each)
        return f"<{name}>{told}</{name}>"
    return f"<p>{_inline(' '.join(lines), link)}</p>"


def _inline(text: str, link: Callable[[str, str], str]) -> str:
    out, at = [], 0
    for match in CITATION.finditer(text):
        out += [_spans(text[at : match.start()]), str(link(match[1], match[2]))]
        at = match.end()
    return "".join([*out, _spans(text[at:])])


def _spans(text: str) -> str:
    def marked(match: re.Match[str]) -> str:
        name = next(each for each in ("strong", "em", "code") if match[each])
        return f"<{name}>{match[name]}</{name}>"

    return _SPANS.sub(marked, escape(text, quote=False))
