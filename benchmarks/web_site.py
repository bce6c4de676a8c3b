"""One measurement of the web application in a process of its own: `python -m benchmarks.web_site WHAT ...` prints JSON.

Knows the application from inside, through its settings in the environment (DATABASE_URL, AFTERACTION_DATA).
"""

from __future__ import annotations

import json
import logging
import os
import random
import sqlite3
import sys
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import django
import orjson

Json = dict[str, Any]
START = datetime(2026, 5, 12, 12, tzinfo=UTC)
HOURS = 4
ROUNDS = 20
PASSWORD = "correct horse battery staple"
LANES = (("logs", "signal"), ("chat", "note"), ("alerts", "detection"), ("changes", "action"),
         ("customers", "user_report"), ("status", "communication"))  # fmt: skip


def set_up() -> None:
    """Django with a migrated database and static files under their plain names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afteraction.web.config.settings")
    warnings.simplefilter("ignore")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    logging.disable(logging.CRITICAL)


def person() -> Any:
    """Who owns the incidents."""
    from afteraction.web.accounts.models import User

    found = User.objects.filter(email="bench@example.org").first()
    return found or User.objects.create_user("bench@example.org", PASSWORD)


def document(count: int) -> Json:
    """An analysis with `count` events over four hours, most of them lines of logs and chat."""
    from tests.web import documents

    chance = random.Random(count)
    form = documents.event(1, "14:00", "logs", "signal", "x")
    events = []
    for number in range(count):
        at = (START + timedelta(hours=HOURS * number / count)).isoformat().replace("+00:00", "Z")
        lane, kind = chance.choices(LANES, (60, 30, 6, 2, 1, 1))[0]
        events.append({**form, "id": f"{chance.getrandbits(64):016x}", "value": at, "low": at, "high": at,
                       "original": at, "lane": lane, "kind": kind, "title": f"message {number} happened"})  # fmt: skip
    return documents.document(events=events, id=f"bench{count}")


def _bare(rows: list[tuple[str, str, bytes]]) -> float:
    """Seconds of putting the same events into one table of a bare SQLite file, with an index by id alone."""
    path = Path(os.environ["AFTERACTION_DATA"]) / "bare.sqlite3"
    path.unlink(missing_ok=True)
    began = time.perf_counter()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE event (id TEXT PRIMARY KEY, at TEXT, value TEXT)")
        database.executemany("INSERT INTO event VALUES (?, ?, ?)", rows)
    return time.perf_counter() - began


def store(count: int) -> Json:
    """Storing an analysis, storing it again with one event changed, and the bare table."""
    from afteraction.web.incidents.actions import open_incident, store_analysis

    made = document(count)
    incident = open_incident(f"INC-{count}", owner=person(), title=f"{count} events")
    reference = _bare([(event["id"], event["value"], orjson.dumps(event)) for event in made["events"]])
    first = _timed(lambda: store_analysis(incident, made, "first"))
    made["events"][count // 2]["title"] = "changed"
    again = _timed(lambda: store_analysis(incident, {**made, "id": "again"}, "again"))
    return {"events": count, "bare_s": reference, **{f"first_{name}": value for name, value in first.items()},
            **{f"again_{name}": value for name, value in again.items()}}  # fmt: skip


def _timed(act: Callable[[], object]) -> dict[str, float]:
    elapsed, processor = time.perf_counter(), time.process_time()
    act()
    return {"s": time.perf_counter() - elapsed, "cpu_s": time.process_time() - processor}


PAGES = {
    "timeline page": "",
    "timeline page, everything": "?show=all&range=all",
    "timeline page, known at 14:30": f"?known={int((START + timedelta(hours=2.5)).timestamp())}",
    "lanes alone": "board?range=all",
    "lanes of 15 minutes": f"board?from={int((START + timedelta(hours=2)).timestamp())}"
    f"&to={int((START + timedelta(hours=2.25)).timestamp())}",
    "next events": f"events/?show=all&after={int((START + timedelta(hours=3)).timestamp())}000000.0",
    "report": "report/",
}


def pages(small: int, large: int) -> Json:
    """Milliseconds of each page for a small and a large incident, asked in turn; `marks` are the most on one page."""
    from django.test import Client

    from afteraction.web.config.settled import settle

    browser = Client()
    browser.force_login(person())
    for place in PAGES.values():
        browser.get(f"/incidents/INC-{small}/{place}")
    settle()  # as every process does that answers
    told: Json = {}
    for name, place in PAGES.items():
        asked = {size: f"/incidents/INC-{size}/{place}" for size in (small, large)}
        took: dict[int, list[tuple[float, float]]] = {small: [], large: []}
        marks = 0
        for _ in range(ROUNDS + 2):
            for size, path in asked.items():
                elapsed, processor = time.perf_counter(), time.process_time()
                answer = browser.get(path)
                took[size].append((time.perf_counter() - elapsed, time.process_time() - processor))
                if answer.status_code != 200:
                    sys.exit(f"{path} answered {answer.status_code}")
                marks = max(marks, answer.content.count(b"<use ") + answer.content.count(b'class="chat"'))
        told[name] = {"marks": marks, **{str(size): figures(times[2:]) for size, times in took.items()}}
    return told


def figures(times: list[tuple[float, float]]) -> dict[str, float]:
    """Milliseconds, elapsed and of processor time."""
    elapsed, processor = ([1000 * each[at] for each in times] for at in (0, 1))
    return {"median": median(elapsed), "p95": quantiles(elapsed, n=20)[-1], "cpu": median(processor),
            "cpu_p95": quantiles(processor, n=20)[-1], "best": min(elapsed)}  # fmt: skip


def ingest(records: int) -> Json:
    """From files on disk to an analysis that shows, and the same lines as JSON into the bare table."""
    from afteraction.web.evidence.actions.analyse import analyse_originals
    from afteraction.web.evidence.actions.take_paths import take_paths
    from afteraction.web.incidents.actions import open_incident

    def silent(_step: str, _done: int, _total: int) -> None:
        return

    told: Json = {}
    for name, write in _EVIDENCE.items():
        folder = Path(os.environ["AFTERACTION_DATA"]) / f"raw-{name.replace(' ', '-')}"
        folder.mkdir()
        rows = write(folder, records)
        incident = open_incident(f"RAW-{len(told)}", owner=person(), title=name)

        def take_in(folder: Path = folder, incident: Any = incident) -> None:
            take_paths(incident, [folder], zone="UTC", importer="benchmark", progress=silent)
            analyse_originals(incident, progress=silent)

        reference = _bare([(str(at), "", orjson.dumps(orjson.loads(row))) for at, row in enumerate(rows)])
        took = _timed(take_in)
        stored = incident.analyses.first()
        told[name] = {"records": len(rows), "events": stored.event_count, "bare_s": reference, **took}
    return told


def _write_chat(folder: Path, count: int) -> list[bytes]:
    begin = START.timestamp()
    said = [{"type": "message", "user": f"U{number % 40:03d}", "ts": f"{begin + 14400 * number / count:.6f}",
             "text": f"message {number} about the queue"} for number in range(count)]  # fmt: skip
    (folder / "2026-05-12.json").write_text(json.dumps(said))
    return [orjson.dumps(each) for each in said]


def _write_logs(folder: Path, count: int) -> list[bytes]:
    from benchmarks.material import write_json_lines

    write_json_lines(folder / "app.jsonl", count * 10)
    return (folder / "app.jsonl").read_bytes().splitlines()


def _write_alerts(folder: Path, count: int) -> list[bytes]:
    from benchmarks.analysis import _write_alerts as write

    write(folder / "alerts.jsonl", count // 2)
    return (folder / "alerts.jsonl").read_bytes().splitlines()


_EVIDENCE: dict[str, Callable[[Path, int], list[bytes]]] = {
    "chat": _write_chat, "alerts": _write_alerts, "log lines": _write_logs,
}  # fmt: skip


def token(count: int) -> Json:
    """A token that reads and writes, and events to ask for."""
    from afteraction.web.accounts.actions.tokens import make_token
    from afteraction.web.incidents import queries
    from afteraction.web.incidents.models import Incident

    _, secret = make_token("benchmark", ["read", "write"], days=1, actor=person())
    stored = queries.latest_analysis(Incident.objects.get(key=f"INC-{count}"))
    assert stored is not None
    page = queries.event_page(stored, only_key=False, after=None, size=500)
    return {"token": secret, "ids": [row.event_id for row in page.events]}


def main() -> None:
    """Measures what the arguments name."""
    set_up()
    what, *numbers = sys.argv[1:]
    told = {"store": store, "pages": pages, "ingest": ingest, "token": token}[what](*map(int, numbers))  # type: ignore[operator]
    print(json.dumps(told))


if __name__ == "__main__":
    main()
