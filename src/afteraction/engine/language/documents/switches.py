"""Rules that a document switches off for itself: in a stretch, or for one line.

Knows how a switch is written in each kind of comment. Refuses to hide anything: what a switch silences is counted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from afteraction.engine.language.texts.masking import THING

_SWITCH = re.compile(
    r"(?P<open><!--|\{/\*|^\.\.|^//|^%%?|^\[//\]: # \()[ \t]*afteraction:[ \t]*(?P<what>\w*)[ \t]*(?P<codes>[\w ,\t]*)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Switches:
    """Stretches of lines in which rules are off: (first line, last line, names of rules in capitals; empty for all).
    `wrong` are (line, what is wrong) of switches that say nothing."""

    stretches: tuple[tuple[int, int, frozenset[str]], ...] = ()
    wrong: tuple[tuple[int, str], ...] = ()

    def silence(self, line: int, rule: str, category: str) -> bool:
        """Whether a finding of a rule at a line is silenced."""
        return any(
            first <= line <= last and (not names or rule.upper() in names or category in names)
            for first, last, names in self.stretches
        )


def switches_in(text: str, masked: str, line_starts: Sequence[int], known: frozenset[str]) -> Switches:
    """The switches of a text; those inside code, which `masked` covers, are examples. `known` are codes and categories
    that there are."""
    if "afteraction:" not in text:
        return Switches()
    capitals = frozenset(each.upper() for each in known)
    opened: dict[frozenset[str], int] = {}
    stretches: list[tuple[int, int, frozenset[str]]] = []
    wrong: list[tuple[int, str]] = []
    for match in _SWITCH.finditer(text):
        if masked[match.start() : match.start() + 1] == THING:
            continue
        line = bisect_right(line_starts, match.start())
        names = frozenset(re.findall(r"\w+", match["codes"].upper()))
        wrong += [(line, problem) for problem in _problems(match["what"], names, capitals)]
        if match["what"] == "off":
            opened.setdefault(names, line)
        elif match["what"] == "on":
            for off in [each for each in opened if not names or each == names]:
                stretches.append((opened.pop(off), line, off))
        elif match["what"] == "ignore":
            stretches.append((line, line + (1 if _is_alone(text, match, line_starts, line) else 0), names))
    stretches += [(first, len(line_starts), names) for names, first in opened.items()]
    return Switches(tuple(stretches), tuple(wrong))


def _problems(what: str, names: frozenset[str], known: frozenset[str]) -> Iterator[str]:
    # A passage mark of an exported review begins alike and is no switch.
    if what not in ("off", "on", "ignore"):
        if what != "review":
            yield f'"{what}" is no switch. Use off, on or ignore, e.g. <!-- afteraction: off L5 -->.'
        return
    for name in sorted(names - known):
        yield f'There is no rule "{name}". Use a code or category of docs/reference/language-rules.md.'


def _is_alone(text: str, match: re.Match[str], line_starts: Sequence[int], line: int) -> bool:
    """Whether nothing but the switch stands in its line: then it is meant for the next one."""
    begin = line_starts[line - 1]
    end = line_starts[line] if line < len(line_starts) else len(text)
    if text[begin : match.start()].strip():
        return False
    if match["open"] != "<!--":
        return True
    close = text.find("-->", match.end())
    return not 0 <= close < end or not text[close + 3 : end].strip()
