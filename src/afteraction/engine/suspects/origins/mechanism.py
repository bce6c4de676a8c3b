"""Which services do other things for the same requests than they used to, where those that they call do not.

Knows the share of visits that show a feature (an operation, a call, a failure, a log line), normally and since the
incident began. Refuses to count requests: more or less traffic changes no share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from afteraction.core.evidence import EvidenceRef
from afteraction.engine.suspects.origins.odds import change_odds
from afteraction.engine.suspects.origins.timeline import BEFORE, Timeline
from afteraction.engine.suspects.origins.visits import Visits
from afteraction.engine.suspects.tables import Codes, Flags, Floats, LineTable, SpanTable

# Log odds from which a feature counts as changed, how many of them tell of a visit, and from which a visit is taken
# to be disturbed.
CHANGED = 2.0
MOST_TELLING = 6
DISTURBED = 1.2
# How much it says that failures stopped, and how many normal requests must have gone well to compare with them alone.
STOPPED, LEAST_WELL = 0.1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The feature of a service that changed most: its log odds, when (UTC epoch seconds), the shares of visits that
    show it before and since, and one place that shows it."""

    log_odds: float
    onset: float
    operation: str
    what: str
    before: float
    since: float
    evidence: EvidenceRef


def find_changed(
    spans: SpanTable, lines: LineTable | None, visits: Visits, timeline: Timeline
) -> Mapping[str, Changed]:
    """The most changed feature of each service that has any, seen where nothing it calls is disturbed."""
    slices = timeline.slices(visits.unit_start)
    every = slices >= 0
    units = _counted(visits.unit_key[every], slices[every], len(visits.key_service), timeline.count)
    features = np.flatnonzero(_may_differ(visits, every))
    if not features.size:
        return {}
    seen = _seen(visits, every, slices, timeline.count)[features]
    odds, best = change_odds(seen, units[visits.feature_key[features]], timeline.log_prior, timeline.most_long)
    telling = _most_telling(visits.feature_key[features], odds)
    features, seen, odds, best = features[telling], seen[telling], odds[telling], best[telling]
    if not features.size:
        return {}
    disturbed = _disturbed(visits, features, seen, units, best, slices)
    calm = every & ~_below_disturbed(visits, disturbed)
    units = _counted(visits.unit_key[calm], slices[calm], len(visits.key_service), timeline.count)
    seen = _seen(visits, calm, slices, timeline.count)[features]
    odds, best = change_odds(seen, units[visits.feature_key[features]], timeline.log_prior, timeline.most_long)
    apart = np.maximum(_apart_from_recovery(visits, timeline, calm, slices, features), 0.0)
    odds = STOPPED * odds + (1 - STOPPED) * np.minimum(odds, apart)
    return _strongest(spans, lines, visits, timeline, features, odds, best, seen, units)


def _apart_from_recovery(visits: Visits, timeline: Timeline, calm: Flags, slices: Codes, features: Codes) -> Floats:
    """Log odds without what is only that failures stopped: normal requests that failed do not count where enough went
    well; where hardly any did, those that go well since then do not."""
    normal = slices == BEFORE
    went_well = np.bincount(visits.unit_key[normal & ~visits.unit_failed], minlength=len(visits.key_service))
    failed = np.bincount(visits.unit_key[normal & visits.unit_failed], minlength=len(visits.key_service))
    enough = went_well >= LEAST_WELL
    ailing = ~enough & (failed > went_well)
    recovered = visits.unit_failed & normal & enough[visits.unit_key]
    recovered |= ~visits.unit_failed & ailing[visits.unit_key]
    kept = calm & ~recovered
    units = _counted(visits.unit_key[kept], slices[kept], len(visits.key_service), timeline.count)
    odds, _ = change_odds(
        _seen(visits, kept, slices, timeline.count)[features], units[visits.feature_key[features]], timeline.log_prior,
        timeline.most_long,
    )  # fmt: skip
    return odds


def _counted(rows: Codes, slices: Codes, height: int, width: int) -> Floats:
    return np.bincount(rows * width + slices, minlength=height * width).reshape(height, width).astype(np.float64)


