"""Document readers: bytes per second from an original to the records it yields, beside a named reference.

Knows how to write originals that look like what teams export, large enough to time. Refuses to store anything: what
is timed is `read` alone, in processor time of one core, warm, the best of three.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Sequence
from io import BytesIO

import orjson

from afteraction.core.reading import HEAD_BYTES, Source
from afteraction.formats import reader_named

SIZE = 5_000_000
ROUNDS = 3
START = 1_778_592_000
WORDS = (
    "checkout",
    "basket",
    "latency",
    "pool",
    "connections",
    "exhausted",
    "rollback",
    "deploy",
    "customers",
    "errors",
    "payments",
    "timeout",
    "retried",
    "restarted",
    "cache",
    "primary",
    "replica",
    "failover",
    "alert",
    "dashboard",
    "queue",
    "workers",
    "slow",
    "region",
    "investigating",
    "mitigated",
)


class _Writer:
    """Texts and moments of a made-up system, the same in every run."""

    def __init__(self) -> None:
        self.random = random.Random(41)

    def words(self, low: int, high: int) -> str:
        """A sentence without its full stop."""
        return " ".join(self.random.choices(WORDS, k=self.random.randint(low, high))).capitalize()

    def digits(self, count: int) -> str:
        """So many hexadecimal digits."""
        return f"{self.random.getrandbits(count * 4):0{count}x}"


def _stamp(seconds: int, zone: str = ".125Z") -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(START + seconds)) + zone


def _grown(record: Callable[[int], object], size: int = SIZE) -> list[object]:
    """As many records as fill about `size` bytes of JSON."""
    return [record(n) for n in range(max(1, size // len(json.dumps(record(0)))))]


def alerts_api() -> list[bytes]:
    """An answer of /api/v2/alerts, pretty-printed."""
    write = _Writer()

    def alert(n: int) -> object:
        began = write.random.randrange(9_000_000)
        return {
            "annotations": {"summary": write.words(4, 9), "description": write.words(10, 30)},
            "endsAt": _stamp(began + 900), "fingerprint": write.digits(16),
            "receivers": [{"name": "payments-pager"}], "startsAt": _stamp(began),
            "status": {"inhibitedBy": [], "silencedBy": [], "state": "active"},
            "updatedAt": _stamp(began + 300 * (n % 5)),
            "generatorURL": "https://prometheus.example.test/graph?g0.expr=pool_free%3C1",
            "labels": {"alertname": "PoolFull", "service": f"cart-{n % 9}", "severity": "critical", "pod": f"p{n}"},
        }  # fmt: skip

    return [json.dumps(_grown(alert), indent=2).encode()]


def webhooks() -> list[bytes]:
    """Payloads of Alertmanager's webhook, one a line."""
    write = _Writer()

    def payload(n: int) -> object:
        alerts = [
            {"status": "firing", "labels": {"alertname": "Slow", "service": "cart", "severity": "page", "pod": f"p{k}"},
             "annotations": {"summary": write.words(4, 9)}, "startsAt": _stamp(n * 60 + k),
             "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "https://prometheus.example.test/graph",
             "fingerprint": write.digits(16)}
            for k in range(4)
        ]  # fmt: skip
        return {
            "version": "4", "groupKey": '{}:{alertname="Slow"}', "truncatedAlerts": 0, "status": "firing",
            "receiver": "pager", "groupLabels": {"alertname": "Slow"}, "commonLabels": {"alertname": "Slow"},
            "commonAnnotations": {}, "externalURL": "https://alerts.example.test", "alerts": alerts,
        }  # fmt: skip

    return [b"\n".join(orjson.dumps(one) for one in _grown(payload))]


