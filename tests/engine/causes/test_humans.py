"""Types of human actions, what helps with each, and what is not offered (SPEC §7.7, R073, R108)."""

from __future__ import annotations

import pytest

from afteraction.engine.causes.graph import HumanAction, HumanType
from afteraction.engine.causes.humans import SITUATION, advice, refused_because, unfit_remedies
from afteraction.engine.language.findings import check_text
from afteraction.engine.prevention.changes import Change, ChangeKind, ChangeState
from tests.engine.causes.wellformed.cast import graph, node

EVERY = [advice(each) for each in HumanType]
ACTION = node("N2", "On-call ran the clean-up against the production cluster", "action")


def record(human_type: HumanType | None, **more: object) -> HumanAction:
    return HumanAction(id="N2", type=human_type, **more)  # type: ignore[arg-type]


def test_every_type_has_a_test_factors_and_remedies_of_its_own() -> None:
    assert [each.type for each in EVERY] == list(HumanType)
    assert len({each.remedies for each in EVERY}) == len({each.test for each in EVERY}) == 5
    assert all(each.factors and len(each.remedies) >= 2 and each.test.count("?") == 1 for each in EVERY)


def test_the_situation_is_asked_for_in_six_parts() -> None:
    assert [each.name for each in SITUATION] == [
        "interface", "information", "time pressure", "defaults", "permissions", "monitoring",
    ]  # fmt: skip


def test_nothing_that_is_offered_is_also_refused_and_no_advice_accuses() -> None:
    for each in EVERY:
        assert not any(refused_because(each.type, remedy) for remedy in each.remedies)
        assert check_text(" ".join((each.test, *each.factors, *each.remedies))) == ()
    assert all(check_text(each.question, field="question") == () for each in SITUATION)


@pytest.mark.parametrize(
    ("human_type", "text", "kind", "refused"),
    [
        (HumanType.SLIP, "Train the on-call on contexts", None, True),
        (HumanType.SLIP, "A workshop about clusters", None, True),
        (HumanType.SLIP, "Two hours for everybody", ChangeKind.TRAINING, True),
        (HumanType.SLIP, "Move the training job to its own cluster", None, False),
        (HumanType.SLIP, "Show the cluster in the prompt", None, False),
        (HumanType.LAPSE, "Be careful with the last step", None, True),
        (HumanType.LAPSE, "Automate the last step", None, False),
        (HumanType.KNOWLEDGE_MISTAKE, "Train on the failover with a simulation", None, False),
        (HumanType.RULE_MISTAKE, "Train on the new runbook", None, False),
        (HumanType.VIOLATION, "Disciplinary talk", None, True),
        (None, "Train EVERYbody", ChangeKind.TRAINING, False),
    ],
)
def test_remedies_that_do_not_help_with_a_type_are_refused(
    human_type: HumanType | None, text: str, kind: ChangeKind | None, refused: bool
) -> None:
    assert bool(refused_because(human_type, text, kind)) is refused


def test_training_for_a_slip_gets_a_hint_with_what_fits() -> None:
    training = Change(id="C1", text="Train the on-call", kind=ChangeKind.TRAINING, targets=("N2",))
    found = unfit_remedies(graph(ACTION, record(HumanType.SLIP)), {"C1": training})
    assert [(each.id, each.severity.value) for each in found] == [("H01:C1", "may")]
    assert "slip" in found[0].sentence and advice(HumanType.SLIP).remedies[0] in found[0].question


def test_training_aimed_elsewhere_cancelled_or_for_another_type_gets_none() -> None:
    training = Change(id="C1", text="Train the on-call", kind=ChangeKind.TRAINING, targets=("N3",))
    slip = graph(ACTION, record(HumanType.SLIP))
    assert unfit_remedies(slip, {"C1": training}) == ()
    cancelled = Change(id="C1", text="Train", targets=("N2",), state=ChangeState.CANCELLED)
    assert unfit_remedies(slip, {"C1": cancelled}) == ()
    aimed = Change(id="C1", text="Train the on-call", targets=("N2",))
    assert unfit_remedies(graph(ACTION, record(HumanType.KNOWLEDGE_MISTAKE)), {"C1": aimed}) == ()


def test_a_remedy_chosen_in_the_record_is_held_to_the_same() -> None:
    chosen = record(HumanType.SLIP, remedies=("show the context", "refresher training"))
    assert [each.id for each in unfit_remedies(graph(ACTION, chosen), {})] == ["H01:N2"]
    assert unfit_remedies(graph(record(HumanType.SLIP, remedies=("training",))), {}) == (), "its action is gone"
