"""Takes out of a text what its author did not say in their own voice: code, addresses, quotations, log lines, markup.

Knows how these are written. Refuses to move anything: the masked text is as long as the text, in code points, so that
every place in one is the same place in the other.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

# One character that no text means anything by; a run of it stands for a thing.
THING = "\ue000"
_LONGEST_QUOTE = 400
_LONGEST_ADDRESS = 2_000
_OPENERS = re.compile(r"""`+|~~~+|<!--|<(?=[A-Za-z/])|https?://|["“„«]|''+|'|‘|\]\(|\{\{|[*_]""")
_URL = re.compile(r"https?://[^\s<>\"'`|]{1,2000}")
_TAG = re.compile(r"</?(?P<name>[A-Za-z][\w-]{0,20})(?:\s[^<>]{0,500})?/?>")
# A word in angle brackets that is none of these is a placeholder or a type, unless it is written as a tag.
_TAGS = frozenset(["a", "abbr", "address", "article", "aside", "audio", "b", "base", "bdi", "bdo", "big", "blockquote", "body", "br", "button", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark", "meta", "nav", "nowiki", "object", "ol", "option", "p", "param", "pre", "q", "ref", "s", "samp", "script", "section", "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "syntaxhighlight", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "tt", "u", "ul", "var", "video", "wbr"])  # fmt: skip
_HELD = frozenset({"pre", "code", "script", "style", "blockquote", "kbd", "samp", "q", "nowiki", "syntaxhighlight"})
_CLOSERS = {'"': '"', "“": "”", "„": '“”"', "«": "»", "‘": "’", "'": "'"}
_LINE = re.compile(
    r"^(?:[ \t]*>.*"  # a block quote
    r"|[ \t]*(?:at [\w$.<>/]+\(.*|Traceback \(most recent.*|File \"[^\"\n]*\", line \d+.*|Caused by: [\w.$]+(?:Exception|Error)\b.*)"
    r"|\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^ \n]{0,14}\]?[ \t|]+\[?(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|CRIT(?:ICAL)?)\b.*"
    r"|(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|CRITICAL)[: \[].*"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ ]+\d{1,2} \d\d:\d\d:\d\d [\w.-]+ [\w./-]+(?:\[\d+\])?:.*"
    r"|[ \t]*\$ .*)$",
    re.MULTILINE,
)  # fmt: skip


def mask(text: str) -> str:
    """The text with runs of `THING` over what is not its author's own wording, and blanks over bare markup; as long as
    the text. Short quotations stay: "operator error" in quotes is still the author's word."""
    ends: dict[str, int] = {}
    pieces: list[str] = []
    done = 0
    for match in _OPENERS.finditer(text):
        start = match.start()
        if start < done:
            continue
        end, fill = _extent(text, match, ends)
        if end <= start:
            continue
        pieces.append(text[done:start])
        pieces.append(_cover(text[start:end], fill))
        done = end
    masked = "".join(pieces) + text[done:] if pieces else text
    return _LINE.sub(lambda match: _cover(match[0], THING), masked)


def _cover(part: str, fill: str) -> str:
    """The part under the fill; line ends stay, so that paragraphs stay apart."""
    if "\n" not in part:
        return fill * len(part)
    return "".join(char if char in "\r\n" else fill for char in part)


def _extent(text: str, match: re.Match[str], ends: dict[str, int]) -> tuple[int, str]:
    """Where what opens here ends, and what to put over it; the end is the start where nothing opens."""
    opener, start = match[0], match.start()
    if opener[0] in "`~":
        return _after_code(text, opener, match.end(), ends), THING
    if opener == "<!--":
        close = _find(text, "-->", match.end(), ends)
        return (close + 3 if close >= 0 else match.end()), " "
    if opener == "<":
        return _after_tag(text, start, ends)
    if opener.startswith("http"):
        found = _URL.match(text, start)
        return (found.end() if found else start), THING
    if opener == "](":
        close = _find(text, ")", match.end(), ends)
        near = 0 <= close - start < _LONGEST_ADDRESS and "\n" not in text[start:close]
        return (close + 1 if near else start), " "
    if opener == "{{":
        close = _find(text, "}}", match.end(), ends)
        return (close + 2 if 0 <= close - start < _LONGEST_QUOTE else start), THING
    if opener in "*_":
        # Emphasis, not a bullet, an arithmetic sign or a part of a name.
        if text[match.end() : match.end() + 1].isspace() and (start == 0 or text[start - 1].isspace()):
            return start, " "
        inside = start > 0 and text[start - 1].isalnum() and match.end() < len(text) and text[match.end()].isalnum()
        return (start if inside else match.end()), " "
    if opener.startswith("''"):
        return match.end(), " "
    return _after_quote(text, opener, start, ends), THING


def _find(text: str, closer: str, start: int, ends: dict[str, int]) -> int:
    """As `str.find`, remembering what was found: many openers without an end cost one search."""
    known = ends.get(closer)
    if known is None or (known >= 0 and known < start):
        known = text.find(closer, start)
        ends[closer] = known
    return known


def _after_code(text: str, opener: str, after: int, ends: dict[str, int]) -> int:
    fence = len(opener) >= 3
    close = _find(text, opener, after, ends)
    if close < 0:
        # A fence that nobody closed holds the rest of its paragraph.
        stop = _find(text, "\n\n", after, ends) if fence else -1
        return (stop if stop >= 0 else len(text)) if fence else after
    if not fence and (close - after > _LONGEST_QUOTE or "\n\n" in text[after:close]):
        return after
    return close + len(opener)


def _after_tag(text: str, start: int, ends: dict[str, int]) -> tuple[int, str]:
    found = _TAG.match(text, start)
    if found is None:
        return start, " "
    name = found["name"].lower()
    if name not in _TAGS and not (text[start + 1] == "/" or found[0].endswith("/>") or "=" in found[0] or "-" in name):
        return start, " "
    if name in _HELD and text[start + 1] != "/":
        close = _find(text, f"</{found['name']}>", found.end(), ends)
        if close >= 0:
            return close, THING
    return found.end(), " "


def _after_quote(text: str, opener: str, start: int, ends: dict[str, int]) -> int:
    """The end of a quotation of three words or more; the start where none is, or where it is a shorter one."""
    if start > 0 and text[start - 1].isalnum():
        return start
    if start + 1 >= len(text) or text[start + 1].isspace():
        return start
    closers = _CLOSERS[opener]
    close = min((at for at in (_find(text, one, start + 1, ends) for one in closers) if at >= 0), default=-1)
    single = opener in "'‘"
    # An apostrophe within a word closes nothing; a text of many of them is no quotation.
    for _ in range(8 if single else 0):
        if not (0 <= close < start + _LONGEST_QUOTE and text[close + 1 : close + 2].isalnum()):
            break
        close = text.find(closers, close + 1, start + _LONGEST_QUOTE)
    if close < 0 or close - start > _LONGEST_QUOTE:
        return start
    inside = text[start + 1 : close]
    if "\n\n" in inside or inside.count(" ") < 2:
        return start
    return close + 1
