"""Whether an action belongs to exactly one person who can do it (SPEC O1, O2, O3).

Knows how owners are written and what keeps one from doing it. Refuses to look anybody up: what is known of them is told.
"""

# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

# So many open commitments are more than one person keeps beside other work.
OVERLOADED_FROM = 5
_NOBODY = re.compile(
    r"^(?:we|us|all|all of us|everyone|everybody|anyone|tbd|tbc|tba|to be (?:decided|defined|determined|assigned)|n/?a|not assigned|unassigned|unowned|nobody|none|no ?one|someone|somebody|whoever.*|\?+|[-–—]+)$",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"\b(?:teams?|squad|groups?|department|dept|guild|chapter|tribe|crew|committee|engineering|operations|ops|devops|infra(?:structure)?|platform|sres?|backend|frontend|security|support|dbas?|developers|engineers|management|leadership|on-?call(?: rotation)?|owners|maintainers|rotation|qa|developers|vendor|it)\b\W*$|^(?:the|our|all|each|any|some)\b|^#|^@(?:[\w-]*(?:team|squad|oncall|on-call|sre|ops|platform|infra|backend|frontend|eng)[\w-]*|[\w-]+/[\w-]+)$",
    re.IGNORECASE,
)
_TWO = re.compile(r"\S\s+(?:and|&|\+|or|with|und|y)\s+\S|\S\s*[,;/|]\s*\S")
_STATED = re.compile(
    r"(?:^|[\s(\[|*–—-])(?:\*\*)?(?:owners?|assignees?|assigned to|responsible|DRI|who)(?:\*\*)?\s*[:=](?:\*\*)?\s*(?P<owner>[^;|)\]\n.]{1,60})",
    re.IGNORECASE,
)
_HANDLES = re.compile(r"(?<![\w.])@([A-Za-z][\w/.-]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of an owner. `declined`: they gave it back. `open_commitments` counts what they hold beside this
    one, `away_until` is when they are back, `outside` names what of the action they cannot change, "" for nothing."""

    declined: bool = False
    open_commitments: int = 0
    away_until: date | None = None
    outside: str = ""

    @property
    def is_overloaded(self) -> bool:
        """Whether they hold as much as one person keeps."""
        return self.open_commitments >= OVERLOADED_FROM


def why_not_one(owner: str) -> str:
    """Why what an owner field holds is not exactly one person, "" where it is."""
    said = " ".join(owner.split()).strip("*_ ")
    if not said or _NOBODY.match(said):
        return "Nobody owns this yet."
    if _TWO.search(said):
        return f"“{said}” is more than one."
    if _TEAM.search(said):
        return f"“{said}” is a group, and nobody in it was asked."
    return ""


def owner_in(text: str) -> str | None:
    """The owner that the words of an action state ("Owner: …", "(@kim)"); None where they state none."""
    stated = _STATED.search(text)
    if stated:
        return stated["owner"].strip(" *_")
    handles = list(dict.fromkeys(_HANDLES.findall(text)))
    return " and ".join(f"@{each}" for each in handles) if handles else None


def why_not_this_one(standing: Standing, due: date | None = None) -> str:
    """What keeps this owner from it (O2), "" for nothing."""
    if standing.declined:
        return "The owner gave this back."
    if standing.away_until is not None and (due is None or due <= standing.away_until):
        return f"The owner is away until {standing.away_until.isoformat()}."
    if standing.is_overloaded:
        return f"The owner holds {standing.open_commitments} open commitments."
    return ""


__all__ = ("OVERLOADED_FROM", "Standing", "owner_in", "why_not_one", "why_not_this_one")
