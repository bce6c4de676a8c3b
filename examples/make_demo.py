"""Writes the evidence of the demo incident INC-2041 as its systems would have left it.

    python examples/make_demo.py [FOLDER]

Deterministic: the same files, byte for byte, on every machine. Only raw evidence is written, no result: what the pages
say about the incident is computed from these files. People, companies and systems in them are invented. Beside the
folder, `demo-review.json` is what the people of the incident wrote about it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from demo_incident import changes, delivery, machines, people, picture, review

HERE = Path(__file__).parent


def files() -> Iterator[tuple[str, str | bytes]]:
    """Every file of the demo as (path, content)."""
    yield "alerts/alerts-2026-05-12.jsonl", machines.alerts()
    for name, text in machines.metrics():
        yield f"metrics/{name}", text
    yield "logs/payments-api.jsonl", machines.payments_log()
    yield "logs/nginx-access.log", machines.access_log()
    yield "logs/reconcile.jsonl", machines.reconcile_log()
    yield "operations/operator-actions.jsonl", machines.operator_actions()
    for name, text in changes.webhooks():
        yield f"deployments/{name}", text
    yield "deployments/payments-api.git-log.txt", changes.git_log()
    yield "config/payments-api.2026-05-12T13-50Z.yaml", changes.settings("v2.13.4", "statement")
    yield "config/payments-api.2026-05-12T14-33Z.yaml", changes.settings("v2.14", "card_call")
    yield "slack/users.json", people.users()
    yield "slack/channels.json", people.channels()
    for channel, text in people.chat():
        yield f"slack/{channel}/2026-05-12.json", text
    yield "status-page/incidents.json", people.status_page()
    yield "support/tickets.csv", people.tickets()
    # Named so that they stand behind the rest: what was cited before keeps its number.
    for name, text in delivery.settings():
        yield f"team-settings/{name}", text
    for name, text in delivery.deliveries():
        yield f"version-control/{name}", text
    yield "screenshots/grafana-ledger-db-pool.png", picture.screenshot()


def written_review() -> str:
    """What the people of the demo wrote about it, as `afteraction/review/1`."""
    contents = {name: content.encode() if isinstance(content, str) else content for name, content in files()}
    named = {"key": "INC-2041", "title": "Checkout errors after payments-api v2.14 rollout"}
    document = {
        "schema": "afteraction/review/1",
        "incident": named,
        "parts": review.parts(contents),
        "history": review.history(),
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def write(folder: Path) -> int:
    """Writes all files below the folder and says how many bytes that were."""
    total = 0
    for name, content in files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)
        total += len(data)
    return total


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "demo"
    if len(sys.argv) == 1:
        (HERE / "demo-review.json").write_text(written_review(), encoding="utf-8")
    print(f"{write(target):,} bytes of evidence in {target}")