def status_page() -> list[bytes]:
    """An incident history, pretty-printed."""
    write = _Writer()

    def incident(n: int) -> object:
        began = n * 40_000
        updates = [
            {"id": write.digits(12), "status": status, "incident_id": f"i{n}",
             "body": f"{write.words(12, 40)}. Next update in 30 minutes.", "created_at": _stamp(began + 600 * k),
             "updated_at": _stamp(began + 600 * k), "display_at": _stamp(began + 600 * k),
             "affected_components": [{"code": "c1", "name": "Checkout", "old_status": "operational",
                                      "new_status": "partial_outage"}],
             "deliver_notifications": True, "custom_tweet": None}
            for k, status in enumerate(("investigating", "identified", "monitoring", "resolved"))
        ]  # fmt: skip
        return {
            "id": f"i{n}", "name": write.words(3, 6), "status": "resolved", "impact": "major", "page_id": "p1",
            "created_at": _stamp(began), "started_at": _stamp(began), "resolved_at": _stamp(began + 1800),
            "shortlink": f"https://stspg.example.test/i{n}", "incident_updates": updates,
        }  # fmt: skip

    page = {"id": "p1", "name": "Example Shop", "time_zone": "Etc/UTC"}
    return [json.dumps({"page": page, "incidents": _grown(incident)}, indent=2).encode()]


