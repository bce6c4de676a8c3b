"""New instances against old ones while both run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from afteraction.core.digests import MetricSeries
from afteraction.core.records import Change
from afteraction.core.suspects import Suspect, Term
from afteraction.engine.suspects import Case, rank
from afteraction.engine.suspects.tables import LineTable, Places
from tests.engine.suspects.changes.incidents import case, deploy, metric, second

ALL = metric("cart", "http_5xx_ratio", 0.002, 0.1, 60)


def _of(instance: str, peak: float) -> MetricSeries:
    one = metric("cart", f"error_ratio_{instance}", 0.002, peak, 60)
    return replace(one, metric="error_ratio", labels={"instance": instance})


def _to(instances: str, at: float) -> Change:
    one = deploy("cart", at)
    return replace(one, title=f"cart to {instances}", attributes={"instances": instances})


def _suspect(given: Case, name: str) -> Suspect:
    return next(one for one in rank(given, 100).listed if one.name == name)


def _term(one: Suspect) -> Term:
    return next(term for term in one.terms if "it went" in term.name or "it did not go" in term.name)


CANARY = _to("cart-1,cart-2", 55)


def test_a_difference_between_new_and_old_instances_is_the_strongest_reason_for_a_release() -> None:
    given = case(
        ALL, *(_of(f"cart-{n}", 0.5 if n in (1, 2) else 0.002) for n in range(1, 7)), CANARY, deploy("cart", 58),
        alert="cart", fired=64,
    )  # fmt: skip
    one = _suspect(given, CANARY.title)
    assert _term(one).name == "only where it went"
    assert _term(one).log_odds == max(term.log_odds for term in one.terms)
    assert "4 of 4 without it do not" in _term(one).says
    assert _term(one).evidence
    assert one.probability > 0.8


def test_instances_that_show_it_without_the_release_speak_against_it() -> None:
    given = case(ALL, *(_of(f"cart-{n}", 0.5) for n in range(1, 7)), CANARY, alert="cart", fired=64)
    assert _term(_suspect(given, CANARY.title)).log_odds < 0


def test_instances_of_one_side_alone_compare_nothing() -> None:
    given = case(ALL, _of("cart-1", 0.5), _of("cart-2", 0.5), CANARY, alert="cart", fired=64)
    assert not any("it" in term.name.split() for term in _suspect(given, CANARY.title).terms)


def _lines(*, of_new: float, of_old: float, field: str) -> LineTable:
    """Eighty lines of each side from the release on; these shares of them are errors."""
    bad = np.concatenate([np.arange(80) < 80 * of_new, np.arange(80) < 80 * of_old])
    side = np.repeat([0, 1], 80)
    at = np.tile(np.linspace(second(56), second(85), 80), 2)
    told = {"instances": ("cart-1", "cart-2")} if field == "instance" else {"versions": ("2.4.0", "2.3.9")}
    zeros = np.zeros(160, np.int64)
    return LineTable(
        services=("cart",), templates=("x",), at=at, service=zeros, template=zeros, trace=zeros - 1, bad=bad,
        places=Places(originals=("e" * 64,), original=zeros, line=np.arange(1, 161)), **told, **{field: side},
    )  # fmt: skip


@pytest.mark.parametrize("field", ["instance", "version"])
def test_lines_name_the_instance_or_the_version_that_they_come_from(field: str) -> None:
    release = replace(
        deploy("cart", 55), attributes={"instances": "cart-1"} if field == "instance" else {"version": "v2.4"}
    )
    base = case(ALL, release, alert="cart", fired=64)
    only = replace(base, log_columns=_lines(of_new=0.7, of_old=0.01, field=field))
    both = replace(base, log_columns=_lines(of_new=0.7, of_old=0.6, field=field))
    assert _term(_suspect(only, release.title)).log_odds > 3
    assert _term(_suspect(only, release.title)).evidence[0].locator.line == 1
    assert _term(_suspect(both, release.title)).log_odds < 0
