"""What a file's name says: when it was taken, and of what.

Knows how people and tools write a time into a file name. Refuses to look at the file system: when a file was written,
copied or uploaded says nothing about when its content was true.
"""

from __future__ import annotations

import re
from dataclasses import replace

from afteraction.core.instant import Instant, TimeSource
from afteraction.core.timestamps import read_timestamp

# "2026-05-12T14-20Z", "20260512_142011", "2026-05-12 at 2.20.11 PM", "2026-05-12 um 14.20", "2026-05-12".
_STAMP = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-_.]?)(?P<mo>0[1-9]|1[0-2])(?P=sep)(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:(?:T|[\s_-]+|[\s_-]*(?:at|um|à|om|alle|kl)[\s._-]+)"
    r"(?P<h>[01]?\d|2[0-3])(?P<sep2>[-:._h]?)(?P<mi>[0-5]\d)(?:(?P=sep2)(?P<s>[0-5]\d)(?P<f>[.,]?\d{3,6})?)?(?!\d)"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\b\.?)?"
    r"(?P<z>[\s_-]?(?:Z|UTC|GMT|CEST|CET|BST|EST|EDT|PST|PDT)(?![A-Za-z])|[+-]\d{2}[-:]?\d{2}(?!\d))?)?(?!\d)"
)
_ANY_TAG = re.compile(
    r"(?i)(?<![A-Za-z0-9])(?:screen[\s_-]?shot|screen[\s_-]?capture|screencap|bildschirmfoto|capture d.écran|schermata"
    r"|image|img|pxl|photo|picture|untitled|unnamed|clipboard|snapshot|snap|from|at|copy)(?![A-Za-z0-9])"
)


def last_part(name: str) -> str:
    """The file's own name out of a display path, folders and archives taken off."""
    return re.split(r"[/!\\]", name)[-1]


def stem_of(name: str) -> str:
    """The file's own name without its endings (`payments-api.2026-05-12T13-50Z.yaml` keeps its time)."""
    return re.sub(r"(?:\.[A-Za-z][A-Za-z0-9]{0,9}){1,2}$", "", last_part(name))


def time_in_name(name: str, zone: str | None = None) -> Instant | None:
    """The time that a file name states, or None. Precision as written, down to a day. Raises NaiveTime when the name
    states a time without a zone and none is declared, UnreadableTime when it is no date."""
    match = _STAMP.search(last_part(name))
    if not match:
        return None
    text = f"{match['y']}-{match['mo']}-{match['d']}"
    if match["h"]:
        hour = int(match["h"])
        if match["half"] and hour <= 12:
            hour = hour % 12 + (12 if match["half"] in "pP" else 0)
        text += f"T{hour:02d}:{match['mi']}"
        text += f":{match['s']}" if match["s"] else ""
        stated = (match["z"] or "").strip(" _-") if (match["z"] or "")[1:2].isalpha() else (match["z"] or "")
        text += stated if stated[:1] in "+-" else f" {stated}".rstrip()
    instant = read_timestamp(text, zone=zone, source=TimeSource.MACHINE)
    return replace(instant, original_text=match[0])


def subject_in_name(name: str) -> str:
    """What a file name says besides its time and general words: `grafana-ledger-pool-2026-05-12.png` gives
    `grafana-ledger-pool`, `Screenshot 2026-05-12 at 14.20.11.png` gives nothing."""
    rest = _ANY_TAG.sub(" ", _STAMP.sub(" ", stem_of(name)))
    rest = re.sub(r"\(\s*\d+\s*\)", " ", rest)
    return re.sub(r"\s+", " ", rest).strip(" ._-@")
