"""The chances there were to catch it, counted from the gate matrix (SPEC M22, R146), and what the matrix leaves open.

Knows which gates were chances, which let it pass and which gaps that leaves. Refuses to decide what a gate could have
done: people do, and a row that nobody answered is counted as not answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from afteraction.engine.gates.matrix import LOAD_TEST, SEED_GATES, Could, GateRow, Outcome, Reached
from afteraction.engine.prevention.changes import Change, ChangeKind, ChangeState

_COULD = frozenset({Could.YES, Could.PLAUSIBLY})
_OFF_PATH = frozenset({Outcome.SKIPPED, Outcome.BYPASSED})
_SEED_PLACE = {seed: float(place) for place, (seed, _) in enumerate(SEED_GATES, start=1)}
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_LOAD = re.compile(r"\b(?:load|performance|perf|stress|soak)\b", re.IGNORECASE)
_PERFORMANCE = re.compile(
    r"\b(?:slow(?:er|ness|ly)?|latenc(?:y|ies)|degrad\w+|timeouts?|timed out|saturat\w+|exhaust\w+|overload\w*|"
    r"throughput|contention|queue(?:s|d|ing)?|backlog|under load|real load|performance|"
    r"(?:connection )?pool (?:is |was )?(?:full|empty)|too many connections|out of memory)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """Ids of gate rows by what became of them. `gates` are all that apply. `could` are those that could have caught
    it, surely or plausibly; each of them is in exactly one of `caught`, `let_pass` (it was reached), `not_in_path`
    (not reached, skipped or bypassed) and `reach_unknown`. `could_not` never counts as a chance, `unanswered` rows
    wait for people. `passed` are all gates that the change was let through by, whether they could have caught it or
    not. `opportunities` is the denominator of M22: reached and could."""

    gates: tuple[str, ...] = ()
    could: tuple[str, ...] = ()
    caught: tuple[str, ...] = ()
    let_pass: tuple[str, ...] = ()
    not_in_path: tuple[str, ...] = ()
    reach_unknown: tuple[str, ...] = ()
    could_not: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    opportunities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GateGap:
    """A gate that could have caught it and did not. `title` says it in three words ("Canary skipped"); `changes` are
    ids of live changes that name it, `gate_changes` and `tests` those that improve the gate and those that bring the
    test which would have caught it. `waived_because` is why this pair is not asked for."""

    row: str
    title: str
    changes: tuple[str, ...] = ()
    gate_changes: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    waived_because: str = ""

    @property
    def is_paired(self) -> bool:
        """Whether both halves of R161 are planned, or waived with a reason."""
        return bool(self.waived_because) or bool(self.gate_changes and self.tests)


def matrix_order(rows: Mapping[str, GateRow]) -> tuple[GateRow, ...]:
    """The rows as the matrix shows them: the seed gates in their order, one's own gates at their `position` among
    them (4.5 is after staging), at the end where they have none."""

    def place(row: GateRow) -> tuple[float, str]:
        return (row.position or _SEED_PLACE.get(row.seed or row.id, 99.0), row.id)

    return tuple(sorted(rows.values(), key=place))


def seed_rows() -> dict[str, GateRow]:
    """The six seed gates, with nothing answered, by id."""
    return {seed: GateRow(id=seed, title=title, seed=seed) for seed, title in SEED_GATES}


def is_answered(row: GateRow) -> bool:
    """Whether people said what this gate could have done, or why it does not apply."""
    if row.reached is Reached.NOT_APPLICABLE:
        return bool(row.not_applicable_because.strip())
    return row.could is not Could.UNKNOWN


def count_chances(rows: Mapping[str, GateRow]) -> Chances:
    """Which gates were chances to catch it, and what became of each; ids in the order of the matrix."""
    found: dict[str, list[str]] = {name: [] for name in Chances.__dataclass_fields__}
    for row in matrix_order(rows):
        for name in _places_of(row):
            found[name].append(row.id)
    return Chances(**{name: tuple(ids) for name, ids in found.items()})


def _places_of(row: GateRow) -> tuple[str, ...]:
    if row.reached is Reached.NOT_APPLICABLE:
        return ("not_applicable",)
    places = ["gates"]
    if row.reached is Reached.YES and row.outcome is Outcome.PASSED:
        places.append("passed")
    if row.could is Could.UNKNOWN:
        places.append("unanswered")
    elif row.could is Could.NO:
        places.append("could_not")
    else:
        places += ["could", _fate_of(row)]
        if row.reached is Reached.YES:
            places.append("opportunities")
    return tuple(places)


def _fate_of(row: GateRow) -> str:
    if row.outcome is Outcome.CAUGHT:
        return "caught"
    if row.reached is Reached.NO or row.outcome in _OFF_PATH:
        return "not_in_path"
    return "let_pass" if row.reached is Reached.YES else "reach_unknown"


def headline(chances: Chances) -> str:
    """Why the quality system let it through, in one or two sentences. No gate and no answer say so."""
    total = len(chances.gates)
    if not total:
        return "No gate is in the matrix yet."
    if len(chances.unanswered) == total:
        return f"{_counted(total, 'gate').capitalize()} to answer: could each have caught this?"
    subject = "The one gate" if total == 1 else f"{_number(len(chances.could)).capitalize()} of {_number(total)} gates"
    verb = "could" if total > 1 or chances.could else "could not"
    first = f"{subject} {verb} have caught this."
    fates = (
        (chances.caught, "caught it", "caught it"),
        (chances.let_pass, "ran and let it pass", "ran and let it pass"),
        (chances.not_in_path, "was not in the path of this release", "were not in the path of this release"),
        (chances.reach_unknown, "may have run: nothing shows it", "may have run: nothing shows it"),
    )
    told = [f"{_number(len(ids))} {one if len(ids) == 1 else many}" for ids, one, many in fates if ids]
    second = f" {', '.join(told).capitalize()}." if told else ""
    left = f" {_counted(len(chances.unanswered), 'gate').capitalize()} not answered yet." if chances.unanswered else ""
    return first + second + left


def chances_line(chances: Chances, rows: Mapping[str, GateRow]) -> str:
    """The denominators: `Chances to catch it: 4 reached and let it pass (…). Not in the path: 2. Could not: 1.`"""
    names = ", ".join(_lowered(rows[each].title) for each in chances.let_pass)
    parts = [f"Chances to catch it: {len(chances.let_pass)} reached and let it pass" + (f" ({names})" if names else "")]
    for label, ids in (
        ("Caught it", chances.caught), ("Not in the path", chances.not_in_path),
        ("Not known whether reached", chances.reach_unknown), ("Could not", chances.could_not),
        ("Not answered", chances.unanswered), ("Does not apply", chances.not_applicable),
    ):  # fmt: skip
        if ids:
            parts.append(f"{label}: {len(ids)}")
    return ". ".join(parts) + "."


def gate_gaps(
    rows: Mapping[str, GateRow], changes: Mapping[str, Change], waivers: Mapping[str, str] | None = None
) -> tuple[GateGap, ...]:
    """Every gate that could have caught it and did not, in the order of the matrix. `waivers` are reasons by finding
    id (`R161:canary`)."""
    waived = waivers or {}
    gaps = []
    for row in matrix_order(rows):
        if not is_gap(row):
            continue
        mine = [each for each in _live(changes) if each.gap == row.id]
        gaps.append(
            GateGap(
                row=row.id,
                title=_gap_title(row),
                changes=tuple(each.id for each in mine),
                # A test alone is the other half: it guards this one fault, the gate stays as it was.
                gate_changes=tuple(e.id for e in mine if e.kind is not ChangeKind.TEST or e.regression_test.strip()),
                tests=tuple(e.id for e in mine if e.kind is ChangeKind.TEST or e.regression_test.strip()),
                waived_because=waived.get(f"R161:{row.id}", "").strip(),
            )
        )
    return tuple(gaps)


def is_gap(row: GateRow) -> bool:
    """Whether this gate could have caught it and did not."""
    return (
        row.could in _COULD and row.outcome is not Outcome.CAUGHT and row.reached is not Reached.NOT_APPLICABLE
    )  # fmt: skip


def reads_as_performance(*texts: str) -> bool:
    """Whether what is said of an incident names slowness, saturation or load (SPEC R169, `S4-staging-trap`)."""
    return any(_PERFORMANCE.search(text) for text in texts)


def is_load_gate(row: GateRow) -> bool:
    """Whether this gate tries the change under load."""
    return LOAD_TEST[0] in (row.id, row.seed) or bool(_LOAD.search(row.title))


def _gap_title(row: GateRow) -> str:
    endings = {
        Outcome.ABSENT: "absent", Outcome.SKIPPED: "skipped", Outcome.BYPASSED: "bypassed",
        Outcome.IGNORED: "ignored", Outcome.FLAKY_IGNORED: "taken for flaky",
    }  # fmt: skip
    if row.outcome in endings:
        return f"{row.title} {endings[row.outcome]}"
    return f"{row.title} not reached" if row.reached is Reached.NO else f"{row.title} let it pass"


def _live(changes: Mapping[str, Change]) -> list[Change]:
    live = [each for each in changes.values() if each.state is not ChangeState.CANCELLED]
    return sorted(live, key=lambda each: (len(each.id), each.id))


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _counted(count: int, noun: str) -> str:
    return f"{_number(count)} {noun}{'' if count == 1 else 's'}"


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]
