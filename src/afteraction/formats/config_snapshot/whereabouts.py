"""Which place a snapshot shows and when it was taken.

Knows Kubernetes' metadata, the keys by which tools say when they wrote something, and file names. Refuses to take the
time at which a file was uploaded or copied: without a statement a snapshot is undated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from afteraction.core.errors import NaiveTime, UnreadableTime
from afteraction.core.evidence import Failure
from afteraction.core.file_names import subject_in_name, time_in_name
from afteraction.core.instant import Instant
from afteraction.core.reading import Source
from afteraction.core.timestamps import read_timestamp

_TAKEN = re.compile(r"(?:captured|snapshot|taken|collected|exported|dumped|generated)_?at|snapshot_?time").fullmatch
# How every key ends that says when; a cheap look before the patterns.
_ENDS = frozenset({"at", "At", "aT", "AT", "me", "Me", "mE", "ME"})
_SERVICE = ("service", "service_name", "serviceName", "service.name", "app", "app.name", "application",
            "application.name", "spring.application.name", "host", "hostname", "instance")  # fmt: skip
_ENVIRONMENT = ("environment", "env", "spring.profiles.active", "profile", "stage", "ENVIRONMENT", "APP_ENV")
_HOLDERS = ("", "metadata.", "meta.", "_meta.", "snapshot.")
# A file of this name is told apart by the folder it lies in.
_GENERAL = re.compile(
    r"(?i)^(?:config(?:uration|map|_map)?|settings?|conf|application|app|appsettings|values|env|\.env|default|main"
    r"|deployment|manifest|snapshot|before|after|during|current)?$"
)
# `#Tue May 12 13:50:00 UTC 2026`, the first comment that Java writes into every properties file it stores.
_JAVA_STAMP = re.compile(
    r"^#\s*((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} \d{1,2} [\d:]{8} [A-Z]{1,5} \d{4})\s*$", re.M
)
_COMMENT_STAMP = re.compile(
    r"^\s*[#;!/]+\s*(?:captured|snapshot|taken|exported|generated|dumped)(?:[ _](?:at|on|time))?\s*[:=]?\s*"
    r"(\d{4}-\d\d-\d\d[T ][\d:.]{4,15}(?:\s*(?:Z|UTC|[+-]\d\d:?\d\d))?)",
    re.I | re.M,
)


def place_of(tree: Mapping[str, object], settings: Mapping[str, str], name: str) -> tuple[str, str, str]:
    """(place, environment, thing) of a snapshot; a manifest names itself, other files by a key or by their name."""
    subject = subject_in_name(name)
    environment = _first(settings, _ENVIRONMENT)
    if is_manifest(tree):
        namespace = settings.get("metadata.namespace", "")
        return settings.get("metadata.name", "") or subject, environment or namespace, str(tree["kind"])
    folder = re.split(r"[/!\\]", name)[-2:-1]
    general = bool(_GENERAL.match(subject))
    place = _first(settings, _SERVICE) or (folder[0] if general and folder else subject)
    return place, environment, subject if subject != place else ""


def is_manifest(tree: object) -> bool:
    """True for one Kubernetes object."""
    return isinstance(tree, dict) and all(isinstance(tree.get(key), str) for key in ("apiVersion", "kind")) and (
        isinstance(tree.get("metadata"), dict)
    )  # fmt: skip


def taken_at(source: Source, settings: Mapping[str, str], text: str) -> tuple[Instant | None, str, str, list[Failure]]:
    """(when, what that rests on, the time as stated where it could not be placed, what could not be read). A manifest
    says when its object was created, which is older than the snapshot: it comes after the file's name."""
    problems: list[Failure] = []
    unplaced = ""
    for origin, stated in _statements(settings, text):
        try:
            if origin == "file name":
                found = time_in_name(source.name, source.options.zone)
            else:
                found = read_timestamp(stated, zone=source.options.zone)
        except UnreadableTime as error:
            step = error.next_step if isinstance(error, NaiveTime) else "Type the time of the snapshot by hand."
            problems.append(Failure(source.name, f"{origin}: {error.what}", step, lost=0))
            unplaced = unplaced or stated
        else:
            if found is not None:
                return found, origin, "", problems
    return None, "", unplaced, problems


def _statements(settings: Mapping[str, str], text: str) -> Iterator[tuple[str, str]]:
    """(origin, text) of every statement of time, the most trustworthy first."""
    timely = [key for key in settings if key[-2:] in _ENDS]
    for key in timely:
        if settings[key] and key.count(".") <= 1 and _TAKEN(key.rpartition(".")[2].lower()):
            yield "metadata", settings[key]
    head = text[:4096]
    for pattern in (_COMMENT_STAMP, _JAVA_STAMP):
        if match := pattern.search(head):
            yield "metadata", match[1]
    yield "file name", ""
    changes = sorted(settings[key] for key in timely if re.fullmatch(r"metadata\.managedFields.*\.time", key))
    for value in (*changes[-1:], settings.get("metadata.creationTimestamp", "")):
        if value and value != "null":
            yield "metadata", value


def _first(settings: Mapping[str, str], names: tuple[str, ...]) -> str:
    for holder in _HOLDERS:
        for name in names:
            value = settings.get(holder + name, "").strip()
            if value and len(value) <= 100 and value not in ("null", "{}", "[]"):
                return value
    return ""
