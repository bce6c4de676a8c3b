"""Very many changes, services and lines: the work is bounded, counted in calls rather than in seconds."""

from __future__ import annotations

import cProfile
import pstats
import random

import pytest

from afteraction.engine.suspects import Case
from afteraction.engine.suspects.changes.weighing import MOST_READ, weigh_changes
from tests.engine.suspects.changes.incidents import case, commit, deploy, log, metric

POOL = "@@ svc-1/db.go @@\n-\tdb.SetMaxOpenConns(60)\n+\tdb.SetMaxOpenConns(6)\n"
ERRORS = metric("svc-1", "http_5xx_ratio", 0.002, 0.4, 60)
PENDING = metric("svc-1", "db_pool_pending", 0.5, 80, 60)
WAITED = log("svc-1", "timed out waiting for a free connection", 61)


def _long_history() -> Case:
    luck = random.Random(3)
    commits = [
        commit(f"{n:040x}", luck.uniform(-3000, 50), f"Change {n}", f"services/svc-{n % 40}/part{n}.go",
               POOL.replace("60", str(60 + n)).replace("svc-1/db", f"svc-{n % 40}/part{n}"))
        for n in range(1500)
    ]  # fmt: skip
    deploys = [deploy(f"svc-{n % 40}", luck.uniform(-3000, 50), f"{n * 5:040x}") for n in range(298)]
    return case(
        ERRORS, PENDING, WAITED, *commits, *deploys, commit("f" * 40, 52, "Align", "services/svc-1/db.go", POOL),
        deploy("svc-1", 57, "f" * 40), alert="svc-1",
    )  # fmt: skip


def _many_services() -> Case:
    calm = [metric(f"svc-{n}", "http_5xx_ratio", 0.002, 0.002, 60) for n in range(2, 1000)]
    said = [log(f"svc-{n}", f"retry {n} failed", 61, level="info") for n in range(2, 1000)]
    return case(
        ERRORS, PENDING, WAITED, *calm, *said, *(deploy(f"svc-{n}", n % 50) for n in range(2, 100)),
        commit("f" * 40, 52, "Align", "services/svc-1/db.go", POOL), deploy("svc-1", 57, "f" * 40), alert="svc-1",
    )  # fmt: skip


def _long_diffs() -> Case:
    code = "".join(f"-\tif a{n}.limit > {n} {{ call_{n}(a, b) }}\n+\tif a{n}.bound > {n} {{ call_{n}(a) }}\n"
                   for n in range(3000))  # fmt: skip
    config = "".join(f"-  key_{n}: {n}\n+  name_{n}: {n * 2}\n" for n in range(3000))
    return case(
        ERRORS, PENDING, WAITED, commit("a" * 40, 50, "Big", "svc-1/a.go", f"@@ svc-1/a.go @@\n{code}"),
        commit("b" * 40, 51, "Big", "svc-1/a.yaml", f"@@ svc-1/a.yaml @@\n{config}"),
        commit("f" * 40, 52, "Align", "services/svc-1/db.go", POOL), deploy("svc-1", 57, "f" * 40), alert="svc-1",
    )  # fmt: skip


# About three times what was counted when it was written.
@pytest.mark.parametrize(("given", "most"), [(_long_history, 4_000_000), (_many_services, 2_500_000),
                                             (_long_diffs, 2_500_000)])  # fmt: skip
def test_the_work_is_bounded_and_the_change_is_still_found(given: object, most: int) -> None:
    made = given()  # type: ignore[operator]
    profile = cProfile.Profile()
    profile.enable()
    found, _, _ = weigh_changes(made)
    profile.disable()
    assert pstats.Stats(profile).total_calls < most
    best = max(found, key=lambda one: one.log_odds)
    assert best.change.reference == "f" * 40


def test_of_very_many_diffs_those_are_read_that_fit_best_in_place_and_time() -> None:
    found, _, _ = weigh_changes(_long_history())
    left = [one for one in found if one.effects.unread]
    assert len(left) == 1501 - MOST_READ
    assert all("not read" in " ".join(term.says for term in one.terms) for one in left)
    assert next(one for one in found if one.change.reference == "f" * 40).effects.known
