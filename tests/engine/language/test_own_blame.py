"""What writers say against themselves, and contempt for what people made."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text


def categories(text: str) -> set[str]:
    return {finding.category for finding in check_text(text)}


@pytest.mark.parametrize(
    "sentence",
    [
        "I asked for the early date, so this delay is mine to own.",
        "As the planner on call I misjudged the queue, and I regret it.",
        "I opened the gate without asking the yard, and I should not have.",
        "It was me, I loaded the old tariff, sorry.",
        "Sorry folks, I merged the wrong branch.",
        "This one is entirely on me.",
        "I was too tired to read the diff properly.",
        "The typo in the zone file was mine.",
        "I can only blame myself for the missing index.",
        "My edit to the parser took the site down.",
    ],
)
def test_self_blame_is_answered_kindly(sentence: str) -> None:
    found = check_text(sentence)
    assert [each.category for each in found] == ["SELF"]
    assert found[0].severity.value == "nudge"


@pytest.mark.parametrize(
    "sentence",
    [
        "I restarted the pod at 10:15.",
        "I am sorry for the inconvenience.",
        "I did not see any errors in the log.",
        "I noticed that my laptop was slow.",
        "My fix was merged at 12:10.",
        "I had not been told about the freeze.",
        "I did run the sync by hand, but it did not run with the same arguments.",
        "I do not blame anybody.",
    ],
)
def test_what_somebody_merely_did_is_no_self_blame(sentence: str) -> None:
    assert "SELF" not in categories(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The vendor's helpdesk was frankly useless all morning.",
        "The quality of the rollout plan fell below any professional standard.",
        "The storage setup is a dumpster fire.",
        "The importer was cobbled together.",
        "The handover notes leave a lot to be desired.",
        "The checklist is not fit for purpose.",
    ],
)
def test_contempt_is_a_judgement(sentence: str) -> None:
    assert "JUDGEMENT" in categories(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The link showed poor optical power, -28 dBm.",
        "The logs were of no use for the analysis.",
        "The queue was drained, and the cards were printed.",
        "The standard limit is 500 connections.",
        "The purpose of the script is to rotate the keys.",
    ],
)
def test_a_measure_or_a_purpose_is_no_judgement(sentence: str) -> None:
    assert "JUDGEMENT" not in categories(sentence)
