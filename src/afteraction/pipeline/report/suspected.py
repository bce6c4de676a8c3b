"""Ranked suspects as they stand in the document of an analysis.

Knows their JSON, which `analyze --suspects --json` and the pages share. Refuses to weigh anything.
"""

from __future__ import annotations

from datetime import UTC, datetime

from afteraction.core.suspects import Suspect, Suspects, Term
from afteraction.pipeline.report.desk import Desk, Json, cites, moment


def suspected(found: Suspects | None, desk: Desk) -> Json:
    """`suspects` (best first), `remaining`, `abstained` and what else is told of the ranking; nothing where nobody
    asked for it."""
    if found is None:
        return {}
    return {
        "suspects": [_suspect(one, desk) for one in found.listed],
        "remaining": found.remaining,
        "abstained": found.abstained,
        "suspects_note": found.why,
        "suspects_onset": _moment(found.onset),
    }


def _suspect(one: Suspect, desk: Desk) -> Json:
    told: Json = {"kind": one.kind.value, "name": desk.text(one.name)}
    if one.service:
        told["service"] = one.service
    if one.change:
        told["change"] = one.change
    told["probability"] = one.probability
    if one.at is not None:
        told["at"] = _moment(one.at)
    if one.onset is not None:
        told["onset"] = _moment(one.onset)
    told["terms"] = [_term(term, desk) for term in one.terms]
    if one.settles:
        told["settles"] = desk.text(one.settles)
    return told


def _term(term: Term, desk: Desk) -> Json:
    return {
        "name": term.name,
        "log_odds": term.log_odds,
        "says": desk.text(term.says),
        "evidence": cites(term.evidence, desk),
    }


def _moment(at: float | None) -> str | None:
    return None if at is None else moment(datetime.fromtimestamp(at, UTC))
