"""Human error as an explanation, in whatever frame, and the words where they explain nothing."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text

EXPLAINED = """
Put down to a slip by the night operator.
Cause: mishap during manual intervention.
The investigation found an error by maintenance personnel.
It all comes down to a mistake made by a human.
Category of cause: human.
A typing error in the router configuration took the ring down.
RCA: procedural error by staff.
The incident has been attributed to operator failure.
Classic PEBKAC.
Clerical error in the routing table of the bank.
Behind the loss stands a lapse of the crew.
Fat finger on the order size.
An administrator error led to the deletion.
The outage is due to incorrect handling by personnel.
Human failure explains the missing valve check.
The reason was a mistake on the user's side.
A technician's error is to blame for the loss of feed B.
The human factor was decisive.
This was a case of user error.
Wrong operation by an employee was identified as the trigger.
"""

NOT_EXPLAINED = """
We never close a review with human error as the cause.
The form counts human error among its categories.
"Operator error" was our first guess and it was wrong.
The interlock prevents human error.
Status 400 means user error, 500 means ours.
The parser raises a TypeError on empty input.
The operator's error count rose to 40 (the Kubernetes operator).
Human error rates in control rooms are studied widely.
The first report said pilot error, which the recorder disproved.
A manual correction of 12 rows followed.
The admin error page was shown for 3 minutes.
Calling it human error would hide the missing guard.
The staff page showed an error.
Human factors specialists joined the review.
We asked a human to confirm the change.
"""


def told_of(sentence: str) -> set[str]:
    return {found.category for found in check_text(sentence)}


@pytest.mark.parametrize("sentence", EXPLAINED.strip().splitlines())
def test_a_lapse_of_humans_is_found_in_any_frame(sentence: str) -> None:
    assert "HUMAN_ERROR" in told_of(sentence)


@pytest.mark.parametrize("sentence", NOT_EXPLAINED.strip().splitlines())
def test_the_words_of_human_error_alone_explain_nothing(sentence: str) -> None:
    assert "HUMAN_ERROR" not in told_of(sentence)
