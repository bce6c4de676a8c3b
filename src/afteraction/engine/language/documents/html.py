"""A page as text: headings, paragraphs, items and rows as Markdown has them, each word with its place in the page.

Knows elements and character references. Refuses to read scripts, code and quotations.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from html import unescape

from afteraction.engine.language.texts.legible import Legible, Weaving
from afteraction.engine.language.texts.masking import THING

_MARK = re.compile(
    r"<!--|<(?P<close>/?)(?P<name>[A-Za-z][\w:-]{0,40})(?P<rest>[^<>]*)>|<[!?][^<>]*>"
    r"|&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});"
)
_LOOKS = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|p|div|h[1-6]|ul|ol|table|section|article|main|span|meta)\b",
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_UNSAID = frozenset({"script", "style", "template", "svg", "head", "noscript", "textarea", "select", "nav"})
_OTHERS_WORDS = frozenset({"pre", "blockquote"})
_THINGS = frozenset({"code", "kbd", "samp", "q", "tt", "var"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset({"b", "strong"})
_LONGEST_STATE = 20
_STATE = re.compile(
    r"(?:provisional|proposed|committed|accepted|open|planned|in progress|claimed done|not yet|verified|drifted|cancelled|declined|to ?do)",
    re.IGNORECASE,
)
_INLINE = frozenset(
    {"a", "abbr", "em", "i", "u", "s", "span", "small", "sub", "sup", "mark", "font", "time", "label", "del", "ins",
     "cite", "dfn", "img", "wbr", "bdi", "bdo", "input", "button", "big", "data"}
)  # fmt: skip


def looks_like_html(text: str) -> bool:
    """Whether a text begins as a page or a piece of one does."""
    return _LOOKS.match(text[:4_000]) is not None


def read_html(text: str) -> Legible:
    """The page as a text of blocks. Whatever is broken is read as far as it goes."""
    weaving = Weaving(text)
    missing: set[str] = set()
    bold = False
    depth, shows, in_item = 0, 0, False
    done, at, fresh = 0, 0, True
    while match := _MARK.search(text, at):
        at = match.end()
        words = text[done : match.start()].strip()
        if in_item and len(words) < _LONGEST_STATE and _STATE.fullmatch(words):
            # The state in front of a change, as our own reports have it, is not what is to be done.
            weaving.put("", done, match.start())
            words = ""
        else:
            weaving.keep(done, match.start())
        said = bool(words)
        fresh, in_item = fresh and not said, in_item and not said
        done = at
        if match[0] == "<!--":
            close = text.find("-->", at)
            done = at = close + 3 if close >= 0 else at
        elif match[0][0] == "&":
            weaving.put(unescape(match[0]), match.start(), at)
        elif match["name"]:
            name = match["name"].lower()
            held = name in _UNSAID or name in _OTHERS_WORDS or name in _THINGS
            if held and not match["close"] and not match["rest"].endswith("/") and name not in missing:
                end = _end_of(text, name, at)
                if end < 0:
                    missing.add(name)
                else:
                    done = at = end
            shown = _shown(name, bool(match["close"]))
            if name in _BOLD:
                # Bold words that begin a block may be its title; within a sentence they are words.
                shown, bold = ("**", not match["close"]) if (bold if match["close"] else fresh) else ("", False)
            elif shown:
                fresh = name not in _THINGS
                if name == "li":
                    in_item = not match["close"]
                    sign = "Done when: " if shows and shows == depth else ""
                    shown = f"\n\n{'  ' * (depth - 1)}- {sign}" if in_item else "\n"
                elif in_item and fresh and not match["close"] and name not in ("ul", "ol"):
                    # The paragraph that an item begins with is the item.
                    shown = " "
            if name in ("ul", "ol"):
                depth = max(0, depth + (-1 if match["close"] else 1))
                # What shows that a change is done is listed below it, and is no change of its own.
                shows = depth if "Done when" in match["rest"] else shows if depth >= shows else 0
            weaving.put(shown, match.start(), done)
    weaving.keep(done, len(text))
    return weaving.done()


def _shown(name: str, closes: bool) -> str:
    """What stands for an element's tag."""
    if name in _HEADINGS:
        return "\n\n" if closes else f"\n\n{'#' * _HEADINGS[name]} "
    if name in _THINGS:
        return "" if closes else THING * 3
    if name in _BOLD:
        return "**"
    if name in _INLINE:
        return ""
    if name in ("td", "th"):
        return " |" if closes else " "
    if name == "tr":
        return "\n" if closes else "\n|"
    return "\n\n"


def _end_of(text: str, name: str, after: int) -> int:
    """Behind the closing tag of an element, those inside it aside; -1 where it is not closed."""
    depth = 1
    for match in re.compile(rf"<(/?){name}\b[^<>]*>", re.IGNORECASE).finditer(text, after):
        depth += -1 if match[1] else 1
        if depth == 0:
            return match.end()
    return -1
