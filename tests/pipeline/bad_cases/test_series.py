"""Metrics that are broken: holes, resets, other units, names of all kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from afteraction.engine.suspects.origins.columns import cut_columns
from tests.pipeline.bad_cases.shop import (
    BEGAN,
    BROKE,
    ENDED,
    SERVICES,
    TIMES,
    Sample,
    alert,
    ask,
    iso,
    metric_rows,
    samples,
    wide_rows,
    write,
)  # fmt: skip


def spoiled(spoil: Callable[[Sample], float | str | None], every: Iterable[Sample] | None = None) -> list[str]:
    """`metrics.csv` with other values; None leaves the row out."""
    found = [(one, spoil(one)) for one in (samples() if every is None else every)]
    return metric_rows(replace(one, value=value) for one, value in found if value is not None)  # type: ignore[arg-type]


def holes(one: Sample) -> float | str:
    words = ("NaN", "", "Inf", "-Inf", "null")
    step = int((one.at - BEGAN).total_seconds() // 30)
    return words[step % 5] if step % 6 == 5 else one.value


def gaps(one: Sample) -> float | None:
    silent = BROKE - timedelta(minutes=12) < one.at < BROKE - timedelta(minutes=3)
    return None if silent or (one.service == "stock" and one.at > BROKE - timedelta(minutes=4)) else one.value


def seconds_from(moment: timedelta) -> Callable[[Sample], float]:
    """The latency of stock in seconds from then on."""

    def spoil(one: Sample) -> float:
        in_seconds = (one.service, one.metric) == ("stock", "latency_ms") and one.at >= BEGAN + moment
        return one.value / 1000 if in_seconds else one.value

    return spoil


def seconds_until(moment: timedelta) -> Callable[[Sample], float]:
    """The latency of stock in seconds until then."""

    def spoil(one: Sample) -> float:
        in_seconds = (one.service, one.metric) == ("stock", "latency_ms") and one.at < BEGAN + moment
        return one.value / 1000 if in_seconds else one.value

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        holes, gaps, seconds_from(timedelta(minutes=20)), seconds_from(BROKE - BEGAN),
        seconds_until(timedelta(minutes=20)),
        lambda one: "NaN" if one.service == "stock" else one.value,
        lambda one: 1e308 if one.service == "stock" and one.at.minute == 10 else one.value,
        lambda one: 7 if one.service == "stock" else one.value,
    ],
    ids=["holes", "gaps", "unit", "unit at the onset", "unit before", "no numbers", "huge", "constant"],
)  # fmt: skip
def test_what_one_service_measures_badly_does_not_hide_the_other(
    tmp_path: Path, spoil: Callable[[Sample], float | str | None]
) -> None:
    found = ask(write(tmp_path, {"metrics.csv": spoiled(spoil), "alert.json": alert()}))
    assert found.first == "cart" and found.probability("cart") > 0.5


def test_a_value_that_is_no_number_is_listed_by_its_line(tmp_path: Path) -> None:
    rows = metric_rows()
    rows[150] = rows[150].rpartition(",")[0] + ",12ms"
    found = ask(write(tmp_path, {"metrics.csv": rows}))
    assert [one.partition(":")[0] for one in found.told("metrics.csv")] == ["line 151"]
    assert found.first == "cart"


def test_a_counter_that_begins_again_is_no_departure(tmp_path: Path) -> None:
    totals: dict[tuple[str, str], float] = {}
    rows = []
    for one in samples():
        key = (one.service, one.metric)
        again = one.service == "stock" and one.at in (BROKE - timedelta(minutes=9), BROKE + timedelta(minutes=1))
        totals[key] = (0 if again else totals.get(key, 1e5)) + one.value
        rows.append(Sample(one.at, one.service, f"{one.metric}_total", totals[key]))
    found = ask(write(tmp_path, {"metrics.csv": metric_rows(rows), "alert.json": alert()}))
    assert found.first == "cart" and found.probability("cart") > 0.5


@pytest.mark.parametrize("fired", [{}, None], ids=["alert", "no alert"])
def test_without_a_normal_period_the_answer_abstains_and_says_so(tmp_path: Path, fired: dict[str, str] | None) -> None:
    files = {"metrics.csv": metric_rows(one for one in samples() if one.at >= BROKE)}
    found = ask(write(tmp_path, files if fired is None else files | {"alert.json": alert(**fired)}))
    assert found.abstained
    assert fired is None or "before the incident" in found.document["suspects_note"]


@pytest.mark.parametrize("fired", [{}, None], ids=["alert", "no alert"])
def test_without_an_incident_the_answer_abstains(tmp_path: Path, fired: dict[str, str] | None) -> None:
    files = {"metrics.csv": metric_rows(samples(since=ENDED))}
    found = ask(write(tmp_path, files if fired is None else files | {"alert.json": alert(**fired)}))
    assert found.abstained


def test_one_sample_tells_nothing(tmp_path: Path) -> None:
    assert ask(write(tmp_path, {"metrics.csv": metric_rows()[:2], "alert.json": alert()})).abstained


def test_a_clock_hours_ahead_moves_no_blame(tmp_path: Path) -> None:
    later = (replace(one, at=one.at + timedelta(hours=3)) if one.service == "stock" else one for one in samples())
    found = ask(write(tmp_path, {"metrics.csv": metric_rows(later), "alert.json": alert()}))
    assert found.first == "cart" and found.probability("stock") < 0.2


@pytest.mark.parametrize("off", [timedelta(hours=5), timedelta(hours=-5)], ids=["later", "earlier"])
def test_an_alert_that_fired_hours_off_is_not_believed_and_named(tmp_path: Path, off: timedelta) -> None:
    files = {"metrics.csv": metric_rows(), "alert.json": alert(fired_at=iso(BROKE + off))}
    found = ask(write(tmp_path, files))
    assert found.first == "cart" and "not believed" in found.document["suspects_note"]


@pytest.mark.parametrize(
    "name", ["shop::{0}::{1}", "front-end-{0}_{1}", "{0}-{1}"], ids=["colons", "dashes in names", "dashes alone"]
)
def test_a_column_names_its_service_and_metric(tmp_path: Path, name: str) -> None:
    rows = wide_rows(lambda service, metric: name.format(service, metric.replace("_", "-")))
    found = ask(write(tmp_path, {"metrics.csv": rows, "alert.json": alert(service="")}))
    assert found.first == name.format("cart", "").rstrip("_-:") and found.probability(found.first) > 0.5
    assert len(found.document["suspects"]) == len(SERVICES)


@pytest.mark.parametrize("mark", ["_", ".", "/", "::", " ", ":"])
@pytest.mark.parametrize("name", ["{0}", "ts-{0}-service", "shop.{0}", "{0}_v2"])
def test_any_separator_parts_service_and_metric(mark: str, name: str) -> None:
    services = [name.format(service) for service in (*SERVICES, "payment")]
    metrics = ("cpu", "latency-90", "load", "error")
    columns = {f"{service}{mark}{metric}": (service, metric) for service in services for metric in metrics}
    assert cut_columns(columns, ()) == columns


def test_a_metric_of_a_call_speaks_for_the_one_that_is_called(tmp_path: Path) -> None:
    caller = {"storefront": "gateway", "cart": "storefront", "stock": "cart"}
    rows = wide_rows(lambda service, metric: f"{metric}[{caller[service]}->{service}]")
    found = ask(write(tmp_path, {"metrics.csv": rows, "alert.json": alert()}))
    assert found.first == "cart" and found.probability("cart") > 0.5


def test_one_instance_in_two_that_breaks_is_seen(tmp_path: Path) -> None:
    rows = ["timestamp,service,metric,value,instance"]
    for one in samples():
        healthy = one.value / TIMES[one.metric] if one.service == "cart" and one.at >= BROKE else one.value
        start = f"{iso(one.at)},{one.service},{one.metric}"
        rows += [f"{start},{one.value},{one.service}-a", f"{start},{healthy},{one.service}-b"]
    found = ask(write(tmp_path, {"metrics.csv": rows, "alert.json": alert()}))
    assert found.first == "cart" and found.probability("cart") > 0.5
