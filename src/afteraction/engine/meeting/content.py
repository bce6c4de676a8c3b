"""What a meeting has before it, item by item: numbers, open corrections, claims without evidence, gates, gaps, signals.

Knows how to put facts of a review into lines. Refuses to fill a gap: what nobody found out reads so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from afteraction.engine.gates.matrix import SEED_GATES, Could, GateRow, Outcome, Reached
from afteraction.engine.meeting.guards import ALTERNATIVES_ASKED
from afteraction.engine.meeting.phrases import DEFAULT_OPENING, FIVE_QUESTIONS, GROUND_RULES, WALK_CUES
from afteraction.engine.review.document import Question

# SPEC §9.3: more than five challenges are homework, not a meeting.
MOST_CHALLENGES = 5
# SPEC §9.4: nobody hears who would own a change before its priority is set.
OWNER_LATER = "owner shown once people set impact and urgency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A gate that could have caught it and did not: the change that would close it and what that change is judged to
    be ("" for none yet)."""

    gate: str
    candidate: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A change read aloud at the close: who owns it, until when, and how one would know. Empty fields are asked for."""

    text: str
    owner: str = ""
    accepted: bool = False
    due: str = ""
    done_when: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """All that the items show. `timeline_version` is the locked one, None while none is. `users_first` says whether
    users noticed before monitoring, None unknown. `gates` are rows by id. `unclosed` are gaps
    that no process change closes. `coverage` are sentences on what the changes
    leave open. `signals` are candidates with their lead. `stations` are entries of the timeline to stop at, with their
    time. `comes_back` is when provisional decisions return; `group_meets` when the small group of a debrief does.
    `answered` are questions that were answered before the meeting. `opening` replaces the usual opening words."""

    timeline_version: int | None = None
    corrections: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    users_first: bool | None = None
    unevidenced: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    alternatives: int = 0
    gates: Mapping[str, GateRow] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    unclosed: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    commits: tuple[Commit, ...] = ()
    well: tuple[str, ...] = ()
    lucky: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    waivers: tuple[str, ...] = ()
    answered: frozenset[Question] = frozenset()
    comes_back: datetime | None = None
    group_meets: datetime | None = None
    opening: str = ""
    pulse: str = ""


def lines_for(code: str, facts: MeetingFacts, severity: int | None) -> tuple[str, ...]:
    """What is known for one item, one line each."""
    made = {
        "opening": _opening,
        "corrections": _corrections,
        "q1": _impact,
        "q2": lambda known: _causes(known, severity),
        "q3": _gates,
        "q4": _changes,
        "q5": _signals,
        "close": _close,
        "walk": _walk,
        "sense": _sense,
        "well": _well,
        "handover": _handover,
    }[code](facts)
    early = code in set(facts.answered)
    return (*(("Answered before the meeting: confirm it or correct it.",) if early else ()), *made)


def spoken_time(moment: datetime) -> str:
    """`Tue 24 Nov 2026 16:00 UTC`; the zone is that of the moment."""
    return f"{moment:%a} {moment.day} {moment:%b %Y %H:%M} {moment.tzname() or 'UTC'}"


def gate_line(row: GateRow) -> str:
    """One gate in one line, as far as it is known."""
    if row.reached is Reached.NOT_APPLICABLE:
        return f"{row.title}: does not apply ({row.not_applicable_because.strip() or 'no reason given yet'})."
    reached = {
        Reached.YES: "reached",
        Reached.NO: "not reached",
        Reached.UNKNOWN: "not known whether reached",
    }[row.reached]
    could = {
        Could.YES: "able to catch it",
        Could.PLAUSIBLY: "plausibly able to catch it",
        Could.NO: "not able to catch it",
        Could.UNKNOWN: "open whether able to catch it",
    }[row.could]
    outcome = "outcome not known" if row.outcome is Outcome.UNKNOWN else row.outcome.value
    record = f" Record: {row.record.strip()}" if row.record.strip() else " No record yet"
    labels = f" {' '.join(f'[{each}]' for each in row.labels)}" if row.labels else ""
    return f"{row.title}: {reached}, {outcome}, {could}.{record}{labels}."


def _opening(facts: MeetingFacts) -> tuple[str, ...]:
    seats = (f"Seats: {', '.join(facts.seats)}.",) if facts.seats else ()
    return (facts.opening.strip() or DEFAULT_OPENING, *GROUND_RULES, *seats, *facts.waivers)


def _corrections(facts: MeetingFacts) -> tuple[str, ...]:
    if facts.timeline_version is None:
        first = "The timeline is not locked yet."
    else:
        count = len(facts.corrections)
        noun = "open correction" if count == 1 else "open corrections"
        first = f"Timeline v{facts.timeline_version} is locked; {count or 'no'} {noun}. Only these, no walk-through."
    return (first, *facts.corrections)


def _impact(facts: MeetingFacts) -> tuple[str, ...]:
    first = {
        True: "Users noticed before monitoring did.",
        False: "Monitoring noticed before users did.",
        None: "Not known whether users or monitoring noticed first.",
    }[facts.users_first]
    return (*(facts.numbers or ("No numbers of impact yet.",)), first, "To ask: who else was affected?")


def _causes(facts: MeetingFacts, severity: int | None) -> tuple[str, ...]:
    lines = [f"Without evidence yet: {each}" for each in facts.unevidenced]
    lines += [f"Challenge: {each}" for each in facts.challenges[:MOST_CHALLENGES]]
    if severity == 1:
        lines.append(f"Alternatives considered: {facts.alternatives}; a SEV-1 asks for {ALTERNATIVES_ASKED}.")
    return tuple(lines) or ("Each link of the chain has evidence. What would speak against it?",)


def _gates(facts: MeetingFacts) -> tuple[str, ...]:
    seeds = {row.seed: row for row in facts.gates.values() if row.seed}
    lines = []
    for slug, title in SEED_GATES:
        row = seeds.get(slug) or facts.gates.get(slug)
        lines.append(gate_line(row) if row else f"{title}: nobody looked yet.")
    known = {slug for slug, _ in SEED_GATES}
    custom = [row for row in facts.gates.values() if row.seed not in known and row.id not in known]
    custom.sort(key=lambda row: (row.position, row.id))
    return (
        *lines,
        *(gate_line(row) for row in custom),
        "To decide for each: was it able to catch it, and what let it through?",
    )


def _changes(facts: MeetingFacts) -> tuple[str, ...]:
    lines = []
    for gap in facts.gaps:
        verdict = f" ({gap.verdict})" if gap.verdict else " (not judged yet)"
        lines.append(f"{gap.gate}: {gap.candidate}{verdict}" if gap.candidate else f"{gap.gate}: no candidate yet")
    first = tuple(lines) or ("No gap is recorded yet.",)
    return (*first, *facts.coverage, "Priority first, then who takes it.")


def _signals(facts: MeetingFacts) -> tuple[str, ...]:
    return facts.signals or ("No candidate is back-tested yet.",)


def _close(facts: MeetingFacts) -> tuple[str, ...]:
    return (
        *(_commit_line(each) for each in facts.commits),
        *_unclosed(facts),
        *_provisional(facts),
        *_well(facts),
        "One learning each.",
        *((f"Pulse, three questions: {facts.pulse}",) if facts.pulse else ("Pulse: three questions, anonymous.",)),
    )


def _commit_line(commit: Commit) -> str:
    owner = commit.owner or "owner to be found"
    accepted = "accepted" if commit.accepted else "to be accepted"
    done = "; ".join(commit.done_when) or "definition of done to be written"
    return f"Read aloud: {commit.text} ({owner}, {accepted}; {commit.due or 'date to be set'}; done when: {done})"


def _unclosed(facts: MeetingFacts) -> tuple[str, ...]:
    return tuple(f"Left open, no process change closes it: {each}" for each in facts.unclosed)


def _provisional(facts: MeetingFacts) -> tuple[str, ...]:
    if facts.comes_back is None:
        return ()
    when = spoken_time(facts.comes_back)
    return (f"Everything decided before {when} is provisional and comes back then for confirmation.",)


def _well(facts: MeetingFacts) -> tuple[str, ...]:
    well = [f"Went well: {each}" for each in facts.well] or ["What went well? Nothing is noted yet."]
    return (*well, *(f"Luck: {each}" for each in facts.lucky))


def _walk(facts: MeetingFacts) -> tuple[str, ...]:
    stations = facts.stations or ("No station is chosen yet.",)
    return (*stations, *(f"Cue: {each}" for each in WALK_CUES), "No actions in this part; ideas are parked.")


def _sense(facts: MeetingFacts) -> tuple[str, ...]:
    unevidenced = [f"Without evidence yet: {each}" for each in facts.unevidenced]
    return (*unevidenced, "What made this likely on that day, and what on any day?", "How does it usually go well?")


def _handover(facts: MeetingFacts) -> tuple[str, ...]:
    when = spoken_time(facts.group_meets) if facts.group_meets else "about two working days later"
    first = f"A small group decides {when}, with the same data, in this order:"
    asked = [f"{number}. {text}" for number, text in enumerate(FIVE_QUESTIONS.values(), start=1)]
    return (first, *asked, *_unclosed(facts), "One learning each.", "Pulse: three questions, anonymous.")
