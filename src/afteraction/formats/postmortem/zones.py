"""Time zones as people name them in incident reports.

Knows abbreviations, long names ("Pacific Time (US & Canada)"), cities and sentences that declare a zone for a whole
document or section. Refuses to guess one from where an author lives or from what other documents do.
"""

from __future__ import annotations

import re
from datetime import tzinfo
from functools import cache

from afteraction.core.errors import UnreadableTime
from afteraction.core.timestamps import zone_named

_ALIASES = {
    "MEZ": "CET", "MESZ": "CEST", "ZULU": "UTC", "EASTERN": "America/New_York", "CENTRAL": "America/Chicago",
    "MOUNTAIN": "America/Denver", "PACIFIC": "America/Los_Angeles", "CENTRAL EUROPEAN": "Europe/Berlin",
    "UK": "Europe/London", "BRITISH SUMMER": "BST", "EASTERN DAYLIGHT": "EDT", "EASTERN STANDARD": "EST",
    "PACIFIC DAYLIGHT": "PDT", "PACIFIC STANDARD": "PST", "CENTRAL DAYLIGHT": "CDT", "CENTRAL STANDARD": "CST",
    "MOUNTAIN DAYLIGHT": "MDT", "MOUNTAIN STANDARD": "MST", "COORDINATED UNIVERSAL": "UTC", "GREENWICH MEAN": "GMT",
    "INDIA": "Asia/Kolkata", "INDIA STANDARD": "Asia/Kolkata", "JAPAN": "Asia/Tokyo", "NEW YORK": "America/New_York",
    "LOS ANGELES": "America/Los_Angeles", "SAN FRANCISCO": "America/Los_Angeles", "SYDNEY": "Australia/Sydney",
    "MELBOURNE": "Australia/Melbourne", "TOKYO": "Asia/Tokyo", "SINGAPORE": "Asia/Singapore", "UNIVERSAL": "UTC",
    "MUMBAI": "Asia/Kolkata", "KOLKATA": "Asia/Kolkata", "CHICAGO": "America/Chicago", "DENVER": "America/Denver",
    "TORONTO": "America/Toronto", "SAO PAULO": "America/Sao_Paulo", "HONG KONG": "Asia/Hong_Kong",
    "AUCKLAND": "Pacific/Auckland", "EDINBURGH": "Europe/London",
}  # fmt: skip
_EUROPE = [
    "AMSTERDAM",
    "ATHENS",
    "BELGRADE",
    "BERLIN",
    "BRATISLAVA",
    "BRUSSELS",
    "BUCHAREST",
    "BUDAPEST",
    "COPENHAGEN",
    "DUBLIN",
    "HELSINKI",
    "KYIV",
    "LISBON",
    "LJUBLJANA",
    "LONDON",
    "MADRID",
    "MOSCOW",
    "OSLO",
    "PARIS",
    "PRAGUE",
    "RIGA",
    "ROME",
    "SARAJEVO",
    "SOFIA",
    "STOCKHOLM",
    "TALLINN",
    "VIENNA",
    "VILNIUS",
    "WARSAW",
    "ZAGREB",
    "ZURICH",
]

