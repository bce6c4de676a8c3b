"""What the evidence says of each gate: whether the release came by it, and what it said (SPEC Q3, R146).

Knows checks, jobs, reviews, deployments, switches and the first page. Refuses to say what a gate could have caught and
why it did not: people decide that. Where no record names the release, the gate stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from afteraction.core.analysis import Timeline
from afteraction.core.evidence import EvidenceRef
from afteraction.core.findings import Milestone
from afteraction.core.instant import between
from afteraction.core.records import Document, Event, Lane
from afteraction.engine.gates.chances import is_load_gate, matrix_order, seed_rows
from afteraction.engine.gates.matrix import GateRow, Outcome, Reached
from afteraction.engine.gates.release_path import ReleasePath, release_path
from afteraction.engine.metrics.figures import spoken

# How checks, stages and environments of each gate are usually called.
_CALLED: Mapping[str, str] = {
    "unit_tests": r"unit(?:[ _-]?tests?)?",
    "integration_tests": r"integration(?:[ _-]?tests?)?|e2e|end[ _-]to[ _-]end|contract[ _-]tests?|system[ _-]tests?",
    "staging": r"staging|stage(?=$|[ _-]env)|pre[ _-]?prod(?:uction)?|uat|smoke(?:[ _-]?tests?)?",
    "canary": r"canary|progressive[ _-]delivery",
    "load_test": r"load(?:[ _-]?tests?)?|perf(?:ormance)?(?:[ _-]?tests?)?|stress|soak|k6|gatling|locust",
}
_FAILED = frozenset({"failure", "failed", "error", "timed_out", "startup_failure"})
_PASSED = frozenset({"success", "passed"})
_OFF = frozenset({"false", "off", "no", "disabled", "none", "0"})
_SWITCHES = frozenset({"enabled", "required", "active", "run"})
_REVIEWED_BY = re.compile(r"^(?:Reviewed|Approved|Acked)-by:\s*(\S.*)$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefill:
    """What the evidence says of one gate. `record` is one line of it, with times in UTC (`2 approvals, 11 May 16:22`);
    `event_ids` are events of the timeline, `evidence` the places of the records themselves."""

    row: str
    reached: Reached = Reached.UNKNOWN
    outcome: Outcome = Outcome.UNKNOWN
    record: str = ""
    event_ids: tuple[str, ...] = ()
    evidence: tuple[EvidenceRef, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """One account of a gate with the readings or documents behind it."""

    reached: Reached
    outcome: Outcome
    record: str
    readings: tuple[Event, ...] = ()
    documents: tuple[Document, ...] = ()


def prefill_gates(
    timeline: Timeline, documents: Sequence[Document] = (), rows: Mapping[str, GateRow] | None = None
) -> tuple[Prefill, ...]:
    """What the evidence says of each gate that it says anything of, in the order of the matrix. `documents` are the
    snapshots of the analysis; `rows` the gates asked for, the six seed gates where None."""
    path = release_path(timeline)
    found = []
    for row in matrix_order(rows if rows is not None else seed_rows()):
        if (row.seed or row.id) == "monitoring":
            proposal = _monitoring(row, timeline)
        else:
            proposal = _joined(row, path, _accounts(row, path, documents)) if path is not None else None
        if proposal is not None:
            found.append(proposal)
    return tuple(found)


def filled(row: GateRow, proposal: Prefill) -> GateRow:
    """The row with what the evidence says, where people have not said anything: a row that was prefilled before is
    refreshed, one that people answered keeps what they wrote."""
    if row.reached is Reached.NOT_APPLICABLE:
        return row
    untouched = row.prefilled or (row.reached is Reached.UNKNOWN and row.outcome is Outcome.UNKNOWN)
    if not untouched:
        return replace(row, record=row.record or proposal.record)
    return replace(row, reached=proposal.reached, outcome=proposal.outcome, record=proposal.record, prefilled=True)


def _accounts(row: GateRow, path: ReleasePath, documents: Sequence[Document]) -> list[_Said]:
    if (row.seed or row.id) == "code_review":
        return [each for each in (_reviewed(path),) if each is not None]
    called = _pattern(row)
    said = (_checked(path, called), _left_out(path, called), _switched_off(path, documents, called))
    return [each for each in said if each is not None]


def _joined(row: GateRow, path: ReleasePath, said: Sequence[_Said]) -> Prefill | None:
    """One proposal of all accounts; where they contradict each other, both are quoted and nothing is proposed."""
    if not said:
        return None
    agree = len({(each.reached, each.outcome) for each in said}) == 1
    readings = [each for one in said for each in one.readings]
    documents = [each for one in said for each in one.documents]
    return Prefill(
        row=row.id,
        reached=said[0].reached if agree else Reached.UNKNOWN,
        outcome=said[0].outcome if agree else Outcome.UNKNOWN,
        record="; ".join(dict.fromkeys(each.record for each in said)),
        event_ids=tuple(dict.fromkeys(path.event_id(each) for each in readings)),
        evidence=tuple(dict.fromkeys([*(e.evidence for e in readings), *(d.evidence for d in documents)])),
    )


def _pattern(row: GateRow) -> re.Pattern[str]:
    """How records of this gate are called; a gate of one's own by all words of its title."""
    gate = row.seed or row.id
    known = _CALLED.get(gate) or (_CALLED["load_test"] if is_load_gate(row) else "")
    if not known:
        words = re.findall(r"\w+", row.title) or [row.id]
        known = r"[ _/-]*".join(re.escape(word) for word in words)
    return re.compile(rf"(?<![a-z0-9])(?:{known})(?![a-z0-9])", re.IGNORECASE)


