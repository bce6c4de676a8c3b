"""Parts of a review survive JSON, and what does not fit is named."""

from __future__ import annotations

import json
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afteraction.core.instant import Instant, Precision
from afteraction.engine.review.document import SORTS
from afteraction.pipeline.review.parts import PartUnusable, read_part, write_part

NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
MOMENTS = st.none() | st.builds(
    Instant, utc=st.datetimes(timezones=st.just(UTC)), precision=st.sampled_from(Precision), source_tz=st.text()
)
PLACES = st.dictionaries(st.text(), st.tuples(st.integers(-9999, 9999).map(float), st.integers(0, 9999).map(float)))
SPECIAL: dict[str, dict[str, st.SearchStrategy[object]]] = {
    "node": {"valid_from": MOMENTS, "valid_to": MOMENTS},
    "edge": {"lag_s": NUMBERS},
    "support": {"at": MOMENTS, "until": MOMENTS},
    "gate": {"position": NUMBERS.filter(lambda each: each is not None)},
    "change": {"loss_averted": NUMBERS, "effort_days": NUMBERS},
    "signal": {
        "threshold": NUMBERS, "for_s": st.floats(0, 1e6), "result": st.dictionaries(st.text(), st.integers(-9, 9)),
    },
    "layout": {"places": PLACES},
    "meeting": {"start": MOMENTS, "began": MOMENTS, "ended": MOMENTS},
}  # fmt: skip


@given(data=st.data())
@pytest.mark.parametrize("sort", sorted(SORTS))
def test_a_part_comes_back_from_json_as_it_was(sort: str, data: st.DataObject) -> None:
    part = data.draw(st.builds(SORTS[sort], **SPECIAL.get(sort, {})))
    body = json.loads(json.dumps(write_part(part)))
    assert read_part(sort, part.id, body) == part


@pytest.mark.parametrize(
    ("sort", "body", "field"),
    [
        ("node", {"kind": "person", "statement": "Somebody"}, "kind"),
        ("node", {"kind": "event"}, "statement"),
        ("node", {"kind": "event", "statement": "Pool is full", "colour": "red"}, "colour"),
        ("node", {"kind": "event", "statement": "Full", "valid_from": {"utc": "yesterday"}}, "valid_from.utc"),
        ("edge", {"source": "N1"}, "target"),
        ("change", {"text": "Page on pool wait", "due": "2026-02-30"}, "due"),
        ("signal", {"title": "Pool wait", "threshold": float("nan")}, "threshold"),
        ("gate", {"title": "Canary", "outcome": "fine"}, "outcome"),
    ],
)
def test_what_does_not_fit_is_named_by_its_field(sort: str, body: dict[str, object], field: str) -> None:
    with pytest.raises(PartUnusable) as problem:
        read_part(sort, "X1", body)
    assert problem.value.field == field
    assert f"{sort} X1, {field}: " in str(problem.value)


def test_a_sort_that_does_not_exist_is_refused() -> None:
    with pytest.raises(PartUnusable, match="gauge X1: is none of frame"):
        read_part("gauge", "X1", {})
