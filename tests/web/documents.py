"""One small incident as an analysis document, written by hand: two windows, a disputed end and a silence.

The cast: checkout fails at 14:02, a buyer writes at 14:05, the alert fires at 14:11, the status page says resolved at
15:30 and the chat at 15:22.
"""

from __future__ import annotations

import copy
import hashlib
import json
from typing import Any

from afteraction.core.analysis import Analysis, Incident, Timeline
from afteraction.pipeline.report.document import to_json

Json = dict[str, Any]
DAY = "2026-05-12T"
ALERTS = "\n".join(
    [
        "{",
        ' "status": "firing",',
        ' "alerts": [',
        "  {",
        '   "labels": {"alertname": "CheckoutErrorRate", "service": "checkout"},',
        '   "annotations": {"token": "password=hunter2secret"},',
        '   "startsAt": "2026-05-12T14:11:08.214Z",',
        '   "fingerprint": "9c1f0a72be54d310"',
        "  }",
        " ]",
        "}",
    ]
)
CHAT = "\n".join(json.dumps({"ts": 1778595200 + 20 * n, "text": f"message {n}"}) for n in range(40))
FILES = {"alerts/firing.json": ALERTS, "chat/inc-2041.jsonl": CHAT}


def sha(name: str) -> str:
    """The hash of one of the files."""
    return hashlib.sha256(FILES[name].encode()).hexdigest()


def instant(clock: str, **changed: Any) -> Json:
    """A moment of that day, `14:02` or `14:02:13`."""
    seconds = clock if clock.count(":") == 2 else f"{clock}:00"
    value = f"{DAY}{seconds}Z"
    return {
        "value": value, "precision": "s", "zone": "UTC", "tz_known": True, "low": value, "high": value,
        "original": value, "source": "machine", "inferred": False, "flags": [], "alternatives": [], **changed,
    }  # fmt: skip


def ref(name: str, line: int | None = None, pointer: str | None = None) -> Json:
    """A citation of one of the files."""
    return {
        "label": f"E{list(FILES).index(name) + 1}", "sha256": sha(name), "file": name,
        "locator": pointer or f"line {line}", "line": line, "pointer": pointer, "excerpt": "",
    }  # fmt: skip


ALERT = ref("alerts/firing.json", pointer="/alerts/0/startsAt")


def event(number: int, clock: str, lane: str, kind: str, title: str, **changed: Any) -> Json:
    """An event with an id made of its number."""
    return {
        "id": f"ev{number:04d}", **instant(clock), "kind": kind, "lane": lane, "title": title, "body": "",
        "until": None, "service": "", "environment": "", "actor": None, "fingerprint": "", "attributes": {},
        "members": [], "evidence": [ref("chat/inc-2041.jsonl", line=number % 40 + 1)], **changed,
    }  # fmt: skip


def candidate(clock: str, event_id: str = "", source: str = "chat", reason: str = "stated in the channel") -> Json:
    """One proposal for a milestone."""
    return {
        **instant(clock), "time_source": "machine", "source": source, "reason": reason, "confidence": 0.8,
        "chosen_by": "", "event_ids": [event_id] if event_id else [], "evidence": [ALERT],
    }  # fmt: skip


def metric(name: str, value: float | None = None, **changed: Any) -> Json:
    """A figure; unknown without a value."""
    return {
        "name": name, "state": "unknown" if value is None else "value", "value": value, "low": value, "high": value,
        "unit": "s", "clock": "wall", "note": "", "formula": "", "inputs": [], "alternatives": [], "detail": {},
        "evidence": [ALERT], **changed,
    }  # fmt: skip


def window(start: str, end: str | None, weight: float | None, group: int) -> Json:
    """One step of impact."""
    return {
        "service": "checkout", "stream": "orders", "start": instant(start), "end": instant(end) if end else None,
        "weight": weight, "basis": "measured", "degradation": "Checkouts fail.", "users": None, "requests_per_s": None,
        "fail_share": None, "group": group, "evidence": [],
    }  # fmt: skip