def _reviewed(path: ReleasePath) -> _Said | None:
    """Reviews of the pull requests of the release, the last word of each person; else trailers of its commits."""
    reviews = [e for e in path.readings if e.attributes.get("review") and not (e.actor is not None and e.actor.is_bot)]
    last: dict[str, Event] = {}
    for each in reviews:
        if each.attributes["review"] in ("approved", "changes_requested", "dismissed"):
            last[each.actor.key if each.actor is not None else each.own_id] = each
    approvals = [each for each in last.values() if each.attributes["review"] == "approved"]
    refusals = [each for each in last.values() if each.attributes["review"] == "changes_requested"]
    if refusals:
        record = f"{_count(len(refusals), 'request')} for changes left open, {_when(refusals)}"
        return _Said(Reached.YES, Outcome.IGNORED, record, (*refusals, *approvals))
    if approvals:
        record = f"{_count(len(approvals), 'approval')}, {_when(approvals)}"
        return _Said(Reached.YES, Outcome.PASSED, record, tuple(approvals))
    signed = [(each, _REVIEWED_BY.findall(each.attributes.get("message", ""))) for each in path.readings]
    signed = [(each, names) for each, names in signed if names]
    if signed:
        people = {name.strip().lower() for _, names in signed for name in names}
        commits = [each for each, _ in signed]
        record = f"{_count(len(people), 'reviewer')} named in the commit, {_when(commits)}"
        return _Said(Reached.YES, Outcome.PASSED, record, tuple(commits))
    merged = [
        each for each in path.readings if each.attributes.get("merge_commit") and not each.attributes.get("review")
    ]
    if merged:
        number = merged[-1].attributes.get("number", "")
        return _Said(Reached.UNKNOWN, Outcome.UNKNOWN, f"pull request {number} merged, {_when(merged)}", tuple(merged))
    return None


def _checked(path: ReleasePath, called: re.Pattern[str]) -> _Said | None:
    """Checks, jobs, pipelines and earlier stages whose name is that of the gate, the last word of each name."""
    runs: dict[str, list[Event]] = {}
    for each in path.readings:
        name = each.attributes.get("check", "") or _stage(each, path)
        if name and called.search(name):
            runs.setdefault(name.rsplit(" / ", 1)[-1].lower(), []).append(each)
    ended = {name: [e for e in each if _verdict(e)] for name, each in runs.items()}
    last = [each[-1] for each in ended.values() if each]
    if not last:
        return None
    failed, passed, skipped = ([e for e in last if _verdict(e) == word] for word in ("failed", "passed", "skipped"))
    if failed:
        what = "failed" if len(last) == 1 else f"{len(failed)} of {len(last)} checks failed"
        record = f"{_told(failed, what)}, and the release went on"
        return _Said(Reached.YES, Outcome.IGNORED, record, tuple(failed))
    if passed:
        what = "passed" if len(passed) == 1 else f"{len(passed)} checks passed"
        again = any(
            _verdict(e) == "failed" and _commit(e) == _commit(each[-1]) for each in ended.values() for e in each
        )
        return _Said(
            Reached.YES,
            Outcome.PASSED,
            _told(passed, what) + (", after a failed attempt" if again else ""),
            tuple(passed),
        )
    return _Said(Reached.NO, Outcome.SKIPPED, _told(skipped, "skipped"), tuple(skipped))


