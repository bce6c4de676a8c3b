"""Human error by frame and by failing: every frame explains with every failing, and the words alone explain nothing."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text

FRAMES = """
The outage was due to {}.
The loss of the west ring happened because of {}.
The double postings can be put down to {}.
All of this boils down to {}.
The flooding was traced back to {}.
The gap stemmed from {} during the night shift.
The leak has been attributed to {}.
Cause: {}.
Root cause – {}.
Reason for the outage: {}
We are looking at a textbook case of {}.
It was nothing more than {}.
The trigger turned out to be {}.
At the bottom of it lies {}.
The report blames {} for the lost orders.
The event was recorded as {}.
"""
FAILINGS = ("an operator mistake", "carelessness", "a manual slip", "human oversight", "a typing error", "negligence",
            "a clerical mistake", "an error made by a technician", "failure to follow the switching procedure",
            "lack of attention", "a keyboard slip", "staff inattention")  # fmt: skip

TOLD = """
Carelessness during the swap took both feeds down.
Human error lies behind the missing 400 invoices.
An oversight while renumbering the racks led to the wrong drawer being pulled.
The failure was human, not mechanical.
The cause was human.
A mistaken manual purge emptied the archive.
The human factor was decisive that night.
Trigger: wrong command entered.
Reason: procedure not followed.
Cause: checklist skipped.
Somebody made a mistake in the console and the rota was lost.
Not reading the runbook was the cause of the second restart.
The overfill arose from an error of handling.
The outage was caused by not following the lock-out procedure.
Only one explanation is left, and it is a human one.
The tariff loss comes from a manual intervention carried out in error.
A lapse of memory was to blame.
The problem was between keyboard and chair.
Slip during a manual failover.
The loss goes back to human frailty.
"""

HARMLESS = """
The interlock exists to reduce the impact of human error.
Human error in a job script cannot stop the fleet.
A mistake in the routing table sent the traffic to Oslo.
The crash was due to an oversight in the schema.
An error in the script doubled the batch.
Human error rates were published in May.
The form offers the options "equipment", "weather" and "human error".
The desk closed nine tickets as user error before the pattern was seen.
Nothing points to operator error.
We rule out human error: the valve closed by itself.
The outage was not caused by negligence.
The lease lapsed because of a lapse of the certificate.
Training will make a manual slip less likely.
Any manual mistake here would have been caught by the second reader.
Mistakes happened along the way.
The checklist was followed by both shifts.
The failure to bind the port was logged.
Lack of attention to disk growth is measured by no alert.
The drawing has a field for human factors.
What would operator error look like in the trace?
"""


def told_of(sentence: str) -> set[str]:
    return {found.category for found in check_text(sentence)}


@pytest.mark.parametrize("frame", FRAMES.strip().splitlines())
def test_a_frame_explains_with_every_failing(frame: str) -> None:
    sentences = [frame.format(failing) for failing in FAILINGS]
    assert [each for each in sentences if "HUMAN_ERROR" not in told_of(each)] == []


@pytest.mark.parametrize("sentence", TOLD.strip().splitlines())
def test_a_human_lapse_that_explains_is_found(sentence: str) -> None:
    assert "HUMAN_ERROR" in told_of(sentence)


@pytest.mark.parametrize("sentence", HARMLESS.strip().splitlines())
def test_a_lapse_that_explains_nothing_is_left_alone(sentence: str) -> None:
    assert "HUMAN_ERROR" not in told_of(sentence)
