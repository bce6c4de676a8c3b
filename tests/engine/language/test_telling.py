"""How something is told is looked at beside whom it accuses, and harmless words stay as they are."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import Severity, check_text
from afteraction.engine.language.rules import Rules
from tests.engine.language import telling_twins as twins

FOUND = {
    "L3": (twins.HINDSIGHT, twins.NO_HINDSIGHT),
    "L5": (twins.JUDGEMENT, twins.NO_JUDGEMENT),
    "L6": (twins.SINGLE_CAUSE, twins.SEVERAL_CAUSES),
    "L7": (twins.AGENCY, twins.AGENCY_SHOWN),
    "L8": (twins.DIMINISHING, twins.MEASURED),
    "LA": (twins.ANIMATED, twins.CALM),
    "LT": (twins.RESIDUE, twins.ANSWERED),
}


def rules(text: str, field: str = "prose") -> set[str]:
    return {each.rule for each in check_text(text, field=field)}


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, (bad, _) in FOUND.items() for text in bad])
def test_what_is_told_so_is_found(rule: str, text: str) -> None:
    assert rule in rules(text)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, (_, good) in FOUND.items() for text in good])
def test_the_same_words_in_a_harmless_sentence_are_left_alone(rule: str, text: str) -> None:
    assert rule not in rules(text)


def test_none_of_these_rules_gates() -> None:
    texts = [text for bad, _ in FOUND.values() for text in bad]
    found = [each for text in texts for each in check_text(text, field="cause") if each.rule in FOUND]
    assert {each.severity for each in found} == {Severity.NUDGE, Severity.NOTE}


def test_one_root_cause_is_a_nudge_once_the_graph_has_several() -> None:
    text = "The root cause was a missing index."
    (found,) = check_text(text)
    (told,) = check_text(text, rules=Rules(several_contributors=True))
    assert (found.severity, told.severity) == (Severity.NOTE, Severity.NUDGE)


@pytest.mark.parametrize(("line", "neutral"), twins.CONCLUDING.items())
def test_a_line_of_a_timeline_that_concludes_is_found_with_its_neutral_form(line: str, neutral: str) -> None:
    (found,) = [each for each in check_text(line, field="timeline") if each.rule == "LI"]
    assert found.suggestion == neutral
    assert found.severity is Severity.NOTE
    assert not neutral or check_text(neutral, field="timeline") == ()


@pytest.mark.parametrize("line", twins.SEEN)
def test_a_line_that_tells_what_was_seen_is_left_alone(line: str) -> None:
    assert check_text(line, field="timeline") == ()


@pytest.mark.parametrize("line", twins.CONCLUDING)
def test_outside_a_timeline_one_may_conclude(line: str) -> None:
    assert "LI" not in rules(line)


@pytest.mark.parametrize(("text", "place"), [
    ("Marta rolled the change back.", "Marta"),
    ("Write to m.keller@example.org for details.", "m.keller@example.org"),
    ("Thanks to @mkeller for the fix.", "@mkeller"),
    ("The message of <@U024BE7LH> was seen late.", "<@U024BE7LH>"),
    ("The GitHub user mkeller-ops opened it.", "GitHub user mkeller-ops"),
    ("Call +49 30 1234 5678 at night.", "+49 30 1234 5678"),
])  # fmt: skip
def test_a_text_for_the_public_names_nobody(text: str, place: str) -> None:
    (found,) = [each for each in check_text(text, field="external") if each.rule == "LP"]
    assert text[found.start : found.end] == place
    assert "LP" not in rules(text)


def test_a_known_name_is_found_in_a_text_for_the_public() -> None:
    found = check_text("Zedka restarted the node.", field="external", known_people=["Zedka Omm"])
    assert [each.rule for each in found] == ["LP"]


@pytest.mark.parametrize("text", ["Write to support@example.org.", "The on-call engineer rolled it back.",
                                  "Version v2@sha256 is live.", "Grafana showed the rise."])  # fmt: skip
def test_a_role_and_an_address_of_a_role_are_nobody(text: str) -> None:
    assert check_text(text, field="external") == ()


def test_outage_is_asked_about_in_a_text_for_the_public_alone() -> None:
    assert rules("We are sorry for the outage of the search.", "external") == {"LO"}
    assert rules("A partial outage hit the search.", "external") == set()
    assert rules("We are sorry for the outage of the search.") == set()


def test_a_raised_voice_is_not_told_beside_an_accusation() -> None:
    assert rules("The developer forgot the migration AGAIN!!!") == {"L1"}


def test_what_a_template_left_is_judged_by_no_other_rule() -> None:
    assert rules("TODO: describe what the engineer forgot to test") == {"LT"}


def test_hindsight_that_is_named_is_held_against_a_decision_as_well() -> None:
    assert rules("In hindsight we should have tested it.") == {"L2", "L3"}
