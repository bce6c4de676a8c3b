"""Calls that were seen and that nobody had declared, above all to what several services share."""

from __future__ import annotations

from afteraction.core.topology import Call
from afteraction.engine.traces.coupling import find_couplings


def seen(*pairs: tuple[str, str], count: int = 5) -> list[Call]:
    return [Call(caller=caller, callee=callee, count=count) for caller, callee in pairs]


def test_a_shared_store_is_found_when_the_map_lacks_the_edge():
    declared = [("web", "app"), ("app", "redis")]
    [found] = find_couplings(seen(("web", "app"), ("app", "redis"), ("flags", "redis")), declared)
    assert (found.call.caller, found.call.callee, found.shared_with) == ("flags", "redis", ("app",))
    assert found.sentence == "Undeclared dependency: flags → redis, which app uses as well."


def test_without_a_declared_map_nothing_is_undeclared():
    assert find_couplings(seen(("flags", "redis")), []) == ()


def test_a_call_to_oneself_and_a_declared_one_in_other_letters_are_no_coupling():
    assert find_couplings(seen(("App", "app"), ("WEB", "App")), [("web", "app")]) == ()


def test_a_shared_one_comes_before_a_frequent_one():
    calls = [Call(caller="a", callee="b", count=900), Call(caller="flags", callee="redis", count=3)]
    found = find_couplings([*calls, *seen(("app", "redis"))], [("app", "redis")])
    assert [one.call.callee for one in found] == ["redis", "b"]
    assert found[1].sentence == "Undeclared dependency: a → b."


def test_three_that_share_are_all_named():
    [found] = find_couplings(seen(("x", "redis")), [("app", "redis"), ("flags", "redis")])
    assert found.sentence.endswith("which app and flags use as well.")
