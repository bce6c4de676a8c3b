"""The versions of the rules with what each changed, in words.

Knows two choices side by side. Refuses to change one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afteraction.web.language.choices import BY_CODE, LISTS, Choices
from afteraction.web.language.current import read_stored
from afteraction.web.language.models import TeamRules

MOST_SHOWN = 50


@dataclass(frozen=True)
class Version:
    """A row and what it changed."""

    row: TeamRules
    changed: tuple[str, ...]


def versions_of() -> list[Version]:
    """The newest fifty, newest first."""
    rows = list(TeamRules.objects.select_related("by").order_by("-number")[: MOST_SHOWN + 1])
    found = []
    for at, row in enumerate(rows[:MOST_SHOWN]):
        before = read_stored(rows[at + 1].body) if at + 1 < len(rows) else Choices()
        found.append(Version(row, tuple(_differences(before, read_stored(row.body)))))
    return found


def _differences(before: Choices, after: Choices) -> Iterator[str]:
    for code, rule in BY_CODE.items():
        if before.level(code) != after.level(code):
            yield f"{code} {rule.title}: {before.level(code)} → {after.level(code)}"
    lists = [(LISTS[name], before.words.get(name, ()), after.words.get(name, ())) for name in LISTS]
    lists += [
        (f"{LISTS[name]}, not these", before.removed.get(name, ()), after.removed.get(name, ())) for name in LISTS
    ]
    lists += [("Left alone", before.left_alone, after.left_alone), ("Languages", before.languages, after.languages)]
    for title, old, new in lists:
        if added := sorted(set(new) - set(old)):
            yield f"{title}: added {', '.join(added)}"
        if gone := sorted(set(old) - set(new)):
            yield f"{title}: removed {', '.join(gone)}"
    for code in sorted(set(after.kept) - set(before.kept)):
        yield f"{code} is not lowered by itself again"
