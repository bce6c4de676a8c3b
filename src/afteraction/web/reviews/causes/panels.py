"""What stands beside the fault tree: ways it can happen again, cut sets and path sets by letter, and where time went.

Knows how they are shown and how many at most. Refuses to compute them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from afteraction.engine.causes.coverage import Coverage, shallow_fixes
from afteraction.engine.causes.cutsets import CutSets
from afteraction.engine.causes.importance import importance
from afteraction.engine.causes.ways import coverage_in_words, statements, way_in_words
from afteraction.pipeline.report import sentences
from afteraction.web.reviews.causes.picture import Picture, is_earlier, plain
from afteraction.web.ui.preferences import moment

Json = dict[str, Any]
SHOWN = 12
# So many shallow fixes are told, and so many deeper causes of each.
DEEPER = 3
# Beyond this many ways the bar would be a blur.
MOST_BARS = 24


@dataclass(frozen=True)
class Letter:
    """One basic event: its letter, what it says, and whether a change works on it."""

    letter: str
    statement: str
    node: str
    is_cut: bool


@dataclass(frozen=True)
class Row:
    """One cut set or path set. `changes` are the words for what cuts it, "" for nothing."""

    letters: tuple[Letter, ...]
    words: str
    changes: str = ""
    is_left: bool = False


@dataclass(frozen=True)
class Panels:
    """Everything beside the tree. `more_cuts` and `more_paths` count what is not shown; `shallow` are causes that
    changes work on while they work on nothing below them."""

    coverage: Coverage
    sentence: str
    bars: tuple[str, ...]
    cuts: tuple[Row, ...]
    more_cuts: int
    paths: tuple[Row, ...]
    more_paths: int
    foot: str
    left: tuple[Row, ...]
    shallow: tuple[Shallow, ...]


@dataclass(frozen=True)
class Shallow:
    """What is said of a cause that changes work on, and of the conditions below it that none works on."""

    node: str
    statement: str
    deeper: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class Stretch:
    """One stretch between two milestones: what was done in it, from when to when, how long, its share of the longest
    in per cent."""

    title: str
    start: str
    end: str
    minutes: str
    share: float


def panels(picture: Picture) -> Panels:
    """The panels of the tree that is drawn."""
    found, ways = picture.coverage, picture.ways
    remaining = set(found.remaining)
    cuts = [_cut_row(picture, way, way in remaining) for way in ways.sets[:SHOWN]]
    paths = [_row(picture, way) for way in picture.preventions.sets[:SHOWN]]
    lasting = picture.tops == "lasted"
    return Panels(
        coverage=found, sentence=coverage_in_words(found, statements(picture.graph), lasting=lasting),
        bars=_bars(found), cuts=tuple(cuts), more_cuts=_more(ways, len(cuts)),
        paths=tuple(paths), more_paths=_more(picture.preventions, len(paths)), foot=_foot(picture),
        left=tuple(each for each in cuts if each.is_left)[:3] if found.cut_by else (), shallow=_shallow(picture),
    )  # fmt: skip


def _shallow(picture: Picture) -> tuple[Shallow, ...]:
    counted = {each: nodes for each, nodes in picture.hits.items() if each not in picture.coverage.cancelled}
    return tuple(
        Shallow(
            plain(each.node), _statement(picture, each.node),
            tuple(_statement(picture, one) for one in each.deeper[:DEEPER]), max(0, len(each.deeper) - DEEPER),
        )
        for each in shallow_fixes(picture.tree, counted)[:DEEPER]
    )  # fmt: skip


def _more(sets: CutSets, shown: int) -> int:
    return (sets.total or sets.counted) - shown


def _bars(found: Coverage) -> tuple[str, ...]:
    if found.ways > MOST_BARS:
        return ()
    verified = found.verified
    return ("verified",) * verified + ("planned",) * (found.planned - verified) + ("left",) * len(found.remaining)


def _letters(picture: Picture, way: tuple[str, ...]) -> tuple[Letter, ...]:
    worked_on = picture.worked_on
    named = [
        Letter(picture.letters.get(each, "?"), _statement(picture, each), plain(each), plain(each) in worked_on)
        for each in way
    ]
    return tuple(sorted(named, key=lambda each: (len(each.letter), each.letter)))


def _statement(picture: Picture, each: str) -> str:
    node = picture.graph.nodes.get(plain(each))
    said = node.statement if node else each
    return f"{said}, earlier" if is_earlier(each) else said


def _row(picture: Picture, way: tuple[str, ...]) -> Row:
    return Row(_letters(picture, way), way_in_words(way, statements(picture.graph)))


def _cut_row(picture: Picture, way: tuple[str, ...], is_left: bool) -> Row:
    cutting = [picture.change_word(change) for change, open_ones in picture.open_after.items() if way not in open_ones]
    words = f"changes {', '.join(each.removeprefix('change ') for each in cutting)}" if len(cutting) > 1 else ""
    row = _row(picture, way)
    return Row(row.letters, row.words, words or "".join(cutting), is_left)


def _foot(picture: Picture) -> str:
    """Single points of failure, and which events are in how many ways."""
    ways = picture.ways
    if not ways.sets:
        return ""
    singles = [picture.letters.get(each, "?") for each in ways.single_points]
    told = "No single point of failure." if not singles else f"{', '.join(singles)} alone {_be(singles)} enough."
    rated = importance(picture.tree, picture.ways)[:3]
    parts = [
        f"{picture.letters.get(each.event, '?')} in {each.member_of} of {each.ways}"
        + (f" (decides {sentences.amount(each.birnbaum * 100, '%')} of states)" if each.birnbaum is not None else "")
        for each in rated
    ]
    return f"{told} Matter most: {'; '.join(parts)}."


def _be(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


_STRETCHES = (
    ("t_impact_start", "Before impact"), ("t_detect", "Not yet noticed"), ("t_declared", "Gathering the response"),
    ("t_diagnosed", "Looking for the cause"), ("t_mitigated", "Acting on it"), ("t_impact_end", "Until impact ended"),
)  # fmt: skip


def delays(head: Json) -> list[Stretch]:
    """Where the time went, from impact to its end, by the milestones that are known; none without both ends."""
    known = [(title, moment(found[0]["value"])) for name, title in _STRETCHES
             if (found := head.get("milestones", {}).get(name))]  # fmt: skip
    if len(known) < 3 or known[0][0] != "Before impact":
        return []
    made: list[tuple[str, Any, Any]] = []
    last = known[0][1]
    for title, at in known[1:]:
        if at > last:
            made.append((title, last, at))
            last = at
    longest = max(((end - start).total_seconds() for _, start, end in made), default=0)
    return [
        Stretch(title, f"{start:%H:%M}", f"{end:%H:%M}", sentences.amount((end - start).total_seconds(), "s"),
                round(100 * (end - start).total_seconds() / longest, 1))
        for title, start, end in made
    ]  # fmt: skip