def _seen(visits: Visits, chosen: Flags, slices: Codes, width: int) -> Floats:
    pairs = visits.pairs[chosen[visits.pairs[:, 0]]]
    return _counted(pairs[:, 1], slices[pairs[:, 0]], visits.feature_key.size, width)


def _may_differ(visits: Visits, chosen: Flags) -> Flags:
    """Features that are neither always nor never there, in keys with a few units."""
    units = np.bincount(visits.unit_key[chosen], minlength=len(visits.key_service))[visits.feature_key]
    held = np.bincount(visits.pairs[chosen[visits.pairs[:, 0]], 1], minlength=visits.feature_key.size)
    return np.asarray((units >= 4) & (held > 1) & (held < units - 1))


def _most_telling(key: Codes, odds: Floats) -> Codes:
    """The few features of each key that changed, strongest first."""
    order = np.lexsort((-odds, key))
    order = order[odds[order] > CHANGED]
    if not order.size:
        return order
    firsts = np.flatnonzero(np.diff(key[order], prepend=-1))
    place = np.arange(order.size) - np.repeat(firsts, np.diff(np.append(firsts, order.size)))
    return np.asarray(order[place < MOST_TELLING])


def _disturbed(visits: Visits, features: Codes, seen: Floats, units: Floats, best: Codes, slices: Codes) -> Floats:
    """How much more likely each unit is under the incident than before it: the largest log ratio over features."""
    key_units = units[visits.feature_key[features]]
    after = np.arange(seen.shape[1])[None, :] > best[:, None]
    k1, n1 = (seen * after).sum(axis=1), (key_units * after).sum(axis=1)
    k0, n0 = seen.sum(axis=1) - k1, key_units.sum(axis=1) - n1
    since, before = (k1 + 0.5) / (n1 + 1), (k0 + 0.5) / (n0 + 1)
    there, missing = np.log(since / before), np.log((1 - since) / (1 - before))
    held = np.zeros((features.size, visits.unit_key.size), np.bool_)
    number = np.full(visits.feature_key.size, -1)
    number[features] = np.arange(features.size)
    pairs = visits.pairs[number[visits.pairs[:, 1]] >= 0]
    held[number[pairs[:, 1]], pairs[:, 0]] = True
    ratio = np.zeros(visits.unit_key.size)
    for row, feature in enumerate(features):
        mine = visits.unit_key == visits.feature_key[feature]
        ratio[mine] = np.maximum(ratio[mine], np.where(held[row, mine], there[row], missing[row]))
    return ratio


def _below_disturbed(visits: Visits, ratio: Floats) -> Flags:
    """Units one of whose visits asked, directly or not, a visit that is disturbed."""
    own = ratio[visits.unit] > DISTURBED
    below = np.zeros(own.size, np.bool_)
    for visit in visits.order:
        caller = visits.parent[visit]
        if caller >= 0 and (own[visit] or below[visit]):
            below[caller] = True
    found = np.zeros(visits.unit_key.size, np.bool_)
    found[visits.unit[below]] = True
    return found


def _strongest(
    spans: SpanTable, lines: LineTable | None, visits: Visits, timeline: Timeline, features: Codes, odds: Floats,
    best: Codes, seen: Floats, units: Floats,
) -> dict[str, Changed]:  # fmt: skip
    found: dict[str, Changed] = {}
    for row in np.argsort(-odds, kind="stable"):
        feature = features[row]
        key = visits.feature_key[feature]
        name = spans.services[visits.key_service[key]]
        if name in found or odds[row] <= 0:
            continue
        after = np.arange(seen.shape[1]) > best[row]
        k1, n1 = seen[row, after].sum(), units[key, after].sum()
        k0, n0 = seen[row].sum() - k1, units[key].sum() - n1
        shown = int(visits.witness[feature])
        logged = lines is not None and visits.in_lines[feature]
        found[name] = Changed(
            log_odds=float(odds[row]),
            onset=float(timeline.begins[best[row]]),
            operation=spans.operations[visits.key_operation[key]],
            what=visits.texts[visits.feature_text[feature]],
            before=float(k0 / max(n0, 1)),
            since=float(k1 / max(n1, 1)),
            evidence=lines.places.cite(shown) if lines is not None and logged else spans.places.cite(shown),
        )
    return found
