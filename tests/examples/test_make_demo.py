"""The demo's evidence is genuine: repeatable, moderate, and consistent with itself wherever two files tell one fact."""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
DEMO = EXAMPLES / "demo"


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    sys.path.insert(0, str(EXAMPLES))
    try:
        import make_demo
    finally:
        sys.path.remove(str(EXAMPLES))
    return {name: content.encode() if isinstance(content, str) else content for name, content in make_demo.files()}


def samples(name: str) -> list[tuple[float, float]]:
    answer = json.loads((DEMO / "metrics" / name).read_text())
    return [(second, float(value)) for second, value in answer["data"]["result"][0]["values"]]


def epoch(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def test_the_committed_files_are_what_the_script_writes(written: dict[str, bytes]) -> None:
    committed = {str(path.relative_to(DEMO)): path.read_bytes() for path in DEMO.rglob("*") if path.is_file()}
    assert committed.keys() == written.keys()
    assert [name for name in written if committed[name] != written[name]] == []


def test_the_committed_review_is_what_the_script_writes() -> None:
    sys.path.insert(0, str(EXAMPLES))
    try:
        import make_demo
    finally:
        sys.path.remove(str(EXAMPLES))
    assert (EXAMPLES / "demo-review.json").read_text(encoding="utf-8") == make_demo.written_review()


def test_every_citation_of_the_review_is_of_a_file_of_the_demo(written: dict[str, bytes]) -> None:
    parts = json.loads((EXAMPLES / "demo-review.json").read_text(encoding="utf-8"))["parts"]
    hashes = {hashlib.sha256(content).hexdigest() for content in written.values()}
    cited = {body["evidence_id"] for body in parts["support"].values() if "evidence_id" in body}
    assert cited and cited <= hashes


def test_it_is_small_enough_to_live_in_the_repository(written: dict[str, bytes]) -> None:
    assert sum(map(len, written.values())) < 1_500_000


def test_the_pool_wait_passes_50_ms_before_the_first_checkout_fails() -> None:
    slow = next(second for second, value in samples("ledger-db-pool-wait.json") if value > 0.05)
    failing = next(second for second, value in samples("checkout-error-share.json") if value > 0.05)
    assert slow == epoch("2026-05-12T13:59:02+00:00")
    assert failing == epoch("2026-05-12T14:02:02+00:00")


def test_checkouts_fail_in_two_windows() -> None:
    moments = [second for second, value in samples("checkout-error-share.json") if value > 0.05]
    breaks = [(a, b) for a, b in pairwise(moments) if b - a > 15]
    assert breaks == [(epoch("2026-05-12T14:51:47+00:00"), epoch("2026-05-12T15:12:02+00:00"))]


def test_connections_never_pass_their_limit() -> None:
    assert max(value for _, value in samples("ledger-db-connections.json")) == 200
    assert {value for _, value in samples("ledger-db-connections-limit.json")} == {200}


def test_logs_and_metrics_agree_on_the_share_that_fails() -> None:
    measured = dict(samples("checkout-error-share.json"))
    lines = []
    for line in (DEMO / "logs" / "payments-api.jsonl").read_text().splitlines():
        try:
            lines.append(json.loads(line))
        except ValueError:
            continue
    for start, end in (("14:12", "14:42"), ("14:44", "14:51"), ("13:30", "14:01")):
        low, high = epoch(f"2026-05-12T{start}:00+00:00"), epoch(f"2026-05-12T{end}:00+00:00")
        statuses = [line["status"] for line in lines if "status" in line and low <= epoch(line["timestamp"]) < high]
        shares = [value for second, value in measured.items() if low <= second < high]
        assert statuses.count(503) / len(statuses) == pytest.approx(sum(shares) / len(shares), abs=0.03)


def test_two_lines_of_the_log_are_damaged() -> None:
    damaged = 0
    for line in (DEMO / "logs" / "payments-api.jsonl").read_text().splitlines():
        try:
            json.loads(line)
        except ValueError:
            damaged += 1
    assert damaged == 2


def test_the_alert_came_fifteen_times_and_then_ended() -> None:
    notices = [json.loads(line)["alerts"][0] for line in (DEMO / "alerts/alerts-2026-05-12.jsonl").open()]
    first = [one for one in notices if one["startsAt"] == "2026-05-12T14:11:08.214Z"]
    assert {one["fingerprint"] for one in first} == {"9c1f0a72be54d310"}
    assert [one["status"] for one in first] == ["firing"] * 15 + ["resolved"]
    assert notices[3] == first[0]


def test_tickets_are_written_in_two_zones_and_one_date_is_mistyped() -> None:
    rows = list(csv.DictReader((DEMO / "support/tickets.csv").open()))
    created = [datetime.fromisoformat(row["created_at"]) for row in rows]
    assert len(rows) == 25
    assert {moment.utcoffset() for moment in created} == {timedelta(0), timedelta(hours=2)}
    odd = [row["ticket_id"] for row, moment in zip(rows, created, strict=True) if moment.date().month != 5]
    assert odd == ["88236"]
    assert min(created).timestamp() == epoch("2026-05-12T14:05:31+00:00")


def test_two_accounts_disagree_on_when_it_was_resolved() -> None:
    page = json.loads((DEMO / "status-page/incidents.json").read_text())["incidents"][0]
    chat = json.loads((DEMO / "slack/inc-2041/2026-05-12.json").read_text())
    said = next(float(one["ts"]) for one in chat if "is resolved" in one["text"])
    assert epoch(page["resolved_at"]) - said == pytest.approx(8 * 60, abs=1)


def test_every_person_in_the_chat_is_in_the_member_list() -> None:
    members = {one["id"] for one in json.loads((DEMO / "slack/users.json").read_text())}
    speaking = {one["user"] for day in DEMO.glob("slack/*/*.json") for one in json.loads(day.read_text())}
    assert speaking <= members
