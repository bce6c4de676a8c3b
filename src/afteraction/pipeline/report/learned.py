"""The analysis document as it was known at a moment: without what happened or was learned later (SPEC R029).

Knows when each event was known, and that whatever rests on something unknown is unknown too. Refuses to compute
anything anew: a figure either rests on what was known or is not known yet.

A finding counts as known when all its moments had passed and all events and places it cites were known. What states no
moment at all is left out, since nothing says that it was known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from afteraction.pipeline.report.coverage import coverage
from afteraction.pipeline.report.desk import moment

Json = dict[str, Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOMENTS = ("value", "start", "end", "at", "seen_at", "captured_at", "before_at", "instant")


def event_known_at(event: Json) -> datetime:
    """When an event was known: as it states, never before it happened."""
    happened = _read(event["value"])
    stated = event.get("known_at")
    return max(happened, _read(stated)) if stated else happened


@dataclass(frozen=True)
class Learned:
    """When events (by id) and cited places (hash and locator) were known."""

    events: Mapping[str, datetime] = field(default_factory=dict)
    places: Mapping[tuple[str, str], datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Json) -> Learned:
        """For every event of a document. A place that several events cite was known when the first of them was."""
        events: dict[str, datetime] = {}
        places: dict[tuple[str, str], datetime] = {}
        for event in document["events"]:
            at = event_known_at(event)
            for name in (event["id"], *event["members"]):
                events[name] = at
            for ref in event["evidence"]:
                key = (ref["sha256"], ref["locator"])
                places[key] = min(at, places.get(key, at))
        return cls(events, places)

    def packed(self, head: Json) -> Json:
        """As JSON, for what `head` cites alone: microseconds since 1970."""
        ids, keys = set(_cited_events(head)), set(_cited_places(head))
        return {
            "events": {name: _us(at) for name in ids if (at := self.events.get(name)) is not None},
            "places": [[*key, _us(at)] for key in sorted(keys) if (at := self.places.get(key)) is not None],
        }

    @classmethod
    def unpacked(cls, value: Json) -> Learned:
        """What `packed` made."""
        return cls(
            {name: _at(us) for name, us in value.get("events", {}).items()},
            {(sha256, locator): _at(us) for sha256, locator, us in value.get("places", ())},
        )


def as_known_at(document: Json, at: datetime) -> Json:
    """The document with nothing that was learned after `at` (with a zone); `known_at` says so."""
    events = [event_as_known_at(event, at) for event in document["events"] if event_known_at(event) <= at]
    head = {name: value for name, value in document.items() if name not in ("events", "hidden")}
    hidden = [
        event_as_known_at(event, at)
        for event in document.get("hidden", ())
        if not isinstance(event, str) and event_known_at(event) <= at
    ]
    known = head_as_known_at(head, Learned.of(document), at)
    told = {**known, "events": events, **({"hidden": hidden} if "hidden" in document else {})}
    return {**told, "assumptions": _assumptions(told, events), "coverage": coverage(told)}


def event_as_known_at(event: Json, at: datetime) -> Json:
    """An event that was known, without an end that had not come."""
    until = event["until"]
    return {**event, "until": None} if until and _read(until["value"]) > at else event


_HINDSIGHT = ("suspects", "remaining", "abstained", "suspects_note", "suspects_onset", "topology", "log_templates",
              "log_windows")  # fmt: skip


def head_as_known_at(head: Json, learned: Learned, at: datetime) -> Json:
    """Everything but the events as it was known. What counts events is told without them: `as_known_at` adds it."""
    judge = _Judge(learned, at)
    milestones = {name: [c for c in found if judge.knows(c)] for name, found in head["milestones"].items()}
    kept: Json = {**head, "milestones": milestones, "known_at": moment(at)}
    for name in ("detections", "updates", "gaps", "conflicts"):
        kept[name] = [each for each in head[name] if judge.knows(each)]
    if head["questions"] is not None:
        kept["questions"] = [each for each in head["questions"] if judge.knows(each)]
    kept["impact_windows"] = [judge.window(each) for each in head["impact_windows"] if judge.begun(each)]
    kept["metrics"] = {
        key: each if judge.rests_on_known(each, head, milestones) else _not_yet(each, at)
        for key, each in head["metrics"].items()
    }
    kept["series"] = [shown for each in head["series"] if (shown := _until(each, at))]
    kept["documents"] = [each for each in head.get("documents", ()) if each["captured_at"] and judge.knows(each)]
    kept["settings_changes"] = [each for each in head.get("settings_changes", ()) if each["at"] and judge.knows(each)]
    if "gates" in head:
        kept["gates"] = _gates(head["gates"], judge)
    kept["files"] = _files(head, kept, learned, at)
    named = {file["name"] for file in kept["files"]}
    kept["clock_offsets"] = [each for each in head["clock_offsets"] if {each["clock"], each["reference"]} <= named]
    kept["assumptions"] = []
    # Both were told from everything, and nobody can say what of it was known then.
    for name in _HINDSIGHT:
        kept.pop(name, None)
    if "hidden" in head:
        kept["hidden"] = [each for each in head["hidden"] if isinstance(each, str) and judge.knew(each)]
    kept["coverage"] = coverage({**kept, "events": []})
    return kept


@dataclass(frozen=True)
class _Judge:
    learned: Learned
    at: datetime

    def knows(self, finding: Json) -> bool:
        """True when every moment of a finding had come and everything it cites was known."""
        return all(_read(each) <= self.at for each in _moments(finding)) and self._cites_known(finding)

    def knew(self, event_id: str) -> bool:
        """True when an event was known."""
        known = self.learned.events.get(event_id)
        return known is not None and known <= self.at

    def begun(self, window: Json) -> bool:
        """True when impact had begun by then, by evidence of then."""
        return _read(window["start"]["value"]) <= self.at and self._cites_known(window)

    def window(self, window: Json) -> Json:
        """A window that may still be open: how bad it became was not known then."""
        if window["end"] is not None and _read(window["end"]["value"]) <= self.at:
            return window
        unknown = dict.fromkeys(("end", "weight", "degradation", "users", "requests_per_s", "fail_share"))
        return {**window, **unknown}

    def rests_on_known(self, metric: Json, head: Json, milestones: Json) -> bool:
        """True when a figure's inputs are what was known, and it has any."""
        for each in metric["inputs"]:
            if each["name"] in head["milestones"] and milestones[each["name"]] != head["milestones"][each["name"]]:
                return False
        others = metric["alternatives"]
        return bool(metric["inputs"]) and self.knows(metric) and all(
            self.rests_on_known(other, head, milestones) for other in others
        )  # fmt: skip

    def _cites_known(self, finding: Json) -> bool:
        places = (self.learned.places.get(key) for key in _places(finding))
        return all(known is None or known <= self.at for known in places) and all(
            self.knew(each) for each in finding.get("event_ids", ())
        )


