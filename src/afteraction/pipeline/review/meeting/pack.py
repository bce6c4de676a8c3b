"""The meeting pack: agenda, pre-read, seats, waivers and phrase card as one Markdown text that needs no server.

Knows GitHub's Markdown. Refuses links to the server, personal prompts, and text that would become markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC

from afteraction.engine.causes.graph import NodeKind, Status
from afteraction.engine.meeting.agenda import Agenda, AgendaItem
from afteraction.engine.meeting.content import MeetingFacts, gate_line, spoken_time
from afteraction.engine.meeting.invitations import InviteList
from afteraction.engine.meeting.phrases import PHRASE_CARD
from afteraction.engine.meeting.sheet import FacilitatorSheet
from afteraction.engine.review.document import Review
from afteraction.pipeline.report.markdown import plain
from afteraction.pipeline.review.meeting.calendar import MeetingDate
from afteraction.pipeline.review.meeting.zones import zone_named

_LIST_MARK = re.compile(r"^(\d+)([.)])(?=\s)|^([-+])(?=\s)")
# Lines to write on by hand, for what is decided while the server is out of reach.
_LINES_TO_FILL = 5
_STATUS_WORDS = {Status.CONFIRMED: "supported", Status.REFUTED: "ruled out", Status.HYPOTHESIS: "hypothesis"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the pre-read."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pack:
    """All that goes into a pack. `names` are what pages show for the ids of invited people; where one is missing the
    pack says "a member". `waivers`, `not_checked` and `started` are printed as they are given."""

    title: str
    agenda: Agenda
    when: MeetingDate | None = None
    invites: InviteList = field(default_factory=InviteList)
    names: Mapping[str, str] = field(default_factory=dict)
    seats: tuple[str, ...] = ()
    waivers: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()
    started: str = ""
    pre_read: tuple[Section, ...] = ()


def pre_read(review: Review, facts: MeetingFacts) -> tuple[Section, ...]:
    """What everybody reads a day before, from the review; parts of which nothing is known say so."""
    graph = review.graph
    outcomes = tuple(node.statement for node in graph.outcomes())
    causes = tuple(
        f"{node.statement} ({_STATUS_WORDS[node.status]})"
        for node in sorted(graph.nodes.values(), key=lambda each: (len(each.id), each.id))
        if node.kind is not NodeKind.OUTCOME
    )
    version = "no version is locked" if facts.timeline_version is None else f"v{facts.timeline_version}"
    parts = (
        ("Summary", (review.frame.summary,) if review.frame.summary.strip() else ()),
        (f"Timeline, {version}", facts.stations),
        ("Impact and detection", (*outcomes, *facts.numbers)),
        ("Hypotheses", causes),
        ("Gates", tuple(gate_line(row) for row in review.gates.values())),
        ("Open questions", (*facts.corrections, *facts.unevidenced)),
    )
    return tuple(Section(title=title, lines=lines or ("Nothing yet.",)) for title, lines in parts)


def meeting_pack(pack: Pack) -> str:
    """The pack as Markdown."""
    parts = [f"# {plain(pack.title)}", "", *_when(pack), "## Objective", "", *_quoted(pack.agenda.objective), ""]
    parts += _listed("Seats", pack.seats)
    parts += _listed("Waivers and what was not checked", _disclosed(pack))
    parts += _listed("Invited", [_invited(pack, each.person, each.optional) for each in pack.invites.invited])
    parts += _listed("Missing", [_missing(each.role, each.why, each.waived) for each in pack.invites.missing])
    parts += ["## Agenda", ""]
    for item in pack.agenda.items:
        parts += _agenda_item(item)
    if pack.pre_read:
        parts += ["## Pre-read", ""]
        for section in pack.pre_read:
            parts += [f"### {plain(section.title)}", "", *(_bullet(line) for line in section.lines), ""]
    parts += ["## Phrase card", "", *_table(("When", "What to say"), PHRASE_CARD), ""]
    parts += ["## To fill in by hand", "", *_blanks()]
    return "\n".join(parts) + "\n"


def facilitator_page(sheet: FacilitatorSheet) -> str:
    """The facilitator's sheet as Markdown, one page when printed."""
    parts = ["# Facilitator's sheet", "", *_quoted(sheet.objective), ""]
    parts += [*(f"**{plain(line)}**" for line in sheet.reminders), ""]
    parts += [*(f"{n}. **{plain(title)}.** {plain(text)}" for n, (title, text) in enumerate(sheet.steps, start=1)), ""]
    times = [(f"{begins}–{ends}", title) for begins, ends, title in sheet.times]
    parts += [*_table(("min", "Item"), times), "", *(_bullet(each) for each in sheet.guards), ""]
    parts += [*_table(("When", "What to say"), sheet.phrases), ""]
    parts += [_bullet(line) for line in sheet.waivers]
    return "\n".join(parts).rstrip() + "\n"


