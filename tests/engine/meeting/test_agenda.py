"""The agenda: its order, its minutes, its words, against approved files and against the table of the specification."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afteraction.engine.meeting.agenda import (
    Profile,
    default_length,
    extend_item,
    lengths_for,
    park,
    plan_agenda,
    share_minutes,
    skip_item,
)
from afteraction.engine.meeting.content import MeetingFacts
from afteraction.engine.meeting.phrases import DEFAULT_OBJECTIVE, FIVE_QUESTIONS, FOUR_QUESTIONS
from afteraction.engine.review.document import Question
from tests.corpus import corpus
from tests.engine.meeting.goldens import golden, occasions, written
from tests.engine.meeting.occasion import FACTS

HOUR = plan_agenda(FACTS, severity=1)


@pytest.mark.parametrize(("severity", "profile", "length"), list(occasions()))
def test_the_agenda_is_the_one_that_was_approved(severity: int, profile: Profile, length: int) -> None:
    agenda = plan_agenda(FACTS, severity=severity, profile=profile, length=length)
    assert written(agenda) == golden(severity, profile, length).read_text(encoding="utf-8")


def test_an_hour_has_the_minutes_of_the_specification() -> None:
    assert [(each.begins, each.ends, each.code) for each in HOUR.items] == [
        (0, 4, "opening"), (4, 10, "corrections"), (10, 17, "q1"), (17, 29, "q2"), (29, 41, "q3"), (41, 51, "q4"),
        (51, 55, "q5"), (55, 60, "close"),
    ]  # fmt: skip


@pytest.mark.parametrize(("severity", "profile", "length"), list(occasions()))
def test_the_boxes_fill_the_slot_without_a_hole(severity: int, profile: Profile, length: int) -> None:
    items = plan_agenda(FACTS, severity=severity, profile=profile, length=length).items
    assert sum(each.minutes for each in items) == length
    assert [each.begins for each in items[1:]] == [each.ends for each in items[:-1]]
    assert min(each.minutes for each in items) >= 1
    assert all(each.silent < each.minutes for each in items)


@pytest.mark.parametrize("length", [25, 30, 45, 60, 90])
def test_the_five_questions_come_in_their_order(length: int) -> None:
    asked = [each.question for each in plan_agenda(FACTS, severity=3, length=length).items if each.question]
    assert asked == [Question.IMPACT, Question.CAUSES, Question.GATES, Question.CHANGES, Question.SIGNALS]


def test_the_questions_are_those_of_the_seeds_word_for_word() -> None:
    seeds = {each["id"]: each for each in json.loads(corpus("../seed_examples.json").read_text(encoding="utf-8"))}
    assert list(FIVE_QUESTIONS.values()) == seeds["S4-five-questions"]["items"]
    assert list(FOUR_QUESTIONS) == seeds["S1-four-questions"]["items"]


@pytest.mark.parametrize("profile", list(Profile))
def test_both_profiles_carry_the_four_questions_as_headings(profile: Profile) -> None:
    headings = {each.heading for each in plan_agenda(FACTS, severity=2, profile=profile).items}
    assert set(FOUR_QUESTIONS) <= headings


@pytest.mark.parametrize("length", [25, 30, 45, 60, 90])
def test_a_debrief_spends_most_of_its_time_on_the_timeline_and_decides_nothing(length: int) -> None:
    agenda = plan_agenda(FACTS, severity=3, profile=Profile.DEBRIEF, length=length)
    walk = agenda.item("walk").minutes * 60 / length
    assert 35 <= walk <= 40
    text = written(agenda)
    assert not any(commit.text in text for commit in FACTS.commits)
    assert [line[3:] for line in agenda.item("handover").lines[1:6]] == list(FIVE_QUESTIONS.values())
    assert "Fri 5 Mar 2027 10:00 UTC" in agenda.item("handover").lines[0]


@given(st.text(min_size=1).filter(str.strip))
def test_the_objective_stands_on_top_word_for_word(objective: str) -> None:
    assert plan_agenda(MeetingFacts(), severity=2, objective=objective).objective == objective


def test_without_an_objective_the_four_questions_are_it() -> None:
    assert plan_agenda(MeetingFacts(), severity=2, objective="  ").objective == DEFAULT_OBJECTIVE
    assert all(each in DEFAULT_OBJECTIVE for each in FOUR_QUESTIONS)


def test_a_light_review_takes_25_minutes_and_a_grave_one_an_hour() -> None:
    assert [default_length(severity) for severity in (1, 2, 3, 4, None)] == [60, 60, 25, 25, 60]
    assert 25 not in lengths_for(1)
    with pytest.raises(ValueError, match="choose one of 30, 45, 60, 90"):
        plan_agenda(FACTS, severity=1, length=25)
    with pytest.raises(ValueError, match="20 minutes"):
        plan_agenda(FACTS, severity=3, length=20)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12), st.integers(40, 240))
def test_minutes_are_shared_within_one_of_their_proportion(shares: list[int], minutes: int) -> None:
    parts = share_minutes(shares, minutes)
    assert sum(parts) == minutes
    assert min(parts) >= 1
    exact = [share * minutes / sum(shares) for share in shares]
    if min(exact) >= 1:
        assert all(abs(part - each) < 1 for part, each in zip(parts, exact, strict=True))


def test_only_open_corrections_are_talked_about() -> None:
    lines = HOUR.item("corrections").lines
    assert lines[0] == "Timeline v7 is locked; 2 open corrections. Only these, no walk-through."
    assert lines[1:] == FACTS.corrections
    none = plan_agenda(MeetingFacts(timeline_version=2), severity=2).item("corrections").lines
    assert none == ("Timeline v2 is locked; no open corrections. Only these, no walk-through.",)


def test_at_most_five_challenges_are_brought_to_the_meeting() -> None:
    assert sum(line.startswith("Challenge: ") for line in HOUR.item("q2").lines) == 5


def test_a_sev_1_is_asked_for_two_alternatives_and_others_are_not() -> None:
    assert "Alternatives considered: 1; a SEV-1 asks for 2." in HOUR.item("q2").lines
    assert not any("Alternatives" in line for line in plan_agenda(FACTS, severity=2).item("q2").lines)


def test_the_six_gates_are_there_even_where_nobody_looked() -> None:
    lines = HOUR.item("q3").lines
    assert [line.split(":")[0] for line in lines[:6]] == [
        "Code review", "Unit tests", "Integration tests", "Staging", "Canary", "Production monitoring",
    ]  # fmt: skip
    assert lines[0] == (
        "Code review: reached, passed, plausibly able to catch it. Record: 2 approvals, 11 May 16:22 [E7]."
    )
    assert lines[1] == "Unit tests: nobody looked yet."
    assert lines[6].startswith("Load test: ")
    empty = plan_agenda(MeetingFacts(), severity=2).item("q3").lines
    assert sum(line.endswith("nobody looked yet.") for line in empty) == 6


def test_each_gap_comes_with_its_candidate_and_its_verdict_or_says_that_there_is_none() -> None:
    assert HOUR.item("q4").lines[:2] == (
        "Canary skipped: Deploy stops when the canary has no traffic (process change)",
        "Code review passed: no candidate yet",
    )


def test_the_close_reads_the_commits_aloud_and_asks_for_what_they_lack() -> None:
    lines = HOUR.item("close").lines
    assert "(pipeline engineer, accepted; 2027-03-20; done when: the job fails without traffic)" in lines[0]
    assert "owner to be found, to be accepted; date to be set; done when: definition of done to be written" in lines[1]
    assert any("Thu 4 Mar 2027 16:00 UTC is provisional" in line for line in lines)


@pytest.mark.parametrize(("profile", "last"), [(Profile.FIVE_QUESTIONS, "close"), (Profile.DEBRIEF, "handover")])
def test_the_last_item_reads_out_the_gaps_that_no_process_change_closes(profile: Profile, last: str) -> None:
    def open_lines(facts: MeetingFacts) -> list[str]:
        agenda = plan_agenda(facts, severity=2, profile=profile)
        assert agenda.items[-1].code == last
        return [each for each in agenda.items[-1].lines if each.startswith("Left open")]

    assert open_lines(FACTS) == ["Left open, no process change closes it: Code review passed"]
    assert open_lines(replace(FACTS, unclosed=())) == []


def test_what_was_answered_before_is_only_confirmed() -> None:
    agenda = plan_agenda(replace(FACTS, answered=frozenset({Question.IMPACT})), severity=2)
    assert agenda.item("q1").lines[0].startswith("Answered before the meeting")
    assert not agenda.item("q2").lines[0].startswith("Answered")


def test_nothing_is_invented_for_an_empty_review() -> None:
    agenda = plan_agenda(MeetingFacts(), severity=None)
    assert "No numbers of impact yet." in agenda.item("q1").lines
    assert "Not known whether users or monitoring noticed first." in agenda.item("q1").lines
    assert agenda.item("q5").lines == ("No candidate is back-tested yet.",)
    assert agenda.item("corrections").lines == ("The timeline is not locked yet.",)


def test_leaving_out_an_item_is_recorded_with_its_reason_and_keeps_the_slot() -> None:
    left_out = skip_item(HOUR, "q5", "The metrics team is not here")
    assert left_out.item("q5").skipped_because == "The metrics team is not here"
    assert sum(each.minutes for each in left_out.items) == 60
    with pytest.raises(ValueError, match="reason"):
        skip_item(HOUR, "q5", "  ")
    with pytest.raises(KeyError):
        skip_item(HOUR, "q9", "no such item")


def test_a_parked_point_waits_at_its_question_or_at_the_end() -> None:
    waiting = park(HOUR, "Alarm on queue age", during="q2", belongs_to=Question.SIGNALS)
    assert waiting.item("q5").parked == ("Alarm on queue age",)
    gone_by = park(HOUR, "Who else saw it", during="q3", belongs_to=Question.IMPACT)
    assert gone_by.item("close").parked == ("Who else saw it",)
    assert park(HOUR, "More later", during="q2", belongs_to=Question.CAUSES).item("close").parked == ("More later",)
    assert park(HOUR, "Lunch", during="close").item("close").parked == ("Lunch",)
    with pytest.raises(ValueError, match="sentence"):
        park(HOUR, "\n", during="q1")


def test_an_overrun_takes_its_minutes_from_another_item() -> None:
    longer = extend_item(HOUR, "q2", 4, taken_from="q4")
    assert (longer.item("q2").minutes, longer.item("q4").minutes) == (16, 6)
    assert sum(each.minutes for each in longer.items) == 60
    assert [each.begins for each in longer.items[1:]] == [each.ends for each in longer.items[:-1]]
    with pytest.raises(ValueError, match="keeps at least one"):
        extend_item(HOUR, "q2", 4, taken_from="q5")
