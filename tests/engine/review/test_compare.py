"""Four evenings of the same lookup side by side (golden case G3 as a twin), and what cannot be compared."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from afteraction.core.analysis import Analysis, CostModel, Incident, Timeline
from afteraction.core.findings import Conflict, ImpactWindow, Metric, Milestone
from afteraction.engine.causes.graph import CauseGraph, Factor, MitigatorKind, Node, NodeKind, Status, Support
from afteraction.engine.gates.matrix import Could, GateRow, Outcome, Reached
from afteraction.engine.metrics import SEED_RATE, business
from afteraction.engine.metrics.business import working_hours
from afteraction.engine.prevention.changes import Barrier, Change, ChangeState
from afteraction.engine.review.compare import Column, Comparison, Known, Row, Shared, Verdict
from afteraction.engine.review.document import Frame, Review
from afteraction.engine.review.side_by_side import compare, impact_start, offset_s
from afteraction.pipeline.report.document import to_json
from afteraction.pipeline.report.sentences import figure as speak
from tests.engine.metrics.cast import figures, milestones, noticed, window

WINDOWS = {
    "A": (window("2032-06-07 20:45", "2032-06-07 22:28", 0.38),),
    "B": (window("2032-06-10 17:00", "2032-06-10 18:12", 0.97),),
    "C": (window("2032-06-14 18:28", "2032-06-14 20:31", 0.34),),
    "D": (window("2032-06-15 21:30", "2032-06-16 04:39"),),
}
NOTICED = {
    "A": (noticed("monitor", "2032-06-07 20:47"),),
    "B": (noticed("customer", "2032-06-10 17:10", seen="2032-06-10 17:45"),),
    "C": (noticed("monitor", "2032-06-14 18:30"),),
    "D": (),
}


def document(
    key: str, windows: tuple[ImpactWindow, ...], *, kind: str = "outage", metrics: dict[str, Metric] | None = None,
    conflicts: tuple[Conflict, ...] = (), services: tuple[str, ...] = ("prices", "api"), **facts: Any,
) -> dict[str, Any]:  # fmt: skip
    known = {"windows": windows, **facts}
    told = {name: value for name, value in known.items() if name in ("windows", "milestones", "detections")}
    return to_json(
        Analysis(
            incident=Incident(key=key, title=f"Lookups {key}", kind=kind, severity="SEV-2", services=services),
            files=(), timeline=Timeline(conflicts=conflicts, **told), metrics=metrics or figures(kind, **known),
        )
    )  # fmt: skip


def evening(key: str, **more: Any) -> Column:
    start, end = WINDOWS[key][0].start, WINDOWS[key][0].end
    assert end is not None
    found = milestones(
        impact_start=f"{start.utc:%Y-%m-%d %H:%M}", mitigated=f"{end.utc:%Y-%m-%d %H:%M}",
    )  # fmt: skip
    told = document(key, WINDOWS[key], detections=NOTICED[key], milestones=found)
    mechanism = "" if key == "D" else "connection-pool-exhausted"
    return Column(key=key, title=f"Lookups {key}", document=told, mechanism=mechanism, **more)


def four() -> list[Column]:
    return [evening(key) for key in WINDOWS]


def row(table: Comparison, name: str, clock: str | None = None) -> Row:
    (found,) = [each for each in table.rows if name in each.name and clock in (None, each.clock)]
    return found


class TestFourEvenings:
    def test_each_figure_is_that_of_the_incident_itself(self) -> None:
        columns = four()
        table = compare(columns, speak)
        for ident in ("M01", "M02", "M06", "M10", "M11", "M12", "M13", "M15"):
            for column, cell in zip(columns, row(table, ident).cells, strict=True):
                own = column.document["metrics"][ident]
                assert cell.source is not None and cell.source is own
                assert cell.text == speak(own)
                assert list(cell.evidence) == own["evidence"]

    def test_lengths_differ(self) -> None:
        lasted = row(compare(four()), "M10")
        assert [cell.source and cell.source["value"] for cell in lasted.cells] == [103, 72, 123, 429]
        assert lasted.verdict is Verdict.DIFFERENT

    def test_what_is_unknown_in_one_column_is_never_a_difference(self) -> None:
        detected = row(compare(four()), "M01")
        assert detected.cells[3].known is Known.UNKNOWN
        assert (detected.verdict, detected.among_known) == (Verdict.CANNOT_COMPARE, Verdict.DIFFERENT)
        assert detected.note == "D: unknown"

    def test_two_that_were_found_after_two_minutes_are_the_same(self) -> None:
        assert row(compare([evening("A"), evening("C")]), "M01").verdict is Verdict.SAME

    def test_how_it_was_noticed(self) -> None:
        table = compare([evening("A"), evening("B")])
        noticed_by = row(table, "Noticed by")
        assert [cell.text for cell in noticed_by.cells] == ["monitor", "customer"]
        assert noticed_by.verdict is Verdict.DIFFERENT
        assert [cell.value for cell in row(table, "Users told us first").cells] == [False, True]

    def test_moments_count_from_the_start_of_impact(self) -> None:
        mitigated = row(compare([evening("A"), evening("B")]), "Mitigated")
        assert [cell.text for cell in mitigated.cells] == ["+1 h 43 min", "+1 h 12 min"]
        assert mitigated.verdict is Verdict.DIFFERENT
        assert mitigated.cells[0].evidence

    def test_a_shared_mechanism_and_shared_services_stand_on_top(self) -> None:
        table = compare(four())
        assert table.shared == (
            Shared("mechanism", "connection-pool-exhausted", ("A", "B", "C")),
            Shared("service", "api", ("A", "B", "C", "D")),
            Shared("service", "prices", ("A", "B", "C", "D")),
        )
        assert row(table, "Mechanism").verdict is Verdict.CANNOT_COMPARE

    def test_differing_rows_come_first_and_what_cannot_be_compared_last(self) -> None:
        order = [each.verdict for each in compare(four()).rows]
        assert order == sorted(order, key=list(Verdict).index)
        assert set(order) == set(Verdict)
        torn = [each.among_known for each in compare(four()).rows if each.verdict is Verdict.CANNOT_COMPARE]
        assert torn.index(Verdict.DIFFERENT) < torn.index(None)

    def test_the_order_of_the_columns_changes_nothing(self) -> None:
        columns = four()
        first = compare(columns)
        for turned in permutations(columns):
            table = compare(turned)
            assert table.shared == first.shared
            assert [(r.part, r.name, r.verdict, r.note) for r in table.rows] == [
                (r.part, r.name, r.verdict, r.note) for r in first.rows
            ]
            for mine, theirs in zip(table.rows, first.rows, strict=True):
                by_key = dict(zip([c.key for c in columns], theirs.cells, strict=True))
                assert mine.cells == tuple(by_key[column.key] for column in turned)

    def test_it_goes_out_as_a_table(self) -> None:
        table = compare(four(), speak).table()
        assert table[0] == ["Part", "Name", "Verdict", "A", "B", "C", "D"]
        assert ["shared", "connection-pool-exhausted", "mechanism", "yes", "yes", "yes", ""] in table
        assert {len(line) for line in table} == {7}


def test_wall_and_business_time_never_share_a_row() -> None:
    stated = milestones(impact_start="2032-06-10 16:00", resolved="2032-06-11 10:00")
    wall = figures(milestones=stated)
    office = business(working_hours("09:00", "17:00"))
    restated = {**wall, "M09": office.restate(wall["M09"])}
    columns = [
        Column(key="A", title="A", document=document("A", (), milestones=stated, metrics=wall)),
        Column(key="B", title="B", document=document("B", (), milestones=stated, metrics=restated)),
    ]
    rows = [each for each in compare(columns).rows if each.name.startswith("M09")]
    assert {each.clock for each in rows} == {"wall", office.name}
    for each in rows:
        assert each.verdict is Verdict.CANNOT_COMPARE
        assert sorted(cell.known for cell in each.cells) == [Known.CLOCK, Known.YES]


def test_what_does_not_apply_is_no_difference() -> None:
    near = Column(key="N", title="N", document=document("N", (), kind="near_miss"))
    lasted = row(compare([evening("A"), near]), "M10")
    assert (lasted.verdict, lasted.cells[1].known) == (Verdict.CANNOT_COMPARE, Known.NOT_APPLICABLE)


def test_a_lower_bound_differs_only_from_what_lies_below_it() -> None:
    def lasted(minutes: float, at_least: bool = False) -> Column:
        key = f"{minutes}{at_least}"
        start = window("2032-06-10 17:00:00", f"2032-06-10 {17 + minutes // 60:.0f}:{minutes % 60:02.0f}:00", 1.0)
        told = document(key, (start,))
        if at_least:
            told["metrics"]["M10"] |= {"state": "at_least", "low": minutes, "high": None}
        return Column(key=key, title=key, document=told)

    def verdict(*columns: Column) -> Verdict:
        return row(compare(columns), "M10").verdict

    assert verdict(lasted(40, at_least=True), lasted(20)) is Verdict.DIFFERENT
    assert verdict(lasted(40, at_least=True), lasted(50)) is Verdict.CANNOT_COMPARE
    assert verdict(lasted(40, at_least=True), lasted(50, at_least=True)) is Verdict.CANNOT_COMPARE


def test_times_to_the_minute_are_the_same_within_a_minute_or_two() -> None:
    def found_after(minutes: int) -> Column:
        told = document(
            str(minutes), WINDOWS["A"], detections=(noticed("monitor", f"2032-06-07 20:{45 + minutes}"),)
        )  # fmt: skip
        return Column(key=str(minutes), title="", document=told)

    assert row(compare([found_after(2), found_after(3)]), "M01").verdict is Verdict.SAME
    assert row(compare([found_after(2), found_after(5)]), "M01").verdict is Verdict.DIFFERENT


def test_a_metric_that_columns_name_alike_long_has_the_first_name_by_the_alphabet() -> None:
    columns = [evening(key) for key in WINDOWS]
    for column, name in zip(columns, ("Dd", "Bb", "Aa", "Cc"), strict=True):
        column.document["metrics"]["M10"]["name"] = name
    assert row(compare(columns), "M10").name == "M10 Aa"


def test_costs_in_two_currencies_have_rows_of_their_own() -> None:
    euro = CostModel(per_minute={"": replace(SEED_RATE, currency="EUR")})
    pound = CostModel(per_minute={"": SEED_RATE})
    columns = [
        Column(
            key=key, title="", document=document(key, WINDOWS["A"], metrics=figures(windows=WINDOWS["A"], cost=cost))
        )
        for key, cost in (("A", euro), ("B", pound), ("C", CostModel()))
    ]
    rows = [each for each in compare(columns).rows if each.name.startswith("M12")]
    assert sorted(each.name.rsplit(", ", 1)[-1] for each in rows) == ["EUR", "GBP"]
    assert {each.verdict for each in rows} == {Verdict.CANNOT_COMPARE}


def test_a_milestone_whose_accounts_disagree_cannot_be_compared() -> None:
    told = evening("A").document
    conflict = {"subject": Milestone.MITIGATED.value, "sentence": "", "accounts": []}
    torn = Column(key="T", title="", document={**told, "conflicts": [conflict]})
    found = row(compare([evening("B"), torn]), "Mitigated")
    assert (found.verdict, found.cells[1].known) == (Verdict.CANNOT_COMPARE, Known.CONFLICT)
    assert found.cells[1].text == "7 Jun 2032, 22:28 UTC"


def test_timelines_are_laid_over_each_other_at_the_start_of_impact() -> None:
    told = evening("A").document
    assert offset_s(told, "2032-06-07T20:55:00Z") == 600
    assert impact_start({**told, "milestones": {}}) is None
    assert offset_s({**told, "milestones": {}}, "2032-06-07T20:55:00Z") is None


def test_one_incident_alone_or_twice_is_no_comparison() -> None:
    for columns in ([evening("A")], [evening("A"), evening("A")]):
        with pytest.raises(ValueError, match="two or more"):
            compare(columns)


def reviewed(*nodes: Node, **parts: Any) -> Review:
    supports = {"S1": Support(id="S1", claim="N1", label="E4", evidence_id="f" * 64, locator="line 3")}
    return Review(graph=CauseGraph(nodes={node.id: node for node in nodes}, supports=supports), **parts)


def cause(ident: str, statement: str, **more: Any) -> Node:
    return Node(id=ident, kind=NodeKind.CONDITION, statement=statement, factor=Factor.PROCESS, **more)


CANARY = GateRow(
    id="canary", title="Canary", seed="canary", reached=Reached.YES, could=Could.YES, outcome=Outcome.PASSED
)
CHANGE = Change(id="C1", text="The canary stops at 2 % errors.", barrier=Barrier.DETECT, state=ChangeState.ACCEPTED)


class TestReviews:
    def both(self, mine: Review | None, theirs: Review | None) -> Comparison:
        return compare([evening("A", review=mine), evening("B", review=theirs)])

    def test_a_cause_worded_alike_is_shared_and_opens_its_evidence(self) -> None:
        table = self.both(
            reviewed(cause("N1", "No limit on retries."), cause("N2", "Reviews skip settings")),
            reviewed(cause("N7", "no  limit on retries")),
        )
        assert Shared("cause", "No limit on retries.", ("A", "B")) in table.shared
        causes = row(table, "Causes in the process")
        assert causes.verdict is Verdict.DIFFERENT
        assert (causes.cells[0].parts, causes.cells[0].evidence[0]["label"]) == (("node:N1", "node:N2"), "E4")

    def test_what_was_ruled_out_is_no_cause_but_a_row(self) -> None:
        table = self.both(
            reviewed(cause("N1", "The disk was full.", status=Status.REFUTED)),
            reviewed(cause("N1", "The disk was full.")),
        )
        assert not [each for each in table.shared if each.kind == "cause"]
        assert row(table, "Ruled out").cells[0].text == "The disk was full."

    def test_a_gap_of_the_same_gate_is_shared(self) -> None:
        absent = replace(CANARY, outcome=Outcome.ABSENT)
        table = self.both(Review(gates={"canary": CANARY}), Review(gates={"canary": absent}))
        assert Shared("gate gap", "Canary", ("A", "B")) in table.shared
        gates = row(table, "Canary")
        assert [cell.text for cell in gates.cells] == ["passed, could have caught it", "absent, could have caught it"]
        assert gates.verdict is Verdict.DIFFERENT

    def test_a_gate_that_one_matrix_does_not_have_is_unknown_there(self) -> None:
        gates = row(self.both(Review(gates={"canary": CANARY}), Review()), "Canary")
        assert (gates.verdict, gates.cells[1].text) == (Verdict.CANNOT_COMPARE, "not in its matrix")
        away = replace(CANARY, reached=Reached.NOT_APPLICABLE, not_applicable_because="no rollout")
        unfit = row(self.both(Review(gates={"canary": CANARY}), Review(gates={"canary": away})), "Canary")
        assert (unfit.verdict, unfit.cells[1].known) == (Verdict.CANNOT_COMPARE, Known.NOT_APPLICABLE)

    def test_mitigators_stand_by_their_kind(self) -> None:
        lock = Node(id="N3", kind=NodeKind.MITIGATOR, statement="The lock held.", mitigator=MitigatorKind.DESIGNED)
        table = self.both(reviewed(lock), reviewed(replace(lock, mitigator=MitigatorKind.LUCK)))
        assert [cell.text for cell in row(table, "By luck").cells] == ["none named", "The lock held."]
        assert row(table, "Built for it").verdict is Verdict.DIFFERENT

    def test_changes_stand_with_their_state(self) -> None:
        claimed = replace(CHANGE, state=ChangeState.CLAIMED)
        table = self.both(Review(changes={"C1": CHANGE}), Review(changes={"C1": claimed}))
        assert row(table, "Detect").cells[1].text == "The canary stops at 2 % errors. (claimed)"
        assert row(table, "Detect").verdict is Verdict.DIFFERENT
        assert row(table, "Prevent").verdict is Verdict.SAME
        decided = Review(frame=Frame(no_action_because="It retires in June."))
        assert row(self.both(decided, None), "Detect").cells[0].text == "no action: It retires in June."

    def test_a_review_that_is_not_there_or_empty_is_never_a_difference(self) -> None:
        full = reviewed(cause("N1", "No limit."), gates={"canary": CANARY}, changes={"C1": CHANGE})
        for other in (None, Review()):
            table = self.both(full, other)
            about = [each for each in table.rows if each.part in ("gates", "causes", "mitigators", "changes")]
            assert len(about) > 8
            assert {each.verdict for each in about} == {Verdict.CANNOT_COMPARE}
