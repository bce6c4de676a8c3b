"""The plan as a whole (SPEC R008–R010, R018, R077, R079, R082, R124, R140, R147, R155)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

import pytest

from afteraction.engine.causes.graph import CauseGraph, Node, NodeKind
from afteraction.engine.prevention.changes import (
    TRIAD,
    Barrier,
    Change,
    ChangeClass,
    ChangeKind,
    ChangeState,
    DoneWhen,
    Grade,
    Horizon,
    Power,
)
from afteraction.engine.prevention.checks import (
    CHECKS,
    CHECKS_FOR,
    GROUPS,
    NOT_VERIFIABLE,
    SUCCESS_EXAMPLES,
    verifiable_note,
)
from afteraction.engine.prevention.plan import class_line, plan_findings, strength_line, strength_mix, triad
from afteraction.engine.review.document import Frame, Review
from afteraction.engine.review.findings import Severity
from tests.corpus import corpus
from tests.engine.gates.cast import row


@dataclass(frozen=True)
class Judged:
    change_class: ChangeClass = ChangeClass.PROCESS_CHANGE
    power: Power = Power.STRONG


GRAPH = CauseGraph(nodes={"N1": Node(id="N1", kind=NodeKind.CONDITION, statement="Checkout waits without a limit.")})
CANARY = {"canary": row("canary", "Canary")}


def change(ident: str, **more) -> Change:
    return Change(id=ident, text=f"Change {ident} of the rollout.", **({"targets": ("N1",)} | more))


def three(**more) -> list[Change]:
    return [change(f"C{n}", barrier=barrier, **more) for n, barrier in enumerate(
        (Barrier.DETECT, Barrier.PREVENT, Barrier.MITIGATE), start=1)]  # fmt: skip


def review(changes, *, gates=None, **frame) -> Review:
    return Review(frame=Frame(**frame), graph=GRAPH, gates=gates or {}, changes={each.id: each for each in changes})


def ids(found) -> list[str]:
    return [each.id for each in found]


def plan(changes, *, judged=None, priorities=None, **more) -> list[str]:
    verdicts = {each.id: Judged() for each in changes} if judged is None else judged
    return ids(plan_findings(review(changes, **more), judged=verdicts, priorities=priorities))


def test_a_plan_that_detects_prevents_and_mitigates_leaves_nothing_open() -> None:
    assert plan(three()) == []
    assert [part.text for part in triad(review(three()).changes, {})] == ["D ✓", "P ✓", "M ✓"]


def test_the_triad_is_counted_over_what_is_not_cancelled_and_not_over_repairs() -> None:
    changes = [*three()[:2], change("C3", barrier=Barrier.MITIGATE, state=ChangeState.CANCELLED),
               change("C4", barrier=Barrier.REPAIR), change("C5", barrier=Barrier.PROCESS)]  # fmt: skip
    assert plan(changes) == ["R079:mitigate"]
    assert triad(review(changes).changes, {})[2].text == "M: none yet: rollback, rate limit, failover…?"
    assert plan(changes, waivers={"R079:mitigate": "A rollback takes two minutes already."}) == []
    assert plan(changes, waivers={"R079:mitigate": " "}) == ["R079:mitigate"]


# What a seed says that one change each of detection, prevention and mitigation is.
TRIAD_EXAMPLE = [
    "warn before it happens (detection)", "change how it is done (prevention)", "have a way back ready (mitigation)",
]  # fmt: skip
NAMED = {"detection": Barrier.DETECT, "prevention": Barrier.PREVENT, "mitigation": Barrier.MITIGATE}


@pytest.mark.parametrize("source", ["twin", "shared"])
def test_the_example_of_the_seed_is_one_of_each_and_takes_all_three(source: str) -> None:
    items = TRIAD_EXAMPLE
    if source == "shared":
        rows = json.loads(corpus("../seed_examples.json").read_text(encoding="utf-8"))
        items = next(each["items"] for each in rows if each["id"] == "S1-triad-example")
    named = [(text, NAMED[text.rpartition("(")[2].rstrip(")")]) for text in items]
    assert sorted(barrier.value for _, barrier in named) == sorted(each.value for each in TRIAD)
    changes = [
        replace(change(f"C{at}", barrier=barrier), text=text) for at, (text, barrier) in enumerate(named, start=1)
    ]
    parts = triad(review(changes).changes, {})
    assert [(part.barrier, len(part.changes)) for part in parts] == [(each, 1) for each in TRIAD]
    assert not [each for each in plan(changes) if each.startswith("R079")]
    for left_out in changes:
        rest = [each for each in changes if each is not left_out]
        assert [each for each in plan(rest) if each.startswith("R079")] == [f"R079:{left_out.barrier.value}"]


@pytest.mark.parametrize(
    ("frame", "open_points"),
    [
        ({}, ["R008"]), ({"no_action_because": "Once in 3 years."}, ["R008"]),
        ({"revisit": date(2027, 5, 1)}, ["R008"]),
        ({"no_action_because": "Once in 3 years.", "revisit": date(2027, 5, 1)}, []),
    ],
)  # fmt: skip
def test_no_action_is_a_decision_with_a_reason_and_a_date(frame, open_points) -> None:
    cancelled = change("C1", state=ChangeState.CANCELLED)
    assert plan([], **frame) == plan([cancelled], **frame) == open_points


def test_four_equal_priorities_rank_nothing() -> None:
    changes = [*three(), change("C4")]
    high = dict.fromkeys(("C1", "C2", "C3", "C4"), Grade.HIGH)
    assert plan(changes, priorities=high) == ["R077"]
    assert plan(changes, priorities=high | {"C4": Grade.LOW}) == []
    assert plan(changes[:3], priorities=high) == []
    assert plan(changes, priorities={"C1": Grade.HIGH}) == [], "the others are not ranked yet"


def test_more_than_ten_ask_which_five_matter() -> None:
    changes = [*three(), *(change(f"C{n}") for n in range(4, 12))]
    assert plan(changes) == ["R018"] and plan(changes[:10]) == []


def test_every_change_is_linked_to_a_cause_or_a_gap() -> None:
    changes = [
        *three(),
        change("C4", targets=()),
        change("C5", targets=("N99",)),
        change("C6", targets=(), gap="canary"),
    ]
    assert plan(changes, gates={"canary": row("canary", "Canary")}) == ["R009:C4", "R009:C5"]


@pytest.mark.parametrize(
    ("kind", "because", "open_points"),
    [
        (ChangeClass.PROCESS_CHANGE, "", []),
        (ChangeClass.ASSISTED_PRACTICE, "We will remember.", ["R147:canary"]),
        (ChangeClass.ONE_OFF, "", ["R147:canary"]),
        (ChangeClass.ONE_OFF, "The component is retired in May.", []),
        (ChangeClass.INTENTION, "", ["R147:canary"]),
    ],
)
def test_a_gap_closes_by_a_process_change_or_a_one_off_with_a_reason(kind, because, open_points) -> None:
    changes = three(gap="canary", closes_because=because)
    judged = {each.id: Judged(kind) for each in changes}
    assert plan(changes, judged=judged, gates=CANARY) == open_points
    decided = [replace(each, classed=ChangeClass.PROCESS_CHANGE) for each in changes]
    assert plan(decided, judged=judged, gates=CANARY) == [], "people decide"


def test_a_gap_with_only_weak_changes_asks_for_a_stronger_one() -> None:
    changes = three(gap="canary")
    weak = {each.id: Judged(power=Power.WEAK) for each in changes}
    assert plan(changes, judged=weak, gates=CANARY) == ["R140:canary"]
    assert plan(changes, judged=weak | {"C2": Judged(power=Power.INTERMEDIATE)}, gates=CANARY) == []


@pytest.mark.parametrize(
    ("follow_up", "open_points"),
    [("", ["R082:C4"]), ("C1", []), ("C4", ["R082:C4"]), ("C5", ["R082:C4", "R082:C5"]),
     ("Accepted: the service is retired in May.", [])],
)  # fmt: skip
def test_a_patch_names_what_lasts_or_why_it_is_enough(follow_up: str, open_points: list[str]) -> None:
    patches = [change("C4", horizon=Horizon.PATCH, follow_up=follow_up)]
    if follow_up == "C5":
        patches.append(change("C5", horizon=Horizon.PATCH))
    assert plan([*three(), *patches]) == open_points


def test_a_commit_has_an_owner_a_date_and_a_definition_of_done_that_can_be_audited() -> None:
    bare = change("C4", state=ChangeState.COMMITTED)
    found = plan_findings(review([*three(), bare]), judged={})
    assert ids(found) == ["R155:C4", "R091:C4"]
    assert [each.severity for each in found] == [Severity.MUST, Severity.MAY]
    whole = replace(bare, owner="7", due=date(2026, 6, 5), done_when=(DoneWhen(text="Signed", auditor="QA lead"),),
                    success="No rollout of the next 30 skips the canary.")  # fmt: skip
    assert plan([*three(), whole]) == []
    assert plan([*three(), replace(bare, state=ChangeState.PROVISIONAL)]) == []


def test_the_mix_of_strengths_and_of_classes_is_said_in_one_line() -> None:
    changes = [change(f"C{n}") for n in range(1, 8)]
    powers = [Power.STRONG] * 2 + [Power.INTERMEDIATE] + [Power.WEAK] * 3
    judged = {each.id: Judged(power=power) for each, power in zip(changes, powers, strict=False)}
    by_id = review(changes).changes
    assert strength_line(strength_mix(by_id, judged)) == "2 strong, 1 intermediate, 3 weak"
    assert strength_line(strength_mix({}, {})) == ""
    assert class_line(by_id | {"C7": replace(changes[6], classed=ChangeClass.ONE_OFF)}, judged) == (
        "6 process changes, 1 one-off"
    )


def test_every_kind_has_a_check_or_is_said_to_be_weak_and_stands_in_one_group() -> None:
    assert set(CHECKS_FOR) == set(ChangeKind)
    for kind in ChangeKind:
        strong = [each for each in map(CHECKS.__getitem__, CHECKS_FOR[kind]) if not each.weak and not each.manual]
        assert strong or verifiable_note(kind) == NOT_VERIFIABLE
    grouped = [kind for kinds in GROUPS.values() for kind in kinds]
    assert sorted(grouped) == sorted(ChangeKind) and len(GROUPS) == 5
    assert len(CHECKS) == 28 and len(SUCCESS_EXAMPLES) == 12
