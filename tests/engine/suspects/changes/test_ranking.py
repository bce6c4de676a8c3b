"""Which change, or none: small labelled incidents, each with a trap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from afteraction.core.suspects import Suspect, SuspectKind
from afteraction.engine.suspects import Case, rank
from tests.engine.suspects.changes.incidents import case, commit, deploy, line, log, metric

POOL = "@@ stock/db.go @@\n-\tdb.SetMaxOpenConns(60)\n+\tdb.SetMaxOpenConns(6)\n"
TIDY = """@@ stock/list.go @@
-	items, err := s.list(c)
-	if err != nil { return nil, err }
-	return items, nil
+	return s.list(c)
"""
PENDING = metric("stock", "db_pool_pending", 0.5, 80, 60, ramp=10)
ERRORS = metric("stock", "http_5xx_ratio", 0.002, 0.4, 63)
WAITED = log("stock", "timed out waiting for a free connection (6 of 6 in use)", 61)


def _first(given: Case) -> Suspect:
    return next(one for one in rank(given, 100).listed if one.kind in (SuspectKind.CHANGE, SuspectKind.NONE))


def test_the_change_that_produces_what_shows_comes_before_a_later_one_on_the_same_service() -> None:
    given = case(
        PENDING, ERRORS, WAITED, commit("pool", 48, "Align defaults", "stock/db.go", POOL), deploy("stock", 50, "pool"),
        commit("tidy", 57, "Tidy stock list", "stock/list.go", TIDY), deploy("stock", 59, "tidy"), alert="stock",
    )  # fmt: skip
    assert _first(given).change == "pool"


def test_a_change_that_went_live_after_the_first_symptom_did_not_start_it() -> None:
    given = case(
        PENDING, ERRORS, WAITED, commit("pool", 62, "Align defaults", "stock/db.go", POOL), deploy("stock", 68, "pool"),
        alert="stock",
    )  # fmt: skip
    late = next(one for one in rank(given, 100).listed if one.change == "pool")
    assert min(term.log_odds for term in late.terms) <= -5
    assert late.probability < 0.2


def test_a_commit_to_a_shared_library_counts_where_the_release_that_names_it_went() -> None:
    given = case(
        PENDING, ERRORS, WAITED, metric("web", "http_5xx_ratio", 0.001, 0.1, 65),
        commit("pool", 40, "Align defaults", "pkg/database/open.go", POOL.replace("stock/db", "pkg/database/open")),
        deploy("stock", 56, "pool"), deploy("web", 58), alert="web",
    )  # fmt: skip
    first = _first(given)
    assert (first.change, first.service) == ("pool", "stock")


def test_a_commit_between_two_releases_is_carried_by_the_later_one() -> None:
    given = case(
        PENDING, ERRORS, WAITED, deploy("stock", 20), commit("pool", 40, "Align defaults", "stock/db.go", POOL),
        deploy("stock", 55), alert="stock",
    )  # fmt: skip
    assert _first(given).change == "pool"


NOTHING = (commit("tidy", 50, "Tidy stock list", "stock/list.go", TIDY), deploy("stock", 58, "tidy"))


@pytest.mark.parametrize(
    ("term", "evidence"),
    [
        ("a certificate expired", (ERRORS, log("stock", "x509: certificate has expired or is not yet valid", 60))),
        ("errors come from outside", (ERRORS, log("stock", "POST https://api.example-bank.com/pay returned 503", 60))),
        ("a host is in trouble", (ERRORS, log("kubelet", "node n-4 status is now NodeNotReady", 60),
                                  log("stock", "connection reset by peer", 61))),
        ("traffic rose first", (metric("stock", "requests_per_second", 100, 900, 55, ramp=6),
                                metric("stock", "latency_p99_ms", 80, 3000, 60), metric("stock", "cpu_utilization", 30,
                                    99, 58))),
        ("malformed input", (ERRORS, log("stock", "malformed record in upload, tenant=acme", 60))),
        ("a quota is used up", (ERRORS, log("stock", "daily quota exceeded for project", 60))),
    ],
)  # fmt: skip
def test_no_change_explains_what_began_outside(term: str, evidence: tuple) -> None:
    first = _first(case(*evidence, *NOTHING, alert="stock"))
    assert first.kind is SuspectKind.NONE
    assert term in [one.name for one in first.terms]
    assert all(one.evidence for one in first.terms if one.name != "no change")


def test_a_case_without_changes_names_what_began_outside_where_that_is_sure() -> None:
    told = rank(case(ERRORS, log("stock", "x509: certificate has expired or is not yet valid", 60), alert="stock"), 10)
    assert told.listed[0].kind is SuspectKind.NONE
    assert told.listed[0].terms[0].evidence


def test_a_case_without_changes_and_without_a_sign_outside_names_services_alone() -> None:
    told = rank(case(ERRORS, PENDING, WAITED, alert="stock"), 10)
    assert told.listed
    assert all(one.kind is SuspectKind.SERVICE for one in told.listed)


def test_one_tenant_out_of_many_in_the_errors_speaks_for_no_change() -> None:
    said = "could not split row of upload tenant={}"
    lines = [line("stock", said.format("n-77"), 61 + n, "error") for n in range(8)]
    usual = [line("stock", f"upload done tenant=n-{n}", 20 + n, "info") for n in range(6)]
    given = case(ERRORS, log("stock", said.format("n-77"), 61), *NOTHING, alert="stock")
    first = _first(replace(given, lines=[*lines, *usual]))
    assert first.kind is SuspectKind.NONE
    assert "tenant n-77" in next(term for term in first.terms if term.name == "one input").says


def test_of_tenants_that_every_error_names_together_the_first_by_name_is_told() -> None:
    both = " ".join(f"tenant=n-{n}" for n in (77, 31, 58, 64, 90, 45, 23, 86))
    lines = [line("stock", f"could not split row of upload {both}", 61 + n, "error") for n in range(8)]
    usual = [line("stock", f"upload done tenant=n-{n}", 20 + n, "info") for n in range(6)]
    given = case(ERRORS, log("stock", f"could not split row of upload {both}", 61), *NOTHING, alert="stock")
    first = _first(replace(given, lines=[*lines, *usual]))
    assert "tenant n-23" in next(term for term in first.terms if term.name == "one input").says


def test_outside_names_that_several_services_miss_speak_for_no_change() -> None:
    first = _first(case(
        ERRORS, log("stock", "getaddrinfo EAI_AGAIN hooks.north.example", 60),
        metric("fx", "http_5xx_ratio", 0, 0.5, 61),
        log("fx", "lookup rates.fx.example: server misbehaving", 61), *NOTHING, alert="stock",
    ))  # fmt: skip
    assert first.kind is SuspectKind.NONE
    assert "names outside do not resolve" in [term.name for term in first.terms]


PROXY = """@@ proxy/nginx/stock.conf @@
 server {
   proxy_set_header Authorization $http_authorization;
   location /stock/ {
+    proxy_set_header X-Trace $request_id;
     proxy_pass http://stock;
   }
"""


def test_a_header_set_in_a_narrower_block_ends_those_that_were_inherited() -> None:
    names = '@@ stock/auth.go @@\n-\tif !has(claims, "stock:read") {\n+\tif !has(claims, ScopeStockRead) {'
    given = case(
        ERRORS, log("stock", "401 missing bearer token", 60),
        commit("scope", 52, "Name scopes", "stock/auth.go", names),
        deploy("stock", 54, "scope"), commit("proxy", 56, "Pass the trace", "proxy/nginx/stock.conf", PROXY),
        deploy("proxy", 58, "proxy"), alert="stock",
    )  # fmt: skip
    assert _first(given).change == "proxy"


def test_traffic_does_not_hide_a_lock_that_was_taken_away() -> None:
    unlocked = "@@ web/limit.go @@\n-\tl.mu.Lock()\n-\tdefer l.mu.Unlock()\n \tl.counts[id]++\n"
    given = case(
        metric("web", "requests_per_second", 300, 1500, 50, ramp=10), metric("web", "http_5xx_ratio", 0.001, 0.1, 60),
        log("web", "fatal error: concurrent map writes at limit.go:31", 60),
        commit("lock", 44, "Simplify limiter", "web/limit.go", unlocked), deploy("web", 46, "lock"),
        commit("tidy", 57, "Tidy page", "web/page.go", TIDY.replace("stock/list", "web/page")), deploy("web", 59,
            "tidy"),
        alert="web",
    )  # fmt: skip
    assert _first(given).change == "lock"


def test_all_probabilities_sum_to_one_with_what_is_not_listed() -> None:
    given = case(PENDING, ERRORS, WAITED, *NOTHING, alert="stock")
    told = rank(given, 2)
    assert sum(one.probability for one in told.listed) + told.remaining == pytest.approx(1.0)
    assert len(told.listed) == 2


def test_every_term_of_a_change_says_why_and_cites_its_evidence() -> None:
    given = case(PENDING, ERRORS, WAITED, commit("pool", 48, "Align", "stock/db.go", POOL), deploy("stock", 50, "pool"))
    for term in _first(given).terms:
        assert term.says.endswith(".")
        assert term.evidence


def test_where_nothing_left_its_normal_level_the_ranking_abstains_and_says_what_is_missing() -> None:
    calm = metric("stock", "http_5xx_ratio", 0.002, 0.002, 60)
    for given in (case(*NOTHING), case(calm, *NOTHING, alert="stock")):
        told = rank(given, 10)
        assert told.abstained
        assert "add metrics or logs" in told.why


BROKEN = (
    "@@",
    "-\n+\n",
    "x" * 100_000,
    "+" + "(a+" * 3000,
    "+for " + "x" * 50_000,
    "".join(f"-f({i})\n+g({i})\n" for i in range(2000)),
)


@pytest.mark.parametrize("diff", BROKEN)
def test_a_broken_or_huge_diff_is_bounded_and_hides_no_other(diff: str) -> None:
    given = case(
        PENDING, ERRORS, WAITED, commit("pool", 48, "Align", "stock/db.go", POOL), deploy("stock", 50, "pool"),
        commit("odd", 52, "Odd", "stock/odd.go", diff), alert="stock",
    )  # fmt: skip
    assert _first(given).change == "pool"


def test_an_early_flutter_of_one_metric_does_not_clear_the_change() -> None:
    flutter = metric("web", "queue_depth", 10, 40, 30)
    given = case(
        flutter, PENDING, ERRORS, WAITED, metric("stock", "latency_p99_ms", 50, 5000, 62),
        commit("pool", 48, "Align", "stock/db.go", POOL), deploy("stock", 50, "pool"), *NOTHING, alert="stock",
    )  # fmt: skip
    assert _first(given).change == "pool"


def test_nobody_is_sent_to_read_lines_that_are_not_recorded() -> None:
    bare = commit("a" * 40, 52, "Align", "services/pay/db.go")
    given = case(metric("pay", "http_5xx_ratio", 0.002, 0.4, 60), bare, deploy("pay", 57, "a" * 40), alert="pay")
    settles = {one.change: one.settles for one in rank(given).listed if one.change}
    assert "not recorded" in settles["a" * 40]
    assert "lines quoted" not in settles["a" * 40]
