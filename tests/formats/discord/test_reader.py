"""What messages of Discord become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction import formats
from afteraction.core.instant import TimeSource
from afteraction.core.records import EventKind, Lane
from afteraction.formats.discord.reader import READER
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import original, read, winner

EXPORT = json.loads((Path(formats.__file__).parent / "discord" / "sample.json").read_text())
SAID, REPLY, ALERT = EXPORT["messages"]
ANSWERED = {
    "id": "300",
    "type": 0,
    "content": "Payments fail",
    "channel_id": "200",
    "timestamp": "2026-05-12T14:14:00.250000+00:00",
    "edited_timestamp": None,
    "tts": False,
    "mention_everyone": False,
    "mentions": [],
    "attachments": [],
    "embeds": [],
    "pinned": False,
    "author": {"id": "400", "username": "mara", "global_name": "Mara Lind"},
}


def events(value: Any) -> list[Any]:
    found, failures = read(READER, original(value))
    assert failures == []
    return found


def test_a_message_has_its_words_author_and_everything_beside_them():
    said = events(EXPORT)[0]
    assert said.instant.utc.isoformat() == "2026-05-12T14:14:00.250000+00:00"
    assert said.instant.source is TimeSource.CHAT and said.lane is Lane.CHAT
    assert said.kind is EventKind.COMMUNICATION and said.title.startswith("Payments fail since 14:02.")
    actor = said.actor
    assert (actor.key, actor.name, actor.role, actor.is_bot) == ("discord:400", "Mara Lind", "on-call", False)
    assert said.attributes == {
        "channel": "incidents", "edited": "2026-05-12T14:15:00Z", "files": "pool.png", "mentions": "discord:401",
        "pinned": "true", "reactions": "eyes=2", "url": "https://discord.com/channels/100/200/300",
    }  # fmt: skip


def test_a_reply_names_what_it_answers_and_a_bot_says_what_its_embeds_say():
    _, reply, alert = events(EXPORT)
    assert (reply.attributes["thread"], reply.kind) == ("300", EventKind.COMMUNICATION)
    assert (alert.title, alert.kind) == ("Pool exhausted", EventKind.NOTE) and alert.actor.is_bot
    assert alert.body.splitlines() == ["Pool exhausted", "57 requests wait", "service: payments-api"]


def test_a_call_lasts_until_it_ended_and_is_no_word_of_anybody():
    call = {**REPLY, "type": "Call", "content": "", "callEndedTimestamp": "2026-05-12T15:00:00+00:00"}
    (event,) = events({**EXPORT, "messages": [call], "messageCount": 1})
    assert event.kind is EventKind.NOTE and event.attributes["subtype"] == "Call"
    assert event.until.utc.isoformat() == "2026-05-12T15:00:00+00:00"


def test_answers_of_the_api_are_read():
    assert winner(original([ANSWERED])) == "discord"
    (event,) = events([ANSWERED])
    assert (event.actor.name, event.body, event.attributes) == ("Mara Lind", "Payments fail", {"channel": "200"})
    assert event.fingerprint == events(EXPORT)[0].fingerprint


def test_an_export_that_lacks_messages_says_so():
    found, (failure,) = read(READER, original({**EXPORT, "messageCount": 5}))
    assert len(found) == 3 and failure.lost == 0 and "5 messages; 3" in failure.reason


def test_a_message_without_a_time_is_a_failure_with_its_place():
    found, (failure,) = read(READER, original({**EXPORT, "messages": [SAID, {**REPLY, "timestamp": "soon"}, ALERT]}))
    assert len(found) == 2 and str(failure.locator).endswith("/messages/1/timestamp") and failure.next_step


@settings(max_examples=examples(40), deadline=None)
@given(data=st.data())
def test_no_wrong_value_makes_it_raise(data):
    read(READER, original(data.draw(mutated([EXPORT, [ANSWERED]]))))


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.sampled_from([1, None, "x", [], {}, SAID, ALERT]), max_size=8))
def test_every_message_is_a_record_or_a_failure(messages):
    found, failures = read(READER, original({**EXPORT, "messages": messages, "messageCount": len(messages)}))
    assert len(found) + sum(failure.lost for failure in failures) == len(messages)
