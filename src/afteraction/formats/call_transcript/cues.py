"""Cues of a transcript: when, who, what.

Knows WebVTT with its headers, notes, styles and tags, SubRip with its numbers, and the ways in which meeting tools name
who speaks (`<v Name>`, `Name: words`). Refuses cues that end before they begin.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from afteraction.core.evidence import Failure, Locator
from afteraction.core.instant import Instant, TimeSource
from afteraction.core.timestamps import read_timestamp

_STAMP = r"(?:(?P<{0}h>\d{{1,3}}):)?(?P<{0}m>\d{{1,3}}):(?P<{0}s>\d{{2}})(?:[.,](?P<{0}f>\d{{1,6}}))?"
_TIMES = re.compile(rf"^\s*{_STAMP.format('a')}\s*-->\s*{_STAMP.format('b')}(?:\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)*\s+([^>]{1,120})>")
_TAG = re.compile(r"</?(?:[a-z]{1,5}(?:\.[^>]*)?(?:\s[^>]*)?|\d{2}[:.\d]*)>", re.I)
# A name before a colon: up to five words that begin like names, so that "Note: careful" at most reads as a speaker.
_NAMED = re.compile(
    r"^\s*(?P<who>[^\W\d_][\w.'’-]*(?: (?:[^\W\d_]|\(|@)[\w.'’)(@-]*){0,4}):\s+(?P<what>\S.*)$", re.DOTALL
)
_STARTED = re.compile(
    r"^\s*(?:NOTE\s+)?(?:recording\s+)?(?:started|start(?:\s+time)?|start_time|recorded(?:\s+at)?|begin)\s*[:=]\s*(\S.*)$",
    re.I,
)
_SKIPPED = ("NOTE", "STYLE", "REGION")
MOST_FAILURES = 200


@dataclass(frozen=True, slots=True)
class Cue:
    """One piece of speech. `start` and `end` in seconds from the beginning of the recording, `written` as they stand in
    the file, `line` that of its times."""

    start: float
    end: float
    written: str
    written_end: str
    line: int
    speaker: str
    words: str


def cues_of(file: str, text: str, most: int) -> tuple[list[Cue], list[Failure]]:
    """Every cue in the order of the file, and what looks like one and is none."""
    cues: list[Cue] = []
    failures: list[Failure] = []
    lost = 0
    for first, block in _blocks(text):
        if first == 1 and block[0].startswith("WEBVTT"):
            block, first = _without_header(block)
        if not block or block[0].split(" ", 1)[0] in _SKIPPED:
            continue
        at = next((n for n, line in enumerate(block[:2]) if "-->" in line), None)
        if at is None:
            if cues and not block[0].strip().isdigit():
                # A blank line within a cue's words is no end of them.
                cues[-1] = replace(cues[-1], words=_joined(cues[-1].words, *map(_plain, block)))
            elif not _is_prelude(block):
                failures.append(Failure(file, "this is no cue: it has no times.", "Correct it.", Locator(line=first)))
            continue
        found = _cue(block[at], block[at + 1 :], first + at)
        if isinstance(found, str):
            failures.append(Failure(file, found, "Correct it or leave it out.", Locator(line=first + at)))
        elif len(cues) < most:
            cues += [found] if found.words else []
        else:
            lost += 1
    if lost:
        failures.append(Failure(file, f"the transcript has {lost} more cues than are read.", "Split it.", lost=lost))
    if len(failures) > MOST_FAILURES:
        rest = failures[MOST_FAILURES:]
        failures = failures[:MOST_FAILURES]
        failures.append(Failure(file, f"{len(rest)} more cues are broken.", "Export it again.", lost=len(rest)))
    return cues, failures


def _blocks(text: str) -> list[tuple[int, list[str]]]:
    """Runs of lines between blank ones, each with the number of its first line."""
    found: list[tuple[int, list[str]]] = []
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            inside = False
        elif inside:
            found[-1][1].append(line)
        else:
            found.append((number, [line]))
            inside = True
    return found


def _without_header(block: list[str]) -> tuple[list[str], int]:
    """What follows the header lines where no blank line parts them from the first cue, and its line number."""
    start = next((n for n, line in enumerate(block) if "-->" in line), None)
    return (block[start:], start + 1) if start else ([], 1)


def _is_prelude(block: list[str]) -> bool:
    """Numbers alone, and lines that say when the recording began."""
    return all(line.strip().isdigit() or _STARTED.match(line) for line in block)


def _cue(times: str, lines: list[str], number: int) -> Cue | str:
    """The cue, or what is wrong with it."""
    match = _TIMES.match(times)
    if match is None:
        return f'"{times.strip()[:60]}" is no pair of times.'
    start, end = _seconds(match, "a"), _seconds(match, "b")
    if end < start:
        return f'the cue "{times.strip()[:60]}" ends before it begins.'
    raw = "\n".join(lines)
    voices = _VOICE.findall(raw)
    words = _joined(*map(_plain, lines))
    speaker = html.unescape(voices[0]).strip() if voices else ""
    if not speaker and (named := _NAMED.match(words)):
        speaker, words = named["who"].strip(), named["what"].strip()
    begin, _, finish = times.partition("-->")
    written_end = (finish.split() or [""])[0]
    return Cue(start, end, begin.strip(), written_end, number, speaker, words)


def _seconds(match: re.Match[str], side: str) -> float:
    part = float(f"0.{match[f'{side}f']}") if match[f"{side}f"] else 0.0
    return int(match[f"{side}h"] or 0) * 3600 + int(match[f"{side}m"]) * 60 + int(match[f"{side}s"]) + part


def _plain(line: str) -> str:
    return html.unescape(_TAG.sub("", _VOICE.sub("", line))).strip()


def _joined(*lines: str) -> str:
    return " ".join(line for line in lines if line)


def said_alone(turn: list[Cue]) -> str:
    """The words of several cues, what a cue repeats of the one before it (as live captions do) once."""
    words = ""
    for cue in turn:
        if cue.words.startswith(words):
            words = cue.words
        elif not words.endswith(cue.words):
            words = f"{words} {cue.words}"
    return words


def started_in(text: str, zone: str | None) -> Instant | None:
    """The start that a note or header of the transcript states; raises like `read_timestamp`."""
    for line in text.splitlines()[:30]:
        if "-->" in line:
            return None
        if match := _STARTED.match(line):
            return read_timestamp(match[1].strip(), zone=zone, source=TimeSource.CHAT)
    return None
