"""An action says what is to be done, to what, by when and by whom – or is asked for it."""

# ruff: noqa: E501
from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.language.actions.changes import classify
from afteraction.engine.language.actions.checking import MUST, check_action, date_in
from afteraction.engine.language.findings import Severity
from afteraction.engine.prevention.changes import ChangeClass
from tests.corpus import corpus
from tests.effort import examples

TODAY = date(2026, 3, 2)


def rules(text: str) -> set[str]:
    return {finding.rule for finding in check_action(text)}


VAGUE = ["improve monitoring", "Improve paging and alerting.", "Make automation better.", "Better monitoring of namespaces.",
         "Better governance of excluded namespaces.", "Better monitoring and visibility", "Improve coverage of readiness/liveness probes",
         "Minimize copy-paste errors by user", "fix the issue", "Fix it", "Resolve the bug", "Enhance our documentation", "More tests",
         "We should improve the deployment process", "Reduce alert fatigue", "Strengthen security", "Add better logging", "Setup better dashboards"]  # fmt: skip
CLEAR = ["Add alerts for database connection pool usage exceeding 80%", "Fix PodReflector missing events (#71)", "Automate the limitranges for namespaces.",
         "Improve p99 latency of checkout from 900 ms to 300 ms", "Create an assertion that the cluster name equals the workspace name",
         "Improve the deploy script by rejecting unknown clusters", "Add automated presubmit check for schema changes.", "Fix the race in orders/worker.py",
         "Add an index on orders.customer_id", "Reduce the connection timeout to 2 s", "For new clusters, set the quota to 10 pods"]  # fmt: skip


@pytest.mark.parametrize("action", VAGUE)
def test_an_action_without_a_measure_is_vague(action: str) -> None:
    found = [finding for finding in check_action(action) if finding.rule == "A2"]
    assert [(finding.category, finding.severity) for finding in found] == [("VAGUE", Severity.NUDGE)]


@pytest.mark.parametrize("action", CLEAR)
def test_a_good_action_has_nothing_that_must_be_met(action: str) -> None:
    assert not rules(action) & MUST


@pytest.mark.parametrize("action", ["Be more careful to test the service end-to-end", "Train humans not to run unsafe commands.",
                                    "blue@ needs to learn the proper handoff protocol", "Ensure that everyone reads the alerts", "Remember to drain first",
                                    "Nobody to use the token going forward", "Developers should double-check the target", "Don't forget the second region"])  # fmt: skip
def test_asking_people_to_be_better_is_found(action: str) -> None:
    assert "A4" in rules(action)


def test_the_same_wish_with_a_mechanism_behind_it_is_not() -> None:
    assert "A4" not in rules("Ensure everyone deploys through the pipeline, enforced by branch protection")


@pytest.mark.parametrize(("action", "expected"), [
    ("Investigate options for improving rollover process", "A3"), ("Consider pushing node logs to Loki", "A3"),
    ("Look into if this is also an issue in Traefik 2.X", "A3"), ("Can we use a managed certificate instead?", "A5"),
    ("Several root causes can display similar symptoms", "A5"), ("Tokens in platform apps", "A1"), ("Fixed the limiter in #12", "A6"),
    ("Define and implement Redis strategy", "S3"), ("Add a retry to the client if possible", "S4"),
    ("Implement alerting to catch abnormal NodeNotReady events", "S2"),
])  # fmt: skip
def test_what_else_keeps_an_action_from_being_done(action: str, expected: str) -> None:
    assert expected in rules(action)


@pytest.mark.parametrize("action", ["Spike ways to avoid the wrong cluster – see 3 options above", "Document and publish the rollback steps",
                                    "https://github.com/example/project/issues/6106: Drop the column legacy_id", "Add alerts for CPU above 80 % sustained for 5 minutes, paging on-call"])  # fmt: skip
def test_what_is_bounded_or_complete_draws_nothing(action: str) -> None:
    assert rules(action) == set()


def test_a_verb_in_another_form_is_offered_in_its_base_form() -> None:
    (finding,) = check_action("Adding a retry to the payment client")
    assert (finding.rule, finding.suggestion) == ("A1", "Add a retry to the payment client")


@pytest.mark.parametrize("owner", ["", "  ", "we", "the platform team", "Anna and Ben", "TBD", "Anna, Ben", "SREs"])
def test_nobody_a_team_or_two_people_do_not_own_an_action(owner: str) -> None:
    assert "O1" in {finding.rule for finding in check_action("Add an index on orders.customer_id", owner=owner)}


def test_one_person_owns_it() -> None:
    assert check_action("Add an index on orders.customer_id", owner="Anna Arlt") == ()


def test_a_date_is_asked_for_and_one_in_the_sentence_is_proposed() -> None:
    (finding,) = check_action("Add an index on orders.customer_id by 15 April 2026", today=TODAY)
    assert (finding.rule, finding.suggestion) == ("D1", "2026-04-15")
    assert [each.rule for each in check_action("Add an index on orders.customer_id soon", today=TODAY)] == ["D1"]
    assert check_action("Add an index on orders.customer_id", due=date(2026, 4, 15), today=TODAY) == ()
    assert [
        each.rule for each in check_action("Add an index on orders.customer_id", due=date(2026, 2, 2), today=TODAY)
    ] == ["D2"]
    assert [
        each.rule for each in check_action("Add an index on orders.customer_id", due=date(2026, 4, 18), today=TODAY)
    ] == ["D2"]


