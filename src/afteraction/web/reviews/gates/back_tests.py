"""The back-test card: each proposed alert replayed on the incident's stored samples, with its plot and its table.

Knows which words and marks a replay takes. Refuses to replay by itself (`questions.signals` does), and to say how much
impact an earlier page would have spared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from afteraction.core.instant import Duration
from afteraction.engine.metrics.figures import spoken
from afteraction.engine.signals.backtest import BeforeImpact, Replay, written
from afteraction.engine.signals.meaning import print_value
from afteraction.pipeline.review.parts import write_part
from afteraction.web.accounts.models import User
from afteraction.web.reviews.actions.change_parts import PartWish, Saved, change_parts
from afteraction.web.reviews.gates.matrix_rows import Cite, cites_of
from afteraction.web.reviews.gates.plot import Moments, draw_plot
from afteraction.web.reviews.gates.refusals import ChangeRefused
from afteraction.web.reviews.gates.sheet import Sheet
from afteraction.web.reviews.questions.signals import Replayed, replayed

Json = dict[str, Any]


@dataclass(frozen=True)
class BackTestCard:
    """One proposed alert as its card shows it. `pill` is the outcome in few words with its tone and icon, `facts` are
    pairs for the list beside the plot. `is_kept`: the review keeps exactly this result."""

    item: Replayed
    plot: SafeString
    pill: tuple[str, str, str]
    facts: tuple[tuple[str, str], ...]
    caption: str
    cites: tuple[Cite, ...]
    is_kept: bool


def back_tests_of(sheet: Sheet) -> tuple[BackTestCard, ...]:
    """Every proposed signal of a review, replayed."""
    return tuple(_card(sheet, each) for each in replayed(sheet.document.signals.values(), sheet.work.head))


def keep_replay(sheet: Sheet, ident: str, *, actor: User, via: str = "page") -> Saved:
    """Replays one signal and keeps what was seen in its part. Raises ChangeRefused where there is nothing to replay."""
    signal = sheet.document.signals.get(ident)
    if signal is None:
        raise ChangeRefused(f"There is no signal {ident} any more.", next_step="Load the page once more.")
    (item,) = replayed([signal], sheet.work.head)
    if not item.is_tested:
        raise ChangeRefused(
            item.found.reason or "There is nothing to replay it on.",
            next_step="Choose a stored series and a threshold.",
        )
    body = {**write_part(signal), "result": _result(item, sheet.work.head)}
    wish = PartWish("signal", ident, body, sheet.work.revs.get(f"signal:{ident}", 0))
    return change_parts(sheet.work.review, [wish], verb="replay", actor=actor, via=via)


def _result(item: Replayed, head: Mapping[str, Any]) -> Json:
    stored = item.stored or {"service": "", "name": ""}
    return {
        **written(item.found),
        "series": f"{stored['service']} {stored['name']}".strip(),
        "analysis": head.get("id", ""),
    }


def _card(sheet: Sheet, item: Replayed) -> BackTestCard:
    found, signal = item.found, item.signal
    plot = SafeString("")
    if item.is_tested and item.stored and signal.threshold is not None:
        moments = Moments(
            began=sheet.facts.at("t_trigger"), impact=sheet.facts.at("t_impact_start"),
            reported=sheet.facts.at("t_first_user_report"), paged=sheet.facts.at("t_first_monitor"),
            ended=sheet.facts.at("t_impact_end"), since=found.since.utc if found.since else None,
            fires=found.fires_at.utc if found.fires_at else None,
        )  # fmt: skip
        plot = draw_plot(item.stored, signal.threshold, signal.for_s, moments, found.sentence)
    stored = item.stored or {"service": "", "name": signal.source, "times": ()}
    name = f"{stored['service']} {stored['name']}".strip()
    caption = f"{name}, {_how_many(stored)}" if stored["times"] else name
    labels = tuple(dict.fromkeys(each["label"] for each in stored.get("evidence", ()) if each["label"]))
    kept = dict(signal.result) == _result(item, sheet.work.head)
    cites = cites_of(sheet, labels)
    return BackTestCard(item, plot, _pill(item), tuple(_facts(sheet, item, name)), caption, cites, kept)


def _how_many(stored: Json) -> str:
    shown, samples = len(stored["times"]), stored.get("samples") or len(stored["times"])
    return (
        f"{samples} stored samples" if samples <= shown else f"{shown} of {samples} samples, the extremes of each slice"
    )


def _pill(item: Replayed) -> tuple[str, str, str]:
    found = item.found
    if found.state is Replay.CANNOT:
        return "m-people", "unknown", "Cannot be replayed"
    if found.state is Replay.NEVER:
        return "m-signal", "minus", "Would not have paged"
    if found.state is Replay.ALREADY:
        return "m-signal", "warn", "Was firing before it began"
    if found.earlier is None:
        return "m-hold", "check", "Would have paged"
    if found.earlier.order_unknown:
        return "m-people", "unknown", "About when the page came"
    if found.earlier.value < 0:
        return "m-signal", "minus", f"Would have paged {_rough(found.earlier)} later"
    return "m-hold", "check", f"Would have paged {_rough(found.earlier)} earlier"


def _rough(span: Duration) -> str:
    seconds = abs(span.value)
    return f"{int(seconds // 60)} min" if seconds >= 60 else f"{seconds:.0f} s"


def _facts(sheet: Sheet, item: Replayed, name: str) -> list[tuple[str, str]]:
    signal, found = item.signal, item.found
    side = "above" if signal.above else "below"
    condition = "no threshold yet"
    if signal.threshold is not None:
        condition = f"{side} {print_value(signal.threshold, item.unit)} for {spoken(signal.for_s)}"
    facts = [
        ("Signal", name or "no series chosen"),
        ("Fires when", condition),
        ("Reaches", signal.route or "not said yet"),
    ]
    if found.state is Replay.CANNOT:
        return [*facts, ("On this incident", found.reason)]
    facts += [("On this incident", _on_this(sheet, item)), ("Before impact", _BEFORE[found.before_impact])]
    healthy = "no stretch before the change is stored"
    if found.false_pages is not None:
        pages = "no false page" if found.false_pages == 0 else f"{found.false_pages} false pages"
        pages = "1 false page" if found.false_pages == 1 else pages
        healthy = f"{pages} in the {spoken(found.healthy_s)} before the change; no more is stored"
    return [*facts, ("Healthy data", healthy), ("Not claimed", "how much impact an earlier page would have spared")]


_BEFORE = {BeforeImpact.YES: "yes", BeforeImpact.NO: "no", BeforeImpact.UNKNOWN: "unknown"}


def _on_this(sheet: Sheet, item: Replayed) -> str:
    found = item.found
    if found.fires_at is None:
        return found.sentence
    parts = [f"{found.fires_at.utc:%H:%M:%S} UTC{' at the latest' if found.at_latest else ''}"]
    for name, words in (("t_impact_start", "impact"), ("t_first_user_report", "the first user report")):
        at = sheet.facts.at(name)
        if at is not None:
            lag = (at - found.fires_at.utc).total_seconds()
            parts.append(f"{spoken(abs(lag))} {'before' if lag > 0 else 'after'} {words}")
    return ", ".join(parts)