def _stage(event: Event, path: ReleasePath) -> str:
    """The environment of a deployment that is not the one which set it off."""
    if event.attributes.get("change") not in ("deployment", "release"):
        return ""
    return event.environment if event.environment != path.change.environment else ""


def _verdict(event: Event) -> str:
    """passed, failed or skipped; "" while a run is not over, and for one that was cancelled or says neither."""
    stated = event.attributes.get("status", "").lower() or event.attributes.get("state", "").lower()
    # Start and end of a run carry one conclusion; the start has its own state.
    if event.attributes.get("state") == "started":
        return ""
    if stated in _FAILED:
        return "failed"
    if stated in _PASSED:
        return "passed"
    return "skipped" if stated == "skipped" else ""


def _commit(event: Event) -> str:
    return event.attributes.get("commit", "") or event.attributes.get("version", "")


def _left_out(path: ReleasePath, called: re.Pattern[str]) -> _Said | None:
    """A record of the release which says that the gate was left out: `canary stage not run (fast-track)`."""
    word = called.pattern
    said_after = re.compile(
        rf"{word}[\w ]{{0,30}}?\b(?:not (?:run|executed|started)|skipped|bypassed|disabled|left out|omitted)\b", re.I
    )
    said_before = re.compile(
        rf"\b(?:skip(?:s|ped|ping)?|bypass(?:es|ed|ing)?|without|omit(?:s|ted)?)\s+(?:the |a )?{word}", re.I
    )
    for each in path.readings:
        text = each.attributes.get("description", "")
        if match := said_after.search(text) or said_before.search(text):
            outcome = Outcome.BYPASSED if "bypass" in match[0].lower() else Outcome.SKIPPED
            return _Said(Reached.NO, outcome, text[:160], (each,))
    return None


def _switched_off(path: ReleasePath, documents: Iterable[Document], called: re.Pattern[str]) -> _Said | None:
    """A configuration snapshot from before the impact in which the gate is switched off."""
    known = [d for d in documents if d.settings and d.captured_at is not None and d.captured_at.utc <= path.until]
    latest = {d.place or d.title: d for d in sorted(known, key=_captured)}
    for document in latest.values():
        for key, value in sorted(document.settings.items()):
            switch = key.rsplit(".", 1)[-1].lower() in _SWITCHES and value.strip().lower() in _OFF
            if switch and called.search(key.replace(".", " ")):
                record = f"{key} is {value.strip()}, {_clock(_captured(document))}"
                return _Said(Reached.NO, Outcome.ABSENT, record, documents=(document,))
    return None


def _captured(document: Document) -> datetime:
    assert document.captured_at is not None
    return document.captured_at.utc


def _monitoring(row: GateRow, timeline: Timeline) -> Prefill | None:
    """Production sees every release that runs there: whether a monitor spoke, and whether before users were hit."""
    watched = any(each.lane in (Lane.ALERTS, Lane.METRICS) for each in timeline.events)
    pages = timeline.milestones.get(Milestone.FIRST_MONITOR, ())
    if not pages:
        return Prefill(row=row.id, reached=Reached.YES, record="measured, no page in the evidence") if watched else None
    page, impact = pages[0], timeline.milestones.get(Milestone.IMPACT_START, ())
    record = f"first page {page.instant.utc:%H:%M}"
    outcome = Outcome.UNKNOWN
    if impact:
        lag = between(impact[0].instant, page.instant)
        side = "about when impact began"
        if not lag.order_unknown:
            # A page before impact may have been about something else: people say whether it caught this.
            outcome = Outcome.PASSED if lag.value > 0 else Outcome.UNKNOWN
            side = f"{spoken(lag.value)} {'after' if lag.value > 0 else 'before'} impact began"
        record = f"{record}, {side}"
    return Prefill(
        row=row.id, reached=Reached.YES, outcome=outcome, record=record, event_ids=page.event_ids,
        evidence=page.evidence[:1],
    )  # fmt: skip


def _told(events: Sequence[Event], what: str) -> str:
    """`214 passed, run 5512, 12 May 13:31`: what the record printed where it printed figures."""
    printed = events[0].attributes.get("description", "") if len(events) == 1 else ""
    shown = printed[:80] if any(letter.isdigit() for letter in printed) else what
    number = events[0].attributes.get("number", "") if events[0].attributes.get("change") == "pipeline" else ""
    run = f"run {number}" if number and len(events) == 1 else ""
    return ", ".join(part for part in (shown, run, _when(events)) if part)


def _when(events: Sequence[Event]) -> str:
    return _clock(max(each.instant.utc for each in events))


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%-d %b %H:%M}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
