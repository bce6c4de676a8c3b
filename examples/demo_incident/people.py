"""What people wrote: the chat, the tickets, the status page. All names are invented."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from demo_incident.story import at, iso

# handle: (id, name, title, zone, is a machine)
CAST = {
    "mara": ("U05MARA01", "Mara Lindqvist", "Incident commander", "Europe/London", False),
    "jonas": ("U05JONAS1", "Jonas Petri", "On-call payments", "Europe/Berlin", False),
    "aylin": ("U05AYLIN1", "Aylin Sahin", "Database on-call", "Europe/Berlin", False),
    "tomas": ("U05TOMAS1", "Tomas Reyes", "Communications lead", "Europe/London", False),
    "devika": ("U05DEVIK1", "Devika Rao", "Release engineering lead", "Europe/London", False),
    "freya": ("U05FREYA1", "Freya Holm", "Customer support lead", "Europe/Berlin", False),
    "paul": ("U05PAUL01", "Paul Meissner", "Account manager", "Europe/Berlin", False),
    "helena": ("U05HELEN1", "Helena Novak", "Partner manager", "Europe/Berlin", False),
    "grace": ("U05GRACE1", "Grace Okoro", "Finance partner", "Europe/London", False),
    "liam": ("U05LIAM01", "Liam Byrne", "Product manager", "Europe/London", False),
    "sofia": ("U05SOFIA1", "Sofia Marchetti", "Marketing", "Europe/London", False),
    "oskar": ("U05OSKAR1", "Oskar Wendt", "Account manager", "Europe/Berlin", False),
    "priya": ("U05PRIYA1", "Priya Menon", "Data analyst", "Europe/London", False),
    "slackuser": ("USLACKBOT", "Slackbot", "", "", True),
    "alertbot": ("U05ALERTS", "alertmanager", "", "", True),
    "deploybot": ("U05DEPLOY", "github-deploy", "", "", True),
    "incidentbot": ("U05INCBOT", "incident-bot", "", "", True),
    "statusbot": ("U05STATUS", "statuspage", "", "", True),
    "reconcilebot": ("U05RECONC", "reconcile", "", "", True),
}
CHANNELS = {"payments-oncall": "C05PAYONC1", "inc-2041": "C05INC2041"}
_LINE = re.compile(r"^(\d\d:\d\d:\d\d) (\w+): (.*?)((?:\s*\{[^}]*\})*)$")
_HANDLE = re.compile(r"<@([a-z]+)>")


def users() -> str:
    """The export's `users.json`."""
    listed = [
        {"id": key, "team_id": "T05SHOP01", "name": handle, "deleted": False, "real_name": name, "tz": zone or None,
         "is_bot": machine, "updated": 1778500000,
         "profile": {"title": title, "real_name": name, "display_name": handle, "team": "T05SHOP01"}}
        for handle, (key, name, title, zone, machine) in CAST.items()
    ]  # fmt: skip
    return json.dumps(listed, indent=4) + "\n"


def channels() -> str:
    """The export's `channels.json`."""
    everybody = [key for key, _, _, _, machine in CAST.values() if not machine]
    listed = [
        {"id": key, "name": name, "created": 1778595412, "creator": CAST["mara"][0], "is_archived": False,
         "is_general": False, "members": everybody, "topic": {"value": ""}, "purpose": {"value": f"#{name}"}}
        for name, key in CHANNELS.items()
    ]  # fmt: skip
    return json.dumps(listed, indent=4) + "\n"


