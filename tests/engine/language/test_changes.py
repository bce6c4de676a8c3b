"""What an action really is, is proposed from its words; people have the last say."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.language.actions.changes import classify
from afteraction.engine.language.actions.properties import NAMES
from afteraction.engine.prevention.changes import ChangeClass, Power
from tests.corpus import corpus
from tests.effort import examples
from tests.engine.language import actions_twins as twins

CLASSED = [
    (sentence, change_class)
    for change_class, sentences in (
        (ChangeClass.PROCESS_CHANGE, twins.PROCESS_CHANGE),
        (ChangeClass.ASSISTED_PRACTICE, twins.ASSISTED_PRACTICE),
        (ChangeClass.ONE_OFF, twins.ONE_OFF),
        (ChangeClass.INTENTION, twins.INTENTION),
    )
    for sentence in sentences
]


@pytest.mark.parametrize(("sentence", "change_class"), CLASSED)
def test_the_class_is_read_from_the_words(sentence: str, change_class: ChangeClass) -> None:
    assert classify(sentence).change_class is change_class


@pytest.mark.parametrize(("sentence", "change_class"), CLASSED)
def test_bullets_boxes_and_labels_change_nothing(sentence: str, change_class: ChangeClass) -> None:
    for written in (f"- [ ] {sentence}", f"**Prevention:** {sentence}", f"OPS-12: {sentence}", f"1. {sentence}\r\n"):
        assert classify(written).change_class is change_class


def test_each_property_says_in_which_words_it_shows() -> None:
    verdict = classify("Block deployments to production while an incident is open, for every service")
    assert set(verdict.properties) == set(NAMES) == set(verdict.because)
    assert verdict.properties["P1"] is True
    assert "Block deployments" in verdict.because["P1"]
    assert "every" in verdict.because["P2"] or "deployments" in verdict.because["P2"]
    assert verdict.properties["P7"] is None
    assert verdict.question == "Who keeps it working after it is done?"
    assert all(reason.startswith("P") for reason in verdict.reasons)


def test_what_people_set_comes_before_the_words() -> None:
    sentence = "Add load testing to the release checklist"
    assert classify(sentence).change_class is ChangeClass.ASSISTED_PRACTICE
    agreed = dict.fromkeys(("P1", "P2", "P3", "P4", "P6"), True)
    assert classify(sentence, agreed).change_class is ChangeClass.PROCESS_CHANGE
    assert classify(sentence, {**agreed, "P3": None}).change_class is ChangeClass.ASSISTED_PRACTICE
    gate = "Reject config files that fail schema validation in the pipeline"
    assert classify(gate, {"P1": False}).change_class is not ChangeClass.PROCESS_CHANGE
    assert classify(gate, {"P2": False}).change_class is ChangeClass.ONE_OFF


def test_a_property_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="P1 to P8"):
        classify("Add a gate", {"P9": True})


@pytest.mark.parametrize(("sentence", "power"), [
    ("Remove DROP permissions from the cron database user", Power.STRONG),
    ("Fail the build when a migration has no rollback script", Power.STRONG),
    ("Add alerts on all queues at 80 % for 5 minutes, paging the on-call", Power.INTERMEDIATE),
    ("Add canary analysis with automatic halt for every deployment", Power.INTERMEDIATE),
    ("Document the failover procedure in the wiki", Power.WEAK),
    ("Mandatory training for all engineers", Power.WEAK),
    ("Be more careful", Power.WEAK),
])  # fmt: skip
def test_power_follows_what_makes_it_hold(sentence: str, power: Power) -> None:
    assert classify(sentence).power is power


def test_the_questions_lead_to_something_stronger() -> None:
    assert "what would make it happen every time?" in classify("Replace the failed disk in db-3").question
    assert "remembering" in classify("Write a runbook for database failover").question
    assert "unnecessary" in classify("Be more careful").question
    assert "how would one see it" in classify("Improve monitoring").question


@pytest.mark.parametrize("wish", ["", "   ", "…", "🙂", "1234", "-", "TBD"])
def test_nothing_to_do_is_never_a_process_change(wish: str) -> None:
    assert classify(wish).change_class is not ChangeClass.PROCESS_CHANGE


def test_the_pairs_the_product_was_asked_for() -> None:
    pairs = {
        row["id"]: row for row in json.loads((corpus("INDEX.md").parent.parent / "seed_examples.json").read_text())
    }
    gate = pairs["S4-load-testing-gate"]
    assert classify(gate["bad"]).change_class is ChangeClass.ASSISTED_PRACTICE
    assert classify(gate["good"]).change_class is ChangeClass.PROCESS_CHANGE
    assert classify(gate["good"]).power is Power.STRONG
    assert classify(pairs["S4-load-tests-next-release"]["bad"]).change_class is ChangeClass.ONE_OFF
    assert classify(pairs["S1-fix-the-issue"]["bad"]).change_class is ChangeClass.INTENTION
    assert classify(pairs["S1-connection-pool"]["bad"]).change_class is ChangeClass.INTENTION
    assert classify(pairs["S1-connection-pool"]["good"]).change_class is not ChangeClass.INTENTION


@settings(max_examples=examples(100), deadline=None)
@given(st.text(max_size=200), st.dictionaries(st.sampled_from(sorted(NAMES)), st.sampled_from([True, False, None])))
def test_any_words_get_a_class_and_only_the_definition_makes_a_process_change(
    text: str, properties: dict[str, bool | None]
) -> None:
    verdict = classify(text, properties)
    for name, value in properties.items():
        assert value is None or verdict.properties[name] is value
    if verdict.change_class is ChangeClass.PROCESS_CHANGE:
        assert all(verdict.properties[name] for name in ("P1", "P2", "P3", "P6"))
        assert verdict.properties["P4"] or verdict.properties["P5"]


@pytest.mark.parametrize("piece", ["add a check ", "remove the ", "and ", "a", "**", "improve (", "to the "])
def test_a_very_long_action_takes_no_time(piece: str) -> None:
    begun = time.perf_counter()
    classify(piece * 100_000)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(("sentence", "change_class"), [
    ("Block outbound mail from all build agents by firewall policy", ChangeClass.PROCESS_CHANGE),
    ("Cap the number of open files per service at 4096 in the job template", ChangeClass.PROCESS_CHANGE),
    ("Set a memory limit of 1 GiB on every worker in the chart template", ChangeClass.PROCESS_CHANGE),
    ("Block the address 10.1.2.3", ChangeClass.ONE_OFF),
    ("Reduce the alert rule to report-only mode", ChangeClass.ONE_OFF),
    ("Record a screencast of the failover for new responders", ChangeClass.ASSISTED_PRACTICE),
    ("Add a section to the review template", ChangeClass.ASSISTED_PRACTICE),
])  # fmt: skip
def test_a_template_that_machines_fill_in_is_no_sheet_and_a_policy_that_they_apply_no_paper(
    sentence: str, change_class: ChangeClass
) -> None:
    assert classify(sentence).change_class is change_class


def test_a_threshold_is_shown_whole() -> None:
    assert "50 ms" in classify("Page the on-call when the pool wait stays above 50 ms for 1 minute").because["P4"]