def events() -> list[Json]:
    """Changes, alerts, tickets, updates, and 120 chat messages that nobody classified."""
    told = [
        event(1, "13:52:10", "changes", "trigger", "payments-api v2.14 to 12 pods", until=instant("13:58")),
        event(2, "14:05:31", "customers", "user_report", "Buyer reports “card charged, order failed”"),
        event(3, "14:11:08", "alerts", "detection", "CheckoutErrorRate firing", until=instant("14:53"),
              evidence=[ALERT], service="checkout"),
        event(4, "14:13:20", "chat", "action", "looking, checkout 5xx climbing",
              actor={"role": "Responder 1", "bot": False}, zone="Europe/Berlin"),
        event(5, "14:19", "status", "communication", "Investigating"),
        event(6, "14:57", "status", "communication", "Monitoring"),
        event(7, "14:43", "changes", "mitigation", "rollback to v2.13.4", until=instant("14:50")),
        event(8, "15:22", "chat", "recovery", "all green, closing"),
        event(9, "15:30", "status", "communication", "Resolved", flags=["zone_assumed"], tz_known=False),
    ]  # fmt: skip
    chat = [
        event(100 + n, f"14:{12 + n // 3:02d}:{n % 3 * 20:02d}", "chat", "note", f"message {n}") for n in range(120)
    ]
    return sorted(told + chat, key=lambda each: (each["value"], each["id"]))


def _milestones() -> Json:
    names = (
        "t_latent", "t_trigger", "t_first_signal", "t_potential", "t_impact_start", "t_first_user_report",
        "t_first_monitor", "t_detect", "t_flag", "t_ack", "t_first_action", "t_declared", "t_diagnosed", "t_mitigated",
        "t_impact_end", "t_resolved", "t_reviewed", "t_closed",
    )  # fmt: skip
    known = {
        "t_trigger": [candidate("13:52:10", "ev0001")],
        "t_first_signal": [candidate("13:59:02")],
        "t_impact_start": [candidate("14:02")],
        "t_first_user_report": [candidate("14:05:31", "ev0002")],
        "t_first_monitor": [candidate("14:11:08", "ev0003", "alert")],
        "t_detect": [candidate("14:11:08", "ev0003", "alert", "the first alert that reached the team")],
        "t_ack": [candidate("14:13:20", "ev0004")],
        "t_declared": [candidate("14:17")],
        "t_diagnosed": [candidate("14:38")],
        "t_mitigated": [candidate("14:52", "ev0007")],
        "t_impact_end": [candidate("15:21")],
        "t_resolved": [candidate("15:22", "ev0008"), candidate("15:30", "ev0009", "status page")],
    }
    return {name: known.get(name, []) for name in names}


def _metrics() -> Json:
    detected = [{"name": "t_impact_start", **instant("14:02")}, {"name": "t_detect", **instant("14:11:08")}]
    return {
        "M01": metric("Time to detect", 548, low=488, high=608, inputs=detected, formula="t_detect − t_impact_start"),
        "M03": metric("Time to acknowledge", 132, note="Flag to the first human."),
        "M07": metric("Time to mitigate", 2452),
        "M09": metric("Time to resolve", state="conflict", alternatives=[metric("Time to resolve", 4800, note="chat"),
                      metric("Time to resolve", 5280, note="status page")]),
        "M10": metric("Impacted wall-clock minutes", 59, unit="min", detail={"hard_min": 32.0}),
        "M12": metric("Cost", None, unit="GBP"),
        "M13": metric("User-versus-monitor gap", -337, note="Users 5 min 37 s ahead of monitoring."),
        "M15": metric("Longest update gap", 2280, detail={"breaches": 1}, note="Longest silence 38 min."),
    }  # fmt: skip


