"""Whether people were kept informed: M15, per audience, with the questions that silence brought.

Knows gaps, policies and promises. Refuses to punish frequent updates, and to read a channel nobody imported as silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from afteraction.core.findings import Metric, Milestone, ResponderQuestion, State, Update
from afteraction.core.instant import Instant
from afteraction.engine.metrics.figures import Definition, Moment, distinct, unknown
from afteraction.engine.metrics.moments import Moments
from afteraction.engine.metrics.sweep import middle

M15 = Definition(
    id="M15",
    name="Communication cadence",
    formula="longest time without an update, from declaration (else detection) to impact end",
    unit="min",
)
AUDIENCES = ("responders", "public")


@dataclass(frozen=True, slots=True)
class Silence:
    """A gap between two updates, in epoch seconds; `allowed` in minutes is the policy or what was promised."""

    start: float
    end: float
    allowed: float
    promised: bool

    @property
    def minutes(self) -> float:
        """Length in minutes."""
        return (self.end - self.start) / 60

    @property
    def breach(self) -> bool:
        """Longer than allowed."""
        return self.minutes > self.allowed + 1e-9


def communication(moments: Moments, policy_min: float) -> Metric:
    """M15: value is the longest gap in minutes over all known audiences. Detail per audience: `updates`, `gaps_min`,
    `max_gap_min`, `breaches`, `covered_share`, `resolved_message`, `copied`, `missing`, `questions_per_gap` and
    `questions_per_hour` (None without chat); None for an audience whose channel was not imported."""
    facts = moments.facts
    start = moments.stated(Milestone.DECLARED) or moments.detected
    end = _end(moments)
    if not start or not end:
        absent = "When it was declared or detected" if not start else "When impact ended"
        return unknown(M15, f"{absent} is unknown, so gaps cannot be measured.", None, start, end)
    audiences = _audiences(moments)
    detail: dict[str, object] = {}
    sentences, longest = [], None
    for audience, known in audiences.items():
        if not known:
            detail[audience] = None
            continue
        own = sorted((u for u in facts.updates if u.audience == audience), key=lambda update: update.at.utc)
        told = _cadence(own, start.instant, end.instant, policy_min, facts.questions)
        detail[audience] = told
        longest = max(longest or 0.0, float(told["max_gap_min"]))  # type: ignore[arg-type]
        sentences.append(_sentence(audience, told))
    if longest is None:
        return unknown(M15, "No channel in which updates were given was imported.", detail, start, end)
    return Metric(
        id=M15.id,
        name=M15.name,
        state=State.VALUE,
        value=longest,
        unit=M15.unit,
        formula=M15.formula,
        note=" ".join(sentences),
        inputs=((start.name, start.instant), (end.name, end.instant)),
        evidence=distinct(ref for update in facts.updates for ref in update.evidence),
        detail=detail,
    )


def _end(moments: Moments) -> Moment:
    """Impact end; where it is not known, mitigation or resolution."""
    return moments.impact_end or moments.stated(Milestone.MITIGATED) or moments.stated(Milestone.RESOLVED)


def _audiences(moments: Moments) -> dict[str, bool]:
    """Each audience and whether its channel is known."""
    facts = moments.facts
    known = {audience: bool(facts.updates_known.get(audience)) for audience in AUDIENCES}
    known.update({audience: bool(is_known) for audience, is_known in facts.updates_known.items()})
    known.update({update.audience: True for update in facts.updates})
    return known


def _cadence(
    updates: Sequence[Update],
    start: Instant,
    end: Instant,
    policy_min: float,
    questions: Sequence[ResponderQuestion] | None,
) -> dict[str, object]:
    begin, finish = middle(start), max(middle(end), middle(start))
    inside = [update for update in updates if middle(update.at) <= finish]
    silences = silences_of(inside, begin, finish, policy_min)
    breaches = [silence for silence in silences if silence.breach]
    length = (finish - begin) / 60
    over = sum(max(0.0, silence.minutes - silence.allowed) for silence in silences)
    resolved = any(update.is_resolved_message for update in updates)
    asked = None if questions is None else [_asked_in(silence, questions) for silence in silences]
    return {
        "updates": len(inside),
        "gaps_min": tuple(silence.minutes for silence in silences),
        "max_gap_min": max((silence.minutes for silence in silences), default=0.0),
        "allowed_min": tuple(silence.allowed for silence in silences),
        "breaches": len(breaches),
        "covered_share": 1.0 - over / length if length > 0 else 1.0,
        "resolved_message": resolved,
        "copied": _copied(updates),
        "missing": _missing(updates, resolved, length < policy_min),
        "short": length < policy_min,
        "questions_per_gap": None if asked is None else tuple(asked),
        "questions_per_hour": None if asked is None or length <= 0 else sum(asked) / (length / 60),
    }


def silences_of(updates: Sequence[Update], begin: float, finish: float, policy_min: float) -> list[Silence]:
    """The gaps from `begin` over each update to `finish` (epoch seconds). A promised next update replaces the policy
    for the gap after it. Updates before `begin` count as one at `begin`, together with what they promised."""
    silences: list[Silence] = []
    last, allowed, promised = begin, policy_min, False
    for update in updates:
        at = middle(update.at)
        if at >= begin:
            silences.append(Silence(last, at, allowed, promised))
        last, allowed, promised = max(begin, at), policy_min, False
        if update.promised_next is not None and middle(update.promised_next) > last:
            allowed, promised = (middle(update.promised_next) - last) / 60, True
    return [*silences, Silence(last, finish, allowed, promised)]


def _asked_in(silence: Silence, questions: Sequence[ResponderQuestion]) -> int:
    return sum(1 for question in questions if silence.start <= middle(question.at) < silence.end)


def _copied(updates: Sequence[Update]) -> int:
    """Updates without new information: marked so, or in the same words as the one before."""
    count, before = 0, ""
    for update in updates:
        words = " ".join(update.text.lower().split())
        count += update.no_new_information or (bool(words) and words == before)
        before = words
    return count


def _missing(updates: Sequence[Update], resolved: bool, short: bool) -> tuple[str, ...]:
    """What even an incident shorter than the policy owes: a first message and one that it is over."""
    missing = []
    if short and not any(not update.is_resolved_message for update in updates):
        missing.append("initial")
    if not resolved:
        missing.append("resolved")
    return tuple(missing)


def _sentence(audience: str, told: dict[str, object]) -> str:
    updates, breaches, longest = told["updates"], told["breaches"], float(told["max_gap_min"])  # type: ignore[arg-type]
    who = audience[:1].upper() + audience[1:]
    if told["short"]:
        missing = told["missing"]
        if not missing:
            return f"{who}: an initial and a resolved message, all that so short an incident needs."
        return f"{who}: no {' and no '.join(missing)} message."  # type: ignore[arg-type]
    if not updates:
        return f"{who}: no update for {longest:.0f} min."
    noun = "update" if updates == 1 else "updates"
    if not breaches:
        return f"{who}: {updates} {noun}, never more than {longest:.0f} min apart."
    return f"{who}: {updates} {noun}, longest silence {longest:.0f} min, {breaches} too long."
