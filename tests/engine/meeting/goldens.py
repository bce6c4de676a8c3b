"""Agendas as they were read and approved, one file for each severity, profile and length.

Write them anew after a wanted change, and read what changed: `python -m tests.engine.meeting.goldens`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from afteraction.engine.meeting.agenda import Agenda, plan_agenda
from afteraction.engine.review.document import Profile
from tests.engine.meeting.occasion import FACTS

FOLDER = Path(__file__).parent / "goldens"
# Written out, not asked of the product: which slots exist for whom.
SLOTS = {1: (30, 45, 60, 90), 2: (30, 45, 60, 90), 3: (25, 30, 45, 60, 90)}


def occasions() -> Iterator[tuple[int, Profile, int]]:
    for severity, lengths in SLOTS.items():
        for profile in Profile:
            for length in lengths:
                yield severity, profile, length


def golden(severity: int, profile: Profile, length: int) -> Path:
    return FOLDER / f"sev{severity}-{profile.value}-{length}.json"


def written(agenda: Agenda) -> str:
    return json.dumps(asdict(agenda), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for occasion in occasions():
        severity, profile, length = occasion
        agenda = plan_agenda(FACTS, severity=severity, profile=profile, length=length)
        golden(*occasion).write_text(written(agenda), encoding="utf-8")
