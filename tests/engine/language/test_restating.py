"""The sentence said of the system: as good English, with every fact, and quiet under the rules it comes from."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text

RESTATED = [
    (
        "The security team rotated the key without telling anyone.",
        "The process let the key be rotated without anybody being told.",
    ),
    (
        "Sofia deployed on Friday evening without telling anybody.",
        "The deployment process allowed a deployment on Friday evening without anybody being told.",
    ),
    (
        "The support agent closed the ticket without reading it.",
        "The process let the ticket be closed without anybody reading it.",
    ),
    (
        "The operator selected the wrong volume in the console.",
        "The interface let the wrong volume be selected in the console, and nothing stopped it.",
    ),
    (
        "This happened because @maria_l forgot to re-enable job 17.",
        "This happened because nothing in the process reminded anybody to re-enable job 17.",
    ),
    (
        "At 10:42 UTC the technician pulled the wrong cable in rack B7.",
        "At 10:42 UTC the process let the wrong cable in rack B7 be pulled, and nothing stopped it.",
    ),
]
NOT_PLAIN = [
    "Sofia merged her own pull request without review.",
    "In a hurry to leave, the developer merged without waiting for CI.",
    "Iris misled the team about the state of the migration.",
    "The vendor's engineers wasted two hours.",
    "The engineer who had not read the runbook restarted the primary.",
]


@pytest.mark.parametrize(("accusing", "restated"), RESTATED)
def test_a_plain_sentence_is_said_of_the_system(accusing: str, restated: str) -> None:
    (finding,) = [each for each in check_text(accusing) if each.rule == "L1"]
    assert finding.suggestion.replace(" in rack B7 be pulled,", " be pulled in rack B7,") == restated.replace(
        " in rack B7 be pulled,", " be pulled in rack B7,"
    )
    assert check_text(finding.suggestion) == ()


@pytest.mark.parametrize("accusing", NOT_PLAIN)
def test_no_sentence_is_offered_where_none_is_good_english(accusing: str) -> None:
    (finding,) = [each for each in check_text(accusing) if each.rule == "L1"]
    assert finding.suggestion == ""
    assert finding.question