def _when(pack: Pack) -> list[str]:
    if pack.when is None:
        return [f"No date yet; {pack.agenda.length} minutes.", ""]
    local = pack.when.start.astimezone(zone_named(pack.when.zone))
    both = spoken_time(local)
    if pack.when.zone != "UTC":
        both = f"{both} ({plain(pack.when.zone)}), {spoken_time(pack.when.start.astimezone(UTC))}"
    place = [f"Place: {plain(pack.when.place)}", ""] if pack.when.place.strip() else []
    called_off = ["**Called off.**", ""] if pack.when.cancelled else []
    return [*called_off, f"{both}, {pack.when.minutes} minutes.", "", *place]


def _disclosed(pack: Pack) -> list[str]:
    return [*pack.waivers, *pack.not_checked, *([pack.started] if pack.started else [])]


def _invited(pack: Pack, person: str, optional: bool) -> str:
    found = next(each for each in pack.invites.invited if each.person == person)
    why = "; ".join(dict.fromkeys(each.text for each in found.reasons))
    marks = ", ".join(
        mark
        for mark in (found.label, "optional" if optional else "", "speaks last" if found.speaks_last else "")
        if mark
    )
    return f"{pack.names.get(person, 'a member')}: {why}" + (f" ({marks})" if marks else "")


def _missing(role: str, why: str, waived: str) -> str:
    return f"{role}: {why}" + (f". Waived: {waived}" if waived else "")


def _agenda_item(item: AgendaItem) -> list[str]:
    parts = [f"### {item.begins}–{item.ends} min: {plain(item.title)}", ""]
    if item.heading:
        parts += [f"_{plain(item.heading)}_", ""]
    if item.asks:
        parts += [f"**{plain(item.asks)}**", ""]
    if item.skipped_because:
        parts += [f"Left out: {plain(item.skipped_because)}", ""]
    if item.silent:
        unit = "minute" if item.silent == 1 else "minutes"
        parts += [f"First {item.silent} {unit}: write in silence.", ""]
    return [*parts, *(_bullet(line) for line in item.lines), *(_bullet(f"Parked: {line}") for line in item.parked), ""]


def _listed(title: str, lines: Sequence[str]) -> list[str]:
    return [f"## {title}", "", *(_bullet(line) for line in lines), ""] if lines else []


def _bullet(line: str) -> str:
    return f"- {_LIST_MARK.sub(_escaped_mark, plain(line))}"


def _escaped_mark(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"


def _quoted(text: str) -> list[str]:
    return [f"> {_LIST_MARK.sub(_escaped_mark, plain(line))}".rstrip() for line in text.strip().splitlines()]


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    return [
        f"| {' | '.join(header)} |",
        "|" + "---|" * len(header),
        *(f"| {' | '.join(plain(cell) for cell in row)} |" for row in rows),
    ]


def _blanks() -> list[str]:
    empty = [("  ",) * 4] * _LINES_TO_FILL
    return _table(("Process change", "Owner who accepts", "Date", "Done when"), empty)