def spans() -> list[bytes]:
    """Spans in one array."""
    write = _Writer()

    def span(n: int) -> object:
        return {
            "trace_id": write.digits(32), "span_id": write.digits(16), "parent_span_id": write.digits(16),
            "name": "POST /checkout", "service": f"cart-{n % 9}", "start_time": _stamp(n // 50), "duration_ms": n % 700,
            "status": "ok", "attributes": {"http.method": "POST", "http.status_code": 200, "region": "eu-west-1"},
        }  # fmt: skip

    return [orjson.dumps(_grown(span))]


def tickets() -> list[bytes]:
    """Tickets of a help desk, pretty-printed."""
    write = _Writer()

    def ticket(n: int) -> object:
        return {
            "ticket_id": n, "created_at": _stamp(n * 30), "first_reply_at": _stamp(n * 30 + 700), "channel": "web",
            "requester": {"name": f"Customer {n}"}, "subject": write.words(4, 9), "description": write.words(20, 60),
            "priority": "high", "status": "open",
        }  # fmt: skip

    return [json.dumps({"tickets": _grown(ticket)}, indent=2).encode()]


def feeds() -> list[bytes]:
    """Feeds of a cloud provider's incidents, fetched every few minutes."""
    write = _Writer()

    def incident(n: int) -> object:
        began = n * 5000
        return {
            "id": f"x{n}", "number": str(n), "begin": _stamp(began), "created": _stamp(began + 60),
            "end": _stamp(began + 5000), "modified": _stamp(began + 9000), "external_desc": write.words(8, 20),
            "status_impact": "SERVICE_DISRUPTION", "severity": "medium", "service_name": "Compute",
            "uri": f"incidents/x{n}",
            "updates": [
                {"created": _stamp(began + 900 * k), "when": _stamp(began + 900 * k), "text": write.words(20, 60),
                 "status": "SERVICE_DISRUPTION"}
                for k in range(4)
            ],
        }  # fmt: skip

    return [json.dumps({"provider": "Cloud", "incidents": _grown(incident)}, indent=2).encode()]


def chat() -> list[bytes]:
    """One day of one channel of a Slack export, pretty-printed."""
    write = _Writer()

    def message(n: int) -> object:
        return {
            "client_msg_id": write.digits(32), "type": "message", "user": f"U{n % 30:09}", "text": write.words(5, 40),
            "ts": f"{START + n * 20}.{n % 1_000_000:06}", "team": "T01EXAMPLE",
            "blocks": [{"type": "rich_text", "block_id": write.digits(4), "elements": []}],
        }  # fmt: skip

    return [json.dumps(_grown(message), indent=4).encode()]


def deliveries() -> list[bytes]:
    """Push deliveries of GitHub's webhook, one a line."""
    write = _Writer()

    def push(n: int) -> object:
        sha = write.digits(40)
        commit = {
            "id": sha, "message": write.words(4, 12), "timestamp": _stamp(n * 600, "+02:00"),
            "url": f"https://git.example.test/cart/{sha}", "added": [], "modified": ["cart/pool.py"], "removed": [],
            "author": {"name": "Ada", "email": "ada@example.test", "username": "ada"},
        }  # fmt: skip
        repository = {"name": "cart", "full_name": "shop/cart", "html_url": "https://git.example.test/cart"}
        return {
            "ref": "refs/heads/main", "before": write.digits(40), "after": sha, "commits": [commit],
            "head_commit": commit, "repository": repository, "pusher": {"name": "ada"}, "sender": {"login": "ada"},
        }  # fmt: skip

    return [b"\n".join(orjson.dumps(one) for one in _grown(push))]


def commits() -> list[bytes]:
    """git log with one line per commit."""
    write = _Writer()
    lines = [f"{write.digits(40)}|Ada Example|{_stamp(n * 900, '+02:00')}|{write.words(4, 12)}" for n in range(40_000)]
    return ["\n".join(lines).encode()]


def long_commits() -> list[bytes]:
    """git log --stat."""
    write = _Writer()
    text = [
        f"commit {write.digits(40)}\nAuthor: Ada Example <ada@example.test>\nDate:   {_stamp(n * 900, '+02:00')}\n\n"
        f"    {write.words(4, 9)}\n\n    {write.words(15, 25)}\n\n cart/pool_{n % 90}.py | 12 +++++++-----\n"
        " cart/main.py | 2 +-\n 2 files changed, 8 insertions(+), 6 deletions(-)\n"
        for n in range(12_000)
    ]
    return ["\n".join(text).encode()]


def journal() -> list[bytes]:
    """journalctl -o export, with the fields that the journal adds to every entry."""
    write = _Writer()
    entries = [
        f"__CURSOR=s={write.digits(32)};i={n:x}\n__REALTIME_TIMESTAMP={(START + n) * 1_000_000 + n}\n"
        f"__MONOTONIC_TIMESTAMP={n * 1000}\n_BOOT_ID={write.digits(32)}\n_TRANSPORT=stdout\nPRIORITY={n % 7}\n"
        "SYSLOG_FACILITY=3\nSYSLOG_IDENTIFIER=cart\n_UID=1000\n_GID=1000\n_COMM=python3\n_EXE=/usr/bin/python3\n"
        "_CMDLINE=python3 -m cart\n_SYSTEMD_CGROUP=/system.slice/cart.service\n_SYSTEMD_UNIT=cart.service\n"
        f"_HOSTNAME=host-{n % 9}\n_PID={n % 32768}\nMESSAGE={write.words(6, 24)}\n\n"
        for n in range(9_000)
    ]
    return ["".join(entries).encode()]


def accounts() -> list[bytes]:
    """Written postmortems of some 12 kB: mostly prose, with a timeline."""
    return [_account(_Writer(), n, paragraphs=22, entries=30) for n in range(440)]


def dense_accounts() -> list[bytes]:
    """Written postmortems that are nothing but a timeline."""
    return [_account(_Writer(), n, paragraphs=0, entries=600) for n in range(80)]


def _account(write: _Writer, n: int, *, paragraphs: int, entries: int) -> bytes:
    write.random.seed(n)
    text = [f"# Incident report 2026-05-{n % 28 + 1:02} – {write.words(2, 4)}\n\n## Summary\n"]
    text += [". ".join(write.words(8, 20) for _ in range(3)) + ".\n" for _ in range(paragraphs // 2)]
    text += ["## Timeline\n\nAll times in UTC.\n"]
    text += [f"- {at // 60:02}:{at % 60:02} {write.words(6, 14)}." for at in
             sorted(write.random.randrange(1440) for _ in range(entries))]  # fmt: skip
    text += ["\n## What went well\n"]
    text += [". ".join(write.words(8, 20) for _ in range(3)) + ".\n" for _ in range(paragraphs - paragraphs // 2)]
    return "\n".join(text).encode()


def settings() -> list[bytes]:
    """Snapshots of a configuration in YAML, some 25 kB each."""
    write = _Writer()
    return [
        "\n".join(
            f"service_{k}:\n  replicas: {k % 9}\n  image: registry.example.test/cart:{write.digits(12)}\n"
            f"  timeout_ms: {k * 10}\n  note: {write.words(4, 9)}"
            for k in range(150)
        ).encode()
        for _ in range(200)
    ]


# Row name, reader, file name, originals, whether they are JSON.
MATERIAL: tuple[tuple[str, str, str, Callable[[], list[bytes]], bool], ...] = (
    ("Alertmanager API", "alertmanager_api", "alerts.json", alerts_api, True),
    ("Alertmanager webhook", "alertmanager_webhook", "webhook.jsonl", webhooks, True),
    ("Statuspage", "statuspage", "incidents.json", status_page, True),
    ("spans in JSON", "generic_json", "spans.json", spans, True),
    ("tickets in JSON", "generic_json", "tickets.json", tickets, True),
    ("provider feeds", "generic_json", "feed.json", feeds, True),
    ("Slack export", "slack_export", "checkout/2026-05-12.json", chat, True),
    ("GitHub webhook", "github_webhook", "deliveries.jsonl", deliveries, True),
    ("git log, one line each", "git_log", "log.txt", commits, False),
    ("git log --stat", "git_log", "log.txt", long_commits, False),
    ("journalctl -o export", "journald_export", "journal.export", journal, False),
    ("postmortems", "postmortem", "postmortem.md", accounts, False),
    ("postmortems, dense timelines", "postmortem", "postmortem.md", dense_accounts, False),
    ("configuration snapshots", "config_snapshot", "cart.2026-05-12T14-00Z.yaml", settings, False),
)


def run(names: Sequence[str] = ()) -> list[tuple[str, float, str]]:
    """(reader, MB/s, note) of each row, or of those whose reader or row is named; the note gives size, records and
    how many times the reference of the same run takes: `orjson.loads` of the same bytes, or `str.splitlines`."""
    rows = []
    for title, reader, file_name, write, is_json in MATERIAL:
        if names and reader not in names and title not in names:
            continue
        originals = write()
        size = sum(len(raw) for raw in originals)
        found = reader_named(reader)
        assert found is not None
        sources = [
            Source(f"{n:064}", file_name, len(raw), raw[:HEAD_BYTES], lambda raw=raw: BytesIO(raw))  # type: ignore[misc]
            for n, raw in enumerate(originals)
        ]
        records = 0
        seconds = reference = float("inf")
        for _ in range(ROUNDS):
            began = time.process_time()
            records = sum(1 for source in sources for _ in found.read(source))  # type: ignore[attr-defined]
            seconds = min(seconds, time.process_time() - began)
            began = time.process_time()
            for raw in originals:
                _reference(raw, is_json=is_json, by_line=file_name.endswith(".jsonl"))
            reference = min(reference, time.process_time() - began)
        against = "orjson.loads" if is_json else "str.splitlines"
        note = f"{size / 1e6:.1f} MB, {records:,} records, {seconds / reference:.0f}× {against}"
        rows.append((title, size / 1e6 / seconds, note))
    return rows


def _reference(raw: bytes, *, is_json: bool, by_line: bool) -> None:
    if not is_json:
        raw.decode().splitlines()
        return
    for part in raw.splitlines() if by_line else (raw,):
        orjson.loads(part)


if __name__ == "__main__":
    import sys

    for name, speed, told in run(sys.argv[1:]):
        print(f"{name:32} {speed:6.1f} MB/s  {told}")
