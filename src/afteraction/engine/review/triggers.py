"""What opens a review (SPEC §2.0, TR1–TR11): the policy held against the facts of one incident.

Knows facts, thresholds and sentences. Refuses to open anything or to read the clock: the web opens, and the moment is
part of the facts. A fact that is missing is unknown: it fires nothing and is told by `not_judged`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from afteraction.core.evidence import EvidenceRef
from afteraction.core.instant import Instant
from afteraction.engine.metrics.figures import spoken
from afteraction.engine.metrics.sweep import Stretch, minutes_of
from afteraction.engine.review.policy import Depth, MetricRule, Policy, Rule, deepest

Evidence = tuple[EvidenceRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityAt:
    """A severity that the incident was given at a moment (aware; None: unknown)."""

    severity: str
    at: datetime | None = None
    evidence: Evidence = ()


class DataLoss(StrEnum):
    """Whether data was lost."""

    NONE = "none"
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataLossAt:
    """What was said of data loss; `reason` is asked for where a suspicion is given up."""

    state: DataLoss
    reason: str = ""
    at: datetime | None = None
    evidence: Evidence = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """One value of a metric that was posted for the incident; None is a value that could not be had."""

    metric: str
    value: float | None
    at: datetime
    evidence: Evidence = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedDeployment:
    """A deployment that was taken back: `how` is rollback, hotfix or aborted canary, `after_s` how long after the
    deployment in seconds (None: unknown). `offered` says that a review of it was offered before."""

    deploy: str
    how: str = "rollback"
    after_s: float | None = None
    offered: bool = False
    evidence: Evidence = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """An earlier reviewed incident with the same recurrence key. `drifted` names a check that stopped holding,
    `behind_sev1` says that it stood behind the fix of a SEV-1. What is not `named` is never told by its key, its
    words or a count: not everybody who reads of the repeat sees it."""

    incident: str
    named: bool = True
    recurrence_key: str = ""
    drifted: str = ""
    behind_sev1: bool = False
    evidence: Evidence = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerFacts:
    """What is known of one incident at `now` (aware). `severities` and `data_loss` are histories, oldest first.
    `windows` are stretches of impact (start, end), an end of None is open. `posted` are values of metrics. `learning`
    is the learning value, 0 to 3 (None: nobody said), `surprised` why. `asked` are one-line reasons of those who asked
    for a review. `users_first` None is unknown. `zone` is an IANA name for the times in sentences. `repeat_taken_back`
    says that somebody said of it that it repeats another, and took that back."""

    now: datetime
    kind: str = "outage"
    zone: str = "UTC"
    severities: tuple[SeverityAt, ...] = ()
    data_loss: tuple[DataLossAt, ...] = ()
    is_security: bool = False
    security_evidence: Evidence = ()
    windows: tuple[tuple[Instant, Instant | None], ...] = ()
    window_evidence: Evidence = ()
    mitigated_at: datetime | None = None
    resolved_at: datetime | None = None
    posted: tuple[Posted, ...] = ()
    is_near_miss: bool = False
    learning: int | None = None
    surprised: str = ""
    deployments: tuple[FailedDeployment, ...] = ()
    asked: tuple[str, ...] = ()
    users_first: bool | None = None
    monitoring_silent: bool = False
    detection_evidence: Evidence = ()
    repeats: tuple[Repeat, ...] = ()
    repeat_taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """One trigger that holds. `subject` tells several of one code apart (a metric rule, a deployment). `provisional`
    waits for a suspicion to be settled, `restricted` closes the review, `offered` asks before it opens."""

    code: str
    depth: Depth
    sentence: str
    subject: str = ""
    provisional: bool = False
    restricted: bool = False
    offered: bool = False
    evidence: Evidence = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A trigger that says nothing (not judged) or no longer holds (closed), and why."""

    code: str
    sentence: str


def fired(policy: Policy, facts: TriggerFacts) -> tuple[Fired, ...]:
    """Every trigger that holds, in the order of the policy. Rules that are off and facts that are unknown fire
    nothing."""
    found: list[Fired] = []
    for rule in policy.rules:
        if rule.enabled:
            found += _JUDGES[rule.code](policy, rule, facts)
    return tuple(found)


def depth_of(triggers: Iterable[Fired]) -> Depth | None:
    """The deepest that was asked for; None when nothing fired."""
    return deepest(each.depth for each in triggers)


def is_silent(facts: TriggerFacts) -> bool:
    """Whether a review that opens now tells nobody yet: impact is open and nothing was mitigated (SPEC §2.0)."""
    over = (facts.mitigated_at, facts.resolved_at)
    if any(moment is not None and moment <= facts.now for moment in over):
        return False
    return any(start.utc <= facts.now and (end is None or end.utc > facts.now) for start, end in facts.windows)


def impact_minutes(facts: TriggerFacts) -> float | None:
    """Length of the union of all impact, in minutes (M10); open windows as far as `now`. None when none is known."""
    if not facts.windows:
        return None
    now = Instant(utc=facts.now)
    return minutes_of(Stretch(start, end or now) for start, end in facts.windows)[0]


