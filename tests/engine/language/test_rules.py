"""A team switches rules off, says how loud they are and how many it wants to see at once."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import Severity, check_text
from afteraction.engine.language.language_rules import LANGUAGE_RULES
from afteraction.engine.language.rules import CATALOGUE, EVERYTHING_ON, MAY_GATE, Rules, unknown_names

FORGOT = "The developer forgot to test it."


@pytest.mark.parametrize("name", ["L1", "PERSON"])
def test_a_rule_is_switched_off_by_its_code_or_its_category(name: str) -> None:
    assert check_text(FORGOT)
    assert check_text(FORGOT, rules=Rules(off=frozenset({name}))) == ()


def test_a_team_sets_how_loud_a_rule_is() -> None:
    (found,) = check_text(FORGOT, field="cause", rules=Rules(loudness={"L1": Severity.NOTE}))
    assert found.severity is Severity.NOTE


def test_a_gate_that_is_asked_for_gates_only_where_it_may() -> None:
    rules = Rules(loudness={"L1": Severity.GATE})
    assert [each.severity for each in check_text(FORGOT, rules=rules)] == [Severity.NUDGE]
    with pytest.raises(ValueError, match="L2 cannot be a gate"):
        Rules(loudness={"L2": Severity.GATE})


def test_at_most_so_many_for_a_paragraph_the_loudest_first_and_the_rest_counted() -> None:
    text = f"An alert would have caught it earlier. {FORGOT} Human error again. Marta ignored the page.\n\n{FORGOT}"
    found = check_text(text, rules=Rules(per_paragraph=2))
    assert len(check_text(text)) == 5
    assert [(each.severity, each.more) for each in found] == [
        (Severity.NUDGE, 0), (Severity.GATE, 2), (Severity.NUDGE, 0)
    ]  # fmt: skip
    with pytest.raises(ValueError, match="1 or more"):
        Rules(per_paragraph=0)


def test_the_same_choices_are_the_same_rules() -> None:
    one, other = (Rules(off=frozenset({"L6"}), loudness={"L2": Severity.NOTE}) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert one != EVERYTHING_ON


def test_every_rule_of_the_catalogue_explains_itself() -> None:
    assert len({each.code for each in CATALOGUE}) == len(CATALOGUE)
    assert {each.code for each in LANGUAGE_RULES} == {
        "L1", "L2", "L2g", "L3", "L4", "L5", "L6", "L7", "L8", "L9", "LS", "LA", "LT", "LO", "LI", "LP", "LW"
    }  # fmt: skip
    for each in CATALOGUE:
        assert each.reason.endswith(".")
        assert each.question.endswith("?")
        assert each.example_bad != each.example_good
        assert (each.loudness is Severity.GATE) <= (each.code in MAY_GATE)


def test_a_name_that_is_no_rule_is_told() -> None:
    assert unknown_names(["L1", "PERSON", "L99", "PERSONN"]) == ("L99", "PERSONN")