def document(**changed: Any) -> Json:
    """The whole document."""
    share = [0.01] * 30 + [0.35] * 10 + [0.92] * 32 + [0.4] * 10 + [0.01] * 20 + [0.2] * 9 + [0.01] * 9
    start = 1778593200.0  # 13:40 UTC
    made = {
        "schema": "afteraction/analysis/1", "id": "a1b2c3d4e5f60718", "code_version": "test", "parameters": {},
        "incident": {"key": "INC-2041", "title": "Checkout errors after payments-api v2.14", "severity": "SEV-2",
                     "environment": "production", "kind": "outage", "services": ["checkout"], "zone": "Europe/Berlin"},
        "files": [_file(name) for name in FILES] + [
            {**_file("chat/inc-2041.jsonl"), "name": "core.dump", "label": "", "sha256": "f" * 64, "state": "unread",
             "reader": None, "rows": 0, "first_line": "binary, begins with 7f 45"}],
        "events": events(), "milestones": _milestones(),
        "impact_windows": [window("14:02", "14:11", 0.35, 1), window("14:11", "14:43", 0.92, 1),
                           window("14:43", "14:52", 0.45, 1), window("15:12", "15:21", 0.2, 2)],
        "detections": [{"method": "customer", "at": instant("14:05:31"), "seen_at": instant("14:16"),
                        "fingerprint": "", "acted_on": True, "title": "ticket", "event_ids": ["ev0002"],
                        "evidence": []}],
        "updates": [{**instant(clock), "audience": "public", "text": text, "promised_next": None,
                     "is_resolved_message": text == "Resolved", "no_new_information": False, "event_ids": [],
                     "evidence": []}
                    for clock, text in (("14:19", "Investigating"), ("14:57", "Monitoring"), ("15:30", "Resolved"))],
        "questions": [], "metrics": _metrics(),
        "conflicts": [{"subject": "t_resolved", "sentence": "Resolved: the chat says 15:22, the status page 15:30.",
                       "flag": None, "accounts": [
                           {"text": "all green, closing", "source": "chat", "instant": instant("15:22"),
                            "amount": None, "evidence": ref("chat/inc-2041.jsonl", line=9)},
                           {"text": "Resolved", "source": "status page", "instant": instant("15:30"),
                            "amount": None, "evidence": ref("chat/inc-2041.jsonl", line=10)}]}],
        "gaps": [{"kind": "communication", "audience": "public", "start": instant("14:19"), "end": instant("14:57"),
                  "sentence": "No public update for 38 min, 14:19 to 14:57.", "evidence": []}],
        "clock_offsets": [], "documents": [],
        "series": [{"name": "checkout_error_share", "service": "checkout", "unit": "share", "role": "error_share",
                    "threshold": None, "times": [start + 60 * n for n in range(120)], "values": share},
                   {"name": "connections", "service": "ledger-db", "unit": "", "role": "saturation",
                    "threshold": 200, "times": [start + 60 * n for n in range(120)],
                    "values": [80.0] * 20 + [199.0] * 52 + [90.0] * 48}],
        "assumptions": [],
    }  # fmt: skip
    nothing = to_json(Analysis(incident=Incident(), files=(), timeline=Timeline(), metrics={}))
    return copy.deepcopy({**nothing, **made, **changed})


def _file(name: str) -> Json:
    return {
        "name": name, "label": f"E{list(FILES).index(name) + 1}", "sha256": sha(name), "size": len(FILES[name]),
        "kind": "alert", "state": "partial" if name.startswith("chat") else "read", "reader": "alertmanager_webhook",
        "rows": 12, "rows_by_kind": {"events": 12},
        "failures": [{"file": name, "place": "line 3", "line": 3, "pointer": None,
                      "reason": 'timestamp "2026-13-05" is not a date.', "next_step": "Correct it and import again.",
                      "lost": 1}] if name.startswith("chat") else [],
        "failures_total": 1 if name.startswith("chat") else 0, "first_line": None, "duplicate_of": None,
        "assumptions": [],
    }  # fmt: skip
