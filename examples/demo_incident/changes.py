"""What was changed: deployments as GitHub's webhooks tell them, the commits, the settings before and during."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from demo_incident.story import at, iso

REPOSITORY = {
    "id": 40412, "name": "payments-api", "full_name": "example-shop/payments-api", "private": True,
    "html_url": "https://github.com/example-shop/payments-api", "default_branch": "main",
    "owner": {"login": "example-shop", "id": 4041, "type": "Organization"},
}  # fmt: skip
BOT = {"login": "github-deploy[bot]", "id": 991, "type": "Bot"}
ROLLOUT, ROLLBACK = 2214000, 2213401


def sha(words: str) -> str:
    """A commit's name, the same on every run."""
    return hashlib.sha1(words.encode(), usedforsecurity=False).hexdigest()


def _deployment(number: int, version: str, task: str, created: str, description: str, run: int) -> dict[str, object]:
    return {
        "id": number, "task": task, "environment": "production", "original_environment": "production",
        "production_environment": True, "transient_environment": False, "sha": sha(version), "ref": version,
        "description": description, "creator": BOT, "created_at": iso(at(created)), "updated_at": iso(at(created)),
        "payload": {"run": run, "pods": 12, "service": "payments-api", "labels": ["fast-track"] if run == 5512 else []},
        "url": f"https://api.github.com/repos/example-shop/payments-api/deployments/{number}",
    }  # fmt: skip


def _run(number: int, name: str, started: str, ended: str, version: str) -> dict[str, object]:
    return {
        "id": 9000000 + number, "name": name, "run_number": number, "event": "deployment", "status": "completed",
        "conclusion": "success", "head_branch": version, "head_sha": sha(version), "run_attempt": 1,
        "run_started_at": iso(at(started)), "created_at": iso(at(started)), "updated_at": iso(at(ended)), "actor": BOT,
        "html_url": f"https://github.com/example-shop/payments-api/actions/runs/{9000000 + number}",
        "path": ".github/workflows/rollout.yml", "display_title": f"{name} {version}",
    }  # fmt: skip


def webhooks() -> Iterator[tuple[str, str]]:
    """Each delivery as (file name, JSON), named by the time it arrived."""
    rollout = _deployment(ROLLOUT, "v2.14", "deploy", "13:52:10", "payments-api v2.14 rollout to 12 pods", 5512)
    back = _deployment(ROLLBACK, "v2.13.4", "rollback", "14:43:00", "payments-api rollback to v2.13.4", 5519)
    yield _delivery("13:47:02", "release", {"action": "published", "release": _release()})
    yield _delivery("13:52:10", "deployment", {"action": "created", "deployment": rollout})
    for clock, state, words, deployment in (
        ("13:52:12", "in_progress", "12 pods, canary stage not run (fast-track)", rollout),
        ("13:58:04", "success", "12 of 12 pods ready", rollout),
    ):
        yield _delivery(clock, "deployment_status", _status(clock, state, words, deployment))
    run = _run(5512, "rollout", "13:52:02", "13:58:09", "v2.14")
    yield _delivery("13:58:09", "workflow_run", {"action": "completed", "workflow_run": run})
    yield _delivery("14:43:00", "deployment", {"action": "created", "deployment": back})
    for clock, state, words in (
        ("14:43:02", "in_progress", "two pods at a time, 45 s to drain"),
        ("14:52:00", "success", "12 of 12 pods ready"),
    ):
        yield _delivery(clock, "deployment_status", _status(clock, state, words, back))
    run = _run(5519, "rollback", "14:42:51", "14:52:04", "v2.13.4")
    yield _delivery("14:52:04", "workflow_run", {"action": "completed", "workflow_run": run})


def _release() -> dict[str, object]:
    return {
        "id": 514, "tag_name": "v2.14", "name": "payments-api v2.14", "draft": False, "prerelease": False,
        "author": BOT, "created_at": iso(at("13:31:40")), "published_at": iso(at("13:47:00")),
        "target_commitish": "main", "body": "Receipt layout, retries for card capture, #1187",
        "html_url": "https://github.com/example-shop/payments-api/releases/tag/v2.14",
    }  # fmt: skip


def _status(clock: str, state: str, words: str, deployment: dict[str, object]) -> dict[str, object]:
    number = int(str(deployment["id"])) * 10 + len(state)
    status = {
        "id": number, "state": state, "description": words, "environment": "production", "creator": BOT,
        "created_at": iso(at(clock)), "updated_at": iso(at(clock)), "deployment_url": deployment["url"],
        "target_url": "https://github.com/example-shop/payments-api/actions", "environment_url": "",
    }  # fmt: skip
    return {"action": "created", "deployment_status": status, "deployment": deployment}


def _delivery(clock: str, event: str, body: dict[str, object]) -> tuple[str, str]:
    return delivery(at(clock), event, body)


def delivery(moment: datetime, event: str, body: dict[str, object]) -> tuple[str, str]:
    """One delivery as (file name, JSON)."""
    name = f"{moment:%Y-%m-%dT%H-%M-%SZ}-{event}.json"
    return name, json.dumps({**body, "repository": REPOSITORY, "sender": BOT}, indent=2) + "\n"


COMMITS = (
    ("2026-05-08T09:12:40", "Rana Aziz", "Show the tax line on receipts"),
    ("2026-05-08T15:03:11", "Felix Baum", "Update the card provider client to 6.2"),
    ("2026-05-11T10:20:05", "Rana Aziz", "Receipt layout for narrow screens"),
    ("2026-05-11T13:41:52", "Felix Baum", "Retry card capture on connection reset"),
    ("2026-05-11T16:40:18", "Noor Visser", "Keep ledger entry and capture in one transaction (#1187)"),
    ("2026-05-12T13:31:40", "github-deploy[bot]", "Release v2.14"),
)


def git_log() -> str:
    """`git log` of payments-api, newest first, as a clone in Berlin prints it."""
    entries = []
    for stamp, author, subject in reversed(COMMITS):
        local = datetime.fromisoformat(stamp) + timedelta(hours=2)
        mail = author.split()[0].lower().removesuffix("[bot]")
        date = f"{local:%a %b} {local.day} {local:%H:%M:%S %Y} +0200"
        entries.append(
            f"commit {sha(subject)}\nAuthor: {author} <{mail}@example.test>\nDate:   {date}\n\n    {subject}\n"
        )
    return "\n".join(entries)


def settings(version: str, hold: str) -> str:
    """The settings of payments-api as its admin endpoint printed them."""
    return f"""\
# payments-api, production, printed by `settings show`
image:
  repository: registry.example.test/payments-api
  tag: {version}
replicas: 12
card_provider:
  endpoint: https://card.example.test/v3
  timeout_ms: 2000
  retries: 2
  api_key: not-a-real-key-only-for-the-demo
ledger:
  host: ledger-db.internal
  user: payments
  password: not-a-real-password
  pool:
    size_per_pod: 40
    wait_ms: 500
    hold: {hold}
"""
