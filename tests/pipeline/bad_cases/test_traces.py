"""Traces that are broken: roots lost, circles, ids told twice, clocks hours apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pipeline.bad_cases.shop import BROKE, alert, ask, iso, span_rows, write

Cells = list[str]
ID, PARENT, SERVICE, OPERATION, START, TOOK = 1, 2, 3, 4, 5, 6


def spoiled(spoil: Callable[[Cells], list[Cells]]) -> list[str]:
    """`traces.csv` with other rows instead of each."""
    head, *rows = span_rows()
    return [head, *(",".join(cells) for row in rows for cells in spoil(row.split(",")))]


def with_cell(cells: Cells, place: int, text: str) -> Cells:
    return [*cells[:place], text, *cells[place + 1 :]]


def without_root(cells: Cells) -> list[Cells]:
    return [cells] if cells[PARENT] else []


def in_a_circle(cells: Cells) -> list[Cells]:
    return [cells if cells[PARENT] else with_cell(cells, PARENT, f"{cells[ID][:8]}00000002")]


def own_parent(cells: Cells) -> list[Cells]:
    return [with_cell(cells, PARENT, cells[ID])]


def told_twice(cells: Cells) -> list[Cells]:
    return [cells, cells]


def one_id_for_all(cells: Cells) -> list[Cells]:
    return [with_cell(cells, ID, "a")]


def shared_halves(cells: Cells) -> list[Cells]:
    """The caller's half of each call under the id of the callee's, as some tracers write it."""
    if not cells[PARENT]:
        return [cells]
    caller = "storefront" if cells[SERVICE] == "cart" else "cart"
    half = with_cell(with_cell(cells, SERVICE, caller), OPERATION, f"call {cells[OPERATION]}")
    return [with_cell(half, TOOK, str(float(cells[TOOK]) + 2)), cells]


def no_duration_of_some(cells: Cells) -> list[Cells]:
    return [with_cell(cells, TOOK, "") if cells[ID].endswith("1") and int(cells[ID][:8], 16) % 3 == 0 else cells]


@pytest.mark.parametrize(
    "spoil",
    [without_root, in_a_circle, own_parent, told_twice, one_id_for_all, shared_halves, no_duration_of_some],
    ids=lambda spoil: spoil.__name__,
)
def test_the_service_that_got_slow_in_itself_stays_first(tmp_path: Path, spoil: Callable[[Cells], list[Cells]]) -> None:
    found = ask(write(tmp_path, {"traces.csv": spoiled(spoil), "alert.json": alert()}))
    assert found.first == "cart" and found.probability("cart") > 0.5


def test_clocks_that_are_hours_apart_change_nothing(tmp_path: Path) -> None:
    rows = span_rows(shift={"cart": timedelta(hours=-2), "stock": timedelta(hours=5)})
    found = ask(write(tmp_path, {"traces.csv": rows, "alert.json": alert()}))
    assert found.first == "cart" and found.probability("cart") > 0.5


def test_without_a_normal_period_the_answer_abstains_and_says_so(tmp_path: Path) -> None:
    head, *rows = span_rows()
    late = [head, *(row for row in rows if row.split(",")[START] >= iso(BROKE))]
    found = ask(write(tmp_path, {"traces.csv": late, "alert.json": alert()}))
    assert found.abstained and "before the incident" in found.document["suspects_note"]


def test_one_span_tells_nothing(tmp_path: Path) -> None:
    assert ask(write(tmp_path, {"traces.csv": span_rows()[:2], "alert.json": alert()})).abstained