def chat() -> Iterator[tuple[str, str]]:
    """Each channel's day as (channel, JSON), from `chat.txt`."""
    channel, days = "", {name: [] for name in CHANNELS}  # type: dict[str, list[dict[str, object]]]
    for line in Path(__file__).with_name("chat.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            channel = line[3:]
        elif match := _LINE.match(line):
            days[channel].append(_message(match, len(days[channel])))
    for name, messages in days.items():
        _mark_parents(messages)
        yield name, json.dumps(messages, indent=4, ensure_ascii=False) + "\n"


def _mark_parents(messages: list[dict[str, object]]) -> None:
    """A message that was answered in a thread names the thread and counts its answers, as Slack writes it."""
    for message in messages:
        answers = sum(other.get("thread_ts") == message["ts"] for other in messages)
        if answers and "thread_ts" not in message:
            message |= {"thread_ts": message["ts"], "reply_count": answers}


def _ts(clock: str, number: int = 0) -> str:
    # Slack's digits behind the point count messages, not time; these do too.
    return f"{int(at(clock).timestamp())}.{(number * 37 + 119) % 1000:03d}{number % 1000:03d}"


def _message(match: re.Match[str], number: int) -> dict[str, object]:
    clock, handle, text, marks = match.groups()
    key, name, title, _zone, machine = CAST[handle]
    found = dict(mark.split("=", 1) for mark in re.findall(r"\{([^}]*)\}", marks))
    message: dict[str, object] = {"type": "message", "user": key}
    if "subtype" in found:
        message["subtype"] = found.pop("subtype")
    if machine and handle != "slackuser":
        message |= {"bot_id": "B" + key[1:], "bot_profile": {"id": "B" + key[1:], "name": name}}
    message |= {"text": _HANDLE.sub(lambda who: f"<@{CAST[who[1]][0]}>", _escaped(text)), "ts": _ts(clock, number)}
    if not machine:
        message["user_profile"] = {"real_name": name, "display_name": handle, "title": title}
    if "edited" in found:
        message["edited"] = {"user": key, "ts": _ts(found.pop("edited"))}
    if "thread" in found:
        message["thread_ts"] = THREADS[found.pop("thread")]
    if "file" in found:
        file = found.pop("file")
        message["files"] = [{"id": f"F05{number:06d}", "name": file, "title": file, "user": key}]
    if found:
        voters = [person[0] for person in CAST.values() if not person[4]]
        message["reactions"] = [
            {"name": mark, "users": voters[: int(count)], "count": int(count)} for mark, count in found.items()
        ]
    THREADS[clock] = str(message["ts"])
    return message


THREADS: dict[str, str] = {}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;")


TICKETS = (
    # number, written (UTC), minutes until support saw it, desk, subject
    (88213, "14:05:31", 11, "london", "card charged, order failed"),
    (88216, "14:09:12", 8, "berlin", "Zahlung abgebucht, keine Bestellung"),
    (88217, "14:12:40", 6, "london", "checkout says try again later"),
    (88219, "14:14:03", 5, "berlin", "Fehler beim Bezahlen"),
    (88220, "14:19:27", 4, "london", "error after entering card"),
    (88222, "14:22:51", 6, "london", "charged twice or not at all"),
    (88223, "14:25:08", 5, "berlin", "Bezahlen geht nicht"),
    (88225, "14:27:33", 7, "london", "order failed, money gone"),
    (88226, "14:29:45", 6, "london", "payment page times out"),
    (88228, "14:31:10", 5, "berlin", "Warenkorb voll, Zahlung scheitert"),
    (88229, "14:32:02", 6, "london", "cannot pay"),
    (88231, "14:33:18", 6, "london", "no confirmation mail, card charged"),
    (88232, "14:34:40", 5, "berlin", "Bestellung fehlgeschlagen"),
    (88233, "14:36:05", 5, "london", "checkout broken"),
    (88235, "14:37:29", 4, "london", "503 when paying"),
    (88236, "14:38:20", 4, "berlin", "abgebucht, aber keine Bestellnummer"),
    (88238, "14:40:44", 4, "london", "payment failed three times"),
    (88239, "14:41:52", 4, "london", "is the shop down"),
    (88240, "14:43:07", 3, "berlin", "Zahlung haengt"),
    (88242, "14:44:30", 3, "london", "order failed"),
    (88243, "14:46:12", 3, "london", "charged without order"),
    (88244, "14:47:50", 3, "london", "cannot complete checkout"),
    (88246, "14:49:20", 2, "berlin", "Fehler 503 an der Kasse"),
    (88249, "15:14:41", 3, "london", "payment failed again"),
    (88251, "15:17:36", 2, "berlin", "wieder Fehler beim Bezahlen"),
)
MISTYPED = 88236


def tickets() -> str:
    """The support desk's export. The desk in Berlin writes its local time; one date was typed by hand, wrongly."""
    sheet = io.StringIO()
    rows = csv.writer(sheet, lineterminator="\n")
    rows.writerow(("ticket_id", "created_at", "seen_at", "desk", "channel", "service", "subject", "status"))
    for number, clock, minutes, desk, subject in TICKETS:
        written = at(clock)
        seen = written.replace(second=0) + timedelta(minutes=minutes)
        created = _local(written, desk)
        if number == MISTYPED:
            created = created.replace("2026-05-12", "2026-12-05")
        rows.writerow((number, created, _local(seen, desk), desk, "web form", "checkout", subject, "solved"))
    return sheet.getvalue()


def _local(moment: datetime, desk: str) -> str:
    if desk == "berlin":
        return f"{moment + timedelta(hours=2):%Y-%m-%dT%H:%M:%S}+02:00"
    return iso(moment)


def status_page() -> str:
    """Statuspage's `incidents.json`, newest update first, as its API answers."""
    updates = [
        ("resolved", "15:30:00", "This incident has been resolved. Checkouts work normally."),
        ("monitoring", "14:57:00", "A fix is in place and checkouts complete again. We are monitoring the result."),
        ("investigating", "14:19:00", "Since about 14:02 UTC some buyers cannot complete a checkout. We are "
         "investigating. Next update by 14:40 UTC."),
    ]  # fmt: skip
    incident = {
        "id": "p31zjtct2jer", "name": "Checkout errors", "status": "resolved", "impact": "major",
        "created_at": iso(at("14:19:00"), 3), "started_at": iso(at("14:19:00"), 3),
        "updated_at": iso(at("15:30:00"), 3), "monitoring_at": iso(at("14:57:00"), 3),
        "resolved_at": iso(at("15:30:00"), 3), "shortlink": "https://stspg.example.test/p31zjtct2jer",
        "page_id": "y2j98763l56x", "components": [{"id": "k7730b5v92bv", "name": "Checkout", "status": "operational"}],
        "incident_updates": [
            {"id": f"u{number}", "incident_id": "p31zjtct2jer", "status": status, "body": body,
             "created_at": iso(at(clock), 3), "display_at": iso(at(clock), 3), "updated_at": iso(at(clock), 3)}
            for number, (status, clock, body) in enumerate(updates, start=1)
        ],
    }  # fmt: skip
    page = {"id": "y2j98763l56x", "name": "Example Shop", "url": "https://status.example.test",
            "time_zone": "Etc/UTC", "updated_at": iso(at("15:30:00"), 3)}  # fmt: skip
    return json.dumps({"page": page, "incidents": [incident]}, indent=2) + "\n"