def not_judged(policy: Policy, facts: TriggerFacts) -> tuple[Told, ...]:
    """What the policy asks and nobody knows: unknown severities and missing metrics. None of it fires."""
    told: list[Told] = []
    strange = [each.severity for each in facts.severities if each.severity and policy.rank(each.severity) is None]
    told += [Told("TR1", f"The policy has no rank for severity “{word}”.") for word in dict.fromkeys(strange)]
    if policy.rule("TR5"):
        for rule in policy.metric_rules:
            if rule.enabled and not _known(rule, facts.posted):
                told.append(Told("TR5", f"{rule.metric} was not posted, so “{rule.words}” is unknown here."))
    if policy.rule("TR8"):
        told += [
            Told("TR8", f"When {each.deploy} was deployed is unknown, so its {each.how} is not judged.")
            for each in facts.deployments if each.after_s is None and each.how != "aborted canary"
        ]  # fmt: skip
    return tuple(told)


def closed(policy: Policy, facts: TriggerFacts) -> tuple[Told, ...]:
    """Triggers that held and do not any more, with the reason that was given."""
    told: list[Told] = []
    said = [each.state for each in facts.data_loss if each.state is not DataLoss.NONE]
    if policy.rule("TR2") and said and _given_up(facts.data_loss):
        reason = facts.data_loss[-1].reason.strip()
        told.append(Told("TR2", f"Data loss was {said[-1].value} and is not any more: {reason}"))
    if policy.rule("TR11") and facts.repeat_taken_back and not facts.repeats:
        told.append(Told("TR11", "Nobody says any more that it repeats a reviewed incident."))
    return tuple(told)


def _severity(policy: Policy, rule: Rule, facts: TriggerFacts) -> Iterator[Fired]:
    ranked = [(rank, each) for each in facts.severities if (rank := policy.rank(each.severity)) is not None]
    if not ranked or facts.kind == "milestone":
        return
    rank, reached = min(ranked, key=lambda pair: pair[0])
    if rank > (rule.threshold or 1):
        return
    when = f" at {_clock(reached.at, facts.zone)}" if reached.at else ""
    last = ranked[-1]
    lowered = f", later lowered to {last[1].severity}" if last[0] > rank else ""
    yield Fired(
        code=rule.code, depth=rule.depth, evidence=reached.evidence,
        sentence=f"Review required: reached {reached.severity}{when}{lowered}.",
    )  # fmt: skip


def _given_up(history: tuple[DataLossAt, ...]) -> bool:
    return bool(history) and history[-1].state is DataLoss.NONE and bool(history[-1].reason.strip())


def _data_loss(_: Policy, rule: Rule, facts: TriggerFacts) -> Iterator[Fired]:
    said = [each for each in facts.data_loss if each.state is not DataLoss.NONE]
    if not said or _given_up(facts.data_loss):
        return
    last = said[-1]
    sentence = f"Data loss is {last.state.value}."
    if facts.data_loss[-1].state is DataLoss.NONE:
        sentence = f"Data loss was {last.state.value}; it was taken back without a reason, so the review stays."
    yield Fired(
        code=rule.code, depth=rule.depth, evidence=last.evidence, sentence=sentence,
        provisional=last.state is DataLoss.SUSPECTED,
    )  # fmt: skip


def _security(_: Policy, rule: Rule, facts: TriggerFacts) -> Iterator[Fired]:
    if facts.is_security or facts.kind == "security":
        yield Fired(
            code=rule.code, depth=rule.depth, restricted=rule.restricted, evidence=facts.security_evidence,
            sentence="It is a security breach or exposure; the review is for its members only.",
        )  # fmt: skip


def _lasted(_: Policy, rule: Rule, facts: TriggerFacts) -> Iterator[Fired]:
    minutes, bar = impact_minutes(facts), rule.threshold or 0
    if minutes is None or minutes <= bar or facts.kind in ("near_miss", "milestone"):
        return
    still = any(end is None or end.utc > facts.now for _, end in facts.windows)
    tense = "has lasted" if still else "lasted"
    sentence = f"Impact {tense} {spoken(minutes * 60)}, more than {spoken(bar * 60)}."
    yield Fired(code=rule.code, depth=rule.depth, evidence=facts.window_evidence, sentence=sentence)


def _known(rule: MetricRule, posted: Iterable[Posted]) -> list[Posted]:
    return [each for each in posted if each.metric == rule.metric and each.value is not None]


def first_crossing(rule: MetricRule, posted: Iterable[Posted]) -> Posted | None:
    """The earliest posted value beyond a rule's threshold; None when none is, or none is known."""
    beyond = [each for each in _known(rule, posted) if rule.crosses(each.value)]
    return min(beyond, key=lambda each: (each.at, each.value or 0), default=None)


