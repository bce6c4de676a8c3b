"""A review as one JSON document, to take elsewhere and back (`afteraction/review/1`).

Knows the envelope. Refuses what is not one, naming the part and the field; what fits is not lost because another part
does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.errors import AfteractionError
from afteraction.core.evidence import Failure, Locator
from afteraction.engine.review.document import SORTS, Review
from afteraction.pipeline.review.parts import PartUnusable, read_part, write_part, write_review

Json = dict[str, Any]
SCHEMA = "afteraction/review/1"


class NoReview(AfteractionError):
    """A document that is not a review."""


@dataclass(frozen=True)
class Brought:
    """What a document holds: bodies by sort and id as they are stored, and what could not be read."""

    parts: Mapping[str, Mapping[str, Json]]
    failures: tuple[Failure, ...] = ()


def review_document(review: Review, incident: Mapping[str, Any]) -> Json:
    """The whole review as a document; `incident` is what names the incident (`key`, `title`)."""
    return {"schema": SCHEMA, "incident": dict(incident), "parts": write_review(review)}


def bring_in(document: object, name: str) -> Brought:
    """The parts of a document called `name`. Raises NoReview where it is none."""
    if (
        not isinstance(document, dict)
        or document.get("schema") != SCHEMA
        or not isinstance(document.get("parts"), dict)
    ):
        raise NoReview(f"{name} is not a review.", next_step=f'Export one as JSON; its "schema" is "{SCHEMA}".')
    parts: dict[str, dict[str, Json]] = {}
    failures: list[Failure] = []
    for sort, bodies in document["parts"].items():
        if sort not in SORTS or not isinstance(bodies, dict):
            failures.append(_failure(name, f"/parts/{sort}", f'"{sort}" is no sort of part.'))
            continue
        for ident, body in bodies.items():
            try:
                parts.setdefault(sort, {})[ident] = write_part(read_part(sort, ident, body if body is not None else {}))
            except (PartUnusable, TypeError) as problem:
                failures.append(_failure(name, f"/parts/{sort}/{ident}", str(problem)))
    return Brought(parts, tuple(failures))


def _failure(name: str, pointer: str, reason: str) -> Failure:
    return Failure(
        file=name, reason=reason, next_step="Correct it and import once more.", locator=Locator(pointer=pointer)
    )
