"""A review from the Markdown of its report: the exact parts, with what somebody edited in the readable passages.

Knows which of the two was edited by what was written. Refuses to choose where both were: the exact part stays and the
passage is listed; and to read edits of computed text, which are listed too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from afteraction.core.evidence import Failure, Locator
from afteraction.engine.review.document import SORTS
from afteraction.pipeline.review.exchange import NoReview
from afteraction.pipeline.review.report.marks import (
    Passage,
    exact_in,
    passages_in,
    readable_sha,
    sha_of,
    text_meant,
    written_block,
    written_inline,
)

Json = dict[str, Any]


def read_markdown(text: str, name: str) -> tuple[Json, tuple[Failure, ...]]:
    """The review document in a Markdown report called `name`, with edited passages taken over, and what was not.

    Raises NoReview where the text carries no review.
    """
    said = exact_in(text)
    if said is None:
        raise NoReview(
            f"{name} carries no review.",
            next_step="Import the Markdown of an internal report, with the comment at its end, or its JSON.",
        )
    try:
        document = json.loads(said)
    except ValueError as problem:
        raise NoReview(
            f"{name}: the comment with the exact parts is no JSON ({problem}).", next_step="Export it once more."
        ) from problem
    if not isinstance(document, dict) or not isinstance(document.get("parts"), dict):
        raise NoReview(f"{name}: its comment holds no parts of a review.", next_step="Export it once more.")
    found = list(passages_in(text))
    failures = [failure for passage in found if (failure := _take(document["parts"], passage, name))]
    failures += _missing(document.get("passages"), found, name)
    if document.get("words") not in (None, readable_sha(text)):
        failures.append(
            Failure(
                file=name, reason="Words outside the marked passages were changed too. They are computed and stay so.",
                next_step="Edit the passages between the marks, or the review itself.",
            )
        )  # fmt: skip
    return {key: value for key, value in document.items() if key not in ("passages", "words")}, tuple(failures)


def _take(parts: Json, passage: Passage, name: str) -> Failure | None:
    """Takes an edited passage over into its part; what speaks against it otherwise."""
    bodies = parts.get(passage.sort)
    body = bodies.get(passage.ident) if isinstance(bodies, dict) else None
    if passage.sort not in SORTS or passage.field not in {each.name for each in fields(SORTS[passage.sort])}:
        return _failure(name, passage, f"{passage.name} is no field of a review.")
    if not isinstance(body, dict):
        if sha_of(passage.text) == passage.sha and passage.sort in ("frame", "answer"):
            return None
        return _failure(name, passage, f"{passage.name} is not among the exact parts.")
    held = body.get(passage.field, "")
    write = written_block if passage.is_block else written_inline
    exact = sha_of(write(held)) if isinstance(held, str) else ""
    if sha_of(passage.text) in (exact, passage.sha):
        return None
    if exact != passage.sha:
        return _failure(name, passage, f"{passage.name} was changed in the text and in the exact parts, differently.")
    body[passage.field] = text_meant(passage)
    return None


def _missing(written: object, found: list[Passage], name: str) -> Iterator[Failure]:
    """Passages that were written and are not in the text any more."""
    here = {passage.name for passage in found}
    for each in written if isinstance(written, list) else ():
        if str(each) not in here:
            yield Failure(
                file=name, reason=f"The passage {each} is no longer in the text. It stays as the exact parts have it.",
                next_step="To take it out, remove it in the review.",
            )  # fmt: skip


def _failure(name: str, passage: Passage, reason: str) -> Failure:
    return Failure(
        file=name, reason=reason, next_step="The exact part was kept. Write it once more in the review.",
        locator=Locator(line=passage.line),
    )  # fmt: skip
