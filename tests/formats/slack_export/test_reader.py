"""The cast: Ines is on call (Lisbon), Otto asks from Berlin, `deploybot` is a machine."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.instant import Precision, TimeSource
from afteraction.core.reading import HEAD_BYTES, DocumentReader, Source
from afteraction.core.records import Document, Event, EventKind, Lane
from afteraction.formats.slack_export.reader import READER, SlackExport

USERS = [
    {"id": "U0INES", "team_id": "T1", "name": "ines", "tz": "Europe/Lisbon", "is_bot": False,
     "profile": {"real_name": "Ines Prado", "title": "On-call search", "email": "ines@example.test"}},
    {"id": "U0OTTO", "team_id": "T1", "name": "otto", "tz": "Europe/Berlin", "is_bot": False,
     "profile": {"real_name": "Otto Brandt", "title": "Account manager"}},
    {"id": "U0BOT", "team_id": "T1", "name": "deploybot", "is_bot": True, "profile": {"real_name": "deploybot"}},
]  # fmt: skip
CHANNELS = [{"id": "C0INC7", "name": "inc-7", "creator": "U0INES", "purpose": {"value": "search is slow"}}]


def folder(**files: object) -> dict[str, Source]:
    """Sources by path, each able to find the others; values that are not text are written as JSON."""
    sources: dict[str, Source] = {}

    def add(path: str, content: object) -> None:
        data = (content if isinstance(content, str) else json.dumps(content)).encode()

        def nearby(relative: str) -> Source | None:
            parts = list(PurePosixPath(path).parent.parts)
            for step in PurePosixPath(relative).parts:
                if step == "..":
                    parts = parts[:-1]
                else:
                    parts.append(step)
            return sources.get("/".join(parts))

        sources[path] = Source(
            hashlib.sha256(data).hexdigest(), path, len(data), data[:HEAD_BYTES], lambda: io.BytesIO(data), nearby
        )

    for path, content in files.items():
        add(path, content)
    return sources


def day(*messages: object, users: object = USERS) -> Source:
    files = {"export/users.json": users, "export/channels.json": CHANNELS, "export/inc-7/2026-03-03.json": [*messages]}
    return folder(**files)["export/inc-7/2026-03-03.json"]


def said(
    text: str = "looking", ts: str = "1772530201.000100", user: str = "U0INES", **more: object
) -> dict[str, object]:
    return {"type": "message", "user": user, "ts": ts, "text": text, **more}


def events(source: Source) -> list[Event]:
    found = list(READER.read(source))
    assert all(isinstance(one, Event) for one in found), found
    return [one for one in found if isinstance(one, Event)]


def only(*messages: object, users: object = USERS) -> Event:
    (event,) = events(day(*messages, users=users))
    return event


class TestWhatIsSlacks:
    def test_it_is_a_document_reader(self) -> None:
        assert isinstance(READER, DocumentReader)

    @pytest.mark.parametrize("path", ["users.json", "channels.json", "inc-7/2026-03-03.json"])
    def test_every_part_of_an_export_is_recognised(self, path: str) -> None:
        files = {"users.json": USERS, "channels.json": CHANNELS, "inc-7/2026-03-03.json": [said()]}
        assert READER.sniff(folder(**files)[path]) >= 0.9

    def test_a_day_without_messages_is_recognised_by_its_neighbours(self) -> None:
        assert READER.sniff(day()) >= 0.9
        assert events(day()) == []

    def test_an_api_answer_is_recognised(self) -> None:
        source = folder(**{"history-C0123456789.json": {"ok": True, "messages": [said()], "has_more": False}})
        (answer,) = source.values()
        assert READER.sniff(answer) >= 0.9
        (event,) = events(answer)
        assert str(event.evidence.locator) == "line 1, /messages/0"
        assert event.attributes["channel"] == "C0123456789"

    def test_several_pages_of_answers_in_one_file_are_read(self) -> None:
        pages = [{"ok": True, "messages": [said(text, f"17725302{n:02d}.000100")]} for n, text in enumerate("abc")]
        (answer,) = folder(**{"pages.json": "\n".join(map(json.dumps, pages))}).values()
        found = events(answer)
        assert [one.body for one in found] == ["a", "b", "c"]
        assert len({one.evidence.locator for one in found}) == 3

    def test_an_answer_without_messages_is_recognised(self) -> None:
        (answer,) = folder(**{"answer.json": {"ok": True, "messages": [], "has_more": False}}).values()
        assert READER.sniff(answer) > 0.5
        assert events(answer) == []

    def test_an_answer_that_is_an_error_says_which(self) -> None:
        (answer,) = folder(**{"answer.json": {"ok": False, "error": "channel_not_found"}}).values()
        assert READER.sniff(answer) > 0
        (failure,) = READER.read(answer)
        assert isinstance(failure, Failure) and "channel_not_found" in failure.reason

    @pytest.mark.parametrize(
        "content",
        [
            {"version": "4", "alerts": [{"status": "firing", "labels": {"alertname": "X"}}]},
            [{"id": 1, "message": "hello", "type": "message"}],
            {"status": "success", "data": {"result": [{"values": [[1772530201, "1"]]}]}},
            [{"id": "U1234", "name": "a user of something else"}],
            [],
            {"ok": True, "error": "", "response_metadata": {"messages": []}, "entries": [{"id": "1"}]},
            "ts,user,text\n1772530201.000100,U0INES,hello\n",
            "",
        ],
    )
    def test_other_formats_are_left_alone(self, content: object) -> None:
        (source,) = folder(**{"some.json": content}).values()
        assert READER.sniff(source) == 0


class TestMessages:
    def test_a_message_keeps_its_time_to_the_microsecond(self) -> None:
        event = only(said(ts="1772530201.214365"))
        assert event.instant.utc == datetime(2026, 3, 3, 9, 30, 1, 214365, tzinfo=UTC)
        assert event.instant.precision is Precision.SECOND
        assert event.instant.source is TimeSource.CHAT
        assert event.instant.original_text == "1772530201.214365"
        assert (event.lane, event.kind) == (Lane.CHAT, EventKind.COMMUNICATION)

    def test_the_author_is_known_from_the_member_list(self) -> None:
        event = only(said())
        assert event.actor is not None
        assert (event.actor.key, event.actor.name, event.actor.role, event.actor.is_bot) == (
            "slack:U0INES", "Ines Prado", "On-call search", False,
        )  # fmt: skip
        assert event.attributes["author_zone"] == "Europe/Lisbon"
        assert event.attributes["channel"] == "inc-7"

    def test_without_a_member_list_the_message_names_its_author(self) -> None:
        event = only(said(user_profile={"real_name": "Ines P.", "title": "SRE"}), users=[])
        assert event.actor is not None and (event.actor.name, event.actor.role) == ("Ines P.", "SRE")

    def test_markup_becomes_what_readers_saw(self) -> None:
        raw = "<@U0OTTO> see <https://g.example.test/d/1?x=1|the board> in <#C0INC7|inc-7> &amp; tell <!here> a &lt; b"
        event = only(said(raw))
        assert event.body == "@Otto Brandt see the board (https://g.example.test/d/1?x=1) in #inc-7 & tell @here a < b"
        assert event.evidence.excerpt == raw
        assert event.attributes["mentions"] == "slack:U0OTTO"

    def test_mentions_inside_code_are_nobody_s(self) -> None:
        assert "mentions" not in only(said("`<@U0OTTO>` is how you write it")).attributes

    def test_the_title_is_the_first_line_with_words(self) -> None:
        event = only(said("\n\n" + "word " * 60 + "\nsecond"))
        assert len(event.title) <= 160 and event.title.endswith("…")
        assert event.body.endswith("second")

    def test_threads_replies_files_and_reactions_are_attributes(self) -> None:
        event = only(
            said(
                thread_ts="1772530100.000100",
                reply_count=3,
                files=[{"id": "F1", "name": "board.png"}],
                reactions=[{"name": "eyes", "users": ["U0OTTO"], "count": 1}, {"name": "+1", "users": ["a", "b"]}],
            )
        )
        assert event.attributes["thread"] == "1772530100.000100"
        assert event.attributes["replies"] == "3"
        assert event.attributes["files"] == "board.png"
        assert event.attributes["reactions"] == "eyes=1,+1=2"

    def test_a_message_of_blocks_alone_has_their_words(self) -> None:
        rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "text", "text": "paging "}, {"type": "user", "user_id": "U0OTTO"}]}]}  # fmt: skip
        assert only(said("", blocks=[rich])).body == "paging @Otto Brandt"

    def test_what_a_bot_attaches_is_kept(self) -> None:
        attached = [{"title": "SearchSlow", "text": "p99 4.1 s"}]
        event = only(said("", subtype="bot_message", bot_id="B1", username="alerts", attachments=attached))
        assert event.title == "SearchSlow" and "p99 4.1 s" in event.body


class TestWhoSpeaks:
    @pytest.mark.parametrize(
        "message",
        [
            said("v3 is out", user="U0BOT", bot_id="B1"),
            {"type": "message", "subtype": "bot_message", "bot_id": "B9", "username": "pager", "ts": "1772530201.1",
             "text": "acknowledged automatically"},
            said("I am Slackbot", user="USLACKBOT"),
        ],
    )  # fmt: skip
    def test_machines_are_machines_and_their_words_notes(self, message: dict[str, object]) -> None:
        event = only(message)
        assert event.actor is not None and event.actor.is_bot
        assert event.kind is EventKind.NOTE

    def test_a_person_posting_through_an_app_stays_a_person(self) -> None:
        event = only(said("mitigated", bot_id="B7", app_id="A7"))
        assert event.actor is not None and not event.actor.is_bot
        assert event.kind is EventKind.COMMUNICATION

    @pytest.mark.parametrize(
        "subtype", ["channel_join", "channel_topic", "channel_purpose", "pinned_item", "reminder_add"]
    )
    def test_the_channel_s_own_noise_is_a_note(self, subtype: str) -> None:
        event = only(said("set the topic: is search down?", subtype=subtype))
        assert event.kind is EventKind.NOTE
        assert event.attributes["subtype"] == subtype

    @pytest.mark.parametrize("subtype", ["me_message", "thread_broadcast", "file_share"])
    def test_some_subtypes_are_still_somebody_speaking(self, subtype: str) -> None:
        assert only(said(subtype=subtype)).kind is EventKind.COMMUNICATION


class TestEditsAndDeletions:
    def test_an_edit_keeps_both_times(self) -> None:
        event = only(said(ts="1772530201.000100", edited={"user": "U0INES", "ts": "1772530500.000000"}))
        assert event.instant.utc == datetime(2026, 3, 3, 9, 30, 1, 100, tzinfo=UTC)
        assert event.attributes["edited"] == "2026-03-03T09:35:00Z"

    def test_a_changed_message_keeps_the_words_it_replaced(self) -> None:
        event = only({"type": "message", "subtype": "message_changed", "ts": "1772530500.000200",
                      "message": said("resolved at 09:40", edited={"user": "U0INES", "ts": "1772530500.000000"}),
                      "previous_message": said("resolved")})  # fmt: skip
        assert event.instant.utc == datetime(2026, 3, 3, 9, 30, 1, 100, tzinfo=UTC)
        assert event.attributes["edited"] == "2026-03-03T09:35:00Z"
        assert (event.body, event.attributes["previous_text"]) == ("resolved at 09:40", "resolved")
        assert event.fingerprint == only(said()).fingerprint

    def test_a_deletion_is_a_note_that_names_what_is_gone(self) -> None:
        event = only({"type": "message", "subtype": "message_deleted", "ts": "1772530500.000200",
                      "deleted_ts": "1772530201.000000", "previous_message": said("oops")})  # fmt: skip
        assert event.kind is EventKind.NOTE
        assert event.attributes["original_time"] == "2026-03-03T09:30:01Z"
        assert event.body == "oops"

    def test_a_tombstone_stays_as_one(self) -> None:
        event = only(said("This message was deleted.", subtype="tombstone", user="USLACKBOT"))
        assert (event.kind, event.attributes["deleted"]) == (EventKind.NOTE, "true")


class TestQuestions:
    @pytest.mark.parametrize(
        "text",
        ["is search down?", "any update on this", "Can someone check (is it us?)", "<@U0INES> are we back? thanks",
         "anyone have the grafana link?", "ETA?", "戻りましたか？"],
    )  # fmt: skip
    def test_a_question_is_marked(self, text: str) -> None:
        assert only(said(text, user="U0OTTO")).attributes["is_question"] == "true"

    @pytest.mark.parametrize(
        "text",
        [
            "looking",
            "&gt; is search down?\nyes",
            "> is search down?\nyes",
            "`SELECT ?` fails",
            "```\nretry? yes\n```",
            "see <https://g.example.test/d/1?var=x>",
            "2026-03-03T09:30:00Z ERROR upstream gone? retrying",
            "GET /search?q=a HTTP/1.1 500 why?",
        ],
    )
    def test_quotes_code_links_and_log_lines_ask_nothing(self, text: str) -> None:
        assert "is_question" not in only(said(text, user="U0OTTO")).attributes

    def test_a_machine_asks_nothing(self) -> None:
        assert "is_question" not in only(said("Was this helpful?", user="U0BOT", bot_id="B1")).attributes


class TestLists:
    def test_the_member_list_is_a_document_without_private_details(self) -> None:
        (document,) = READER.read(folder(**{"users.json": USERS})["users.json"])
        assert isinstance(document, Document) and document.kind is EvidenceKind.COMMUNICATION
        assert json.loads(document.attributes["slack:U0INES"]) == {
            "name": "Ines Prado", "title": "On-call search", "zone": "Europe/Lisbon", "is_bot": False,
        }  # fmt: skip
        assert "example.test" not in str(document)

    def test_the_channel_list_is_a_document(self) -> None:
        (document,) = READER.read(folder(**{"channels.json": CHANNELS})["channels.json"])
        assert isinstance(document, Document)
        assert json.loads(document.attributes["slack:C0INC7"]) == {"name": "inc-7"}

    def test_the_member_list_is_read_once_for_all_days(self) -> None:
        opened: list[str] = []
        source = day(said())
        users = source.nearby("../users.json")
        assert users is not None
        counted = Source(users.evidence_id, users.name, users.size, users.head,
                         lambda: opened.append("users") or users.open())  # type: ignore[func-returns-value]  # fmt: skip
        reader = SlackExport()
        for _ in range(3):
            list(reader.read(Source(source.evidence_id, source.name, source.size, source.head, source.open,
                                    lambda _path: counted)))  # fmt: skip
        assert opened == ["users"]


class TestBadInput:
    def test_a_file_that_breaks_off_keeps_what_came_before(self) -> None:
        text = json.dumps([said("one"), said("two", ts="1772530202.000100"), said("three")], indent=1)
        cut = text[: text.index("three")]
        files = {"e/users.json": USERS, "e/inc-7/2026-03-03.json": cut}
        found = list(READER.read(folder(**files)["e/inc-7/2026-03-03.json"]))
        assert [one.body for one in found if isinstance(one, Event)] == ["one", "two"]
        (failure,) = [one for one in found if isinstance(one, Failure)]
        assert "breaks off" in failure.reason

    @pytest.mark.parametrize("ts", [None, "", "soon", 1772530201, "17725302010000.1", "1772530201.000100x"])
    def test_a_message_without_a_readable_time_is_listed(self, ts: object) -> None:
        found = list(READER.read(day(said("fine"), {**said("lost"), "ts": ts})))
        assert [type(one) for one in found] == [Event, Failure]
        assert str(found[1]).startswith("export/inc-7/2026-03-03.json, line 1, /1: ")

    def test_one_broken_message_costs_itself_alone(self) -> None:
        text = json.dumps([said("one"), said("two"), said("three")]).replace('"two"', "two")
        (source,) = folder(**{"2026-03-03.json": text}).values()
        found = list(READER.read(source))
        assert [one.body for one in found if isinstance(one, Event)] == ["one", "three"]
        assert sum(isinstance(one, Failure) for one in found) == 1

    def test_half_a_surrogate_pair_becomes_a_replacement_character(self) -> None:
        text = json.dumps([said("cut X here")]).replace("X", "\\ud83d")
        (source,) = folder(**{"2026-03-03.json": text}).values()
        (event,) = events(source)
        assert event.body == "cut \ufffd here"

    def test_an_entry_that_is_no_message_is_listed(self) -> None:
        assert [type(one) for one in READER.read(day(said(), "hello", None))] == [Event, Failure, Failure]

    def test_deep_nesting_is_a_failure_not_a_crash(self) -> None:
        text = '[{"type": "message", "ts": "1772530201.000100", "x": ' + "[" * 20000 + "]" * 20000 + "}]"
        (source,) = folder(**{"2026-03-03.json": text}).values()
        failures = [one for one in READER.read(source) if isinstance(one, Failure)]
        assert "deep" in failures[0].reason

    def test_strange_types_inside_a_message_do_no_harm(self) -> None:
        event = only(said(files="x", reactions={"a": 1}, edited=5, user_profile=[], attachments=[1], blocks={"a": 1},
                          thread_ts=4, reply_count="9"))  # fmt: skip
        assert event.body == "looking"


class TestSameness:
    def test_the_same_message_twice_in_one_file_is_one_event_at_its_first_place(self) -> None:
        event = only(said(), said())
        assert event.evidence.locator.pointer == "/0"

    def test_an_export_and_an_api_answer_agree_on_a_message(self) -> None:
        (answer,) = folder(**{"history.json": {"ok": True, "messages": [said()]}}).values()
        assert events(answer)[0].fingerprint == only(said()).fingerprint

    @given(
        st.lists(
            st.tuples(st.integers(0, 4_000_000_000), st.integers(0, 999_999), st.text(max_size=40)),
            max_size=12,
            unique=True,
        )
    )
    def test_reading_is_repeatable_and_loses_no_message(self, rows: list[tuple[int, int, str]]) -> None:
        rows = [(1_000_000_000 + second % 3_000_000_000, micro, text) for second, micro, text in rows]
        source = day(*[said(text, f"{second}.{micro:06d}") for second, micro, text in dict.fromkeys(rows)])
        first, second_time = events(source), events(source)
        assert first == second_time
        assert len({event.own_id for event in first}) == len(first) == len(dict.fromkeys(rows))
        epoch = datetime(1970, 1, 1, tzinfo=UTC)
        for event, (second, micro, _text) in zip(first, dict.fromkeys(rows), strict=True):
            assert event.instant.utc == epoch + timedelta(seconds=second, microseconds=micro)

    @given(st.binary(max_size=200))
    def test_any_bytes_are_read_without_raising(self, noise: bytes) -> None:
        data = b'[{"type": "message", "ts": "1772530201.000100", "text": "a"}, ' + noise
        source = Source("id", "2026-03-03.json", len(data), data[:HEAD_BYTES], lambda: io.BytesIO(data))
        READER.sniff(source)
        assert list(READER.read(source))