@pytest.mark.parametrize(("said", "meant"), [("by 15 April 2026", date(2026, 4, 15)), ("by April 3rd, 2026", date(2026, 4, 3)),
                                             ("until 2026-05-01", date(2026, 5, 1)), ("by 31 February 2026", None), ("soon", None)])  # fmt: skip
def test_dates_are_read_as_they_are_written(said: str, meant: date | None) -> None:
    assert date_in(f"Add the alert {said}.") == meant


def test_no_check_is_asked_for_unless_an_end_can_be_measured() -> None:
    assert [each.rule for each in check_action("Move the cron job to its own node", checks=0)] == ["S5"]
    assert check_action("Move the cron job to its own node", checks=1) == ()


def test_the_pairs_the_product_was_asked_for() -> None:
    pairs = {
        row["id"]: row for row in json.loads((corpus("INDEX.md").parent.parent / "seed_examples.json").read_text())
    }
    bad = {each.rule for each in check_action(pairs["S1-database-usage-by-date"]["bad"], today=TODAY)}
    assert bad >= {"A2", "S1", "D1"}
    assert "A2" in rules(pairs["S1-connection-pool"]["bad"])
    assert "A2" in rules(pairs["S1-fix-the-issue"]["bad"])
    for name in ("S1-connection-pool", "S1-database-usage-by-date"):
        assert not rules(pairs[name]["good"]) & MUST


@settings(max_examples=examples(100), deadline=None)
@given(st.text(max_size=120), st.one_of(st.none(), st.text(max_size=20)))
def test_any_action_is_read_without_a_crash_and_places_are_right(text: str, owner: str | None) -> None:
    for finding in check_action(text, owner=owner, today=TODAY, checks=0):
        assert 0 <= finding.start <= finding.end <= len(text)


@pytest.mark.parametrize("link", ["https://github.com/example/project/issues/6106", "- <https://tickets.example.org/browse/OPS-9>",
                                  "[OPS-118](https://tickets.example.org/browse/OPS-118)", "#482", "see https://example.org/a, https://example.org/b"])  # fmt: skip
def test_a_link_alone_is_no_action_and_its_title_is_asked_for(link: str) -> None:
    (found,) = check_action(link)
    assert (found.rule, found.message) == ("A5", "This is only a link.") and "title" in found.question
    assert classify(link).change_class is ChangeClass.INTENTION


@pytest.mark.parametrize(("action", "drawn"), [
    ("Nobody restarts the broker by hand any more", {"A4"}), ("Operators no longer edit the tables directly", {"A4"}),
    ("Everyone checks the dashboard before a release", {"A4"}), ("Nobody knows who owns the importer", {"A5"}),
    ("Nobody noticed the alert", {"A5"}), ("Better alignment between the two squads", {"A1", "A2", "S1"}),
    ("Better communication with support", {"A2", "A4"}),
])  # fmt: skip
def test_what_people_shall_do_from_now_on_asks_them_to_do_better(action: str, drawn: set[str]) -> None:
    assert rules(action) == drawn


@pytest.mark.parametrize("done", ["The stale routes were removed by the edge squad", "The signing key was rotated on Tuesday",
                                  "Socket time-outs increased to 30 s", "Old partitions have been purged"])  # fmt: skip
def test_a_remedy_told_in_the_passive_voice_is_done(done: str) -> None:
    assert rules(done) == {"A6"}


@pytest.mark.parametrize("told", ["The index was deleted by mistake", "The broker was upgraded without a rehearsal",
                                  "The replica was not restored in time", "The warning was ignored"])  # fmt: skip
def test_what_went_wrong_is_a_statement_and_nothing_done(told: str) -> None:
    assert rules(told) == {"A5"}


@pytest.mark.parametrize("good", ["Lower the canary rule to report-only mode", "Reduce the log output of the proxy to warn",
                                  "Page the storage on-call when a snapshot is not renewed within 3 days, for any volume",
                                  "Delete preview environments after 14 days", "Purge sessions that were not used within 30 days"])  # fmt: skip
def test_a_state_to_end_in_is_a_measure_and_a_span_of_something_else_no_deadline(good: str) -> None:
    assert rules(good) == set()


def test_a_span_of_the_action_itself_is_still_no_day() -> None:
    assert "D1" in rules("Renew the wildcard certificate within two weeks")


@pytest.mark.parametrize(("action", "leaves"), [
    ("Add a retry to the mail client if possible", True), ("Maybe raise the limit of the pool in charts/pool", True),
    ("Try to cache the tokens in the gateway", True), ("Alert when the queue is long (threshold TBD)", True),
    ("Move the reports (charts, tables etc) to the archive bucket", False),
    ("Kill pods that may be stuck in the drain phase", False),
    ("Name the two queues, which could be mixed up, by their services", False),
    ("Log the host name in the gateway so that we may tell the racks apart", False),
])  # fmt: skip
def test_a_way_out_is_one_of_the_action_and_no_doubt_about_something_else(action: str, leaves: bool) -> None:
    assert ("S4" in rules(action)) == leaves
