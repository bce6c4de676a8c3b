"""Guards, locks, caches and things that are kept.

Knows the words of many languages for them. Refuses to weigh them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from afteraction.engine.suspects.changes.facts.reading import Fact, Reading, first_line, setting_that

_GUARD = re.compile(r"\b(if|unless|when|guard|assert)\b[^=]*?(!=\s*(nil|null|None|undefined)|==\s*(nil|null|None|"
                    r"undefined)|is\s+(not\s+)?None|"
                    r"===?\s*undefined|\bok\b|\.?is_?[eE]mpty|\.length|len\(|\.has\(|\.contains\w*\(|\bin\s|exists|hasattr|isPresent|=\s*0|>\s*0)|"
                    r"^\s*if\s*\(?!?\s*[\w.]+\)?\s*[{:]")  # fmt: skip


_FAILURE_GUARD = re.compile(r"\berr(or)?\b\s*!=\s*nil|\bif\s+err\b|if\s*\(err\)")


_GROWING = re.compile(
    r"\[[^\]]+\]\s*=[^=]|\.(set|put|add|push|append|setdefault|insert|Store|LoadOrStore|computeIfAbsent|offer)\(|=\s*append\("
)


_HELD = re.compile(r"^(?:\+?)(?:export\s+)?(?:var|const|let|static|private\s+(?:static\s+)?(?:final\s+)?|"
                   r"public\s+static|final|global\s|_?\w+\s*[:=])"
                   r".*(map\[|new\s+(?:Weak)?(?:Map|Set|HashMap|ConcurrentHashMap|ArrayList|LinkedList|Array)|=\s*\{\}|=\s*\[\]|dict\(|"
                   r"defaultdict|\[\]\w+\{\}|make\((?:map|\[\])|HashMap<|List<|set\(\)|sync\.Map)")  # fmt: skip


_LETS_GO = re.compile(
    r"evict|delete|\.pop|clear|lru|max_?(size|len|entries)|expire|ttl|prune|WeakMap|limit|remove", re.I
)


_LOCKED = re.compile(
    r"synchronized\s*\(\s*(\w+)|(\w+)\.(?:R?Lock|acquire|lock)\(|with\s+(\w*lock\w*|\w+_lock)|SELECT.*FROM\s+(\w+).*FOR\s+UPDATE",
    re.I,
)


def find_guard_lost(reading: Reading) -> Fact | None:
    """A check for a missing or empty value is gone."""
    gone = [line for line in reading.removed if _GUARD.search(line) and not _FAILURE_GUARD.search(line)]
    come = [line for line in reading.added if _GUARD.search(line) and not _FAILURE_GUARD.search(line)]
    all_gone = sum(bool(_GUARD.search(line) or _FAILURE_GUARD.search(line)) for line in reading.removed)
    all_come = sum(bool(_GUARD.search(line) or _FAILURE_GUARD.search(line)) for line in reading.added)
    return (1.0, gone[0].strip()) if len(gone) > len(come) and all_gone > all_come else None


def find_unchecked(reading: Reading) -> Fact | None:
    """What a lookup may not give is used without a check."""
    risky = re.compile(
        r"\w+,\s*_\s*:?=|\.\(\*?\w+\)\.|(?:find|first|lookup|getBy\w*|Get|Find|Lookup|match|search)\w*\([^)]*\)\s*\.\s*\w|->\w+->",
        re.I,
    )
    gone, come = first_line(reading.removed, risky), first_line(reading.added, risky)
    if come and not gone and not first_line(reading.added, _GUARD):
        return 0.8, come
    deep = re.compile(r"\b[a-z]\w*(?:\.[A-Za-z]\w*){3,}(?![\w(.])|\w\(\)(?:\.\w+\(\)){2,}")
    chains = {match for line in reading.added for match in deep.findall(line)}
    known = {match for line in reading.removed for match in deep.findall(line)}
    return (0.8, min(chains - known)) if chains - known and not first_line(reading.added, _GUARD) else None


def find_cache_smaller(reading: Reading) -> Fact | None:
    """A cache holds less."""
    size = {"size", "max", "entry", "entrie", "capacity", "limit", "maxmemory", "shard", "item"}
    return setting_that(
        reading, lambda one: one.doublings < 0 and "cache" in (one.words | one.above) and bool(one.words & size)
    )


def find_cache_key(reading: Reading) -> Fact | None:
    """A key of a cache is put together in another way."""
    keyed = re.compile(r"\bkey\w*\b.*[=(].*([\"'`%]|\+|Sprintf|format|\{)|cache_?key|cacheKey", re.I)
    gone, come = first_line(reading.removed, keyed), first_line(reading.added, keyed)
    cached = re.compile(r"cache|memo|redis|store|session", re.I)
    around = " ".join(edit.path + edit.heading + " ".join(text for _, text in edit.lines) for edit in reading.edits)
    return (1.0, come) if gone and come and cached.search(around) else None


def find_lock_order(reading: Reading) -> Fact | None:
    """Locks are taken in another order."""

    def named(lines: Iterable[str]) -> list[str]:
        return [next(name for name in match if name) for line in lines for match in _LOCKED.findall(line)]

    gone, come = named(reading.removed), named(reading.added)
    if len(gone) >= 2 and len(come) >= 2 and gone != come:
        return 1.0, first_line(reading.added, _LOCKED)
    return (1.0, "locks in another order") if _swapped(reading) else None


def _swapped(reading: Reading) -> bool:
    for edit in reading.edits:
        before = [text.strip() for mark, text in edit.lines if mark != "+" and _LOCKED.search(text)]
        after = [text.strip() for mark, text in edit.lines if mark != "-" and _LOCKED.search(text)]
        if len(before) >= 2 and Counter(before) == Counter(after) and before != after:
            return True
    return False


def find_grows(reading: Reading) -> Fact | None:
    """Something lasting is filled, and nothing lets go of it."""
    held = [
        line for line in reading.added if _HELD.search(line.strip() if line.startswith((" ", "\t")) is False else line)
    ]
    held = [
        line for line in held if not line.startswith(("\t", "    ")) or re.search(r"static|private|self\.|this\.", line)
    ]
    stored = first_line(reading.added, _GROWING)
    if not stored or first_line(reading.added, _LETS_GO):
        return None
    if held:
        return 1.0, held[0].strip()
    kept = re.search(
        r"(self\.|this\.|global|s\.|c\.)\w*(cache|seen|history|memo|registry|pending|buffer|store|index|sessions?)\w*",
        stored,
        re.I,
    )
    return (0.7, stored) if kept else None
