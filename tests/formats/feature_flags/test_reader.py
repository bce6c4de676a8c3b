"""Entries of flag audit logs become changes of flags; names stay with actors and secrets out of sight."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, ChangeKind, Event
from afteraction.formats.feature_flags import reader as module
from afteraction.formats.feature_flags.reader import READER
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import file, original, read, winner

SAMPLES = Path(module.__file__).parent / "sample"
LISTED = json.loads((SAMPLES / "launchdarkly.json").read_text())
EVENTS = json.loads((SAMPLES / "unleash.json").read_text())
ENTRY, EVENT = LISTED["items"][0], EVENTS["events"][1]


def test_launchdarkly_flags_are_changes_and_members_are_notes():
    (flag, member), failures = read(READER, file(SAMPLES / "launchdarkly.json"))
    assert failures == []
    assert isinstance(flag, Change) and isinstance(member, Event)
    assert (flag.kind, flag.reference, flag.environment) == (ChangeKind.FLAG, "fast-pool", "production")
    assert flag.instant.utc == datetime(2026, 5, 12, 13, 50, 2, tzinfo=UTC)
    assert flag.title == "Flag fast-pool: turned on the flag"
    assert (flag.fingerprint, flag.attributes["action"]) == ("launchdarkly:66420f1a", "updateOn")
    assert flag.diff == "* Turned on the flag in Production" and flag.attributes["comment"] == "load test passed"
    assert (flag.actor.key, flag.actor.name) == ("launchdarkly:m1", "Ada Example")
    assert member.actor.is_bot


def test_names_and_addresses_of_the_title_stay_out():
    records, _ = read(READER, original(ENTRY))
    assert "Ada" not in str([(each.title, each.attributes, each.diff) for each in records])


def test_unleash_changes_of_flags_are_changes_with_what_differs():
    (on, strategy, tagged), failures = read(READER, file(SAMPLES / "unleash.json"))
    assert failures == []
    assert on.title == "Feature environment enabled: fast-pool in production"
    assert (on.kind, on.reference, on.environment, on.fingerprint) == (
        ChangeKind.FLAG, "fast-pool", "production", "unleash:71",
    )  # fmt: skip
    assert strategy.diff == 'parameters: {"rollout":"5"} -> {"rollout":"100"}'
    assert isinstance(tagged, Event) and tagged.actor.is_bot and not on.actor.is_bot


def test_webhooks_of_one_entry_and_lines_are_read():
    for text in (json.dumps(ENTRY), f"{json.dumps(ENTRY)}\n{json.dumps(EVENT)}\n"):
        assert winner(original(text, "flags.jsonl")) == "feature_flags"
    assert len(read(READER, original(f"{json.dumps(ENTRY)}\n{json.dumps(EVENT)}\n", "flags.jsonl"))[0]) == 2


def test_secrets_in_values_are_masked():
    event = {**EVENT, "data": {"password": "hunter2"}, "preData": {"password": "hunter1"}}
    (change,), _ = read(READER, original(event))
    assert "hunter" not in change.diff and change.diff.startswith("password: ")


@pytest.mark.parametrize("date", [None, "soon", True, [], float("nan"), 10**30])
def test_an_unreadable_time_is_listed_with_its_place(date):
    records, failures = read(READER, original({"items": [{**ENTRY, "date": date}, ENTRY]}))
    assert len(records) == 1 and len(failures) == 1 and "/items/0/date" in str(failures[0])


def test_entries_of_others_are_listed_and_other_logs_left_alone():
    _, failures = read(READER, original({"items": [{"a": 1}, ENTRY]}))
    assert len(failures) == 1 and "/items/0" in str(failures[0])
    for other in ({"items": [{"id": 1, "kind": "Pod"}]}, {"type": "user-login", "createdAt": "x"}):
        assert READER.sniff(original(other)) == 0


@settings(max_examples=examples(60), deadline=None)
@given(mutated([LISTED, EVENTS]))
def test_whatever_stands_in_a_field_it_is_a_record_or_a_failure(text):
    records, failures = read(READER, original(text))
    assert records or failures


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(st.sampled_from([ENTRY, EVENT, {"a": 1}, 5]), min_size=1, max_size=8))
def test_every_element_is_accounted_for_in_any_order(elements):
    found = list(READER.read(original(elements)))
    places = [(one.locator if hasattr(one, "locator") else one.evidence.locator).pointer for one in found]
    assert [int(place.split("/")[1]) for place in places] == list(range(len(elements)))
