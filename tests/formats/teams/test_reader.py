"""What messages of Microsoft Teams become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction import formats
from afteraction.core.instant import TimeSource
from afteraction.core.records import EventKind, Lane
from afteraction.formats.teams.reader import READER
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import original, read, winner, without

ANSWER = json.loads((Path(formats.__file__).parent / "teams" / "sample.json").read_text())
MESSAGE, CARD, CALL = ANSWER["value"]
REPLY = MESSAGE["replies"][0]
EXPORT = {
    "userId": "8:live:mara",
    "conversations": [
        {
            "id": "19:abc@thread.skype", "displayName": None, "threadProperties": {"topic": "incidents"},
            "MessageList": [
                {"id": "1", "displayName": "Mara Lind", "originalarrivaltime": "2026-05-12T14:14:00.12Z",
                 "messagetype": "RichText/Html", "content": "<p>Payments fail</p>", "from": "8:live:mara"},
                {"id": "2", "displayName": None, "originalarrivaltime": "2026-05-12T14:15:00Z",
                 "messagetype": "ThreadActivity/AddMember", "content": "<addmember/>", "from": "19:abc@thread.skype"},
            ],
        }
    ],
}  # fmt: skip


def events(value: Any) -> list[Any]:
    found, failures = read(READER, original(value))
    assert failures == []
    return found


def test_a_message_has_its_words_author_mentions_and_edit():
    said = events(ANSWER)[0]
    assert said.instant.utc.isoformat() == "2026-05-12T14:14:00.120000+00:00"
    assert said.instant.source is TimeSource.CHAT and said.lane is Lane.CHAT
    assert said.kind is EventKind.COMMUNICATION and said.title == "Payments fail since 14:02."
    assert said.body.splitlines()[1] == "@Jo Ferro please look at the pool & the last deploy"
    assert (said.actor.key, said.actor.name, said.actor.is_bot) == ("teams:u-0001", "Mara Lind", False)
    assert said.attributes == {
        "channel": "19:incidents@thread.tacv2", "edited": "2026-05-12T14:15:00Z", "importance": "high",
        "mentions": "teams:u-0002", "reactions": "like=1",
        "url": "https://teams.microsoft.com/l/message/c1/1778595240000",
    }  # fmt: skip


def test_a_reply_names_the_message_it_answers():
    reply = events(ANSWER)[1]
    assert (reply.body, reply.attributes["thread"], reply.actor.name) == ("looking", "1778595240000", "Jo Ferro")


def test_a_card_of_a_webhook_is_a_note_of_a_machine_with_the_cards_words():
    card = events(ANSWER)[2]
    assert (card.title, card.kind) == ("Pool exhausted", EventKind.NOTE) and card.actor.is_bot
    assert card.body.splitlines() == ["Pool exhausted", "service: payments-api"]


def test_a_call_that_started_is_a_note_that_says_so():
    call = events(ANSWER)[3]
    assert (call.title, call.kind, call.actor) == ("Call started", EventKind.NOTE, None)
    assert call.attributes["subtype"] == "callStarted"


def test_a_deleted_message_stays_where_it_was():
    gone = {**MESSAGE, "body": {"contentType": "html", "content": ""}, "deletedDateTime": "2026-05-12T15:00:00Z"}
    (event,) = events(without(gone, "replies"))
    assert event.title == "A message was deleted" and event.attributes["deleted"] == "true"
    assert event.attributes["deleted_at"] == "2026-05-12T15:00:00Z"
    assert event.instant.original_text == MESSAGE["createdDateTime"]


@pytest.mark.parametrize("form", ["answer", "list", "lines", "one"])
def test_answers_lists_lines_and_one_message_hold_the_same(form):
    listed = [MESSAGE, CARD, CALL]
    value = {"answer": ANSWER, "list": listed, "lines": "\n".join(map(json.dumps, listed)), "one": MESSAGE}[form]
    assert winner(original(value)) == "teams"
    assert len(events(value)) == (2 if form == "one" else 4)


def test_a_personal_export_names_its_conversation():
    assert winner(original(EXPORT)) == "teams"
    said, added = events(EXPORT)
    assert (said.body, said.kind, said.attributes) == (
        "Payments fail", EventKind.COMMUNICATION, {"channel": "incidents"},
    )  # fmt: skip
    assert said.actor.key == "teams:8:live:mara"
    assert added.kind is EventKind.NOTE and added.attributes["subtype"] == "ThreadActivity/AddMember"


def test_a_page_of_several_says_that_others_exist():
    found, (failure,) = read(READER, original({**ANSWER, "@odata.nextLink": "https://graph.microsoft.com/v1.0/x"}))
    assert len(found) == 4 and failure.lost == 0 and "page" in failure.reason


@settings(max_examples=examples(40), deadline=None)
@given(data=st.data())
def test_no_wrong_value_makes_it_raise(data):
    read(READER, original(data.draw(mutated([ANSWER, EXPORT, MESSAGE]))))


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.sampled_from([1, None, "x", [], {}, REPLY, CARD]), max_size=8))
def test_every_message_is_a_record_or_a_failure(messages):
    found, failures = read(READER, original({"value": messages}))
    assert len(found) + sum(failure.lost for failure in failures) == len(messages)