def _gates(gates: Json, judge: _Judge) -> Json:
    """What was known of the gates; where the release began belongs to what set it off, which may not be known yet."""
    began = gates["began_at"]
    is_known = began is not None and _read(began["value"]) <= judge.at and gates["change_triggered"] is not None
    readings = [each for each in gates["readings"] if each["event_ids"] and judge.knows(each)]
    if is_known and readings:
        return {**gates, "readings": readings}
    return {"change_triggered": None, "began_at": None, "began": "", "readings": readings}


def _not_yet(metric: Json, at: datetime) -> Json:
    """A figure without anything that it would say later."""
    if metric["state"] in ("unknown", "not_applicable"):
        state, note = metric["state"], ""
    else:
        state, note = "unknown", f"Not yet known at {at.astimezone(UTC):%H:%M} UTC."
    nothing: Json = {"value": None, "low": None, "high": None, "inputs": [], "alternatives": [], "detail": {}}
    return {**metric, **nothing, "state": state, "note": note, "evidence": []}


def _until(series: Json, at: datetime) -> Json | None:
    """A series up to the moment; None when it had not begun."""
    limit = at.timestamp()
    shown = [pair for pair in zip(series["times"], series["values"], strict=True) if pair[0] <= limit]
    return {**series, "times": [time for time, _ in shown], "values": [value for _, value in shown]} if shown else None


def _files(head: Json, kept: Json, learned: Learned, at: datetime) -> list[Json]:
    """Files that something known cites, without what else they hold."""
    cited = {sha256 for (sha256, _), known in learned.places.items() if known <= at}
    cited |= {sha256 for sha256, _ in _cited_places(kept)}
    silent: Json = {"failures": [], "failures_total": 0, "first_line": None, "assumptions": []}
    return [{**file, **silent} for file in head["files"] if file["sha256"] and file["sha256"] in cited]


def _assumptions(head: Json, events: list[Json]) -> list[Json]:
    """What was assumed about the times of these events: counted anew, in the words of before."""
    from afteraction.core.flags import SENTENCES, Flag

    counted: dict[tuple[str, str, str], int] = {}
    for event in events:
        for flag in event["flags"]:
            ref = event["evidence"][0] if event["evidence"] else {"file": "", "label": ""}
            key = (ref["file"], ref["label"], flag)
            counted[key] = counted.get(key, 0) + 1
    return [
        {"file": file, "label": label, "flag": flag,
         "sentence": SENTENCES.get(Flag(flag), flag) if flag in set(Flag) else flag, "records": count}
        for (file, label, flag), count in counted.items()
    ]  # fmt: skip


def _moments(finding: Json) -> Iterator[str]:
    """Every moment that a finding states, its accounts' and inputs' too."""
    for name in _MOMENTS:
        stated = finding.get(name)
        if isinstance(stated, dict):
            yield str(stated["value"])
        elif isinstance(stated, str) and name != "instant":
            yield stated
    for part in (*finding.get("accounts", ()), *finding.get("inputs", ())):
        yield from _moments(part)


def _places(finding: Json) -> Iterator[tuple[str, str]]:
    cited = finding.get("evidence", ())
    for ref in [cited] if isinstance(cited, dict) else cited:
        yield ref["sha256"], ref["locator"]
    for part in (*finding.get("accounts", ()), *finding.get("alternatives", ())):
        if isinstance(part, dict):
            yield from _places(part)


def _findings(head: Json) -> Iterator[Json]:
    for found in head["milestones"].values():
        yield from found
    for name in ("detections", "updates", "gaps", "conflicts", "impact_windows", "documents", "settings_changes"):
        yield from head.get(name, ())
    yield from head.get("gates", {}).get("readings", ())
    yield from head["questions"] or ()
    yield from head["metrics"].values()


def _cited_events(head: Json) -> Iterator[str]:
    for finding in _findings(head):
        yield from finding.get("event_ids", ())
    yield from (each for each in head.get("hidden", ()) if isinstance(each, str))


def _cited_places(head: Json) -> Iterator[tuple[str, str]]:
    for finding in _findings(head):
        yield from _places(finding)


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _us(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


def _at(us: int) -> datetime:
    return _EPOCH + timedelta(microseconds=us)
