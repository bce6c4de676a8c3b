"""What a change does: the mechanisms that its diff shows, and whether it can do anything at all.

Knows how signs are matched. Refuses to know symptoms: `weighing` ties both together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from afteraction.core.records import Change, ChangeKind
from afteraction.engine.suspects.changes.diffs import FileKind, kind_of, read_diff
from afteraction.engine.suspects.changes.facts import INERT, Reading, read_change
from afteraction.engine.suspects.changes.mechanisms import MECHANISMS, Mechanism
from afteraction.engine.suspects.changes.mechanisms.shape import Gains, Loses, Shows, Sign, Turns

_LEAST_DOUBLINGS = 0.3
_HARMLESS_TITLE = re.compile(r"^\s*(docs?|test|style|ci)\s*(\([^)]*\))?\s*:|^#?(docs|test|ci)\b|\b(typo|gofmt|"
                             r"goimports|codeowners|readme|golden files?|"
                             r"fuzz|changelog|lint)\b", re.I)  # fmt: skip
_MARKS_RELEASE = re.compile(r"^\s*(?:chore\(release\):?|(?:prepare |cut |tag )?release|bump version"
                            r"(?: to)?|version)?\s*v?\d+(?:\.\d+)+[\w.-]*\s*$", re.I)  # fmt: skip
_WATCHES = re.compile(r"counter|histogram|gauge|metric|prometheus|\.inc\(|observe\(|span\.|setattribute|"
                      r"\blog(ger)?\b.*\(|header\(\)\.set|setheader|"
                      r"console\.|trace|attribute\.|WriteHeader|StatusOK|\"ok\"|healthz|readyz|uuid|Name:|"
                      r"^\s*[)}]+\s*$|info!|start\s*:?=\s*time", re.I)  # fmt: skip
_PROTECTS = re.compile(r"if\s.*(==|is)\s*(nil|null|None|0|\"\"|undefined)|len\(.*\)\s*==\s*0|if\s.*>\s*len\(|"
                       r"defer\s.*(Close|Put|Unlock|cancel)|^\s*(return|continue|raise|throw)\b|"
                       r"^\s*[})]+\s*$|CREATE\s+INDEX\s+CONCURRENTLY|^\s*ON\s+\w+\s*\(|IF\s+NOT\s+EXISTS|if\s+not\s|"
                       r"if\s+\w+\s*==\s*\"\"", re.I)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One mechanism that a diff shows: how strongly (0 to 1), and the line that shows it."""

    mechanism: Mechanism
    strength: float
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What a change does. `idle` says why it cannot do anything to what runs, empty where it can, and `inert` whether
    that holds whatever shows. `known` is False where no diff was given, `unread` True
    where one was given and left alone. `text` holds its title, files and what stands
    around, `own_text` its lines; `numbers` are new values, `packages` libraries whose version moved."""

    shown: tuple[Shown, ...] = ()
    idle: str = ""
    inert: bool = False
    known: bool = False
    unread: bool = False
    text: str = ""
    own_text: str = ""
    numbers: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    reading: Reading | None = field(default=None)


def unread(change: Change) -> Effects:
    """What is known of a change whose diff is left alone."""
    return Effects(unread=True, text=f"{change.title} {' '.join(change.files)}", own_text=change.title,
                   files=change.files)  # fmt: skip


def effects_of(change: Change) -> Effects:
    """What one change does."""
    kinds = {kind_of(path) for path in change.files}
    if change.kind is ChangeKind.FLAG:
        return Effects(text=f"{change.title} {change.reference}", own_text=change.title, known=False)
    if kinds and kinds <= INERT:
        return Effects(idle=_inert(kinds), inert=True, files=change.files, known=True)
    if not change.diff.strip():
        idle = "its title says that nothing that runs was changed" if _HARMLESS_TITLE.search(change.title) else ""
        if change.kind is ChangeKind.COMMIT and _MARKS_RELEASE.match(change.title):
            idle = "it only marks a release"
        return Effects(idle=idle, text=f"{change.title} {' '.join(change.files)}", own_text=change.title,
                       files=change.files)  # fmt: skip
    edits = read_diff(change.diff, change.files)
    reading = read_change(edits)
    files = tuple(dict.fromkeys([*change.files, *(edit.path for edit in edits if edit.path)]))
    context = " ".join(
        f"{edit.heading} {' '.join(text for mark, text in edit.lines if mark == ' ')}" for edit in reading.edits
    )
    shown = _shown(reading)
    return Effects(
        shown=tuple(shown),
        idle=_idle(reading, shown),
        known=True,
        text=f"{change.title} {' '.join(files)} {context}",
        own_text=" ".join((*reading.removed, *reading.added)),
        numbers=_numbers(reading),
        files=files,
        packages=_packages(reading),
        reading=reading,
    )


def _inert(kinds: set[FileKind]) -> str:
    words = {
        FileKind.TEST: "tests",
        FileKind.DOCS: "documents",
        FileKind.STYLE: "styles",
        FileKind.DELIVERY: "delivery settings",
    }
    return f"it touches only {' and '.join(sorted(words[kind] for kind in kinds))}"


def _idle(reading: Reading, shown: Sequence[Shown]) -> str:
    """Why the lines of a diff change nothing that runs, empty where they may."""
    if not reading.edits:
        return "it touches nothing that runs"
    if not reading.removed and not reading.added:
        return "it only moves lines, or changes comments and imports"
    if _same_after_renaming(reading):
        return "it only renames"
    if not any(one.mechanism.name not in _SHOWN_BY_MOVING for one in shown) and _only_moved(reading):
        return "it does the same in another place: no call, value or condition is lost or new"
    if _only_more_room(reading):
        return "it only gives more room"
    if not reading.removed and all(_WATCHES.search(line) for line in reading.added):
        return "it only adds what is measured or logged"
    if not reading.removed and all(_PROTECTS.search(line) for line in reading.added):
        return "it only adds a check, a release or an index"
    return ""


_ROOM = re.compile(r"^(memory|mem|cpu|replica|maxreplica|minreplica|storage|disk|heap|instance|node|core)$")


def _only_more_room(reading: Reading) -> bool:
    """True where all that a change does is to raise how much a service may use."""
    return (
        bool(reading.settings)
        and len(reading.settings) == len(reading.removed) == len(reading.added)
        and all(one.doublings > 0 and any(_ROOM.match(word) for word in one.words) for one in reading.settings)
    )


_WORD = re.compile(r"[A-Za-z_]\w*|\d+(?:\.\d+)?|\"[^\"]*\"|'[^']*'|[^\s\w]")


def _same_after_renaming(reading: Reading) -> bool:
    if any(edit.kind is not FileKind.CODE for edit in reading.edits):
        return False
    before = [word for line in reading.removed for word in _WORD.findall(line)]
    after = [word for line in reading.added for word in _WORD.findall(line)]
    if len(before) != len(after):
        return False
    there: dict[str, str] = {}
    back: dict[str, str] = {}
    changed = 0
    for one, two in zip(before, after, strict=True):
        if not re.match(r"[A-Za-z_]", one) or not re.match(r"[A-Za-z_]", two):
            if one != two:
                return False
            continue
        if there.setdefault(one, two) != two or back.setdefault(two, one) != one:
            return False
        changed += one != two
    # Local names are short and lower case; renamed calls, fields and constants may matter to others.
    renamed = [one for one, two in there.items() if one != two]
    return changed > 0 and all(name.islower() or name[:1].islower() for name in renamed) and not any(
        re.search(rf"\b{re.escape(name)}\s*\(|[\"'.]{re.escape(name)}\b",
        line) for name in renamed for line in reading.removed)  # fmt: skip


# What moved code may seem to do.
_SHOWN_BY_MOVING = frozenset({"another query", "a call no longer made"})
# Handing on a failure in three lines or in one is the same.
_HANDS_ON = re.compile(r"^\s*(if\s+err\s*!=\s*nil\s*\{?(\s*return\b[^}]*\berr\s*\}?)?|return\s+(nil,\s*)?err)\s*$")


def _only_moved(reading: Reading) -> bool:
    """True where every call, number and text that went came again, beside names that the change defines itself."""
    if any(
        edit.kind in (FileKind.CONFIG, FileKind.DEPENDENCIES, FileKind.SCHEMA, FileKind.IMAGE) for edit in reading.edits
    ):
        return False
    added_only = not any(edit.marked("-") for edit in reading.edits)
    if added_only or reading.facts.keys() - {"query changed", "call lost"}:
        return False
    parts = re.compile(
        r"\b\d+(?:\.\d+)?\b|\"[^\"]*\"|'[^']*'|[<>]=?|[!=]=|"
        r"(?<=\.)[A-Za-z_]\w*|\b[A-Za-z_]\w*(?=:\s)|\b(?:synchronized|async|await|go|defer|volatile|with|catch|finally|throw|raise|unsafe|not)\b"
    )
    before, after = (
        Counter(part for line in lines if not _HANDS_ON.match(line) for part in parts.findall(line))
        for lines in (reading.removed, reading.added)
    )
    return not reading.lost_calls and before == after and sum(reading.gained_calls.values()) <= 1


def _packages(reading: Reading) -> tuple[str, ...]:
    """The own names of libraries whose version moved: the last part that is no version and no common word."""
    found = []
    for edit in reading.edits:
        if edit.kind is FileKind.DEPENDENCIES:
            for line in edit.marked("+"):
                named = re.findall(r"[A-Za-z@][\w.@/-]*", line.split("//")[0])
                parts = [part.lower() for name in named[:1] for part in re.split(r"[/.@_-]", name)]
                found += [
                    part for part in parts if len(part) > 3 and part not in _NO_NAMES and not re.match(r"v?\d", part)
                ]
    return tuple(dict.fromkeys(found))


_NO_NAMES = frozenset({"github", "gitlab", "golang", "google", "gopkg", "apache", "version", "require",
    "implementation", "python", "types", "core",
                       "client", "common", "service", "module", "plugin", "dependency", "artifactid"})  # fmt: skip


def _numbers(reading: Reading) -> tuple[str, ...]:
    new = Counter(number for line in reading.added for number in re.findall(r"(?<![\w.])\d+(?![\w]*\.\d)", line))
    old = Counter(number for line in reading.removed for number in re.findall(r"(?<![\w.])\d+(?![\w]*\.\d)", line))
    return tuple(number for number in new - old if number not in ("0", "1", "2"))


def _shown(reading: Reading) -> list[Shown]:
    found = []
    for mechanism in MECHANISMS:
        seen = [one for sign in mechanism.signs if (one := _matched(sign, reading)) is not None]
        if seen:
            strength, line = max(seen, key=lambda one: one[0])
            found.append(Shown(mechanism=mechanism, strength=strength, line=line))
    return sorted(found, key=lambda one: -one.strength)


def _matched(sign: Sign, reading: Reading) -> tuple[float, str] | None:
    match sign:
        case Shows():
            fact = reading.facts.get(sign.fact)
            return (sign.strength * fact[0], fact[1]) if fact else None
        case Turns():
            return _turned(sign, reading)
        case Loses():
            gone, come = _count(sign.pattern, reading.removed), _count(sign.pattern, reading.added)
            return (sign.strength, _line(sign.pattern, reading.removed)) if gone > come else None
        case Gains():
            gone, come = _count(sign.pattern, reading.removed), _count(sign.pattern, reading.added)
            if come <= gone or (sign.unless and _count(sign.unless, reading.added)):
                return None
            return sign.strength, _line(sign.pattern, reading.added)


def _turned(sign: Turns, reading: Reading) -> tuple[float, str] | None:
    best: tuple[float, str] | None = None
    for one in reading.settings:
        own = any(sign.words.search(word) for word in one.words)
        above = any(sign.words.search(word) for word in one.above)
        if not (own or above):
            continue
        if isinstance(one.before, str) or isinstance(one.after, str):
            strength = 0.8 if sign.texts else 0.0
        elif abs(one.doublings) < _LEAST_DOUBLINGS or (sign.way.value and one.doublings * sign.way.value < 0):
            continue
        else:
            strength = min(1.0, 0.1 + abs(one.doublings) / 3)
        strength *= 1.0 if own else (0.8 if kind_of(one.path) is FileKind.CONFIG else 0.3)
        if strength and (best is None or strength > best[0]):
            best = strength, f"{one.text} ({one.said})"
    return best


def _count(pattern: re.Pattern[str], lines: tuple[str, ...]) -> int:
    # Most patterns match nothing: one search of the whole is cheaper than one of each line.
    return sum(len(pattern.findall(line)) for line in lines) if lines and pattern.search("\n".join(lines)) else 0


def _line(pattern: re.Pattern[str], lines: tuple[str, ...]) -> str:
    return next((line.strip() for line in lines if pattern.search(line)), "")
