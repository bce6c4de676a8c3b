import numpy as np
import pytest

from afteraction.engine.suspects.changes import weigh_outside_alone
from afteraction.engine.suspects.origins import find_origins
from afteraction.engine.suspects.origins.columns import cut_columns, owned
from afteraction.engine.suspects.origins.departures import Departure, depart_all, window_of
from tests.engine.suspects.measures import FAULT, TIMES, case, series, wave

CALLS = (("web", "pay"), ("pay", "bank"), ("web", "cart"))


def _first(given: object) -> str:
    found = find_origins(given)  # type: ignore[arg-type]
    return max(found, key=lambda name: found[name].log_odds)


def _slow_bank() -> dict[tuple[str, str], np.ndarray]:
    slow = np.where(FAULT, 200.0, 0.0)
    return {
        ("web", "latency_ms"): wave(80, seed=2) + slow,
        ("pay", "latency_ms"): wave(40, seed=3) + slow,
        ("bank", "latency_ms"): wave(20, seed=4) + slow,
        ("cart", "latency_ms"): wave(20, seed=5),
        **{(name, "requests"): wave(50, seed=6) for name in ("web", "pay", "bank", "cart")},
    }


def test_callers_that_wait_are_told_from_the_service_they_wait_for() -> None:
    assert _first(case(_slow_bank(), service="web", metric="latency", calls=CALLS)) == "bank"


@pytest.mark.parametrize("fired_at", [1110.0, 1340.0, 1460.0, 1690.0, None])
def test_an_alert_off_by_minutes_or_missing_changes_no_answer(fired_at: float | None) -> None:
    assert _first(case(_slow_bank(), fired_at=fired_at, calls=CALLS)) == "bank"


def test_the_service_that_uses_up_its_processor_stands_before_the_one_that_only_waits() -> None:
    given = case(
        {
            ("web", "cpu"): wave(0.3, seed=2),
            ("web", "latency-90"): wave(80, 0.1, seed=3) * np.where(FAULT, 2.0, 1.0),
            ("pay", "cpu"): wave(0.2, 0.1, seed=4) + FAULT * 0.9,
            ("pay", "latency-90"): wave(30, 0.1, seed=5) * np.where(FAULT, 3.0, 1.0),
        }
    )
    assert _first(given) == "pay"


def test_a_regime_seen_before_is_normal_and_a_constant_that_moves_by_one_step_says_little() -> None:
    busy = (TIMES > 300) & (TIMES < 700)
    given = case(
        {
            ("web", "cpu"): wave(0.3, seed=2) * np.where(busy | FAULT, 2.0, 1.0),
            ("db", "socket"): np.where(FAULT, 6.0, 5.0),
            ("pay", "cpu"): wave(0.3, seed=4) + FAULT * 0.5,
        }
    )
    found = find_origins(given)
    assert found["pay"].log_odds > 3
    assert found["web"].log_odds < 1
    assert found["db"].log_odds < 1


def test_what_the_machine_below_several_services_does_is_not_theirs() -> None:
    node = wave(0.4, seed=9) + FAULT * 0.5
    found = find_origins(case({("web", "NodeCpu"): node, ("pay", "NodeCpu"): node.copy()}))
    assert all(one.log_odds == 0 for one in found.values())


def test_units_that_change_midway_holes_and_counters_that_start_again_break_nothing() -> None:
    counter = np.cumsum(np.full(TIMES.size, 10.0))
    counter[90:] -= counter[89]
    found = find_origins(
        case(
            {
                ("web", "latency"): np.where(TIMES < 300, wave(0.08), wave(80)),
                ("cart", "cpu"): np.full(TIMES.size, np.nan),
                ("mail", "requests_total"): counter,
                ("pay", "latency"): wave(40, seed=3) * np.where(FAULT, 8, 1),
            }
        )
    )
    assert max(found, key=lambda name: found[name].log_odds) == "pay"
    assert np.isfinite([one.log_odds for one in found.values()]).all()


