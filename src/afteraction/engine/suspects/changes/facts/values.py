"""Conditions, arithmetic, times, levels and switches.

Knows which of them a change turned. Refuses to say which way is right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from afteraction.engine.suspects.changes.diffs import FileKind, kind_of
from afteraction.engine.suspects.changes.facts.reading import Fact, Reading, first_line, paired, setting_that
from afteraction.engine.suspects.changes.settings import Setting

_BACKTRACKS = re.compile(
    r"\([^()]*[+*][^()]*\)[+*{]|\(\([^()]*\)[^()]*[+*]|\(\.\*[^()]*\)[+*]|(\.\*){2,}|\(\w\|\w+\)[+*]"
)


_TIMES = re.compile(r"utcnow|\bnow\(\)?|\bUTC\b|\bLocal\b|time_?zone|\btz\w*|strftime|strptime|time\.time|Unix\w*\(|"
                    r"getTime|Date\.now|toISOString|"
                    r"LocalDate\w*|ZonedDateTime|Instant\.\w+|DateTimeFormatter|ParseInLocation|(?:Asia|Europe|America|Etc)/\w+|ZoneId|fromtimestamp|"
                    r"epoch|Milli\w*|currentTimeMillis|\bmillis\w*|\* ?1000\b|/ ?1000\b|YYYY|yyyy|time\.Now|"
                    r"toLocale\w+|isoformat")  # fmt: skip


_HEAP = re.compile(
    r"-Xmx(\d+)([kmgKMG])|max-old-space-size=(\d+)()|maxmemory\s+(\d+)([kmg])b?|GOMEMLIMIT=(\d+)([KMG])iB", re.I
)


_SWITCHES = {"true": 1, "on": 1, "enabled": 1, "yes": 1, "false": 0, "off": 0, "disabled": 0, "no": 0}


_CHATTER = {
    "trace": 0,
    "all": 0,
    "debug": 1,
    "verbose": 1,
    "info": 2,
    "notice": 3,
    "warn": 4,
    "warning": 4,
    "error": 5,
    "fatal": 6,
}


def find_backtracks(reading: Reading) -> Fact | None:
    """A new pattern repeats what is itself repeated."""
    regex = re.compile(
        r"re\.(compile|match|search|sub|fullmatch)|RegExp|/.+/[gimsuy]*|Pattern\.compile|MustCompile|regex|@Pattern|~\s|rlike",
        re.I,
    )
    for line in reading.added:
        if regex.search(line) and _BACKTRACKS.search(line):
            return (1.0, line.strip())
    return None


def find_cost(reading: Reading) -> Fact | None:
    """A count that makes each request dearer was raised."""
    words = {
        "round",
        "cost",
        "iteration",
        "factor",
        "candidate",
        "depth",
        "complexity",
        "difficulty",
        "step",
        "precision",
        "topk",
    }
    return setting_that(reading, lambda one: one.doublings > 0.5 and bool(one.words & words))


def find_condition(reading: Reading) -> Fact | None:
    """The same names are compared in another way."""
    compared = re.compile(r"<=|>=|==|!=|<|>|&&|\|\||\bnot\b|\band\b|\bor\b|!")
    for before, after in paired(reading):
        if re.findall(r"[A-Za-z_]\w*", re.sub(r"\b(not|and|or)\b", "", before)) == re.findall(
            r"[A-Za-z_]\w*", re.sub(r"\b(not|and|or)\b", "", after)
        ):
            one, two = compared.findall(before), compared.findall(after)
            bounded = re.search(r"[-+]\s*1\b", before + after) and re.findall(r"[-+]\s*1\b", before) != re.findall(
                r"[-+]\s*1\b", after
            )
            if one != two or bounded:
                return 1.0, after.strip()
    return None


def find_arithmetic(reading: Reading) -> Fact | None:
    """The same names are reckoned in another way."""
    code = any(edit.kind is FileKind.CODE for edit in reading.edits)
    reckons = re.compile(r"[*/%]|[\w)]\s[-+]\s[\w(]|round|floor|ceil|trunc|abs|Math\.|math\.")
    values = {one.text for one in reading.settings}
    for before, after in paired(reading):
        if after.strip() in values and not re.search(r"round|floor|return", after):
            continue
        names = set(re.findall(r"[A-Za-z_]\w*", before)), set(re.findall(r"[A-Za-z_]\w*", after))
        alike = before.strip() != after.strip() and len(names[0] ^ names[1]) <= 2
        if code and alike and reckons.search(after) and _reckoned(before, reckons) != _reckoned(after, reckons):
            return 1.0, after.strip()
    return None


def _reckoned(line: str, reckons: re.Pattern[str]) -> tuple[list[str], list[str]]:
    return reckons.findall(line), re.findall(r"\d+", line)


def find_clock(reading: Reading) -> Fact | None:
    """Times are taken, zoned or formatted in another way."""
    gone = Counter(match for line in reading.removed for match in _TIMES.findall(line))
    come = Counter(match for line in reading.added for match in _TIMES.findall(line))
    if not gone and not (come - gone).keys() & {"UTC", "Local", "utcnow", "ParseInLocation", "strptime"}:
        return None
    return (1.0, first_line(reading.added, _TIMES) or first_line(reading.removed, _TIMES)) if gone != come else None


def find_chatter(reading: Reading) -> Fact | None:
    """Logs have a chattier level or are sampled less."""

    def fits(one: Setting) -> bool:
        names = one.words | one.above
        if isinstance(one.before, str) and isinstance(one.after, str):
            before, after = _CHATTER.get(one.before.lower()), _CHATTER.get(one.after.lower())
            return before is not None and after is not None and after < before
        return (one.doublings > 0.5 and bool(one.words & {"sample", "sampling", "sampler", "verbosity"})) or (
            one.doublings > 0.5 and {"log", "rate"} <= names)  # fmt: skip

    said = setting_that(reading, fits)
    level = re.compile(
        r"\b(?:level|LEVEL|setLevel|LogLevel|SetLevel|log_level)\b\W*[\w.]*?(debug|trace|verbose|all)\b", re.I
    )
    return said or (
        (0.9, first_line(reading.added, level))
        if first_line(reading.added, level) and not first_line(reading.removed, level)
        else None
    )


def find_switch(reading: Reading) -> Fact | None:
    """A switch is the other way round."""

    def fits(one: Setting) -> bool:
        before, after = _SWITCHES.get(str(one.before).lower()), _SWITCHES.get(str(one.after).lower())
        return before is not None and after is not None and before != after

    return setting_that(reading, fits)


def find_setting_turned(reading: Reading) -> Fact | None:
    """A setting in a file of configuration has another value."""
    return setting_that(reading, lambda one: kind_of(one.path) is FileKind.CONFIG)


def find_heap(way: int) -> Callable[[Reading], Fact | None]:
    """The heap limit went that way."""
    factor = {"": 1.0, "k": 1 / 1024, "m": 1.0, "g": 1024.0}

    def size(lines: Iterable[str]) -> float:
        for line in lines:
            match = _HEAP.search(line)
            if match:
                parts = [part for part in match.groups() if part is not None]
                return float(parts[0]) * factor[parts[1].lower()]
        return 0.0

    def find(reading: Reading) -> Fact | None:
        before, after = size(reading.removed), size(reading.added)
        return (1.0, first_line(reading.added, _HEAP)) if before and after and (after - before) * way > 0 else None

    return find
