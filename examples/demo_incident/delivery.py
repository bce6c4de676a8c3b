"""How v2.14 came to production: its pull request, its checks, staging, and the settings of the teams around it.

Knows what each gate recorded and how it was set up that morning. Refuses to say what a gate could have caught.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from demo_incident.changes import delivery, sha
from demo_incident.story import iso

MONDAY = "2026-05-11T"
CHANGE = sha("Keep ledger entry and capture in one transaction (#1187)")
AUTHOR = {"login": "noor-visser", "id": 7101, "type": "User"}
REVIEWERS = ({"login": "felix-baum", "id": 7102, "type": "User"}, {"login": "rana-aziz", "id": 7103, "type": "User"})


def deliveries() -> Iterator[tuple[str, str]]:
    """What GitHub posted about the change before its release, as (file name, JSON)."""
    opened, merged = _moment(MONDAY + "14:10:12"), _moment(MONDAY + "16:40:18")
    yield delivery(opened, "pull_request", {"action": "opened", "number": 1187, "pull_request": _pull(None)})
    for name, clock, title in (
        ("unit-tests", "14:19:40", "214 passed, 0 failed, 0 skipped"),
        ("integration-tests", "14:31:06", "212 passed, 0 failed, 0 skipped"),
    ):
        check = _check(name, MONDAY + clock, title)
        yield delivery(_moment(MONDAY + clock), f"check_run-{name}", {"action": "completed", "check_run": check})
    for reviewer, clock, words in (
        (REVIEWERS[0], "15:48:30", "The transaction reads well now. Ledger entry and capture can no longer disagree."),
        (REVIEWERS[1], "16:22:04", "Looks good. Checked the retry path too."),
    ):
        review = _review(reviewer, MONDAY + clock, words)
        body = {"action": "submitted", "review": review, "pull_request": _pull(None)}
        yield delivery(_moment(MONDAY + clock), "pull_request_review", body)
    yield delivery(merged, "pull_request", {"action": "closed", "number": 1187, "pull_request": _pull(merged)})
    nightly = _check("load-test", "2026-05-09T23:58:11", "12 pods, 400 checkouts a second, p95 210 ms")
    nightly["head_sha"] = sha("Update the card provider client to 6.2")
    yield delivery(_moment("2026-05-09T23:58:11"), "check_run-load-test", {"action": "completed", "check_run": nightly})
    staged = _check("staging-smoke-test", "2026-05-12T13:41:20", "2 pods, 31 connections at most, 48 checkouts passed")
    staged["head_sha"] = sha("v2.14")
    yield delivery(
        _moment("2026-05-12T13:41:20"), "check_run-staging-smoke-test", {"action": "completed", "check_run": staged}
    )


def _moment(clock: str) -> datetime:
    return datetime.fromisoformat(clock + "+00:00")


def _pull(merged: datetime | None) -> dict[str, object]:
    return {
        "id": 990118, "number": 1187, "title": "Keep ledger entry and capture in one transaction", "user": AUTHOR,
        "state": "closed" if merged else "open", "merged": merged is not None,
        "body": "A capture could succeed while its ledger entry failed. Both now happen in one transaction.",
        "created_at": MONDAY + "14:10:12Z", "updated_at": iso(merged) if merged else MONDAY + "16:22:04Z",
        "merged_at": iso(merged) if merged else None, "closed_at": iso(merged) if merged else None,
        "merge_commit_sha": CHANGE, "changed_files": 3, "additions": 61, "deletions": 38, "labels": [],
        "head": {"ref": "ledger-capture-transaction", "sha": CHANGE}, "base": {"ref": "main"},
        "html_url": "https://github.com/example-shop/payments-api/pull/1187",
    }  # fmt: skip


def _check(name: str, ended: str, title: str) -> dict[str, object]:
    return {
        "id": int(sha(name + ended)[:7], 16), "name": name, "status": "completed", "conclusion": "success",
        "head_sha": CHANGE, "started_at": ended[:-2] + "00Z", "completed_at": ended + "Z",
        "output": {"title": title, "summary": ""}, "check_suite": {"head_branch": "ledger-capture-transaction"},
        "html_url": f"https://github.com/example-shop/payments-api/runs/{name}",
    }  # fmt: skip


def _review(reviewer: dict[str, object], submitted: str, words: str) -> dict[str, object]:
    return {
        "id": int(sha(words)[:7], 16), "user": reviewer, "body": words, "state": "approved", "commit_id": CHANGE,
        "submitted_at": submitted + "Z",
        "html_url": "https://github.com/example-shop/payments-api/pull/1187#pullrequestreview",
    }  # fmt: skip


RELEASE_PIPELINE = """\
# Release pipeline of payments-api, exported from the release tool
service: release-pipeline
releases: payments-api
changed_at: "2025-09-18"
stages:
  code_review:
    required_approvals: 2
    checklist: correctness, tests, migration
  unit_tests:
    required: true
  integration_tests:
    required: true
    parallel_requests: 1
    pool_size: 5
  staging:
    required: true
    pods: 2
    connection_limit: 200
  load_test:
    required: false
    schedule: Saturday 23:00 UTC
    branch: main
  canary:
    required: true
    pods: 1
    minutes: 10
    watches: checkout_error_share
    skipped_by_label: fast-track
fast_track:
  allowed_when: the change has no migration
  saves: about 45 minutes
  runs_last_90_days: 9
"""
ALERT_RULES = """\
# Alert rules of checkout and payments, as Prometheus has them loaded
service: alert-rules
changed_at: "2024-06-03"
rules:
  CheckoutErrorRate:
    expr: avg_over_time(checkout_error_share[10m]) > 0.30
    route: page payments-oncall
  PaymentsApiErrorRate:
    expr: avg_over_time(payments_error_share[10m]) > 0.20
    route: message payments-oncall
  CardCaptureWithoutOrder:
    expr: increase(captures_without_order[10m]) > 10
    route: message payments-oncall
  LedgerDbDown:
    expr: up{job="ledger-db"} == 0
    route: page database-oncall
recorded_and_not_alerted:
  ledger_db_pool_wait_seconds: p95 by pool
  ledger_db_connections: by client
"""
LEDGER_DB = """\
# Settings of ledger-db, printed by its operator
service: ledger-db
changed_at: "2024-03-12"
max_connections: 200
reserved_for_operators: 5
limit_per_client: none
clients:
  payments-api: 12 pods, up to 40 each
  reconcile: 48 workers, one each
  warehouse-export: on demand, one a table
"""
RUNBOOK = """\
# Runbook "checkout 5xx", exported from the wiki
service: checkout-runbook
changed_at: "2024-01-22"
owner: none since the team was split in Feb 2024
steps:
  step_1: look for bad checkout pods
  step_2: look at the health of the card provider
  step_3: clear the session cache
  step_4: fail redis over when its memory is above 90 percent
  step_5: ask database on-call
"""


def settings() -> Iterator[tuple[str, str]]:
    """How the teams had set up their gates, alarms and shared things that morning, as (file name, text)."""
    for name, text in (
        ("release-pipeline", RELEASE_PIPELINE), ("alert-rules", ALERT_RULES), ("ledger-db", LEDGER_DB),
        ("checkout-runbook", RUNBOOK),
    ):  # fmt: skip
        yield f"{name}.2026-05-12T09-00Z.yaml", text
