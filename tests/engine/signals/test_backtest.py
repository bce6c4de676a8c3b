"""A proposed alert replayed on stored samples (SPEC R149). Everything happens after 2031-05-06 12:00 UTC."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.findings import Milestone
from afteraction.core.instant import Instant, Precision
from afteraction.core.reading import ReadOptions
from afteraction.engine.signals.backtest import BeforeImpact, Replay, back_test, comes_before, written
from afteraction.engine.signals.firings import Rule, Samples, find_firings, healthy_before, samples_of
from afteraction.pipeline.analyze import Request, analyze
from afteraction.stores.evidence import EvidenceStore
from tests.effort import examples
from tests.engine.signals.cast import BEGIN, series

NOON = datetime.fromtimestamp(BEGIN, tz=UTC)
NAN = float("nan")
DEMO = Path(__file__).parents[3] / "examples" / "demo"


def at(seconds: float, precision: Precision = Precision.SECOND, **more) -> Instant:
    return Instant(utc=NOON + timedelta(seconds=seconds), precision=precision, **more)


def second_by_second(*steps: tuple[float, int]) -> Samples:
    """One sample a second: each value for so many seconds."""
    values = np.concatenate([np.full(count, value) for value, count in steps])
    return samples_of(series(values, "db_pool_wait_seconds", step=1.0))


# Quiet for ten minutes, waiting for ten, quiet again.
WAIT = second_by_second((0.004, 600), (0.3, 600), (0.004, 300))
RULE = Rule(threshold=0.05, for_s=60)


def test_it_fires_once_the_condition_has_held_long_enough() -> None:
    found = back_test([WAIT], RULE, paged=at(1320), impact_start=at(780))
    assert found.state is Replay.FIRES
    assert found.since is not None and found.since.utc == at(600).utc
    assert found.fires_at is not None and found.fires_at.utc == at(660).utc
    assert found.earlier is not None and (found.earlier.low, found.earlier.high) == (659, 661)
    assert found.before is not None and found.before.value == 120
    assert found.sentence == "This alert would have fired 11 min earlier, before impact: yes."


@pytest.mark.parametrize(
    ("impact", "said"),
    [
        (at(661), "yes"), (at(660), "no"), (at(659), "no"),
        (at(660, Precision.MINUTE), "unknown"), (at(600, Precision.MINUTE), "no"), (at(720, Precision.MINUTE), "yes"),
        (at(700, Precision.APPROXIMATE, spread=timedelta(seconds=60)), "unknown"),
        (at(760, Precision.APPROXIMATE, spread=timedelta(seconds=60)), "yes"),
        (at(560, Precision.APPROXIMATE, spread=timedelta(seconds=60)), "no"),
        (None, "unknown"),
    ],
)  # fmt: skip
def test_before_impact_is_yes_a_second_before_no_at_it_and_unknown_where_the_order_is(impact, said: str) -> None:
    found = back_test([WAIT], RULE, impact_start=impact)
    assert found.fires_at is not None and found.fires_at.utc == at(660).utc
    assert found.before_impact.value == said


def test_samples_a_minute_apart_know_the_firing_to_the_minute() -> None:
    slow = samples_of(series([0.004] * 10 + [0.3] * 10, "db_pool_wait_seconds"))
    found = back_test([slow], RULE, impact_start=at(690))
    assert found.fires_at is not None and found.fires_at.precision is Precision.MINUTE
    assert found.before_impact is BeforeImpact.UNKNOWN
    assert back_test([slow], RULE, impact_start=at(720)).before_impact is BeforeImpact.YES


def test_a_later_alert_is_later() -> None:
    found = back_test([WAIT], RULE, paged=at(600), impact_start=at(540))
    assert found.sentence == "This alert would have fired 1 min later, before impact: no."


def test_a_threshold_that_is_never_reached_says_so() -> None:
    found = back_test([WAIT], Rule(threshold=5), paged=at(1320), impact_start=at(780))
    assert (found.state, found.fires_at, found.before_impact) == (Replay.NEVER, None, BeforeImpact.NO)
    assert "never above 5 s for 1 min" in found.sentence
    outside = back_test([WAIT], Rule(threshold=5), impact_start=at(90_000))
    assert outside.before_impact is BeforeImpact.UNKNOWN, "nothing was recorded when impact began"


NOTHING = Samples(times_us=np.array([], dtype=np.int64), values=np.array([]))
EMPTY = Samples(times_us=np.array([1, 2]), values=np.array([NAN, NAN]))


@pytest.mark.parametrize("samples", [[], [EMPTY], [NOTHING]])
def test_what_is_not_stored_cannot_be_replayed(samples: list[Samples]) -> None:
    found = back_test(samples, RULE, impact_start=at(780), name="payments pool_wait")
    assert (found.state, found.before_impact, found.table) == (Replay.CANNOT, BeforeImpact.UNKNOWN, ())
    assert found.reason.startswith("Cannot back-test. No samples of payments pool_wait are stored.")
    assert back_test([WAIT], None).state is Replay.CANNOT


def test_the_table_shows_what_another_threshold_would_have_cost() -> None:
    noisy = second_by_second((0.004, 300), (0.03, 90), (0.004, 210), (0.3, 600))
    found = back_test(
        [noisy], RULE, paged=at(1320), impact_start=at(780), begin=at(600).utc,
        healthy=healthy_before([noisy], at(600).utc), thresholds=(0.025, 0.2),
    )  # fmt: skip
    assert [(row.threshold, row.false_pages, row.is_proposed) for row in found.table] == [
        (0.025, 1, False), (0.05, 0, True), (0.2, 0, False),
    ]  # fmt: skip
    assert (found.healthy_s, found.false_pages) == (600.0, 0)
    assert [row.threshold for row in back_test([WAIT], RULE).table] == [0.025, 0.05, 0.1]
    assert back_test([WAIT], RULE).false_pages is None, "without healthy data nobody can count"


def test_an_alert_that_always_fires_tells_nothing() -> None:
    found = back_test([WAIT], Rule(threshold=0.001), begin=at(600).utc, impact_start=at(780),
                      healthy=healthy_before([WAIT], at(600).utc))  # fmt: skip
    assert (found.state, found.before_impact) == (Replay.ALREADY, BeforeImpact.UNKNOWN)
    assert "before the incident began" in found.sentence and found.false_pages == 1


def test_the_first_of_several_series_pages() -> None:
    other = second_by_second((0.004, 500), (0.3, 700))
    found = back_test([WAIT, other], RULE, impact_start=at(600))
    assert found.fires_at is not None and found.fires_at.utc == at(560).utc
    loud = second_by_second((0.3, 1500))
    shown = back_test([loud, WAIT], RULE, begin=at(300).utc)
    assert shown.state is Replay.FIRES and shown.fires_at is not None and shown.fires_at.utc == at(660).utc


def test_a_recording_that_begins_inside_gives_a_latest_moment() -> None:
    late = second_by_second((0.3, 900))
    found = back_test([late], RULE, paged=at(600), impact_start=at(30))
    assert found.at_latest and found.before_impact is BeforeImpact.UNKNOWN
    assert back_test([late], RULE, impact_start=at(600)).before_impact is BeforeImpact.YES


def test_a_hole_breaks_the_condition_and_a_single_missing_sample_breaks_it_too() -> None:
    times = np.arange(0, 1200, 15, dtype=np.int64)
    whole = Samples(times_us=times * 1_000_000, values=np.full(times.size, 1.0))
    assert [each.fires_us for each in find_firings(whole, RULE)] == [60_000_000]
    holed = Samples(times_us=times * 1_000_000, values=np.where(times == 30, NAN, 1.0))
    assert [each.fires_us for each in find_firings(holed, RULE)] == [105_000_000]
    keep = (times < 45) | (times > 400)
    silent = Samples(times_us=times[keep] * 1_000_000, values=np.full(int(keep.sum()), 1.0))
    assert [each.fires_us for each in find_firings(silent, RULE)] == [465_000_000]


def test_below_is_the_other_side_and_no_waiting_fires_at_the_first_sample() -> None:
    falling = second_by_second((99.0, 600), (40.0, 600))
    found = back_test([falling], Rule(threshold=95, above=False, for_s=0))
    assert found.fires_at is not None and found.fires_at.utc == at(600).utc
    assert [row.threshold for row in found.table] == [190, 95, 47.5], "the loudest threshold first"


def test_a_counter_is_replayed_as_its_rate() -> None:
    errors = np.cumsum(np.concatenate([np.zeros(600), np.full(600, 5.0)]))
    found = back_test([samples_of(series(errors, "errors_total", step=1.0))], Rule(threshold=1))
    assert found.fires_at is not None and found.fires_at.utc == at(660).utc


def test_it_is_kept_as_json() -> None:
    kept = json.loads(json.dumps(written(back_test([WAIT], RULE, paged=at(1320), impact_start=at(780)))))
    assert (kept["fires_at"], kept["before_impact"], kept["earlier_s"]) == ("2031-05-06T12:11:00Z", "yes", [659, 661])
    assert len(kept["table"]) == 3 and kept["false_pages"] is None


def _by_hand(times: list[int], values: list[float], rule: Rule) -> list[int]:
    """The firings, told sample by sample."""
    found, since, fired = [], None, False
    for now, value in zip(times, values, strict=True):
        if not (value > rule.threshold if rule.above else value < rule.threshold):
            since, fired = None, False
            continue
        since = now if since is None else since
        if not fired and now - since >= rule.for_s * 1e6:
            found.append(now)
            fired = True
    return found


@settings(max_examples=examples(150), deadline=None)
@given(
    st.lists(st.sampled_from([0.0, 1.0, 2.0, NAN]), min_size=1, max_size=40),
    st.sampled_from([0.5, 1.5]), st.booleans(), st.sampled_from([0, 10, 25]),
)  # fmt: skip
def test_firings_are_those_that_one_finds_sample_by_sample(values, threshold, above, for_s) -> None:
    times = [10_000_000 * place for place in range(len(values))]
    rule = Rule(threshold=threshold, above=above, for_s=for_s)
    samples = Samples(times_us=np.array(times), values=np.array(values))
    assert [each.fires_us for each in find_firings(samples, rule)] == _by_hand(times, values, rule)


@settings(max_examples=examples(100), deadline=None)
@given(
    st.integers(-7200, 7200), st.integers(-7200, 7200),
    st.sampled_from(list(Precision)), st.sampled_from(list(Precision)),
)  # fmt: skip
def test_yes_and_no_hold_for_every_moment_that_the_two_may_stand_for(a, b, of_a, of_b) -> None:
    fires, impact = at(a, of_a), at(b, of_b)
    said = comes_before(fires, impact)

    def may(instant: Instant) -> list[datetime]:
        last = instant.hi - timedelta(microseconds=1) if instant.precision is not Precision.APPROXIMATE else instant.hi
        return [instant.utc] if instant.precision is Precision.SECOND else [instant.lo, last]

    verdicts = {one < other for one in may(fires) for other in may(impact)}
    expected = {True: BeforeImpact.YES, False: BeforeImpact.NO}
    assert said is (expected[verdicts.pop()] if len(verdicts) == 1 else BeforeImpact.UNKNOWN)


def test_the_demo_would_have_been_paged_eleven_minutes_earlier(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    told = analyze(Request(paths=[DEMO], options=ReadOptions()), store).timeline
    asked = (Milestone.FIRST_MONITOR, Milestone.IMPACT_START, Milestone.TRIGGER)
    paged, impact, trigger = (told.milestones[each][0].instant for each in asked)
    pool = [samples_of(each) for each in store.series() if "pool_wait" in each.metric]
    threshold = 0.05  # seconds, as the series states them
    found = back_test(
        pool, Rule(threshold=threshold), paged=paged, impact_start=impact, begin=trigger.utc,
        healthy=healthy_before(pool, trigger.utc),
    )  # fmt: skip
    assert found.sentence == "This alert would have fired 11 min 6 s earlier, before impact: yes."
    assert found.fires_at is not None and found.fires_at.utc.strftime("%H:%M:%S") == "14:00:02"
    assert found.false_pages == 0 and found.healthy_s > 300
    assert found.table[0].threshold == threshold / 2 and found.table[0].earlier is not None
