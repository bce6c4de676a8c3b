"""Rollouts without diffs: their records as one change, their commits, and what a rollback tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from afteraction.core.digests import MetricSeries
from afteraction.core.records import Change, ChangeKind
from afteraction.core.suspects import Suspect, SuspectKind
from afteraction.engine.suspects import rank
from afteraction.engine.suspects.changes.folding import fold
from tests.engine.suspects.changes.incidents import MINUTES, at_minute, case, cite, commit, deploy, log, metric


def _record(kind: ChangeKind, minute: float, title: str, state: str = "", **told: str) -> Change:
    print_ = "deployment:77" if kind in (ChangeKind.DEPLOYMENT, ChangeKind.ROLLBACK) else f"{kind.value}:9"
    return Change(
        instant=at_minute(minute), kind=kind, title=title, service="pay", state=state, fingerprint=print_,
        reference=told.get("version", ""), evidence=cite(f"/{kind.value}/{minute}"), attributes=told,
    )  # fmt: skip


ROLLOUT = (
    _record(ChangeKind.RELEASE, 30, "Release v2 of pay published", version="v2", message="Retries, #41"),
    _record(ChangeKind.PIPELINE, 39, "Pipeline rollout of pay started", branch="v2", commit="abc1234def"),
    _record(ChangeKind.DEPLOYMENT, 40, "Deployment of pay v2 started", version="v2", commit="abc1234def"),
    _record(ChangeKind.DEPLOYMENT, 41, "Deployment of pay v2: in progress", version="v2", commit="abc1234def"),
    _record(ChangeKind.DEPLOYMENT, 46, "Deployment of pay v2: success", version="v2", commit="abc1234def"),
)
ERRORS = metric("pay", "http_5xx_ratio", 0.002, 0.4, 50)
SAID = log("pay", "charge failed: no connection to ledger", 50)
POOL = metric("ledger", "db_pool_wait_seconds", 0.01, 2, 49)


def _brief(series: MetricSeries, until: int) -> MetricSeries:
    values = [series.values[0] if minute >= until else series.values[minute] for minute in range(MINUTES)]
    return replace(series, values=values)


def _back(minute: float) -> Change:
    return replace(
        _record(ChangeKind.ROLLBACK, minute, "Deployment of pay v1 started", version="v1"), fingerprint="deployment:78"
    )


def _listed(*evidence: object) -> list[Suspect]:
    return list(rank(case(*evidence, alert="pay", fired=56), 100).listed)  # type: ignore[arg-type]


def test_release_pipeline_and_states_of_one_deployment_are_one_change_from_its_start_to_its_end() -> None:
    (one,) = fold(ROLLOUT)
    assert one.kind is ChangeKind.DEPLOYMENT
    assert one.title == "Deployment of pay v2"
    assert one.instant == at_minute(39)
    assert one.until == at_minute(46)
    assert "#41" in one.attributes["message"]


def test_what_a_list_names_by_ids_of_its_own_stays_apart() -> None:
    named = [replace(one, fingerprint=f"d:{place}", attributes={**one.attributes, "id": f"d-{place}"})
             for place, one in enumerate(ROLLOUT)]  # fmt: skip
    assert len(fold(named)) == len(named)


def test_a_rollout_without_a_diff_leads_where_it_went_before_what_shows() -> None:
    first = _listed(ERRORS, SAID, *ROLLOUT)[0]
    assert (first.kind, first.name) == (SuspectKind.CHANGE, "Deployment of pay v2")
    assert first.at == pytest.approx(at_minute(46).utc.timestamp())
    assert first.onset is not None
    assert first.onset >= first.at


def test_the_commit_whose_pull_request_the_release_names_and_whose_words_show_leads_the_others_in_it() -> None:
    told = _listed(
        ERRORS, POOL, SAID, *ROLLOUT, commit("a" * 40, 20, "Write ledger and charge together (#41)", ""),
        commit("b" * 40, 21, "Narrow receipts", ""), commit("c" * 40, 22, "Release v2", ""),
    )  # fmt: skip
    names = [one.name for one in told if one.kind is SuspectKind.CHANGE]
    assert set(names[:2]) == {"Deployment of pay v2", "Write ledger and charge together (#41)"}
    assert names[-1] == "Release v2"


def test_what_ended_with_the_rollback_speaks_for_the_release_and_the_rollback_is_no_suspect() -> None:
    ended = [_brief(ERRORS, 71), _brief(POOL, 72)]
    told = {one.name: one for one in _listed(*ended, SAID, *ROLLOUT, _back(70))}
    term = next(one for one in told["Deployment of pay v2"].terms if one.name == "rolled back, and it ended")
    assert term.log_odds > 2
    assert "ended with that" in term.says
    assert term.evidence
    assert told["Deployment of pay v1"].probability < 0.01


def test_what_went_on_after_the_rollback_speaks_against_the_release() -> None:
    term = next(
        one for one in _listed(ERRORS, POOL, SAID, *ROLLOUT, _back(65))[0].terms + _listed(
            ERRORS, POOL, SAID, *ROLLOUT, _back(65))[1].terms if one.name.startswith("rolled back")
    )  # fmt: skip
    assert term.log_odds < -1


def test_no_change_does_not_lead_without_a_reason_of_its_own_while_a_change_fits_in_place_and_time() -> None:
    told = _listed(ERRORS, SAID, deploy("pay", 20))
    assert told[0].kind is SuspectKind.CHANGE


def test_nothing_is_surer_than_what_may_stand_in_no_record() -> None:
    told = rank(case(_brief(ERRORS, 71), SAID, *ROLLOUT, _back(70), alert="pay", fired=56), 100)
    assert told.listed[0].probability <= 0.97
    assert told.remaining >= 0.03 - 1e-9
    assert sum(one.probability for one in told.listed) + told.remaining == pytest.approx(1.0)


def test_a_change_after_the_first_symptom_is_under_one_percent() -> None:
    told = _listed(ERRORS, POOL, SAID, *ROLLOUT, deploy("pay", 54), deploy("web", 55))
    late = [one for one in told if one.at and one.at > at_minute(53).utc.timestamp()]
    assert len(late) == 2
    assert all(one.probability < 0.01 for one in late)
