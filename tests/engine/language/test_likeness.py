"""Where no rule finds anybody, words are weighed; what comes of it is a note and can be switched off."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.language.findings import Severity, check_text
from afteraction.engine.language.likeness import LEAST, RULES, features_of, likeness_of
from afteraction.engine.language.packs import english
from afteraction.engine.language.people.agents import agents_in, tokens_of
from afteraction.engine.language.rules import Rules
from tests.effort import examples

WEIGHED = Rules(likeness=True)
ALIKE = [
    ("PERSON", "Sam's shortcut through the staging key ended on production."),
    ("PERSON", "The evening crew parked two pallets in front of the sensor."),
    ("HUMAN_ERROR", "A human being put the decimal point in the wrong place, no more to it."),
    ("GATE", "The probe looks at the port and would never have seen an empty answer."),
]
ONLY_TOLD = [
    "The release manager opened a ticket with the vendor at 10:12.",
    "Ines restarted the two brokers and watched the queue drain.",
    "The pods were evicted when the node ran out of memory.",
    "Traffic doubled between 09:00 and 09:20 because of the sale.",
    "The certificate of the mail relay ran out on 3 May.",
    "We will add a limit to the importer in the next sprint.",
    "The vendor's engineer joined the call and shared the traces.",
    "A replica lagged by four minutes until the index was rebuilt.",
    "Customers could read their balance and could not pay.",
    "The alert fired twelve minutes after the first error.",
]


@pytest.mark.parametrize(("category", "sentence"), ALIKE)
def test_what_no_rule_finds_is_a_note_by_its_words(category, sentence) -> None:
    assert not check_text(sentence), "a rule finds it by now: take another sentence"
    (found,) = check_text(sentence, rules=WEIGHED)
    assert (found.category, found.rule, found.severity) == (category, RULES[category], Severity.NOTE)
    assert found.by_likeness and found.question.endswith("?")
    assert sentence[found.start : found.end].strip()
    assert "No rule found this" in found.message


@pytest.mark.parametrize("sentence", ONLY_TOLD)
def test_what_is_only_told_stays_without_a_note(sentence) -> None:
    assert not check_text(sentence, rules=WEIGHED)


def test_it_never_grows_louder_and_can_be_switched_off_by_itself() -> None:
    category, sentence = ALIKE[0]
    louder = Rules(likeness=True, loudness={RULES[category]: Severity.NUDGE})
    assert [each.severity for each in check_text(sentence, rules=louder)] == [Severity.NOTE]
    for off in ("LW", "LIKENESS", RULES[category], category):
        assert not check_text(sentence, rules=Rules(likeness=True, off=frozenset({off})))


def test_questions_headings_timelines_and_what_a_rule_found_are_not_weighed() -> None:
    _, sentence = ALIKE[0]
    assert not check_text("# " + sentence.rstrip("."), rules=WEIGHED)
    assert not check_text(sentence, field="timeline", rules=WEIGHED)
    assert not check_text(sentence.rstrip(".") + "?", rules=WEIGHED)
    by_rule = "The developer forgot to run the tests."
    assert check_text(by_rule, rules=WEIGHED) == check_text(by_rule)


@settings(max_examples=examples(60))
@given(st.text(alphabet="aeinrst @'0.,", max_size=80))
def test_any_words_are_weighed_between_nothing_and_one(text) -> None:
    tokens = tokens_of(text)
    agents = agents_in(tokens, english())
    assert features_of(tokens, agents) == features_of(list(tokens), list(agents))
    found = likeness_of(tokens, agents)
    assert found is None or (LEAST <= found.probability <= 1 and found.category in RULES)
