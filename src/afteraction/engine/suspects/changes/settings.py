"""Values that a diff turns: which setting, from what, to what.

Knows numbers with units, durations, switches and words behind a key. Refuses to say whether that is bad: the table of
mechanisms does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from afteraction.engine.suspects.changes.diffs import Edit, moved_out, says_nothing
from afteraction.engine.suspects.changes.words import parts_of

_TIME = {"nanosecond": 1e-9, "ns": 1e-9, "microsecond": 1e-6, "us": 1e-6, "millisecond": 1e-3, "milli": 1e-3,
         "ms": 1e-3, "second": 1.0, "sec": 1.0, "s": 1.0, "minute": 60.0, "min": 60.0, "m": 60.0, "hour": 3600.0,
         "hr": 3600.0, "h": 3600.0, "day": 86400.0, "d": 86400.0}  # fmt: skip
_SIZE = {"k": 1e3, "kb": 1e3, "ki": 1024.0, "kib": 1024.0, "mb": 1e6, "mi": 1024.0**2, "mib": 1024.0**2, "gb": 1e9,
         "g": 1e9, "gi": 1024.0**3, "gib": 1024.0**3, "t": 1e12, "ti": 1024.0**4}  # fmt: skip
_RATE = {"r/s": 1.0, "r/m": 1 / 60, "rps": 1.0, "%": 1.0}
_VALUE = re.compile(
    r"(?P<number>(?<![\w.$])\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)\s*"
    r"(?:\*\s*(?:time\.|TimeUnit\.|Duration\.|units\.)?(?P<times>[A-Z][a-z]+)\b|(?P<unit>r/[sm]|%|[A-Za-zµ]{1,12}\b))?"
    r"|(?P<text>\"[^\"]*\"|'[^']*')|(?P<word>\b(?:true|false|True|False|on|off|null|None|nil)\b)"
)
_WRAPPED = re.compile(r"\b(?:Duration\.of|TimeUnit\.|timedelta\(|Duration::from_)(\w+?)\(?(?:=|\()")
_BEHIND = re.compile(r"^(\s*-?\s*[\w.\"'-]+\s*[:=]\s*)([A-Za-z][\w.-]*)\s*$")
_LEAST_LIKENESS = 0.6


@dataclass(frozen=True, slots=True)
class Setting:
    """One value that was turned. `words` name it, its own line first, then what stands above; `before` and `after`
    are numbers in seconds, bytes or plain, or texts; `said` is the pair as written."""

    words: frozenset[str]
    above: frozenset[str]
    before: float | str
    after: float | str
    said: str
    path: str
    text: str

    @property
    def ratio(self) -> float:
        """`after` over `before`; 1 where either is no number, or zero where both are not positive."""
        if isinstance(self.before, str) or isinstance(self.after, str):
            return 1.0
        if self.before <= 0 or self.after <= 0:
            return 1.0 if self.before == self.after else (1e-3 if self.after < self.before else 1e3)
        return self.after / self.before

    @property
    def doublings(self) -> float:
        """How often it doubled (negative: halved)."""
        return math.log2(self.ratio)


def turned(edits: Sequence[Edit]) -> list[Setting]:
    """Every setting that an edit turns, in the order of the diff."""
    found = []
    for edit in edits:
        removed, added = moved_out(edit.marked("-"), edit.marked("+"))
        removed = [line for line in removed if not says_nothing(line, edit.path)]
        left = [line for line in added if not says_nothing(line, edit.path)]
        alone: list[str] = []
        for line in removed:
            twin = _twin(line, left)
            if twin is None:
                alone.append(line)
                continue
            left.remove(twin)
            found.extend(_compare(line, twin, edit))
        found.extend(_by_key(alone, left, edit))
    return found


# A number and the name right before it: `MaxOpen: 10`, `SetMaxOpenConns(50)`, `-Dpool.size=5`.
_KEYED = re.compile(r"([A-Za-z_][\w.-]*)\s*(?:[:=(]|:=|,|\s)\s*[\"']?(?=\d)")


def _by_key(removed: Sequence[str], added: Sequence[str], edit: Edit) -> list[Setting]:
    """Numbers whose names share at least two words, or all of them, on lines that are otherwise unlike."""
    found = []
    before_them = [(text, match) for text in removed for match in _KEYED.finditer(text)]
    after_them = [(text, match) for text in added for match in _KEYED.finditer(text)]
    for line, match in before_them:
        words = set(parts_of(match.group(1)))
        for other, twin in after_them:
            names = set(parts_of(twin.group(1)))
            shared = words & names
            if shared and (len(shared) >= 2 or words == names) and len(shared) >= 0.66 * min(len(words), len(names)):
                before, after = _VALUE.match(line, match.end()), _VALUE.match(other, twin.end())
                if before and after and before["number"] and after["number"]:
                    old, new = _value(before, 1.0), _value(after, 1.0)
                    if old != new:
                        every = frozenset(_names(line)) | frozenset(_names(other))
                        said = f"{before.group(0)} → {after.group(0)}"
                        found.append(Setting(every, frozenset(), old, new, said, edit.path, other.strip()))
                break
    return found


def _twin(line: str, others: list[str]) -> str | None:
    mould, words = _mould(line), set(_names(line))
    best, likeness = None, 0.0
    for other in others:
        if _mould(other) == mould:
            return other
        names = set(_names(other))
        alike = len(words & names) / len(words | names) if words | names else 0.0
        if alike > likeness and len(_values(other)) == len(_values(line)):
            best, likeness = other, alike
    return best if likeness >= _LEAST_LIKENESS else None


def _compare(line: str, twin: str, edit: Edit) -> list[Setting]:
    before, after = _values(line), _values(twin)
    if len(before) != len(after):
        return []
    words = frozenset(_names(line)) | frozenset(_names(twin))
    above = frozenset(word for text in _above(line, edit) for word in _names(text))
    return [
        Setting(words, above, old, new, f"{old_text} → {new_text}", edit.path, twin.strip())
        for (old, old_text), (new, new_text) in zip(before, after, strict=True)
        if old != new
    ]


def _above(line: str, edit: Edit) -> list[str]:
    """The heading, and up to three lines before this one: a YAML key's parents, a function's signature."""
    position = next((i for i, (mark, text) in enumerate(edit.lines) if mark == "-" and text == line), 0)
    before = [text for mark, text in edit.lines[max(0, position - 4) : position] if mark == " "]
    return [edit.heading, *before]


@lru_cache(maxsize=8192)
def _names(line: str) -> tuple[str, ...]:
    """The parts of all names of a line, and each name whole (`requestperminute`)."""
    found = []
    for name in re.findall(r"[A-Za-z_$][\w$-]*", _VALUE.sub(" ", line)):
        parts = [part for part in parts_of(name) if not part.isdigit()]
        found += [*parts, "".join(parts)] if len(parts) > 1 else parts
    return tuple(found)


@lru_cache(maxsize=8192)
def _mould(line: str) -> str:
    """The line with every value blanked; a bare word behind a key is a value too."""
    line = re.sub(r"(\{|,\s*)?(//|#).*$", r"\1", line)
    blank = _BEHIND.sub(r"\1§", line)
    return re.sub(r"\s+", "", _VALUE.sub("§", blank)).rstrip(",;")


@lru_cache(maxsize=8192)
def _values(line: str) -> tuple[tuple[float | str, str], ...]:
    line = re.sub(r"\s(//|#).*$", "", line)
    behind = _BEHIND.match(line)
    if behind and not _VALUE.search(line):
        return ((behind.group(2), behind.group(2)),)
    wrapped = _WRAPPED.search(line)
    around = _TIME.get(wrapped.group(1).lower().rstrip("s"), 1.0) if wrapped else 1.0
    return tuple((_value(match, around), match.group(0).strip()) for match in _VALUE.finditer(line))


def _value(match: re.Match[str], around: float) -> float | str:
    if match["number"] is None:
        text = (match["text"] or match["word"]).strip("\"'")
        inner = _VALUE.fullmatch(text)
        return _value(inner, around) if inner and inner["number"] else text
    number = float(match["number"].replace("_", ""))
    if match["times"]:
        return number * _TIME.get(match["times"].lower().rstrip("s"), 1.0)
    unit = match["unit"] or ""
    if unit in ("M", "G"):
        return number * _SIZE[unit.lower() + "b"]
    low = unit.lower()
    factor = _RATE.get(low) or _TIME.get(low) or _TIME.get(low.rstrip("s")) or _SIZE.get(low)
    return number * (factor or around)