def test_without_any_normal_nothing_is_said() -> None:
    given = case({("web", "latency"): np.where(TIMES < 1700, np.nan, 900.0)})
    assert all(one.log_odds == 0 and not one.terms for one in find_origins(given).values())


@pytest.mark.parametrize(
    ("column", "service", "metric"),
    [
        ("front-end_cpu", "front-end", "cpu"),
        ("ts-auth-service_latency-90", "ts-auth-service", "latency-90"),
        ("cartservice_latency_p90", "cartservice", "latency_p90"),
        ("user_store_latency_p90", "user_store", "latency_p90"),
        ("user_store_cpu", "user_store", "cpu"),
    ],
)
def test_wide_columns_are_cut_where_many_share_the_ending(column: str, service: str, metric: str) -> None:
    services = ("front-end", "ts-auth-service", "cartservice", "user_store", "user-db")
    names = [f"{one}_{end}" for one in services for end in ("cpu", "mem", "latency_p90", "latency_p50")] + [column]
    assert cut_columns(names, ())[column] == (service, metric)


def test_a_known_service_is_cut_off_where_nothing_is_shared() -> None:
    assert cut_columns(["user_store_cpu"], ("user-store",)) == {"user_store_cpu": ("user-store", "cpu")}
    assert cut_columns(["cpu_total"], ()) == {}


def test_the_metric_of_a_call_belongs_to_the_callee() -> None:
    [one] = owned([series("", "Latency[pay->bank]", wave(1))], ())
    assert (one.caller, one.service, one.metric) == ("pay", "bank", "Latency")


@pytest.mark.parametrize("step", [1.0, 10.0, 90.0])
def test_series_judged_together_are_judged_as_each_would_be_alone(step: float) -> None:
    times = np.arange(0.0, 400 * step, step)
    window = window_of(times, 300 * step)
    assert window is not None
    random = np.random.default_rng(3)
    calm = random.normal(5, 1, times.size)
    steps = np.where(times > 290 * step, 9.0, 2.0)
    rare = np.where(np.arange(times.size) % 37 == 0, 4.0, 0.0)
    rows = np.stack([calm, steps, rare, np.full(times.size, 3.0), -calm + steps])
    together = depart_all(times, rows, window)
    assert together == [depart_all(times, row[None, :], window)[0] for row in rows]
    assert isinstance(together[1], Departure) and together[1].rising and together[1].far > 15
    assert isinstance(together[3], Departure) and together[3].far == 0


@pytest.mark.filterwarnings("error")
def test_the_largest_number_that_a_machine_can_write_is_no_measurement() -> None:
    spoiled = wave(0.02, seed=3)
    spoiled[[5, 60, 150]] = 1.7e308, -1.7e308, 1e308
    given = case({("stock", "latency"): spoiled, ("pay", "latency"): wave(40, seed=3) * np.where(FAULT, 8, 1)})
    assert _first(given) == "pay"
    assert weigh_outside_alone(given) == []


@pytest.mark.parametrize(
    ("metric", "usual", "since", "trouble"),
    [
        ("NodeNetworkReceiveBytes", 4e5, 9e5, False),
        ("NodeCpuUsageRate(%)", 1.1, 3.0, False),
        ("node_cpu_usage", 0.2, 0.98, True),
        ("node_disk_io_wait_seconds", 0.02, 4.0, True),
    ],
)
def test_a_host_is_in_trouble_where_hardly_anything_is_left_and_not_where_more_flows_through_it(
    metric: str, usual: float, since: float, trouble: bool
) -> None:
    values = np.where(FAULT, wave(since, 0.01), wave(usual, 0.01, seed=4))
    terms = weigh_outside_alone(case({("web", metric): values}))
    assert ("a host is in trouble" in [term.name for term in terms]) is trouble
