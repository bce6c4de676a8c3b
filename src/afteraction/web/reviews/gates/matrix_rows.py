"""The gate matrix as its table shows it, one row a gate, and the sentences around it.

Knows words, marks and citations. Refuses to say what a gate did.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from afteraction.engine.gates.chances import chances_line, headline, is_answered, is_gap
from afteraction.engine.gates.matrix import Could, GateRow, Outcome, Reached
from afteraction.engine.prevention.changes import Change, ChangeClass
from afteraction.engine.prevention.plan import class_of
from afteraction.engine.prevention.proposals import Candidate
from afteraction.engine.review.findings import ReviewFinding, Severity
from afteraction.web.reviews.gates.facts import read_instant
from afteraction.web.reviews.gates.path_drawing import PathEnds, draw_path, is_off_path
from afteraction.web.reviews.gates.sheet import Sheet

REACHED = {
    Reached.YES: ("check", "Yes"), Reached.NO: ("minus", "No"), Reached.UNKNOWN: ("unknown", "Unknown"),
    Reached.NOT_APPLICABLE: ("none", "Does not apply"),
}  # fmt: skip
COULD = {
    Could.YES: (3, "Yes"), Could.PLAUSIBLY: (2, "Plausibly"), Could.NO: (0, "No"), Could.UNKNOWN: (0, "Not answered"),
}  # fmt: skip
OUTCOMES = {
    Outcome.PASSED: ("pass", "Passed", "m-people"), Outcome.CAUGHT: ("check", "Caught it", "m-hold"),
    Outcome.ABSENT: ("none", "Absent", "m-signal"), Outcome.SKIPPED: ("skip", "Skipped", "m-signal"),
    Outcome.BYPASSED: ("skip", "Bypassed", "m-signal"), Outcome.IGNORED: ("warn", "Ignored", "m-signal"),
    Outcome.FLAKY_IGNORED: ("warn", "Taken for flaky", "m-signal"), Outcome.UNKNOWN: ("unknown", "Unknown", "m-people"),
}  # fmt: skip
# Asked for in words of its own, with a button that adds the gate.
LOAD_ASKED = "R169:load_test"
CLASSES = {
    ChangeClass.PROCESS_CHANGE: (4, "Process change", "a mechanism enforces it"),
    ChangeClass.ASSISTED_PRACTICE: (3, "Assisted practice", "needs someone to remember"),
    ChangeClass.ONE_OFF: (2, "One-off", "fixes this instance"),
    ChangeClass.INTENTION: (1, "Intention", "names no mechanism"),
}  # fmt: skip


@dataclass(frozen=True)
class Cite:
    """A citation: its label, and the hash of the original behind it ("" for none)."""

    label: str
    sha256: str
    title: str


@dataclass(frozen=True)
class Answered:
    """A change that answers a gap: its id, what it is in words, and its four steps of strength."""

    change: str
    word: str
    bars: tuple[bool, ...]


@dataclass(frozen=True)
class MatrixRow:
    """One gate as the table shows it."""

    row: GateRow
    rev: int
    reached: tuple[str, str]
    dots: tuple[bool, ...]
    could: str
    outcome: tuple[str, str, str]
    cites: tuple[Cite, ...]
    answered: tuple[Answered, ...]
    is_gap: bool
    candidates: tuple[Candidate, ...]

    @property
    def applies(self) -> bool:
        """Whether the gate counts at all."""
        return self.row.reached is not Reached.NOT_APPLICABLE

    @property
    def is_own(self) -> bool:
        """Whether it is a gate of the team's own, which may be taken out."""
        return not self.row.seed


@dataclass(frozen=True)
class Matrix:
    """The table, its drawing and its sentences. `open` is what it leaves open, less what `is_load_asked` says: it
    degraded under load and no gate tries that."""

    rows: tuple[MatrixRow, ...]
    path: SafeString
    headline: tuple[str, str]
    counted: str
    chances: str
    open: tuple[ReviewFinding, ...]
    is_load_asked: bool

    @property
    def open_words(self) -> str:
        """How much is open: `7 are open here, 6 of them before reviewed`."""
        must = sum(each.severity is Severity.MUST for each in self.open)
        whole = f"{len(self.open)} {'is' if len(self.open) == 1 else 'are'} open here"
        return f"{whole}, {must} of them before reviewed" if must else whole


