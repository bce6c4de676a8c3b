"""What people said in a call is placed only where its start is known, and kept undated where it is not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.instant import Precision, TimeSource
from afteraction.core.records import Document, Event, Lane
from afteraction.formats.call_transcript import reader as module
from afteraction.formats.call_transcript.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner

SAMPLES = Path(module.__file__).parent / "sample"
VTT = (SAMPLES / "call-2026-05-12T14-05Z.vtt").read_text()
NAMED = "call-2026-05-12T14-05-00Z.vtt"


def vtt(*cues: tuple[str, str, str], head: str = "") -> str:
    return f"WEBVTT\n{head}\n" + "\n".join(f"{begin} --> {end}\n{words}\n" for begin, end, words in cues)


def test_turns_are_events_from_the_start_that_the_name_states():
    (document, first, second), failures = read(READER, file(SAMPLES / "call-2026-05-12T14-05Z.vtt"))
    assert failures == []
    assert isinstance(document, Document) and isinstance(first, Event)
    assert first.instant.utc == datetime(2026, 5, 12, 14, 5, 4, tzinfo=UTC)
    assert first.until.utc == datetime(2026, 5, 12, 14, 5, 10, tzinfo=UTC)
    assert (first.instant.precision, first.instant.source) == (Precision.MINUTE, TimeSource.CHAT)
    assert first.title == "The ledger does not answer, I look at the pool. It is full."
    assert (first.actor.key, first.actor.name, first.lane) == ("call:ada example", "Ada Example", Lane.CHAT)
    assert second.title == "I roll back now & tell support." and second.instant.utc.minute == 6
    assert (first.evidence.locator.line, second.evidence.locator.line) == (6, 14)
    assert document.text.splitlines()[1] == "0:01:02 Bob Example: I roll back now & tell support."


def test_subrip_names_speakers_before_a_colon():
    (_, first, second), failures = read(READER, file(SAMPLES / "call-2026-05-12T14-05-00Z.srt"))
    assert failures == []
    assert first.instant.precision is Precision.SECOND
    assert second.actor.name == "Bob Example" and second.title == "I roll back now and tell support."


def test_without_a_start_the_words_are_kept_undated_and_nothing_is_guessed():
    records, failures = read(READER, original(VTT, "call.vtt"))
    assert len(records) == 1 and records[0].captured_at is None
    assert "Bob Example: I roll back now" in records[0].text
    assert [failure.lost for failure in failures] == [2] and "captured at" in str(failures[0])


def test_a_day_alone_is_no_start():
    records, failures = read(READER, original(VTT, "call-2026-05-12.vtt"))
    assert len(records) == 1 and records[0].captured_at is None and len(failures) == 1


def test_a_time_without_a_zone_needs_a_declared_one():
    records, failures = read(READER, original(VTT, "call-2026-05-12T16-05.vtt"))
    assert len(records) == 1 and "zone" in str(failures[0])
    records, failures = read(READER, original(VTT, "call-2026-05-12T16-05.vtt", zone="Europe/Berlin"))
    assert failures == [] and records[1].instant.utc.hour == 14 and not records[1].instant.tz_known


def test_a_recording_of_zoom_states_its_zone_before_the_time():
    (_, first, _), failures = read(READER, original(VTT, "GMT20260512-140500_Recording.transcript.vtt"))
    assert failures == [] and first.instant.tz_known
    assert first.instant.utc == datetime(2026, 5, 12, 14, 5, 4, tzinfo=UTC)


def test_what_a_person_declares_comes_first_then_the_transcripts_own_note():
    noted = vtt(("00:04.000", "00:05.000", "up"), head="Start: 2026-05-12T14:00:00Z\n")
    (_, said), _ = read(READER, original(noted, NAMED))
    assert said.instant.utc == datetime(2026, 5, 12, 14, 0, 4, tzinfo=UTC)
    declared = original(noted, NAMED, captured_at="2026-05-12T15:00:00Z", captured_precision="s")
    (document, said), _ = read(READER, declared)
    assert said.instant.utc.hour == 15 and document.captured_from == "typed"


def test_live_captions_that_repeat_themselves_are_told_once():
    text = vtt(("00:01.000", "00:02.000", "we roll"), ("00:02.000", "00:03.000", "we roll back"))
    (_, said), _ = read(READER, original(text, NAMED))
    assert said.title == "we roll back"


@pytest.mark.parametrize(
    ("begin", "end", "reason"),
    [
        ("00:05.000", "00:01.000", "ends before"),
        ("soon", "00:01.000", "no pair of times"),
        ("00:01.000", "", "no pair"),
    ],
)
def test_a_broken_cue_costs_itself_alone(begin, end, reason):
    text = vtt((begin, end, "broken"), ("00:09.000", "00:10.000", "fine"))
    (_, said), failures = read(READER, original(text, NAMED))
    assert said.title == "fine" and len(failures) == 1
    assert reason in str(failures[0]) and failures[0].locator.line == 3


def test_styles_regions_and_notes_say_nothing():
    silent = "STYLE\n::cue {}\n\nREGION\nid:a\n\nNOTE\nat 00:01 --> nothing\n\n"
    text = f"WEBVTT - a call\n\n{silent}00:01.000 --> 00:02.000\nup\n"
    (_, said), failures = read(READER, original(text, NAMED))
    assert failures == [] and said.title == "up" and said.actor is None


def test_an_empty_transcript_is_read_and_says_so():
    (document,), failures = read(READER, original("WEBVTT\n", NAMED))
    assert failures == [] and "nothing was said" in document.title


def test_other_text_is_left_alone():
    for text in ("WEBVTTX\n", "1\nhello\n", "00:01 --> 00:02\n", "# Notes\n"):
        assert READER.sniff(original(text, "a.vtt")) == 0
    assert winner(original(VTT, "a.txt")) == "call_transcript"


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_no_damage_makes_it_raise(data):
    at = data.draw(st.integers(0, len(VTT)))
    junk = data.draw(st.text(max_size=6))
    text = VTT[:at] + junk + ("" if data.draw(st.booleans()) else VTT[at:])
    read(READER, original(text, data.draw(st.sampled_from([NAMED, "call.vtt"]))))


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 40), st.sampled_from(["Ada", "Bob", ""])), max_size=12))
def test_the_words_of_every_cue_are_in_an_event(cues):
    spoken = [
        (f"{start // 60:02d}:{start % 60:02d}.000", f"{(start + length) // 60:02d}:{(start + length) % 60:02d}.000", n)
        for n, (start, length, _) in enumerate(cues)
    ]
    text = vtt(*((begin, end, f"<v {cues[n][2]}>word{n}.") for begin, end, n in spoken if cues[n][2]))
    records, failures = read(READER, original(text, NAMED))
    assert failures == []
    told = " ".join(each.body or each.title for each in records[1:])
    assert all(f"word{n}." in told for n, cue in enumerate(cues) if cue[2])
