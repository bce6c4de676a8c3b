"""The trees of the cause graph as nested lists, for small screens and for whoever reads by ear.

Knows markup of lists and how deep one is. Refuses to call itself: a chain of hundreds of steps is a list too.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from afteraction.engine.causes.graph import NodeKind, TopEvent
from afteraction.engine.causes.whys import STOP_WORDS, Step
from afteraction.pipeline.review.drawing.scene import STATUS_WORDS
from afteraction.web.reviews.causes.picture import Picture


@dataclass(frozen=True)
class ListRow:
    """One step; `before` opens or closes lists before it, `words` say status, time and why it goes no further."""

    step: Step
    before: SafeString
    words: str


@dataclass(frozen=True)
class ListedTree:
    """One top event as rows; `after` closes what is open."""

    title: str
    rows: list[ListRow]
    after: SafeString


def listed_trees(picture: Picture) -> list[ListedTree]:
    """Every tree that is shown."""
    return [_listed(picture, tree) for tree in picture.trees]


def _listed(picture: Picture, tree: Step) -> ListedTree:
    rows, depth = [], -1
    for step in tree.walk():
        if step.depth > depth:
            before = "<ol>" * (step.depth - depth)
        else:
            before = "</li>" + "</ol></li>" * (depth - step.depth)
        depth = step.depth
        rows.append(ListRow(step, _tags(before), _words(picture, step)))
    title = "It lasted" if tree.node.top is TopEvent.LASTED else "It happened"
    return ListedTree(title, rows, _tags("</li></ol>" * (depth + 1)))


def _tags(fixed: str) -> SafeString:
    return mark_safe(fixed)  # noqa: S308 - only the fixed tags above: no text of anybody is in them


def _words(picture: Picture, step: Step) -> str:
    status = "top event" if step.node.kind is NodeKind.OUTCOME else STATUS_WORDS[step.node.status]
    stop = STOP_WORDS[step.stop] if step.stop else ""
    told = dict.fromkeys(each for each in (status, picture.scene.time_of(step.node), stop) if each)
    return ", ".join(told)
