"""A change while it is being written: what its words leave open, what it is, when it is due and what to ask next.

Knows which fields of the form say what, and which figures of the incident answer a question. Refuses to save anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from afteraction.engine.language.actions.changes import Verdict, classify
from afteraction.engine.language.actions.completion import Completion, complete
from afteraction.engine.language.actions.dates import SaidDate, said_date
from afteraction.engine.language.actions.owners import OVERLOADED_FROM
from afteraction.engine.language.actions.properties import NAMES
from afteraction.engine.language.findings import LanguageFinding
from afteraction.engine.metrics.figures import spoken
from afteraction.engine.prevention.changes import Barrier, Change, Size
from afteraction.engine.prevention.dates import Due, phase_ladder, propose_due
from afteraction.engine.prevention.wording import AT_A_TIME, COMMIT_WAITS_FOR, hints
from afteraction.engine.signals.meaning import print_value
from afteraction.web.reviews.gates.carrying import commitments_of
from afteraction.web.reviews.gates.matrix_rows import CLASSES
from afteraction.web.reviews.gates.sheet import POLICY, Sheet
from afteraction.web.reviews.questions.signals import replayed, stored_series

# The fields of the form that are looked at.
WRITTEN = ("change", "text", "barrier", "size", "owner", "due")


@dataclass(frozen=True)
class Draft:
    """What is told beside the form. `hints` are shown at most two at a time, `more` counts the others; `waits` is
    whether a commit waits for one of them. `said` is the date in the words, `full` whether the owner holds as much as
    one person keeps, with `holds` commitments."""

    hints: tuple[LanguageFinding, ...]
    more: int
    waits: bool
    verdict: Verdict
    class_word: str
    class_note: str
    properties: tuple[tuple[str, str, str, str], ...]
    due: Due
    ladder: tuple[date, ...]
    said: SaidDate | None
    completion: Completion
    holds: int
    full: bool


def draft_of(sheet: Sheet, fields: Mapping[str, str]) -> Draft:
    """What there is to say to the fields of the form as they stand: `text`, `barrier`, `size`, `owner`, `due` and
    `change`, its id. What a field says that it cannot hold is left out."""
    change = _change(sheet, fields)
    verdict = classify(change.text, change.properties)
    due = sheet.due_for(change)
    holds = commitments_of([change.owner])[change.owner]
    found = _found(sheet, change, due) if change.text else ()
    shown = hints(found)
    _, word, note = CLASSES[verdict.change_class]
    known, because = known_slots(sheet) if change.barrier is Barrier.DETECT else ({}, "")
    return Draft(
        hints=shown, more=max(len({each.rule for each in found}) - AT_A_TIME, 0),
        waits=any(each.rule in COMMIT_WAITS_FOR for each in found), verdict=verdict, class_word=word, class_note=note,
        properties=tuple(
            (name, asks, "unknown" if verdict.properties[name] is None else "yes" if verdict.properties[name] else "no",
             verdict.because.get(name, ""))
            for name, asks in NAMES.items()
        ),
        due=due, ladder=ladder_of(sheet) if change.size is Size.XL else (),
        said=said_date(change.text, sheet.facts.today),
        completion=complete(change.text, change.barrier, known, because), holds=holds,
        full=holds >= OVERLOADED_FROM,
    )  # fmt: skip


def ladder_of(sheet: Sheet) -> tuple[date, ...]:
    """Days for the phases of architecture work: the first by the severity's floor, the others with quarters."""
    severity = sheet.work.incident.severity
    first = propose_due(sheet.facts.created, Size.XL, severity, POLICY)
    begun = sheet.facts.created if first.day and first.day >= sheet.facts.today else sheet.facts.today
    return phase_ladder(begun, severity, POLICY)


def known_slots(sheet: Sheet) -> tuple[dict[str, str], str]:
    """What the incident's own data answers for an alert: a signal that was proposed, with what its replay showed, else
    the stored series that rose most. Nothing where nothing was stored."""
    tested = [each for each in replayed(sheet.document.signals.values(), sheet.work.head) if each.is_tested]
    if tested:
        best = tested[0]
        signal = best.signal
        side = "above" if signal.above else "below"
        earlier = best.found.earlier
        lead = spoken(earlier.value) if earlier is not None and earlier.value > 0 else ""
        threshold = print_value(signal.threshold, best.unit) if signal.threshold is not None else ""
        return {
            "signal": signal.source or signal.title, "source": signal.source,
            "threshold": f"{side} {threshold}" if threshold else "",
            "window": spoken(signal.for_s) if signal.for_s else "",
            "route": signal.route or "the on-call", "lead": lead,
        }, f"from the proposed alert “{signal.title}”, replayed on this incident"  # fmt: skip
    series = [each for each in stored_series(sheet.work.head) if each.usual is not None]
    if not series:
        return {}, ""
    first = next((each for each in series if each.stored.get("role") == "saturation"), series[0])
    threshold = print_value(first.usual or 0.0, first.unit)
    because = f"from {first.source}, which went from {first.low} to {first.high} on this incident"
    return {
        "signal": first.source,
        "threshold": f"above {threshold}",
        "window": "5 min",
        "route": "the on-call",
    }, because


def _found(sheet: Sheet, change: Change, due: Due) -> tuple[LanguageFinding, ...]:
    """The points of the sentence and of its date and owner: those that the form asks for by itself only once told."""
    window = sheet.facts.window
    found = sheet.work.checker.action(
        change.text, owner=change.owner or None, due=change.due, today=sheet.facts.today if change.due else None,
        latest=due.day if not change.phases else None, latest_because=due.because,
        not_before=window.closes.date() if window else None,
        standing=sheet.standings.get(change.id) if change.owner else None,
    )  # fmt: skip
    # The owner is an account, asked for where it is chosen; what the words say of a day has a line of its own.
    return tuple(each for each in found if each.rule not in ("O1", "D1"))


def _change(sheet: Sheet, fields: Mapping[str, str]) -> Change:
    known = sheet.document.changes.get(fields.get("change", ""))
    owner = fields.get("owner", "")
    return Change(
        id=known.id if known else "new", text=fields.get("text", "").strip()[:2_000],
        barrier=next((each for each in Barrier if each.value == fields.get("barrier")), Barrier.PREVENT),
        size=next((each for each in Size if each.value == fields.get("size")), None),
        owner=owner if owner in sheet.members else "", due=_day(fields.get("due", "")),
        properties=known.properties if known else {}, phases=known.phases if known else (),
    )  # fmt: skip


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
