"""What a run assumed or could not decide, as questions that people answer.

Knows which sentences of a run are questions. Refuses to answer one: nothing moves before somebody confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from afteraction.web.evidence.declared import EVERY
from afteraction.web.evidence.models import About, Declaration, EvidenceFile
from afteraction.web.incidents.models import Incident

Json = dict[str, Any]
# Clocks nearer than this agree: a message about an alert is a few seconds younger than the alert.
_NEAR_S = 10.0
_FEWEST = 2
_YEAR = re.compile(r"state no year; (\d{4}) was taken from")
_NO_ZONE = re.compile(r"--zone|states no zone|no time zone|without a zone", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """One button: what it says and what it declares."""

    label: str
    value: Any
    is_main: bool = False


@dataclass(frozen=True)
class Assumption:
    """One question. `subject` is the file or clock it is about, `sentence` what was assumed and what would follow.
    `other` names the further field (zone or year) that may be typed instead."""

    about: str
    subject: str
    sentence: str
    answers: Sequence[Answer]
    file: EvidenceFile | None = None
    thing: str = ""
    other: str = ""


def open_assumptions(
    incident: Incident, head: Json | None, files: Sequence[EvidenceFile], standing: Sequence[Declaration]
) -> list[Assumption]:
    """Every question that nobody has answered yet: zones first, then years, then clocks."""
    said = {(row.about, row.file_id, row.thing) for row in standing}
    found: list[Assumption] = []
    for file in files:
        if (About.ZONE, file.pk, "") not in said and (About.ZONE, None, EVERY) not in said and lacks_zone(file):
            found.append(_zone_question(incident, file))
    for file in files:
        year = next((m[1] for told in file.report.get("assumptions", ()) if (m := _YEAR.search(told))), "")
        if year and (About.YEAR, file.pk, "") not in said:
            sentence = f"states no year. Read as {year}, as the other evidence has it."
            found.append(Assumption(About.YEAR, file.name, sentence, [Answer("Confirm", year, True)], file, "", "year"))
    by_name = {file.name: file.sha256 for file in files}
    return [*found, *_clock_questions(head, by_name, said)]


def lacks_zone(file: EvidenceFile) -> bool:
    """True when records of a file wait for somebody to say in which zone its times are."""
    failures = file.report.get("failures", ())
    return any(_NO_ZONE.search(f"{each['reason']} {each['next_step']}") for each in failures)


def _zone_question(incident: Incident, file: EvidenceFile) -> Assumption:
    waiting = file.report.get("failures_total", 0)
    counted = f"{waiting:,} record{'' if waiting == 1 else 's'}"
    zones = list(dict.fromkeys([incident.zone or "UTC", "UTC"]))
    answers = [Answer(f"Read as {zone}", zone, number == 0) for number, zone in enumerate(zones)]
    sentence = f"names no time zone. {counted} wait until somebody says which."
    return Assumption(About.ZONE, file.name, sentence, answers, file, "", "zone")


def _clock_questions(head: Json | None, by_name: Mapping[str, str], said: set[Any]) -> list[Assumption]:
    found = []
    for clock, offset in _surest((head or {}).get("clock_offsets", ())).items():
        thing = by_name.get(clock, clock)
        if (About.CLOCK, None, thing) in said:
            continue
        seconds = offset["offset_s"]
        way, span = ("ahead of" if seconds > 0 else "behind"), spoken_span(abs(seconds))
        pairs = f"{offset['pairs']} moment{'' if offset['pairs'] == 1 else 's'} that both saw"
        sentence = (
            f"runs {span} {way} {offset['reference']}, by {pairs}. Shift by {span}? Nothing moves until confirmed."
        )
        answers = [Answer("Confirm", seconds, True), Answer("Do not shift", None)]
        found.append(Assumption(About.CLOCK, offset["clock"], sentence, answers, None, thing))
    return found


def _surest(offsets: Sequence[Json]) -> dict[str, Json]:
    """For each clock the offset that rests on the most moments, where they agree that it is one."""
    found: dict[str, Json] = {}
    for offset in offsets:
        off = abs(offset["offset_s"])
        if offset["confirmed"] or offset["pairs"] < _FEWEST or off < _NEAR_S or off < 2 * offset["spread_s"]:
            continue
        if offset["clock"] not in found or found[offset["clock"]]["pairs"] < offset["pairs"]:
            found[offset["clock"]] = offset
    return found


def spoken_span(seconds: float) -> str:
    """A span in words: 41 s, 2 min 5 s, 1 h."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    parts = [f"{hours} h" if hours else "", f"{minutes} min" if minutes else "", f"{left} s" if left else ""]
    return " ".join(filter(None, parts)) or f"{seconds:.1f} s"


def told(row: Declaration) -> str:
    """A declaration as a sentence's second half."""
    if row.about == About.CLOCK:
        return "is not shifted" if row.value is None else f"is shifted by {-float(row.value):+.3g} s"
    if row.about == About.ZONE:
        every = "times that state no zone are" if row.thing == EVERY else "is"
        return f"{every} read in {row.value}"
    if row.about == About.YEAR:
        return f"is read as of {row.value}"
    if row.about == About.READER:
        return f"is read as {str(row.value).replace('_', ' ')}"
    if row.about == About.MAPPING:
        named = ", ".join(f"{column} is {what}" for what, column in dict(row.value or {}).items())
        saved = f" (saved as {row.thing.removeprefix('mapping:')})" if row.thing.startswith("mapping:") else ""
        return f"columns: {named}{saved}"
    if row.about == About.LEFT_OUT:
        return f"is left out{f': {row.value}' if row.value else ''}"
    if row.about == About.CAPTURED_AT:
        moment = dict(row.value or {})
        return f"was captured {moment.get('typed')} {moment.get('zone')}"
    if row.about == About.PLACE:
        return f"shows {row.value}"
    return f"not available: {row.value}"
