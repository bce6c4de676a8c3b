"""What a cause may not be made into: a person, a team or "human error" that is called supported (SPEC R032).

Knows the nodes of a save and those that stand. Refuses to judge a sentence: the rules of the graph do; and to stand
before a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from afteraction.core.errors import AfteractionError
from afteraction.core.evidence import Failure, Locator
from afteraction.engine.causes.graph import CauseGraph, Status
from afteraction.engine.causes.wellformed.people import supported_people
from afteraction.pipeline.review.parts import read_part
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.queries import rows_of
from afteraction.web.reviews.reading_by import checker_of_causes

Json = dict[str, Any]
QUESTION = "What made that possible?"
# Taking a save back restores what stood; a document that is taken in was lowered to drafts before.
_RESTORING = ("undo", "redo", "import", "history")


class CauseRefused(AfteractionError):
    """A person that was to be a supported cause, with the question to ask instead."""


def refuse_people(review: Review, saved: Mapping[str, tuple[Json | None, Json | None]], *, verb: str) -> None:
    """Raises CauseRefused where a save makes a person, a team or "human error" a supported cause. `saved` are the
    nodes of the save by id, before and after; one that stood so before may be corrected elsewhere."""
    new = {ident for ident, (before, after) in saved.items() if after is not None and _claim(after) != _claim(before)}
    if verb in _RESTORING or not any(_is_supported(saved[ident][1]) for ident in new):
        return
    bodies = {row.ident: row.body for row in rows_of(review, ["node"])}
    bodies.update({ident: after for ident, (_, after) in saved.items() if after is not None})
    removed = {ident for ident, (_, after) in saved.items() if after is None}
    check = partial(checker_of_causes(), field="cause")
    graph = _graph({name: each for name, each in bodies.items() if name not in removed})
    for found in supported_people(graph, check=check):
        if found.subject in new:
            raise CauseRefused(
                f"{found.subject} cannot be supported as it stands. {found.sentence} {QUESTION}",
                next_step="Say what the system allowed, or leave it a hypothesis. What is no person is named among "
                "the services of the cause.",
            )


def lowered(nodes: Mapping[str, Json], name: str) -> tuple[dict[str, Json], tuple[Failure, ...]]:
    """The nodes of a document called `name`, with each person that it calls a supported cause as a hypothesis, and
    what is said of those."""
    found = supported_people(_graph(nodes), check=partial(checker_of_causes(), field="cause"))
    kept = dict(nodes)
    for each in found:
        kept[each.subject] = {field: value for field, value in nodes[each.subject].items() if field != "status"}
    return kept, tuple(
        Failure(
            file=name, reason=f"{each.sentence} It was kept as a hypothesis. {QUESTION}",
            locator=Locator(pointer=f"/parts/node/{each.subject}"), lost=0,
        )
        for each in found
    )  # fmt: skip


def _claim(body: Json | None) -> tuple[Any, ...]:
    """What makes a node a supported person or not."""
    told = body or {}
    return tuple(str(told.get(name, "")) for name in ("status", "statement", "kind", "services"))


def _is_supported(body: Json | None) -> bool:
    return (body or {}).get("status") == Status.CONFIRMED.value


def _graph(bodies: Mapping[str, Json]) -> CauseGraph:
    return CauseGraph(nodes={ident: read_part("node", ident, body) for ident, body in bodies.items()})
