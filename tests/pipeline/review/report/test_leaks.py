"""What must not leave with a report is found wherever it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.causes.graph import CauseGraph, Node, NodeKind, Support
from afteraction.engine.prevention.changes import Change
from afteraction.engine.review.document import Answer, Frame, Review
from afteraction.pipeline.review.report.blocks import Audience
from afteraction.pipeline.review.report.compose import report_of
from afteraction.pipeline.review.report.leaks import LeakKind, ReportLeaks, find_leaks, known_of, refuse_leaks
from afteraction.pipeline.review.report.told import Told

GRAPH = CauseGraph(
    nodes={"N1": Node(id="N1", kind=NodeKind.EVENT, statement="Pool is full", services=("ledger-db",))},
    supports={"S1": Support(id="S1", claim="N1", excerpt="could not obtain a connection within 500 ms, giving up")},
)
PLANTED = {
    "Maria Okafor rolled it back": LeakKind.NAME,
    "thanks to @mokafor": LeakKind.HANDLE,
    "write to maria@corp.example": LeakKind.EMAIL,
    "password=hunter2hunter2": LeakKind.SECRET,
    "10.20.30.40 was full": LeakKind.HOST,
    "2001:db8:0:1::7 did not answer": LeakKind.HOST,
    "fe80::1 did not answer": LeakKind.HOST,
    "seen on db7.eu-west.internal": LeakKind.HOST,
    "pod api-7d9f8b6c55-x2x4q restarted": LeakKind.HOST,
    "ledger-db was full": LeakKind.SERVICE,
    "see OPS-4411": LeakKind.NUMBER,
    "ticket 88213 waited": LeakKind.NUMBER,
    "as N1 says": LeakKind.NUMBER,
    "It could not obtain a connection within 500 ms": LeakKind.EXCERPT,
}


def told_with(public: str = "Checkouts failed.", change: str = "") -> Told:
    changes = {"C1": Change(id="C1", text="Cap it.", public=change)} if change else {}
    return Told(review=Review(frame=Frame(public=public), graph=GRAPH, changes=changes))


def leaks_of(told: Told, audience: Audience = Audience.PUBLIC) -> set[LeakKind]:
    return {each.kind for each in find_leaks(report_of(told, audience), known_of(told, ["Maria Okafor"]))}


@pytest.mark.parametrize(("text", "kind"), PLANTED.items())
def test_a_leak_is_found_in_every_field_that_the_public_reads(text: str, kind: LeakKind) -> None:
    assert kind in leaks_of(told_with(public=f"Checkouts failed. {text}"))
    assert kind in leaks_of(told_with(change=f"We cap connections. {text}"))


@pytest.mark.parametrize("text", [each for each, kind in PLANTED.items() if kind in ("name", "handle", "secret")])
def test_inside_names_and_secrets_are_found_too(text: str) -> None:
    told = told_with()
    answered = replace(told.review, answers={"q1": Answer(id="q1", text=text)}, frame=Frame(summary=text))
    assert leaks_of(replace(told, review=answered), Audience.INTERNAL)
    assert leaks_of(replace(told, review=answered), Audience.EXECUTIVE)


def test_a_leak_says_where_it_stands_and_the_public_report_is_refused() -> None:
    told = told_with(change="Ask maria@corp.example.")
    report, known = report_of(told, Audience.PUBLIC), known_of(told)
    assert str(find_leaks(report, known)[0]).startswith("What we change, changes 1: e-mail address")
    with pytest.raises(ReportLeaks, match=r"What we change, changes 1: e-mail address “maria@corp\.example”"):
        refuse_leaks(report, known)
    refuse_leaks(report_of(told, Audience.INTERNAL), known)


def test_plain_words_for_customers_are_no_leak() -> None:
    text = (
        "On 12 May 2026, between 14:02:00 and 14:52:30 UTC, most checkouts did not complete. Payments in April "
        "stayed right. "
        "Step 2 of 3 is done, about 92 % of buyers were hit, and all 1,204 orders were sent again."
    )
    assert leaks_of(told_with(public=text)) == set()


@settings(max_examples=40, deadline=None)
@given(
    before=st.text(alphabet="abc ,.\n", max_size=40), after=st.text(alphabet="abc ,.\n", max_size=40),
    planted=st.sampled_from(sorted(PLANTED)),
)  # fmt: skip
def test_whatever_stands_around_a_leak_it_is_found(before: str, after: str, planted: str) -> None:
    assert PLANTED[planted] in leaks_of(told_with(public=f"{before} {planted} {after}"))


def test_nothing_of_the_inside_reaches_the_public_report() -> None:
    told = told_with()
    report = report_of(told, Audience.PUBLIC)
    assert [each.id for each in report.sections] == ["summary", "impact", "changes"]
    assert "N1" not in repr(report) and "ledger" not in repr(report) and "Pool is full" not in repr(report)


def test_outage_is_asked_about_where_not_everything_failed() -> None:
    assert any("outage" in each for each in report_of(told_with("There was an outage."), Audience.PUBLIC).hints)
    assert not any("outage" in each for each in report_of(told_with(), Audience.PUBLIC).hints)
