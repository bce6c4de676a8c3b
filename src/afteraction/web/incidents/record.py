"""What people say about an incident, read from a form or from the API.

Knows which values a record may have and says per field what is wrong with the others and how to mend it. Refuses to
write, and to keep what does not fit the kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from afteraction.core.analysis import KINDS
from afteraction.core.errors import UnreadableTime
from afteraction.core.timestamps import zone_named
from afteraction.web.incidents.kinds import ENVIRONMENTS, KIND_NAMES, fits, implied
from afteraction.web.incidents.models import DataLoss, Incident

LONGEST_TITLE = 300
MOST_SERVICES = 40
FLAGS = ("has_data_loss", "is_security", "is_near_miss")
FIELDS = (
    "title", "severity", "environment", "kind", "services", "zone", *FLAGS, "data_loss", "data_loss_because",
    "learning", "surprised",
)  # fmt: skip
LONGEST_REASON = 1000
MOST_LEARNING = 3


@dataclass(frozen=True)
class Record:
    """A record that may be kept."""

    title: str = ""
    severity: str = ""
    environment: str = "production"
    kind: str = "outage"
    services: tuple[str, ...] = ()
    zone: str = "UTC"
    has_data_loss: bool = False
    is_security: bool = False
    is_near_miss: bool = False
    data_loss: str = DataLoss.NONE.value
    data_loss_because: str = ""
    learning: int | None = None
    surprised: str = ""

    def values(self) -> dict[str, Any]:
        """Its fields as an incident has them."""
        return {name: list(self.services) if name == "services" else getattr(self, name) for name in FIELDS}


@dataclass(frozen=True)
class Read:
    """What became of what was given: the record, or per field what is wrong with it."""

    record: Record
    wrong: Mapping[str, str] = field(default_factory=dict)


def record_of(incident: Incident) -> Record:
    """The record as it is kept."""
    values = {name: getattr(incident, name) for name in FIELDS}
    return Record(**{**values, "services": tuple(incident.services)})


def read_record(given: Mapping[str, Any], *, needs_title: bool = True) -> Read:
    """The record of what was given. Services come as a list or as text with commas; flags as booleans or "on"."""
    wrong: dict[str, str] = {}
    kind = _one_of(given, "kind", "outage", KINDS, wrong, [KIND_NAMES[each] for each in KINDS])
    environment = _one_of(given, "environment", "production", ENVIRONMENTS, wrong, ENVIRONMENTS)
    title = _line(given, "title")
    if not title and needs_title:
        wrong["title"] = "Say in a few words what went wrong and where. It can be changed later."
    elif len(title) > LONGEST_TITLE:
        wrong["title"] = f"{len(title)} characters are too long for a list. Keep it below {LONGEST_TITLE}."
    severity = _line(given, "severity")
    if len(severity) > 32:
        wrong["severity"] = "Use a short level, such as SEV-2."
    flags = {name: _flag(given.get(name)) and fits(kind, name) for name in FLAGS}
    flags.update({name: True for name, said in implied(kind).items() if said})
    loss = _data_loss(given, kind, flags["has_data_loss"], wrong)
    flags["has_data_loss"] = loss == DataLoss.CONFIRMED
    return Read(
        Record(
            title=title[:LONGEST_TITLE],
            severity=severity[:32] if fits(kind, "severity") else "",
            environment=environment,
            kind=kind,
            services=_services(given.get("services", ""), wrong),
            zone=_zone(_line(given, "zone") or "UTC", wrong),
            data_loss=loss,
            data_loss_because=_told(given, "data_loss_because", wrong) if fits(kind, "data_loss") else "",
            learning=_learning(given.get("learning"), wrong),
            surprised=_told(given, "surprised", wrong),
            **flags,
        ),
        wrong,
    )


def _line(given: Mapping[str, Any], name: str) -> str:
    return " ".join(str(given.get(name) or "").replace("\x00", "").split())


def _flag(value: Any) -> bool:
    return value is True or str(value).lower() in ("on", "true", "1", "yes")


def _data_loss(given: Mapping[str, Any], kind: str, is_lost: bool, wrong: dict[str, str]) -> str:
    """What is said of data loss; who sends only the flag means a confirmed one."""
    usual = DataLoss.CONFIRMED if is_lost else DataLoss.NONE
    value = _one_of(given, "data_loss", usual.value, DataLoss.values, wrong, DataLoss.values)
    return value if fits(kind, "data_loss") else DataLoss.NONE.value


def _learning(value: Any, wrong: dict[str, str]) -> int | None:
    text = str(value if value is not None else "").strip()
    if not text or text == "None":
        return None
    if text.isascii() and text.isdigit() and int(text[:3]) <= MOST_LEARNING:
        return int(text)
    wrong["learning"] = f'"{text[:20]}" is no learning value. It goes from 0, nothing new, to {MOST_LEARNING}.'
    return None


def _told(given: Mapping[str, Any], name: str, wrong: dict[str, str]) -> str:
    text = _line(given, name)
    if len(text) > LONGEST_REASON:
        wrong[name] = f"{len(text)} characters are too many here. Keep it below {LONGEST_REASON}."
    return text[:LONGEST_REASON]


def _one_of(
    given: Mapping[str, Any], name: str, usual: str, allowed: Iterable[str], wrong: dict[str, str], shown: Iterable[str]
) -> str:
    value = _line(given, name) or usual
    if value in allowed:
        return value
    wrong[name] = f'"{value[:60]}" is not one of these: {", ".join(shown)}.'
    return usual


def _services(value: Any, wrong: dict[str, str]) -> tuple[str, ...]:
    parts = value if isinstance(value, list | tuple) else str(value).replace("\n", ",").split(",")
    names = tuple(dict.fromkeys(name for part in parts if (name := " ".join(str(part).replace("\x00", "").split()))))
    too_long = [name for name in names if len(name) > 100]
    if too_long:
        wrong["services"] = f'"{too_long[0][:40]}…" is too long for a name. Put a comma between services.'
    elif len(names) > MOST_SERVICES:
        wrong["services"] = f"{len(names)} services are too many to read. Name the {MOST_SERVICES} that matter most."
    return () if "services" in wrong else names


def _zone(name: str, wrong: dict[str, str]) -> str:
    try:
        zone_named(name)
    except UnreadableTime:
        wrong["zone"] = f'"{name[:60]}" is no time zone. Write it like Europe/Berlin, or UTC.'
        return "UTC"
    return name[:64]
