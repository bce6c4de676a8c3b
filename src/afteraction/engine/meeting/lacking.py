"""Which fact a verdict on a seat lacks, and how it is called.

Knows the facts that the rules F1 to F4 of SPEC §9.1 ask for. Refuses to know where a page takes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Lack(StrEnum):
    """A fact that is not recorded. LEADS is about a team, LINE and TEAM are about a person, the others about the
    incident."""

    RESPONDERS = "responders"
    TIMELINE = "timeline"
    ON_CALL = "on_call"
    AUTHORS = "authors"
    REVIEWERS = "reviewers"
    SHIPPING_TEAM = "shipping_team"
    SERVICE_TEAM = "service_team"
    LEADS = "leads"
    TEAM = "team"
    LINE = "line"


@dataclass(frozen=True, slots=True, order=True)
class Missing:
    """One fact that is not recorded: what, and the id of the person or the name of the team that it is about."""

    lack: Lack
    about: str = ""


_OF_THE_INCIDENT: Mapping[Lack, str] = {
    Lack.RESPONDERS: "who responded",
    Lack.TIMELINE: "which account somebody in the timeline is",
    Lack.ON_CALL: "who was on call, all of them",
    Lack.AUTHORS: "who wrote the change, all of them",
    Lack.REVIEWERS: "who reviewed the change, all of them",
    Lack.SHIPPING_TEAM: "which team shipped the change",
    Lack.SERVICE_TEAM: "which team owns the service",
}


def missing_in_words(missing: Missing, labels: Mapping[str, str]) -> str:
    """The fact as a page names it ("who leads Payments"); `labels` are names by id of a person."""
    who = labels.get(missing.about, "somebody")
    if missing.lack is Lack.LEADS:
        return f"who leads {missing.about}"
    if missing.lack is Lack.TEAM:
        return f"the team of {who}"
    if missing.lack is Lack.LINE:
        return f"whom {who} reports to"
    return _OF_THE_INCIDENT[missing.lack]


def each_once(missing: Iterable[Missing]) -> tuple[Missing, ...]:
    """The facts without repeats, those of the incident first, then those of teams, then those of people."""
    order = tuple(Lack)
    return tuple(sorted(set(missing), key=lambda one: (order.index(one.lack), one.about)))
