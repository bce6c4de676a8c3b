from afteraction.engine.suspects.origins.mechanism import find_changed
from afteraction.engine.suspects.origins.slowness import find_slower
from afteraction.engine.suspects.origins.timeline import lay_out
from afteraction.engine.suspects.origins.visits import arrange
from afteraction.engine.suspects.origins.ways import calls_at_both_ends, find_delayed
from tests.engine.suspects.requests import Requests, shop


def _changed(found: Requests, fired_at: float | None) -> dict[str, float]:
    spans, lines = found.span_table(), found.line_table()
    timeline = lay_out(spans.start, fired_at)
    assert timeline is not None
    return {name: one.log_odds for name, one in find_changed(spans, lines, arrange(spans, lines), timeline).items()}


def _first(odds: dict[str, float]) -> str:
    return max(odds, key=lambda name: odds[name])


def test_the_service_that_stopped_doing_something_stands_before_the_caller_that_complains() -> None:
    odds = _changed(shop(bank="silent", since=900), 930)
    assert _first(odds) == "bank"
    assert odds["bank"] > 10
    assert odds.get("pay", 0) < 3


def test_an_alert_five_minutes_late_or_four_minutes_early_or_none_at_all_changes_no_answer() -> None:
    for fired_at in (660.0, 1190.0, None):
        assert _first(_changed(shop(bank="silent", since=900), fired_at)) == "bank"


def test_that_failures_stopped_accuses_nobody() -> None:
    broken, mended = shop(bank="failing", since=900), shop(bank="failing", since=0, until=900)
    assert _changed(broken, 930)["bank"] > 10
    assert _changed(mended, 930).get("bank", 0.0) < 0.2 * _changed(broken, 930)["bank"]


def test_many_times_the_traffic_is_no_change_of_mechanism() -> None:
    assert all(value < 2 for value in _changed(shop(rush=True, since=900), 900).values())


def test_the_onset_is_found_in_the_data_and_not_taken_from_the_alert() -> None:
    found = shop(bank="silent", since=900)
    spans, lines = found.span_table(), found.line_table()
    timeline = lay_out(spans.start, 1050)
    assert timeline is not None
    onset = find_changed(spans, lines, arrange(spans, lines), timeline)["bank"].onset
    assert abs(onset - 900) < 31


def test_a_service_slower_in_itself_is_told_from_those_that_wait_for_it() -> None:
    found = shop(cart_times=4, since=900)
    spans = found.span_table()
    timeline = lay_out(spans.start, 900)
    assert timeline is not None
    slower = find_slower(spans, arrange(spans, None), timeline)
    assert max(slower, key=lambda name: slower[name].log_odds) == "cart"
    assert slower["cart"].times > 3
    assert slower["web"].log_odds < 1


def test_spans_in_a_circle_or_told_twice_do_no_harm() -> None:
    found = shop(bank="silent", since=900)
    one = len(found.spans)
    found.spans.append((9999, one, one + 1, "web", "GET /buy", 10.0, 5.0, False))
    found.spans.append((9999, one + 1, one, "web", "GET /buy", 10.0, 5.0, False))
    found.spans += found.spans[:200]
    assert _first(_changed(found, 900)) == "bank"


def _delayed(found: Requests) -> dict[str, float]:
    spans = found.span_table()
    timeline = lay_out(spans.start, 900)
    assert timeline is not None
    return {name: one.log_odds for name, one in find_delayed(spans, arrange(spans, None), timeline).items()}


def test_calls_that_take_longer_on_the_way_tell_of_the_service_that_they_go_to() -> None:
    found = shop(network=60, since=900)
    odds = _delayed(found)
    assert _first(odds) == "pay" and odds["pay"] > 5
    assert odds["cart"] < 0 and odds["bank"] < 0
    spans = found.span_table()
    timeline = lay_out(spans.start, 900)
    assert timeline is not None
    visits = arrange(spans, None)
    waiting = visits.span_parent[calls_at_both_ends(spans, visits)]
    slower = find_slower(spans, visits, timeline, waiting)
    assert all(one.log_odds < 1 for one in slower.values()), "nobody works longer"


def test_one_call_in_many_that_pauses_on_the_way_tells_of_nobody() -> None:
    found = shop()
    rows = [row for row, span in enumerate(found.spans) if span[4] == "call pay" and span[5] >= 900]
    for row in rows[::12]:
        trace, own, parent, service, operation, at, ms, failed = found.spans[row]
        found.spans[row] = (trace, own, parent, service, operation, at, ms + 400, failed)
    assert all(value < 1 for value in _delayed(found).values())
