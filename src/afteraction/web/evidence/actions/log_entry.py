"""One line of what is happening, written down while it happens.

Knows the time of a line: the one it begins with, or now. Refuses to ask anything back.
"""

from __future__ import annotations

import json
import re
import secrets
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from afteraction.core.secrets import without_secrets
from afteraction.web.accounts.models import User
from afteraction.web.evidence.actions.refusals import Refused, TooLarge
from afteraction.web.evidence.actions.take_in import Coming, Taken, take_in_bytes
from afteraction.web.evidence.models import Origin
from afteraction.web.incidents.models import Incident

LONGEST = 2_000
SCHEMA = "afteraction/log-entry/1"
_TYPED = re.compile(r"^(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?\s+(?=\S)")
# A line typed a little ahead of the clock is meant for now, one further ahead for yesterday.
_AHEAD = timedelta(minutes=10)
_WAITED = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(days=2)


def log_entry(
    incident: Incident,
    line: str,
    *,
    entry_id: str = "",
    written_at: datetime | None = None,
    actor: User,
    via: str = "page",
) -> Taken:
    """Freezes one line as an original of its own. "14:05 rolled back" is 14:05 in the incident's zone, else it is now.

    `entry_id` is the sender's own id: sent twice it is one entry. `written_at` counts for a line that waited for a
    connection; below a minute the server's clock is the better one.
    """
    text = " ".join(line.split())
    if not text:
        raise Refused("There is nothing to log.", next_step="Type what happened.")
    if len(text) > LONGEST:
        raise TooLarge(f"A line has at most {LONGEST:,} characters.", next_step="Paste a longer text as evidence.")
    moment = timezone.now().astimezone(UTC)
    if written_at is not None and _WAITED < moment - written_at < _LONGEST_WAIT:
        moment = written_at.astimezone(UTC)
    zone = ZoneInfo(incident.zone or "UTC")
    at, precision, said = _time_of(text, moment, zone)
    own = re.sub(r"[^\w-]", "", entry_id)[:64] or secrets.token_hex(8)
    name = f"log/{own}.json"
    known = incident.files.filter(name=name, origin=Origin.LOG).first()
    if known is not None:
        return Taken(known, is_new=False)
    entry = {
        "schema": SCHEMA, "id": own, "at": at.isoformat(), "precision": precision, "zone": str(zone),
        "is_typed": said != text, "line": text, "text": said, "logged_at": moment.isoformat(),
        "author": {"key": f"user:{actor.pk}", "name": actor.name},
    }  # fmt: skip
    data = json.dumps(entry, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    shown = {"entry": {"at": at.astimezone(UTC).isoformat(), "precision": precision, "text": without_secrets(said)}}
    coming = Coming(name=name, origin=Origin.LOG, batch="log", report=shown)
    return take_in_bytes(incident, data, coming, actor=actor, via=via)


def _time_of(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, str, str]:
    """(moment, precision, what is left of the line)."""
    found = _TYPED.match(text)
    local = now.astimezone(zone)
    if found is None:
        return local.replace(microsecond=0), "s", text
    clock = time(int(found["h"]), int(found["m"]), int(found["s"] or 0))
    at = datetime.combine(local.date(), clock, zone)
    if at - local > _AHEAD:
        at = datetime.combine(local.date() - timedelta(days=1), clock, zone)
    return at, "s" if found["s"] else "min", text[found.end() :]
