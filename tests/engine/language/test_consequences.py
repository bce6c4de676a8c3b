"""A deed told with what came of it accuses; with the order behind it, or by somebody from outside, it does not."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text

ACCUSING = (
    "The lighting technician patched the dimmer to the sister rack, and the stage went dark.",
    "An archivist merged the two shelves, so every request came up empty.",
    "A network engineer loaded the filter meant for the laboratory.",
    "Our pharmacist renamed the cabinet, which left four wards blind.",
    "The reason the tank overflowed is that the brewing crew never set the limit.",
    "The blackout was set off by an electrician swapping two feeders.",
    "The cargo list came out blank because Ingrid emptied the template.",
    "The registry officer attached an unredacted annex.",
    "Careless wiring of the panel by the contractor cut the heating for a day.",
    "What killed the broadcast was Dmitri, who unplugged the mixer.",
    "The cause of the flood lies in the night crew leaving the valve open.",
)
TOLD = (
    "Amina emptied the staging bucket at 14:00, as the retention policy demands every month.",
    "The duty engineer bypassed the valve under permit 77 so that the pump could be changed.",
    "Pavel skipped the soak test in line with the emergency procedure.",
    "Pavel unplugged the relay at the customer's request.",
    "Ms Okoro ignored the reminder on counsel's advice, as the matter was closed.",
    "The caller gave the wrong postcode twice.",
    "Residents who made a mistake in the form may send it again.",
    "The project owner, a customer, had uploaded lists without consent.",
    "The installer missed a library because the manifest lists only the runtime.",
    "The clerk took the page down at 10:48, nine minutes after the call.",
    "Leila pinned the driver to 4.2 at 21:09 and watched the error rate go down.",
    "The mechanic flipped the switch back, and the lights came up within a minute.",
    "A volunteer opened the second gate, which shortened the queue.",
    "The surveyor dug at the spot given by the drawing, which was off by a metre.",
    "The trader restarted the terminal, which failed to start.",
    "The nurse read the label aloud, so that everybody could hear it.",
)


@pytest.mark.parametrize("sentence", ACCUSING)
def test_a_deed_that_harm_came_of_is_found(sentence: str) -> None:
    assert "PERSON" in {finding.category for finding in check_text(sentence)}


@pytest.mark.parametrize("sentence", TOLD)
def test_a_deed_with_its_warrant_or_by_an_outsider_is_left_alone(sentence: str) -> None:
    assert not {"PERSON", "SELF"} & {finding.category for finding in check_text(sentence)}
