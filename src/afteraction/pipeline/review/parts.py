"""The parts of a review as JSON and back.

Knows every sort of part by its dataclass. Refuses what does not fit, naming the field; refuses to guess what was meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from afteraction.core.errors import AfteractionError
from afteraction.engine.review.document import SORTS, MeetingPlan, Review, assembled

Json = dict[str, Any]
Part = Any
# Longer than any field that somebody writes by hand; what is longer is evidence and belongs there.
LONGEST_BODY = 200_000


class PartUnusable(AfteractionError):
    """A part that cannot be read. `field` is the dotted path of what does not fit, "" for the whole."""

    def __init__(self, sort: str, ident: str, field: str, reason: str) -> None:
        place = f"{sort} {ident}, {field}" if field else f"{sort} {ident}"
        super().__init__(f"{place}: {reason}.", next_step="Correct it and send it once more.")
        self.field = field


def read_part(sort: str, ident: str, body: Mapping[str, Any]) -> Part:
    """The part of that sort with that id. Raises PartUnusable naming the first field that does not fit."""
    if sort not in SORTS:
        raise PartUnusable(sort, ident, "", f"is none of {', '.join(SORTS)}")
    try:
        return _adapter(sort).validate_python({**body, "id": ident})
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(each) for each in first["loc"])
        raise PartUnusable(sort, ident, where, first["msg"].lower().rstrip(".")) from problem


def write_part(part: Part) -> Json:
    """A part as JSON, without its id and without what is as it is by default."""
    return dict(_adapter(sort_of(part)).dump_python(part, mode="json", exclude={"id"}, exclude_defaults=True))


def sort_of(part: Part) -> str:
    """The sort of a part, by its class."""
    return next(sort for sort, shape in SORTS.items() if type(part) is shape)


def read_review(document: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Review:
    """A review from JSON by sort and id. Raises PartUnusable."""
    return assembled(
        {
            sort: {ident: read_part(sort, ident, body) for ident, body in parts.items()}
            for sort, parts in document.items()
        }
    )


def write_review(review: Review) -> dict[str, dict[str, Json]]:
    """A whole review as JSON by sort and id; `read_review` gives an equal one back."""
    graph = review.graph
    by_sort: Mapping[str, Mapping[str, Part]] = {
        "frame": {review.frame.id: review.frame}, "answer": review.answers, "node": graph.nodes, "edge": graph.edges,
        "logic": graph.logic, "support": graph.supports, "ask": graph.asks, "human": graph.humans,
        "gate": review.gates, "change": review.changes, "signal": review.signals, "remark": review.remarks,
        "dismissal": review.dismissals, "layout": review.layouts,
        "meeting": {review.meeting.id: review.meeting} if review.meeting != MeetingPlan() else {},
    }  # fmt: skip
    return {
        sort: {ident: write_part(part) for ident, part in parts.items()} for sort, parts in by_sort.items() if parts
    }


@cache
def _adapter(sort: str) -> TypeAdapter[Part]:
    shape = SORTS[sort]
    shape.__pydantic_config__ = ConfigDict(extra="forbid", allow_inf_nan=False)  # type: ignore[attr-defined]
    return TypeAdapter(shape)
