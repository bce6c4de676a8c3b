"""Events for the moments at which a metric left its quiet level, each quoting the series.

Knows how to say it in a sentence with units. Refuses to say why, and whether users felt it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from afteraction.core.digests import MetricSeries
from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.records import Event, EventKind, Lane
from afteraction.engine.signals.arrays import Floats, counter_rate, present, seen_instant, spacing
from afteraction.engine.signals.departures import Episode, Quiet, find_episodes, find_quiet, runs
from afteraction.engine.signals.meaning import Meaning, Role, print_value, read_meaning

_TOGETHER = timedelta(minutes=2)


def onsets(series: Sequence[MetricSeries]) -> list[Event]:
    """Signal events of all series by time: one for each stretch in which a series left its own quiet level, from the
    first sample outside (`instant`) to the first one back (`until`). One loose sample is no event. A series that is
    already disturbed when its recording begins gives none for that stretch: its onset was not seen. Series of one
    metric and service (instances, routes) that leave their level within two minutes of each other are one event."""
    found: list[Event] = []
    for one in series:
        found.extend(_onsets_of(one))
    found.sort(key=lambda event: (event.instant.utc, event.title, str(event.evidence.locator)))
    return _together(found)


def _together(events: Sequence[Event]) -> list[Event]:
    """Events of one metric, service and direction close in time, as the first of them citing all."""
    kept: list[Event] = []
    latest: dict[tuple[str, str, str], int] = {}
    for event in events:
        key = (event.service, event.attributes["metric"], event.attributes["direction"])
        place = latest.get(key)
        if place is not None and event.instant.utc - kept[place].instant.utc <= _TOGETHER:
            first = kept[place]
            if event.sources[0] not in first.sources:
                kept[place] = replace(first, sources=(*first.sources, *event.sources))
                continue
        latest[key] = len(kept)
        kept.append(event)
    return [
        replace(event, body=f"{event.body} So do {len(event.sources) - 1} more series of it within two minutes.")
        if len(event.sources) > 1
        else event
        for event in kept
    ]


def _onsets_of(series: MetricSeries) -> list[Event]:
    times, values = present(series)
    meaning = read_meaning(series)
    # The buckets of a histogram say nothing one by one.
    if meaning.role is Role.STATE or times.size < 2 or "le" in series.labels:
        return []
    if meaning.role is Role.AVAILABILITY:
        return _outages(series, meaning, times, values)
    rate = counter_rate(series.metric, times, values)
    if rate is not None:
        times, values = rate
        meaning = replace(meaning, unit="B/s" if meaning.unit == "B" else "/s", factor=1.0)
    values = values * meaning.factor
    # A share that moves by less than a point is not worth a line, however steady it was before.
    least = 0.01 / 6 if meaning.unit == "share" else 0.0
    quiet = find_quiet(times, values, meaning.worse, least)
    if quiet is None:
        return []
    quiet, episodes = find_episodes(values, quiet, meaning.worse)
    return [
        _event(series, meaning, times, values, quiet, episode)
        for episode in episodes
        if quiet.leads or episode.first > 0
    ]


def _event(
    series: MetricSeries, meaning: Meaning, times: Floats, values: Floats, quiet: Quiet, episode: Episode
) -> Event:
    step = spacing(times)
    here = float(values[episode.first])
    before = float(values[episode.first - 1]) if episode.first else quiet.level
    passed = roundest_between(before if (before < here) == episode.rising else quiet.level, here)
    verb = "passes" if episode.rising else "falls below"
    quantile = f" ({meaning.quantile})" if meaning.quantile else ""
    body = (
        f"{series.metric}{quantile}: {print_value(here, meaning.unit)} after a quiet level of "
        f"{print_value(quiet.level, meaning.unit)}; {'peak' if episode.rising else 'lowest'} "
        f"{print_value(float(values[episode.peak]), meaning.unit)} at {_clock(float(times[episode.peak]))}."
    )
    if not episode.back:
        body += " The recording ends before it comes back."
    return Event(
        instant=seen_instant(float(times[episode.first]), step),
        until=seen_instant(float(times[episode.last]), step) if episode.back else None,
        title=f"{meaning.subject or series.metric or 'an unnamed series'} {verb} {print_value(passed, meaning.unit)}",
        body=body,
        evidence=placed(series, float(times[episode.first])),
        sources=(series.evidence,),
        lane=Lane.METRICS,
        kind=EventKind.SIGNAL,
        service=series.service,
        attributes={
            "metric": series.metric,
            "role": meaning.role.value,
            "direction": "up" if episode.rising else "down",
            "baseline": print_value(quiet.level, meaning.unit),
            "peak": print_value(float(values[episode.peak]), meaning.unit),
        },
    )


def _outages(series: MetricSeries, meaning: Meaning, times: Floats, values: Floats) -> list[Event]:
    """Stretches of at least two samples in which a target did not answer."""
    step = spacing(times)
    who = series.service or series.labels.get("job") or "target"
    instance = series.labels.get("instance", "")
    found: list[Event] = []
    for first, last in runs(values < 0.5, bridge=0):
        if last - first < 2 or (last - first) * step < 2 or len(found) >= 10:
            continue
        back = last < values.size
        length = float(times[last] - times[first]) if back else float(times[-1] - times[first])
        found.append(
            Event(
                instant=seen_instant(float(times[first]), step),
                until=seen_instant(float(times[last]), step) if back else None,
                title=f"{who}{f' ({instance})' if instance else ''} does not answer its monitor",
                body=f"{series.metric} = 0 for {length:.0f} s{'' if back else ' and until the recording ends'}.",
                evidence=placed(series, float(times[first])),
                sources=(series.evidence,),
                lane=Lane.METRICS,
                kind=EventKind.SIGNAL,
                service=series.service,
                attributes={
                    "metric": f"{series.metric} {instance}".strip(),
                    "role": meaning.role.value,
                    "direction": "down",
                },
            )
        )
    return found


def placed(series: MetricSeries, epoch_s: float) -> EvidenceRef:
    """The citation of one moment of a series: its own citation with the moment in it, so that two onsets of one series
    are two places."""
    ref = series.evidence
    labels = ",".join(f"{key}={value}" for key, value in sorted(series.labels.items()))
    name = ref.locator.pointer or "/".join(part for part in (series.service, series.metric, labels) if part)
    locator = Locator(
        line=ref.locator.line,
        pointer=f"{name}@{_stamp(epoch_s)}",
        byte_start=ref.locator.byte_start,
        byte_end=ref.locator.byte_end,
    )
    return EvidenceRef(ref.evidence_id, locator, ref.excerpt)


def roundest_between(before: float, here: float) -> float:
    """The roundest number in the last three quarters of a move from `before` to `here`, so that "passes 50 ms" is true:
    fewest digits first, on a grid of tens, fives, twos and ones of its last digit, nearest to `here`."""
    # The first quarter of the move is left out: falling from 100.3 to 20 says more than "below 100".
    before += (here - before) / 4
    low, high = min(before, here), max(before, here)
    if low < 0 < high or high <= 0:
        return here if high <= 0 else 0.0
    rising = here > before
    for digits in range(3):
        unit = 10.0 ** (np.floor(np.log10(high)) - digits)
        for lead in (10, 5, 2, 1):
            step = lead * unit
            # A hair of tolerance keeps 0.3 / 0.1 from missing its own multiple.
            candidate = np.floor(high / step + 1e-9) * step if rising else np.ceil(low / step - 1e-9) * step
            if (rising and low < candidate) or (not rising and low <= candidate < high):
                return float(f"{candidate:.6g}")
    return here


def _clock(epoch_s: float) -> str:
    return datetime.fromtimestamp(epoch_s, tz=UTC).strftime("%H:%M:%S")


def _stamp(epoch_s: float) -> str:
    moment = datetime.fromtimestamp(epoch_s, tz=UTC)
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds").replace("+00:00", "Z")
