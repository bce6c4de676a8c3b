"""Reads transcripts of video calls: WebVTT and SubRip, with who spoke.

Knows that their times count from the start of the recording. Refuses to place them without a declared start: one in the
file's name, in the transcript's own notes, or declared by a person; else the words are kept, undated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from afteraction.core.errors import NaiveTime, UnreadableTime
from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.file_names import stem_of, time_in_name
from afteraction.core.instant import Instant, Precision, TimeSource
from afteraction.core.reading import Source, typed_instant
from afteraction.core.records import Actor, Document, Event, EventKind, Lane, Record
from afteraction.formats.call_transcript.cues import Cue, cues_of, said_alone, started_in

_SRT = re.compile(r"\s*\d+\s*\n\s*\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}\s*-->\s*\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}")
_ZOOM = re.compile(r"(?:^|[^A-Za-z])GMT\d{8}-\d{6}")
LARGEST = 16 * 1024 * 1024
MOST_CUES = 50_000
LONGEST_TITLE = 160
_DECLARE = "Declare when the recording began (captured at), or put it into the file's name: call-2026-05-12T14-05Z.vtt."


class CallTranscript:
    """The reader of this folder."""

    name = "call_transcript"
    title = "Transcript of a call (WebVTT, SubRip)"
    kind = EvidenceKind.COMMUNICATION
    example = "00:01:02.500 --> 00:01:06.000\\n<v Ada Example>I roll back now."

    def sniff(self, source: Source) -> float:
        """0.95 for the first line of WebVTT or the first cue of SubRip."""
        head = source.head_text()
        if source.is_binary:
            return 0.0
        return 0.95 if re.match(r"WEBVTT(?:[ \t\r\n]|$)", head) or _SRT.match(head) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """The transcript as a document, and what each person said as events where the start is known."""
        text = source.read_bytes(LARGEST).decode(source.encoding, errors="replace").lstrip("\ufeff")
        cues, failures = cues_of(source.name, text, MOST_CUES)
        start, wrong = _start_of(source, text)
        turns = list(_turns(cues))
        evidence = EvidenceRef(source.evidence_id, Locator(line=1, pointer=""))
        people = list(dict.fromkeys(cue.speaker for cue in cues if cue.speaker))
        if cues or not failures:
            yield Document(
                kind=EvidenceKind.COMMUNICATION,
                title=f"Transcript {stem_of(source.name)}: {_spoken(cues)}, {len(people) or 'no named'} people",
                evidence=evidence,
                captured_at=start,
                captured_from=_told_by(source, start),
                text="\n".join(f"{_clock(each[0].start)} {_said(each)}" for each in turns),
                attributes={"cues": str(len(cues)), "turns": str(len(turns)), "people": str(len(people))},
            )
        yield from wrong
        if start is None and cues:
            reason = f"{len(turns)} turns of the call have times from its beginning, and nothing says when that was."
            yield Failure(source.name, reason, _DECLARE, Locator(line=cues[0].line), lost=len(turns))
        elif start is not None:
            yield from _events(source, start, turns)
        yield from failures
        if source.size > LARGEST:
            reason = f"the transcript is longer than {LARGEST // 2**20} MiB; what follows was not read."
            yield Failure(source.name, reason, "Split it.")


def _start_of(source: Source, text: str) -> tuple[Instant | None, list[Failure]]:
    """When the recording began: as a person declared it, as the transcript notes it, or as the name states it. A day
    alone is no start."""
    declared = source.options.captured_at
    try:
        if declared:
            return typed_instant(source.options), []
        noted = started_in(text, source.options.zone)
        stated = noted or _named(source)
    except NaiveTime as error:
        return None, [Failure(source.name, error.what, error.next_step or _DECLARE)]
    except (UnreadableTime, ValueError) as error:
        return None, [Failure(source.name, f"the start of the recording: {error}", _DECLARE)]
    return stated, []


def _named(source: Source) -> Instant | None:
    """The moment that the file's name states; a day alone is none, whatever its zone. Zoom writes GMT before it."""
    somewhere = time_in_name(source.name, "UTC")
    if somewhere is None or somewhere.precision is Precision.DAY:
        return None
    if _ZOOM.search(source.name):
        return replace(somewhere, tz_known=True, flags=())
    return time_in_name(source.name, source.options.zone)


def _told_by(source: Source, start: Instant | None) -> str:
    if start is None:
        return ""
    return "typed" if source.options.captured_at else "metadata" if start.source is TimeSource.CHAT else "file name"


def _turns(cues: list[Cue]) -> Iterator[list[Cue]]:
    """Runs of cues by one speaker without a pause of more than half a minute between them."""
    turn: list[Cue] = []
    for cue in cues:
        if turn and (cue.speaker != turn[-1].speaker or cue.start - turn[-1].end > 30 or cue.start < turn[-1].start):
            yield turn
            turn = []
        turn.append(cue)
    if turn:
        yield turn


def _events(source: Source, start: Instant, turns: list[list[Cue]]) -> Iterator[Event | Failure]:
    for turn in turns:
        first, last = turn[0], turn[-1]
        place = Locator(line=first.line)
        try:
            began, ended = start.utc + timedelta(seconds=first.start), start.utc + timedelta(seconds=last.end)
        except OverflowError:
            yield Failure(source.name, "the time of this cue leads out of the calendar.", "Correct it.", place)
            continue
        at = replace(start, utc=began, original_text=first.written, source=TimeSource.CHAT, alternatives=())
        words = said_alone(turn)
        yield Event(
            instant=at,
            until=replace(at, utc=max(began, ended), original_text=last.written_end),
            title=words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…",
            body=words if len(words) > LONGEST_TITLE else "",
            evidence=EvidenceRef(source.evidence_id, place, f"{first.written} {words}"[:400]),
            lane=Lane.CHAT,
            kind=EventKind.NOTE,
            actor=Actor(f"call:{first.speaker.lower()}", first.speaker) if first.speaker else None,
            attributes={"channel": "call", "offset_s": f"{first.start:g}"},
        )


def _said(turn: list[Cue]) -> str:
    return f"{turn[0].speaker}: {said_alone(turn)}" if turn[0].speaker else said_alone(turn)


def _spoken(cues: list[Cue]) -> str:
    """How long the call was, from its first to its last cue."""
    return _clock(max((cue.end for cue in cues), default=0.0)) if cues else "nothing was said"


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


READER = CallTranscript()