ABBREVIATION = (
    r"(?:UTC|GMT)\s?[+\-−](?:1[0-4]|0?\d)(?::?[0-5]\d)?(?!\d|:\d)|(?:UTC|GMT|utc|gmt|Utc)|[A-Z]?[CEMPW]E?[SD]?T|BST|MEZ|MESZ|MSK|JST|KST"
    r"|IST|A[CEKW][SD]T|HST|NZ[SD]T|SGT|HKT|BRT"
)
_REGION = r"(?:US|Africa|America|Asia|Australia|Europe|Pacific|Etc)/[A-Za-z_]+(?:/[A-Za-z_]+)?"
_LONG = (
    r"(?:Eastern|Central|Mountain|Pacific|British|India|Japan|UK|Central European|Coordinated Universal|Greenwich Mean)"
    r"(?:\s+(?:Standard|Daylight|Summer))?(?:\s+[Tt]imes?\b)?"
)
NAME = rf"(?:{_REGION}|{_LONG}|(?:{ABBREVIATION})(?![A-Za-z]))"
AFTER_CLOCK = re.compile(
    rf"\s?(?P<open>[(\[]?)(?P<zone>Z(?![A-Za-z])|{_REGION}|(?:{ABBREVIATION})(?![A-Za-z])"
    rf"|(?:Eastern|Central|Mountain|Pacific)(?:(?:\s+(?:Standard|Daylight))?\s+[Tt]ime\b|(?=\s*(?:[:)\],.|\-–—]|$)))"
    r"|[+-](?:0\d|1[0-4]):?(?:00|15|30|45)(?!\d))"
)

_CITY = "|".join(name.title() for name in (*_EUROPE, "New York", "San Francisco", "Sydney", "Tokyo", "Singapore"))
_DECLARED = re.compile(
    r"\b(?:time\s?zone\s*(?::|is)\s*|times?(?:stamps?)?\b(?:(?!\d\d:\d\d)[^.|\n]){0,60}?(?:\bin\b|\bare\b|\bis\b|:|\buse\b|(?<=imes)(?=\s))"
    rf"\s*(?:in\s+)?(?:both\s+)?(?:the\s+)?[*_`]*)(?P<zone>{NAME}|(?:{_CITY}|[A-Z][a-z]+)(?=\s*(?:time)?[*_`]*\s*(?:[.,;:)]|$)))",
    re.IGNORECASE,
)
_IN_HEADING = re.compile(
    rf"(?:[(\[][^()\[\]]*?(?P<inside>\b{NAME})[^()\[\]]*[)\]]|\b(?:in|,|-|–|:)\s+(?P<after>{NAME})\s*$)"
)

# India, Ireland and Israel: no reader can know which.
MANY_MEANINGS = ("IST",)


@cache
def zone_called(name: str) -> tzinfo:
    """The zone behind a name as written in a report; UnreadableTime when it is none that can be vouched for."""
    text = re.sub(r"\s*\((?:US|us).*?\)|[*_`]", "", name).strip().replace("−", "-")
    upper = re.sub(r"\s+TIMES?$", "", text.upper())
    if upper in _ALIASES:
        return zone_named(_ALIASES[upper])
    if upper in _EUROPE:
        return zone_named(f"Europe/{upper.title()}")
    if "/" not in text and not re.fullmatch(r"[A-Za-z]{1,4}|(?:UTC|GMT)?\s?[+-]\d.*", text):
        raise UnreadableTime(f'"{name}" is not a time zone this program knows.')
    return zone_named(text if "/" in text else upper)


def is_zone(name: str) -> bool:
    """True when the name stands for a zone."""
    try:
        zone_called(name)
    except UnreadableTime:
        return False
    return True


def declared_zone(text: str) -> str:
    """The zone that a sentence declares for the times around it ("All times in CET."), or nothing."""
    for match in _DECLARED.finditer(text):
        if is_zone(match["zone"]):
            return match["zone"]
    return ""


def zone_beginning(text: str) -> str:
    """The zone that a line begins with: the rest of a time at the end of the line before it."""
    match = re.match(rf"(?:{ABBREVIATION})(?![A-Za-z])", text)
    return match[0] if match and is_zone(match[0]) else ""


def zone_in_heading(text: str) -> str:
    """The zone that a heading or column title declares: `Timeline (UTC)`, `Time (PST)`, `times in BST`, `UTC`."""
    if declared := declared_zone(text):
        return declared
    for match in _IN_HEADING.finditer(text):
        name = match["inside"] or match["after"]
        if is_zone(name):
            return name
    bare = text.strip(" *_:")
    return bare if re.fullmatch(ABBREVIATION, bare) and is_zone(bare) else ""
