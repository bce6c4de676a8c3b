"""GitHub webhooks. The cast: Ada commits in Berlin, `deploy[bot]` deploys the repository example-shop/cart."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.evidence import Locator
from afteraction.core.instant import TimeSource
from afteraction.core.reading import HEAD_BYTES
from afteraction.core.records import Change, ChangeKind, Event, Lane
from afteraction.formats.github_webhook.reader import READER
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.originals import file, original, read, winner

SHA = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"
REPOSITORY = {"name": "cart", "full_name": "example-shop/cart", "pushed_at": 1778593280}
BOT = {"login": "deploy[bot]", "type": "Bot"}
ADA = {"login": "ada", "type": "User"}
AROUND = {"repository": REPOSITORY, "sender": ADA}
DEPLOYMENT = {
    "action": "created",
    "deployment": {
        "id": 41, "task": "deploy", "sha": SHA, "ref": "main", "environment": "production",
        "created_at": "2026-05-12T13:58:02Z", "creator": BOT,
    },
    **AROUND,
}  # fmt: skip
COMMIT = {
    "id": SHA, "message": "Raise the pool size\n\nThe stock client waits.", "timestamp": "2026-05-12T15:41:20+02:00",
    "url": "https://git.example/1a2b3c4", "author": {"name": "Ada", "email": "ada@example.com", "username": "ada"},
    "added": ["cart/limits.py"], "modified": ["cart/pool.py", "cart/limits.py"], "removed": [],
}  # fmt: skip
PUSH = {"ref": "refs/heads/main", "before": "0" * 40, "after": SHA, "commits": [COMMIT], **AROUND}
RUN = {
    "action": "completed",
    "workflow_run": {
        "id": 9, "name": "release", "head_sha": SHA, "head_branch": "main", "run_number": 7, "run_attempt": 2,
        "status": "completed", "conclusion": "success", "created_at": "2026-05-12T13:40:00Z",
        "run_started_at": "2026-05-12T13:50:00Z", "updated_at": "2026-05-12T13:57:00Z", "actor": ADA,
    },
    **AROUND,
}  # fmt: skip
RELEASE = {
    "action": "published",
    "release": {"id": 3, "tag_name": "v2.4.0", "created_at": "2026-05-01T00:00:00Z",
                "published_at": "2026-05-12T13:55:00Z", "author": ADA},
    **AROUND,
}  # fmt: skip
EVERY = (DEPLOYMENT, PUSH, RUN, RELEASE)


def status(state: str) -> dict[str, object]:
    stated = {"state": state, "environment": "production", "created_at": "2026-05-12T14:01:30Z", "creator": BOT}
    return DEPLOYMENT | {"deployment_status": stated}


def changes(payload: object) -> list[Change]:
    records, failures = read(READER, original(payload))
    assert failures == []
    return [record for record in records if isinstance(record, Change)]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_deployment_is_a_started_change():
    (change,) = changes(DEPLOYMENT)
    assert (change.kind, change.state) == (ChangeKind.DEPLOYMENT, "started")
    assert change.instant.utc == utc("2026-05-12T13:58:02")
    assert (change.instant.original_text, change.instant.source) == ("2026-05-12T13:58:02Z", TimeSource.MACHINE)
    assert (change.service, change.environment, change.reference) == ("cart", "production", SHA)
    assert change.title == "Deployment of cart main (1a2b3c4) to production started"
    assert change.actor is not None and change.actor.is_bot
    assert change.evidence.locator == Locator(line=1, pointer="/deployment/created_at")


@pytest.mark.parametrize(("stated", "state"), [("success", "success"), ("failure", "failure"), ("error", "failure")])
def test_the_end_of_a_deployment_shares_the_fingerprint_of_its_start(stated, state):
    (start,) = changes(DEPLOYMENT)
    again, end = changes(status(stated))
    assert (end.state, end.attributes["status"]) == (state, stated)
    assert end.instant.utc == utc("2026-05-12T14:01:30")
    assert (again.state, again.instant, "status" in again.attributes) == ("started", start.instant, False)
    assert start.fingerprint == again.fingerprint == end.fingerprint != ""


@pytest.mark.parametrize(
    ("stated", "state"), [("in_progress", "started"), ("queued", ""), ("waiting", ""), ("inactive", "")]
)
def test_a_deployment_that_is_not_over_states_one_moment(stated, state):
    (change,) = changes(status(stated))
    assert (change.state, change.attributes["status"]) == (state, stated)


@pytest.mark.parametrize("fields", [{"task": "rollback"}, {"description": "Rolling back to v2.3"}])
def test_a_deployment_that_says_so_is_a_rollback(fields):
    (change,) = changes(DEPLOYMENT | {"deployment": DEPLOYMENT["deployment"] | fields})
    assert change.kind is ChangeKind.ROLLBACK


def test_a_push_gives_each_commit_with_files_author_and_its_own_zone():
    other = COMMIT | {"id": "2" * 40, "author": {"name": "renovate[bot]", "email": "r@example.com"}}
    first, second = changes(PUSH | {"commits": [COMMIT, other]})
    assert first.kind is ChangeKind.COMMIT and first.state == ""
    assert (first.title, first.reference, first.fingerprint) == ("Raise the pool size", SHA, f"commit:{SHA}")
    assert first.files == ("cart/limits.py", "cart/pool.py")
    assert (first.instant.utc, first.instant.source_tz) == (utc("2026-05-12T13:41:20"), "+02:00")
    assert first.actor is not None and (first.actor.key, first.actor.is_bot) == ("github:ada", False)
    assert second.actor is not None and (second.actor.key, second.actor.is_bot) == ("email:r@example.com", True)
    assert second.evidence.locator.pointer == "/commits/1/timestamp"


def test_a_push_without_commits_is_a_note_on_its_branch():
    (note,), failures = read(READER, original(PUSH | {"commits": [], "deleted": True}))
    assert isinstance(note, Event) and failures == []
    assert (note.title, note.lane) == ("Branch main of cart deleted", Lane.CHANGES)
    assert note.instant.utc == datetime.fromtimestamp(1778593280, UTC)


def test_a_workflow_run_gives_its_start_and_its_end():
    start, end = changes(RUN)
    assert [(change.state, change.instant.utc) for change in (start, end)] == [
        ("started", utc("2026-05-12T13:50:00")),
        ("success", utc("2026-05-12T13:57:00")),
    ]
    assert start.kind is end.kind is ChangeKind.PIPELINE
    assert start.fingerprint == end.fingerprint
    (again,) = changes(RUN | {"action": "in_progress", "workflow_run": RUN["workflow_run"] | {"conclusion": None}})
    assert (again.state, again.fingerprint) == ("started", start.fingerprint)


@pytest.mark.parametrize(("conclusion", "state"), [("timed_out", "failure"), ("cancelled", ""), ("skipped", "")])
def test_a_conclusion_that_is_neither_is_kept_as_stated(conclusion, state):
    end = changes(RUN | {"workflow_run": RUN["workflow_run"] | {"conclusion": conclusion}})[1]
    assert (end.state, end.attributes["status"]) == (state, conclusion)


def test_a_release_happens_when_it_is_published_and_not_when_its_commit_was_made():
    (change,) = changes(RELEASE)
    assert (change.kind, change.reference) == (ChangeKind.RELEASE, "v2.4.0")
    assert change.instant.utc == utc("2026-05-12T13:55:00")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda body: {"headers": {"X-GitHub-Event": "deployment"}, "body": body},
        lambda body: {"headers": {"x-github-event": ["deployment"]}, "body": json.dumps(body)},
        lambda body: {"event": "deployment", "payload": body},
        lambda body: {"id": 1, "event": "deployment", "request": {"headers": {}, "payload": body}},
    ],
)
def test_an_envelope_is_opened(wrap):
    source = original(wrap(DEPLOYMENT))
    (change,), failures = read(READER, source)
    assert isinstance(change, Change) and failures == []
    assert change.fingerprint == changes(DEPLOYMENT)[0].fingerprint
    assert str(change.evidence.locator.pointer).endswith("/deployment/created_at")
    assert winner(source) == "github_webhook"


def test_many_deliveries_are_read_from_lines_and_from_an_array():
    lines = "\n".join(json.dumps(payload) for payload in EVERY)
    by_line, _ = read(READER, original("\n" + lines + "\n"))
    in_array, _ = read(READER, original(json.dumps(EVERY, indent=1)))
    assert [record.instant for record in by_line] == [record.instant for record in in_array]
    assert [record.evidence.locator.line for record in by_line] == [2, 3, 4, 4, 5]
    assert [record.evidence.locator.pointer for record in in_array][:2] == [
        "/0/deployment/created_at",
        "/1/commits/0/timestamp",
    ]


def test_broken_lines_are_listed_and_the_others_are_kept():
    records, failures = read(READER, original(f"{json.dumps(PUSH)}\n{{broken\n7\n{json.dumps(RELEASE)}\n"))
    assert len(records) == 2
    assert [failure.locator.line for failure in failures] == [2, 3]
    assert "not JSON" in failures[0].reason and failures[0].next_step


@pytest.mark.parametrize("time", [None, "", "soon", "2026-13-01T00:00:00Z", "2026-05-12T14:00:00", True, [1], 10**30])
def test_a_change_without_a_time_to_vouch_for_is_listed(time):
    records, (failure,) = read(READER, original(DEPLOYMENT | {"deployment": {"id": 1, "created_at": time}}))
    assert records == []
    assert failure.locator == Locator(line=1, pointer="/deployment/created_at") and failure.next_step


def test_an_event_of_another_kind_is_listed_by_name():
    records, (failure,) = read(READER, original({"event": "star", "payload": {"action": "created", **AROUND}}))
    assert records == []
    assert 'the event "star" is not read here.' in str(failure) and "deployment_status" in failure.next_step


def test_it_wins_its_own_files_and_leaves_others():
    for payload in (*EVERY, list(EVERY)):
        assert winner(original(payload)) == "github_webhook"
    for other in ({"issue": {}, **AROUND}, PUSH | {"object_kind": "push"}, {"deployment": {}}, [1], "x", []):
        assert READER.sniff(original(json.dumps(other))) == 0


def test_a_payload_longer_than_the_head_is_recognised():
    pretty = json.dumps(PUSH | {"commits": [COMMIT] * 900, "pusher": {"name": "ada"}}, indent=1)
    compact = json.dumps({"pusher": {"name": "ada"}} | PUSH | {"commits": [COMMIT] * 900})
    for text in (pretty.replace('"ref"', '"pusher": {}, "ref"', 1), compact):
        assert len(text) > HEAD_BYTES
        assert winner(original(text)) == "github_webhook"
        assert len(read(READER, original(text))[0]) == 900


@settings(max_examples=examples(100), deadline=None)
@given(st.data())
def test_whatever_stands_in_a_field_no_error_escapes(data):
    payload = copy.deepcopy(data.draw(st.sampled_from((*EVERY, status("success")))))
    junk = st.none() | st.integers() | st.text(max_size=8) | st.lists(st.integers(), max_size=2) | st.just({})
    for _ in range(data.draw(st.integers(1, 3))):
        node = payload
        while True:
            key = data.draw(st.sampled_from(sorted(node)))
            below = node[key][0] if isinstance(node[key], list) and node[key] else node[key]
            if not isinstance(below, dict) or not below or data.draw(st.booleans()):
                node[key] = data.draw(junk)
                break
            node = below
    source = original(payload)
    assert 0 <= READER.sniff(source) <= 1
    read(READER, source)


@settings(max_examples=examples(60), deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_bytes_give_records_and_failures_and_no_error(noise, cut):
    whole = json.dumps(PUSH).encode()
    for content in (noise, whole[:cut] + noise, b"[" + whole + noise):
        assert 0 <= READER.sniff(original(content)) <= 1
        read(READER, original(content))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("deployment__gh-pages.payload", [("started", "2022-01-03T01:28:30")]),
        ("deployment_status__gh-pages.payload", [("started", "2022-01-03T01:28:40")]),
        ("push__with-no-username-committer.payload", [("", "2019-05-15T15:19:25")]),
        ("release__published.payload", [("", "2019-05-15T15:20:53")]),
        ("workflow_run__completed.payload", [("started", "2020-10-05T16:33:49"), ("success", "2020-10-05T16:33:49")]),
    ],
)
def test_real_payloads_are_read(name, found):
    source = file(corpus(f"payloads/open/github/{name}.json"))
    records, failures = read(READER, source)
    assert failures == [] and winner(source) == "github_webhook"
    assert [(record.state, record.instant.utc) for record in records if isinstance(record, Change)] == [
        (state, utc(when)) for state, when in found
    ]


@pytest.mark.parametrize("name", ["check_suite__completed.payload", "push__payload", "status__payload"])
def test_real_checks_and_tags_are_notes(name):
    source = file(corpus(f"payloads/open/github/{name}.json"))
    records, failures = read(READER, source)
    assert failures == [] and winner(source) == "github_webhook"
    assert [type(record) for record in records] == [Event]
