"""What no guard saw, and what humans in general got wrong: by construction, with lookalikes."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text

HUMANS = """
The trays were mixed up by a person at the belt.
The badge numbers were transposed by staff.
A human picked the wrong drawer.
People entered the wrong tariff and the billing run used it.
The pump was fine, the human was not.
The rename was a slip of the mouse.
Misreading of the gauge by personnel emptied the tank.
The cause lies with personnel.
The flood has a human origin.
Wrong lane, wrong parcel: a sorting matter, human rather than technical.
A blunder by an accountant doubled the salaries.
"""
NOT_HUMANS = """
No employee made an error at the counter.
Human error probabilities were copied from the handbook.
The form prevents that fields are mixed up by staff.
Names may be misread by a person, so the form asks twice.
The voice menu hands over to a human after three tries.
The scan compares the label with what a human picked.
"""
UNGUARDED = """
The purge page asks for no confirmation.
The importer does not compare the two totals.
The schema step looks at names but not at units.
The probe covers the public pages only, so the broken login went unnoticed.
The freezer alarm goes to a mailbox that nobody reads.
The price field has no upper bound.
The loader accepts any file without a warning.
Nothing in the release job verifies the signature.
"""
GUARDED = """
The importer compared the two totals and refused the file.
The alarm rang at 02:10 and the nurse on call answered.
The page now asks for confirmation before it purges.
We will add a check that warns of empty files.
Orders after noon would have been rejected in any case.
"""


def categories(sentence: str) -> set[str]:
    return {found.category for found in check_text(sentence)}


@pytest.mark.parametrize("sentence", HUMANS.strip().splitlines())
def test_what_humans_in_general_got_wrong_is_found(sentence: str) -> None:
    assert "HUMAN_ERROR" in categories(sentence)


@pytest.mark.parametrize("sentence", NOT_HUMANS.strip().splitlines())
def test_humans_who_got_nothing_wrong_are_left_alone(sentence: str) -> None:
    assert "HUMAN_ERROR" not in categories(sentence)


@pytest.mark.parametrize("sentence", UNGUARDED.strip().splitlines())
def test_what_no_guard_saw_is_found(sentence: str) -> None:
    assert "GATE" in categories(sentence)


@pytest.mark.parametrize("sentence", GUARDED.strip().splitlines())
def test_a_guard_that_worked_or_is_wished_for_is_left_alone(sentence: str) -> None:
    assert "GATE" not in categories(sentence)


def test_somebody_who_is_accused_says_more_than_the_gate_beside() -> None:
    said = categories("The reviewer waved the change through without reading it.")
    assert "PERSON" in said and "GATE" not in said