def _posted(policy: Policy, rule: Rule, facts: TriggerFacts) -> Iterator[Fired]:
    for one in policy.metric_rules:
        crossing = first_crossing(one, facts.posted) if one.enabled else None
        if crossing is not None:
            when = _clock(crossing.at, facts.zone)
            yield Fired(
                code=rule.code, subject=one.id, depth=one.depth, evidence=crossing.evidence,
                sentence=f"{one.metric} was {crossing.value:g} at {when} (rule: {one.words}).",
            )  # fmt: skip


def _near_miss(_: Policy, rule: Rule, facts: TriggerFacts) -> Iterator[Fired]:
    if facts.is_near_miss or facts.kind == "near_miss":
        yield Fired(code=rule.code, depth=rule.depth, sentence="It was a near miss: what stopped it is worth knowing.")


def _learning(_: Policy, rule: Rule, facts: TriggerFacts) -> Iterator[Fired]:
    if facts.learning is None or facts.learning < (rule.threshold or 0):
        return
    why = f": {facts.surprised.strip().rstrip('.')}" if facts.surprised.strip() else ""
    yield Fired(code=rule.code, depth=rule.depth, sentence=f"Learning value {facts.learning} of 3{why}.")


def _deployments(_: Policy, rule: Rule, facts: TriggerFacts) -> Iterator[Fired]:
    within = (rule.threshold or 0) * 3600
    seen: set[str] = set()
    for each in facts.deployments:
        # A canary is aborted while it rolls out, so its delay need not be known.
        near = each.how == "aborted canary" or (each.after_s is not None and 0 <= each.after_s <= within)
        if not near or each.offered or each.deploy in seen:
            continue
        seen.add(each.deploy)
        after = f" {spoken(each.after_s)} after it was deployed" if each.after_s is not None else ""
        yield Fired(
            code=rule.code, subject=each.deploy, depth=rule.depth, offered=rule.offered, evidence=each.evidence,
            sentence=f"Deployment {each.deploy} failed: {each.how}{after}.",
        )  # fmt: skip
    if facts.kind == "failed_deployment" and not facts.deployments:
        yield Fired(code=rule.code, depth=rule.depth, sentence="It was recorded as a failed deployment.")


def _asked(_: Policy, rule: Rule, facts: TriggerFacts) -> Iterator[Fired]:
    if facts.kind == "milestone":
        yield Fired(code=rule.code, depth=rule.depth, sentence="A milestone was reached.")
    reasons = [reason.strip() for reason in facts.asked if reason.strip()]
    if reasons:
        more = f" ({len(reasons)} asked)" if len(reasons) > 1 else ""
        yield Fired(
            code=rule.code, subject="asked", depth=rule.depth, sentence=f"A review was asked for: {reasons[0]}{more}"
        )


def _users_first(_: Policy, rule: Rule, facts: TriggerFacts) -> Iterator[Fired]:
    if not facts.users_first and not facts.monitoring_silent:
        return
    sentence = "Monitoring stayed silent." if facts.monitoring_silent else "Users noticed before monitoring did."
    yield Fired(code=rule.code, depth=rule.depth, evidence=facts.detection_evidence, sentence=sentence)


def _repeats(_: Policy, rule: Rule, facts: TriggerFacts) -> Iterator[Fired]:
    if not facts.repeats:
        return
    drifted = next((each for each in facts.repeats if each.drifted and each.behind_sev1), None)
    known = sorted({each.incident for each in facts.repeats})
    sentence = f"It repeats {_listed(facts.repeats)}, reviewed before."
    if drifted:
        check = f"The check “{drifted.drifted}”" if drifted.named else "A check"
        sentence += f" {check} behind the fix of a SEV-1 no longer holds."
    # A second return, or a check that drifted behind a SEV-1, is the grave case.
    grave = drifted is not None or len(known) > 1
    evidence = tuple(ref for each in facts.repeats for ref in each.evidence)
    depth = rule.deeper if grave and rule.deeper else rule.depth
    yield Fired(code=rule.code, depth=depth, sentence=sentence, evidence=evidence)


def _listed(repeats: Iterable[Repeat]) -> str:
    named = sorted({each.incident for each in repeats if each.named})
    count = len({each.incident for each in repeats} - set(named))
    others = [] if not count else ["an earlier incident" if count == 1 else "earlier incidents"]
    return " and ".join([*([", ".join(named)] if named else []), *others])


_JUDGES: dict[str, Callable[[Policy, Rule, TriggerFacts], Iterator[Fired]]] = {
    "TR1": _severity, "TR2": _data_loss, "TR3": _security, "TR4": _lasted, "TR5": _posted, "TR6": _near_miss,
    "TR7": _learning, "TR8": _deployments, "TR9": _asked, "TR10": _users_first, "TR11": _repeats,
}  # fmt: skip


def _clock(at: datetime, zone: str) -> str:
    try:
        local, name = at.astimezone(ZoneInfo(zone)), "UTC" if zone == "UTC" else ""
    except (ValueError, ZoneInfoNotFoundError):
        local, name = at.astimezone(UTC), "UTC"
    return f"{local:%H:%M} {name or local.tzname() or zone} on {local.day} {local:%b}"