def matrix_of(sheet: Sheet) -> Matrix:
    """The matrix of a review."""
    rows = tuple(_row(sheet, each) for each in sheet.rows)
    first, _, rest = headline(sheet.chances).partition(". ")
    applying = [each for each in sheet.rows if each.reached is not Reached.NOT_APPLICABLE]
    answered = sum(is_answered(each) for each in applying)
    prefilled = any(each.prefilled for each in sheet.rows)
    return Matrix(
        rows=rows,
        path=draw_path(sheet.rows, path_ends(sheet), _caption(sheet.rows)),
        headline=(first.removesuffix(".") + ("." if not first.endswith("?") else ""), rest),
        counted=f"{answered} of {len(applying)} answered"
        + (", outcomes prefilled from CI and deploy records" if prefilled else ""),
        chances=chances_line(sheet.chances, sheet.document.gates),
        open=tuple(each for each in sheet.open_gates if each.id != LOAD_ASKED),
        is_load_asked=any(each.id == LOAD_ASKED for each in sheet.open_gates),
    )  # fmt: skip


def _row(sheet: Sheet, row: GateRow) -> MatrixRow:
    changes = [each for each in sheet.live if each.gap == row.id]
    dots, word = COULD[row.could]
    return MatrixRow(
        row=row, rev=sheet.work.revs.get(f"gate:{row.id}", 0), reached=REACHED[row.reached],
        dots=tuple(at < dots for at in range(3)), could=word, outcome=OUTCOMES[row.outcome],
        cites=cites_of(sheet, row.labels), answered=tuple(answered(sheet, each) for each in changes),
        is_gap=is_gap(row), candidates=sheet.candidates.get(row.id, ()),
    )  # fmt: skip


def answered(sheet: Sheet, change: Change) -> Answered:
    """How strong the answer of a change is."""
    found = class_of(change, sheet.judged) or ChangeClass.INTENTION
    steps, word, _ = CLASSES[found]
    return Answered(change.id, word, tuple(at < steps for at in range(4)))


def cites_of(sheet: Sheet, labels: Sequence[str]) -> tuple[Cite, ...]:
    """Citations by their labels, with the originals that the analysis knows by them."""
    files = {each["label"]: each for each in sheet.work.head.get("files") or () if each["label"]}
    return tuple(
        Cite(label, files[label]["sha256"] if label in files else "", files[label]["name"] if label in files else "")
        for label in labels
    )


def path_ends(sheet: Sheet) -> PathEnds:
    """Where the way of the release begins and ends."""
    gates, facts = sheet.facts.gates, sheet.facts
    number = re.search(r"#(\d+)", gates["began"])
    began = f"PR {number[1]} opened" if number else gates["began"] or "Change"
    began_at = gates["began_at"]
    when = _day_and_clock(read_instant(began_at).utc) if began_at else ""
    impact, seen = facts.at("t_impact_start"), facts.at("t_detect")
    ended = ", ".join(
        part for part in (f"{impact:%H:%M}" if impact else "", f"seen {seen:%H:%M}" if seen else "") if part
    )
    return PathEnds(began, when, "It failed", ended)


def _day_and_clock(at: datetime) -> str:
    return f"{at.day} {at:%b %H:%M}"


def _caption(rows: Sequence[GateRow]) -> str:
    through = [each.title for each in rows if each.reached is Reached.YES and not is_off_path(each)]
    past = [each.title for each in rows if is_off_path(each)]
    told = [f"through {', '.join(through)}"] if through else []
    told += [f"past {', '.join(past)}"] if past else []
    return (
        f"Path of the release {' and '.join(told)}. The table below holds the same facts." if told else "No path yet."
    )
