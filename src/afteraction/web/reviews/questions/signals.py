"""What the fifth question shows: proposed signals, each replayed on the incident's own stored series.

Knows which series a proposal names and how the replay is drawn. Refuses to replay what was not stored, and to say how
much an earlier page would have spared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.utils.safestring import SafeString

from afteraction.core.instant import Instant, Precision
from afteraction.engine.metrics.figures import spoken
from afteraction.engine.review.document import Signal
from afteraction.engine.signals.backtest import BackTest, Replay, back_test
from afteraction.engine.signals.firings import Rule, Samples, healthy_before
from afteraction.engine.signals.meaning import print_value
from afteraction.web.ui.drawing.scale import Scale
from afteraction.web.ui.drawing.svg import element, percent
from afteraction.web.ui.preferences import moment

Json = dict[str, Any]
HEIGHT, TOP, FLOOR = 132, 8, 112
_AROUND = timedelta(minutes=12)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Series:
    """One stored series: `source` names it, `unit` is that of its values, `high` and `low` are what it reached."""

    source: str
    unit: str
    low: str
    high: str
    stored: Json

    @property
    def usual(self) -> float | None:
        """A threshold to begin with: the middle between its median and its highest value."""
        values = [each for each in self.stored["values"] if each is not None]
        return float(f"{(float(np.median(values)) + max(values)) / 2:.3g}") if values else None


@dataclass(frozen=True)
class Replayed:
    """One proposal with its replay and its drawing; `table` is thresholds with what each would have done."""

    signal: Signal
    found: BackTest
    plot: SafeString
    table: tuple[tuple[str, str, str, str, bool], ...]
    unit: str = ""
    stored: Json | None = None

    @property
    def is_tested(self) -> bool:
        """Whether there was anything to replay it on."""
        return self.found.state is not Replay.CANNOT


def stored_series(head: Json) -> list[Series]:
    """Every series of the incident that a signal may be proposed from."""
    found = []
    for each in head.get("series", ()):
        values = [value for value in each["values"] if value is not None]
        if values:
            found.append(Series(_source(each), each["unit"], print_value(min(values), each["unit"]),
                                print_value(max(values), each["unit"]), each))  # fmt: skip
    return found


def replayed(signals: Iterable[Signal], head: Json) -> list[Replayed]:
    """Each proposal on the stored series that it names."""
    return [_replay(signal, head) for signal in sorted(signals, key=lambda each: (len(each.id), each.id))]


def _replay(signal: Signal, head: Json) -> Replayed:
    stored = _named(signal.source, head.get("series", ()))
    samples = [_samples(each) for each in stored]
    chosen: Mapping[str, Json] = {name: each[0] for name, each in head.get("milestones", {}).items() if each}
    begin = chosen.get("t_trigger") or chosen.get("t_impact_start")
    started = moment(begin["value"]) if begin else None
    rule = (
        Rule(threshold=signal.threshold, above=signal.above, for_s=signal.for_s)
        if signal.threshold is not None
        else None
    )
    paged = _instant(chosen.get("t_first_monitor"))
    found = back_test(
        samples, rule, paged=paged, impact_start=_instant(chosen.get("t_impact_start")), begin=started,
        healthy=healthy_before(samples, started) if started else (), name=f"“{signal.source or signal.title}”",
    )  # fmt: skip
    unit = stored[0]["unit"] if stored else ""
    plot = _plot(signal, stored[0], found, paged) if stored and found.state is not Replay.CANNOT else SafeString("")
    return Replayed(signal, found, plot, tuple(_table(found, unit)), unit, stored[0] if stored else None)


def _named(source: str, series: Iterable[Json]) -> list[Json]:
    """The series that a source names: by its whole name, else the only one whose name has all its words."""
    every = list(series)
    whole = [each for each in every if source in (_source(each), each["name"])]
    if whole or not source:
        return whole
    words = set(_WORDS.findall(source.lower()))
    close = [each for each in every if words <= set(_WORDS.findall(_source(each).lower()))]
    return close if len(close) == 1 else []


def _source(stored: Json) -> str:
    return f"{stored['service']} {stored['name']}".strip()


def _samples(stored: Json) -> Samples:
    values = np.array([np.nan if each is None else each for each in stored["values"]], dtype=float)
    times = np.array([round(each * 1e6) for each in stored["times"]], dtype=np.int64)
    return Samples(times_us=times, values=values, name=_source(stored), unit=stored["unit"])


def _instant(stated: Json | None) -> Instant | None:
    if stated is None:
        return None
    low, high = moment(stated["low"]), moment(stated["high"])
    return Instant(utc=moment(stated["value"]), precision=Precision(stated["precision"]), spread=(high - low) / 2)


def _table(found: BackTest, unit: str) -> Iterator[tuple[str, str, str, str, bool]]:
    for row in found.table:
        fires = f"{row.fires_at.utc:%H:%M}" if row.fires_at else "never"
        lead = "unknown"
        if row.earlier is not None:
            side = "earlier" if row.earlier.value > 0 else "later"
            lead = "about the same" if row.earlier.order_unknown else f"{spoken(abs(row.earlier.value))} {side}"
        pages = "unknown" if row.false_pages is None else str(row.false_pages)
        yield print_value(row.threshold, unit), fires, lead if row.fires_at else "never", pages, row.is_proposed


def _plot(signal: Signal, stored: Json, found: BackTest, paged: Instant | None) -> SafeString:
    fires = found.fires_at.utc if found.fires_at else None
    moments = [each for each in (fires, paged.utc if paged else None) if each]
    times = [moment_of(at) for at in stored["times"]]
    first = max(min(moments) - _AROUND, times[0]) if moments else times[0]
    last = min(max(moments) + _AROUND / 2, times[-1]) if moments else times[-1]
    scale = Scale(first, last)
    inside = [
        (at, value) for at, value in zip(times, stored["values"], strict=True) if value is not None and scale.holds(at)
    ]
    highest = max([value for _, value in inside] + [signal.threshold or 0]) or 1.0

    def y(value: float) -> float:
        return FLOOR - (FLOOR - TOP - 12) * max(value, 0) / highest

    # The line is drawn over 1000 units that stretch with the page.
    points = " ".join(f"{scale.x(at) * 10:.1f},{y(value):.1f}" for at, value in inside)
    line = element("svg", element("polyline", class_="bt-line still", points=points), x="0", y="0", width="100%",
                   height=HEIGHT, viewBox=f"0 0 1000 {HEIGHT}", preserveAspectRatio="none")  # fmt: skip
    parts = [element("line", class_="axis", x1="0", x2="100%", y1=FLOOR, y2=FLOOR), line]
    threshold = signal.threshold or 0
    parts += [
        element("line", class_="bt-thr", x1="0", x2="100%", y1=y(threshold), y2=y(threshold)),
        element("text", print_value(threshold, stored["unit"]), class_="bt-t signal halo", x="2", y=y(threshold) - 5),
    ]
    if fires and paged and found.earlier and found.earlier.value > 0:
        parts = [_gain(scale.x(fires), scale.x(paged.utc)), *parts, *_lead(scale.x(fires), scale.x(paged.utc), found)]
    for at, tone, word in ((fires, "hold", "would page"), (paged.utc if paged else None, "signal", "paged")):
        if at:
            x = scale.x(at)
            anchor = "end" if x > 85 else "start" if x < 15 else "middle"
            parts += [
                element("line", class_=f"bt-stem k-{tone}", x1=percent(x), x2=percent(x), y1=TOP, y2=FLOOR),
                element("text", f"{at:%H:%M} {word}", class_="tick", x=percent(x), y=HEIGHT - 5, text_anchor=anchor),
            ]
    named = f"{_source(stored)}, threshold {print_value(threshold, stored['unit'])}"
    return element("svg", *parts, class_="mini-plot", width="100%", height=HEIGHT, role="img",
                   aria_label=f"{named}. {found.sentence or found.reason}")  # fmt: skip


def moment_of(seconds: float) -> datetime:
    """Epoch seconds as a moment in UTC, to the millisecond."""
    return _EPOCH + timedelta(milliseconds=round(seconds * 1e3))


def _gain(x: float, to: float) -> SafeString:
    return element("rect", class_="bt-gain", x=percent(x), y=TOP, width=percent(to - x), height=FLOOR - TOP)


def _lead(x: float, to: float, found: BackTest) -> list[SafeString]:
    assert found.earlier is not None
    told = f"{spoken(found.earlier.value)} earlier"
    return [
        element(
            "line",
            class_="bt-arrow",
            x1=percent(x),
            x2=percent(to),
            y1=92,
            y2=92,
            marker_start="url(#arr-g)",
            marker_end="url(#arr-g)",
        ),
        element("text", told, class_="bt-t hold halo", x=percent((x + to) / 2), y=84, text_anchor="middle"),
    ]
