"""What the machines wrote: metrics, alerts, logs, deployments, the audit of operators."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from demo_incident.story import (
    CONNECTIONS,
    HEALTHY,
    LIMIT,
    PODS,
    POOL_WAIT_MS,
    at,
    between,
    failing,
    iso,
    scrapes,
    version_at,
    wobble,
)

NEVER = "0001-01-01T00:00:00Z"


def query_range(name: str, labels: dict[str, str], values: list[float | None], digits: int) -> str:
    """One Prometheus `query_range` answer with one series, a sample per scrape."""
    rows = [
        [int(moment.timestamp()), "NaN" if value is None else f"{value:.{digits}f}"]
        for moment, value in zip(scrapes(), values, strict=True)
    ]
    series = {"metric": {"__name__": name, **labels}, "values": rows}
    return json.dumps({"status": "success", "data": {"resultType": "matrix", "result": [series]}}) + "\n"


def metrics() -> Iterator[tuple[str, str]]:
    """The answers that somebody saved after the incident, as (file name, text)."""
    random = Random(2041)
    checkout = {"service": "checkout", "environment": "production"}
    ledger = {"service": "ledger-db", "environment": "production"}
    share = [max(0.0, failing(m) * (1 + 0.03 * wobble(random)) + 0.002 * wobble(random)) for m in scrapes()]
    yield "checkout-error-share.json", query_range("checkout_error_share", checkout, share, 4)
    rate = [0.83 * (1 + 0.06 * wobble(random)) for _ in scrapes()]
    yield "checkout-requests-per-second.json", query_range("checkout_requests_per_second", checkout, rate, 3)
    wait = [between(POOL_WAIT_MS, m) * (1 + 0.03 * wobble(random)) / 1000 for m in scrapes()]
    wait = [0.052 if m == at("13:59:02") else value for m, value in zip(scrapes(), wait, strict=True)]
    yield "ledger-db-pool-wait.json", query_range("ledger_pool_wait_seconds:p95", ledger, wait, 4)
    used = [min(LIMIT, round(between(CONNECTIONS, m) + 4 * wobble(random))) for m in scrapes()]
    full = [LIMIT if at("14:01:00") <= m < at("14:43:00") else value for m, value in zip(scrapes(), used, strict=True)]
    yield "ledger-db-connections.json", query_range("ledger_db_connections_in_use", ledger, [*map(float, full)], 0)
    limit = [float(LIMIT)] * len(scrapes())
    yield "ledger-db-connections-limit.json", query_range("ledger_db_connections_limit", ledger, limit, 0)


def notice(alert: str, service: str, severity: str, summary: str, starts: str, ends: str = "", mark: str = "") -> str:
    """One Alertmanager webhook (version 4) with one alert, as one line."""
    labels = {"alertname": alert, "environment": "production", "service": service, "severity": severity}
    summary, _, value = summary.partition(" | ")
    annotations = {"runbook_url": f"https://runbooks.example.test/{service}-5xx", "summary": summary}
    annotations |= {"value": value} if value else {}
    status = "resolved" if ends else "firing"
    fired = {
        "status": status,
        "labels": labels,
        "annotations": annotations,
        "startsAt": iso(at(starts), 3),
        "endsAt": iso(at(ends), 3) if ends else NEVER,
        "generatorURL": f"https://prometheus.example.test/graph?g0.expr={alert}",
        "fingerprint": mark or hashlib.sha256(f"{alert}{service}".encode()).hexdigest()[:16],
    }
    group = {"alertname": alert, "service": service}
    return json.dumps(
        {
            "version": "4", "groupKey": f'{{}}:{{alertname="{alert}", service="{service}"}}', "truncatedAlerts": 0,
            "status": status, "receiver": "oncall-payments", "groupLabels": group, "commonLabels": labels,
            "commonAnnotations": annotations, "externalURL": "https://alertmanager.example.test", "alerts": [fired],
        }
    )  # fmt: skip


FOLLOWING = (
    ("CheckoutLatencyHigh", "checkout", "p99 above 500 ms", "14:13:02.118", "14:52:47.118"),
    ("PaymentsApiErrorRate", "payments-api", "more than 5 % of charges answer 503", "14:15:10.377", "14:53:25.377"),
    ("PaymentsApiLatencyHigh", "payments-api", "p99 above 500 ms", "14:16:32.904", "14:53:02.904"),
    ("OrdersBacklogGrowing", "orders", "backlog above 500", "14:19:05.660", "14:58:20.660"),
    ("CardCaptureWithoutOrder", "payments-api", "12 charges without order in 10 min", "14:24:12.031", "14:54:57.031"),
)


def alerts() -> str:
    """Everything the webhook receiver stored that day, one notice per line in the order of arrival."""
    mark = "9c1f0a72be54d310"
    error_rate = ("CheckoutErrorRate", "checkout", "page")
    sent: list[tuple[str, str]] = []
    export = ("WarehouseExportSlow", "warehouse-export", "info", "export takes longer than 20 min")
    sent += [("09:12:31", notice(*export, "09:12:21.402")), ("09:27:31", notice(*export, "09:12:21.402"))]
    sent += [("09:32:11", notice(*export, "09:12:21.402", "09:31:51.402"))]
    first = "14:11:08.214"
    words = "more than 5 % of checkouts fail, page to on-call payments | {:.1f} %"
    sent.append((first, notice(*error_rate, words.format(31.7), first, mark=mark)))
    sent.append(("14:11:09", notice(*error_rate, words.format(31.7), first, mark=mark)))
    for repeat in range(1, 14):
        moment = at(first) + timedelta(minutes=3 * repeat)
        text = words.format(100 * failing(moment))
        sent.append((f"{moment:%H:%M:%S}", notice(*error_rate, text, first, mark=mark)))
    sent.append(("14:53:10", notice(*error_rate, words.format(0.5), first, "14:53:08.214", mark=mark)))
    for alert, service, summary, starts, ends in FOLLOWING:
        sent.append((starts, notice(alert, service, "warning", summary, starts)))
        sent.append((ends, notice(alert, service, "warning", summary, starts, ends)))
    again = "15:14:23.214"
    sent.append((again, notice(*error_rate, words.format(19.4), again, mark=mark)))
    sent.append(("15:17:23", notice(*error_rate, words.format(20.6), again, mark=mark)))
    sent.append(("15:20:23", notice(*error_rate, words.format(13.0), again, mark=mark)))
    sent.append(("15:22:24", notice(*error_rate, words.format(0.4), again, "15:22:23.214", mark=mark)))
    return "".join(line + "\n" for _, line in sorted(sent, key=lambda pair: at(pair[0])))


def spread(per_minute: int, random: Random, start: str = "13:30:00", end: str = "15:40:00") -> Iterator[datetime]:
    """Moments of requests, so many a minute, evenly with some jitter."""
    moment, gap = at(start), 60 / per_minute
    while moment < at(end):
        yield moment + timedelta(milliseconds=int(random.random() * gap * 900))
        moment += timedelta(seconds=gap)


class Shares:
    """Turns a share into single failures without chance, so that counts per minute follow the curve."""

    def __init__(self) -> None:
        self.owed = 0.5

    def fails(self, moment: datetime) -> bool:
        share = failing(moment)
        if share == HEALTHY:
            # Healthy minutes have a lone failure now and then; here in three minutes of the hour.
            self.owed = 0.5
            return moment.minute % 20 == 7 and moment.second < 5
        self.owed += share
        if self.owed >= 1:
            self.owed -= 1
            return True
        return False


def payments_log() -> str:
    """JSON lines of payments-api. Two lines were damaged on the way, as it happens."""
    random, shares, lines = Random(14), Shares(), []
    for moment in spread(15, random):
        pod = int(random.random() * PODS)
        failed = shares.fails(moment)
        took = 500 + random.random() * 40 if failed else 180 + random.random() * 120
        line = {
            "timestamp": iso(moment, 3), "level": "error" if failed else "info", "service": "payments-api",
            "version": version_at(moment, pod), "pod": f"payments-api-{pod:02d}",
            "message": "charge failed: no ledger-db connection within 500 ms" if failed else "charge captured",
            "path": "/v1/charges", "status": 503 if failed else 201, "duration_ms": round(took, 1),
            "trace_id": f"{int(random.random() * 2**48):012x}",
        }  # fmt: skip
        lines.append((moment, json.dumps(line)))
    for moment, text in (("13:52:31", "pod started"), ("14:44:05", "pod started")):
        lines.append((at(moment), json.dumps({"timestamp": iso(at(moment), 3), "level": "info",
                      "service": "payments-api", "pod": "payments-api-00", "message": text})))  # fmt: skip
    lines.append((at("14:21:20.500"), '{"timestamp": "2026-05-12T14:21:20.5'))
    lines.append((at("14:44:00"), "payments-api-03: log stream restarted"))
    return "".join(text + "\n" for _, text in sorted(lines, key=lambda pair: pair[0]))


def access_log() -> str:
    """What nginx in front of checkout wrote, combined format, local zone of the server (Berlin)."""
    random, shares, lines = Random(15), Shares(), []
    agents = ("Mozilla/5.0 (iPhone) shop/8.1", "Mozilla/5.0 (X11; Linux x86_64)", "Mozilla/5.0 (Windows NT 10.0)")
    for moment in spread(12, random):
        failed = shares.fails(moment)
        local = moment + timedelta(hours=2)
        address = f"203.0.113.{1 + int(random.random() * 250)}"
        agent = agents[int(random.random() * len(agents))]
        lines.append(
            f'{address} - - [{local:%d/%b/%Y:%H:%M:%S} +0200] "POST /checkout/pay HTTP/1.1" '
            f'{503 if failed else 200} {157 if failed else 2048} "-" "{agent}"'
        )
    return "\n".join(lines) + "\n"


def reconcile_log() -> str:
    """The repair job's own lines: what it replayed, how fast, and that it was paused."""
    lines = [("03:00:00", "info", "nightly run started", 0), ("03:04:10", "info", "nightly run finished", 0)]
    lines += [("15:12:02", "info", "backlog found, replaying 1204 orders with 48 workers", 0)]
    moment, done = at("15:12:17"), 0
    while moment < at("15:19:00"):
        done += 9
        lines.append((f"{moment:%H:%M:%S}", "info", f"replayed {done} of 1204 orders", done))
        if moment.second == 2:
            lines.append((f"{moment:%H:%M:%S}", "warning", "waited long for a ledger-db connection", done))
        moment += timedelta(seconds=15)
    lines += [
        ("15:19:00", "info", "pause requested", done),
        ("15:19:04", "info", "reconcile paused, cursor kept", done),
    ]
    return "".join(
        json.dumps({"timestamp": iso(at(clock), 3), "level": level, "service": "reconcile", "message": text,
                    "orders_done": count}) + "\n"
        for clock, level, text, count in lines
    )  # fmt: skip


def operator_actions() -> str:
    """The audit of what operators started by hand."""
    rows = (
        ("14:26:44", "redis failover initiated", "redis", "runbook step 4"),
        ("14:27:31", "redis failover finished", "redis", "runbook step 4"),
        ("15:19:00", "reconcile paused", "reconcile", "kubectl suspend"),
    )
    return "".join(
        json.dumps({"time": iso(at(clock), 3), "event": event, "service": service, "environment": "production",
                    "reason": reason}) + "\n"
        for clock, event, service, reason in rows
    )  # fmt: skip
