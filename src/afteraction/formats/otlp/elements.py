"""One log record, metric or span with what surrounds it, whichever encoding it came in.

Knows attribute values, ids, numbers and times as OTLP writes them in JSON. Refuses to know files and wire formats.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from afteraction.core.evidence import EvidenceRef, Failure, Locator
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.reading import Source

# Nothing that counts in nanoseconds lies before 1973; smaller counts have another unit.
_FIRST_NANO = 10**17
_DEEPEST = 20
_WORKLOADS = ("k8s.deployment.name", "k8s.statefulset.name", "k8s.daemonset.name", "k8s.job.name", "faas.name")


class Signal(StrEnum):
    """What OTLP exports."""

    SPANS = "Spans"
    LOGS = "Logs"
    METRICS = "Metrics"


class Place(Protocol):
    """Where a value stands in its original; `core.json_nodes.Node` is one."""

    def locator(self, *path: str) -> Locator:
        """The place of a value below this one."""
        ...

    def cite(self, evidence_id: str, *path: str) -> EvidenceRef:
        """A citation of a value below this one."""
        ...


@dataclass(frozen=True)
class Element:
    """One record of an export. `resource` and `scope` are attributes as text; `scope_name` is the instrumentation's."""

    signal: Signal
    value: Mapping[str, Any]
    place: Place
    resource: Mapping[str, str] = field(default_factory=dict)
    scope_name: str = ""
    scope: Mapping[str, str] = field(default_factory=dict)

    @property
    def service(self) -> str:
        """The service that the resource names. Where SDKs say `unknown_service` because nobody configured one, the
        workload that runs it says more."""
        named = self.resource.get("service.name", "")
        if named and not named.startswith("unknown_service"):
            return named
        return next((self.resource[key] for key in _WORKLOADS if self.resource.get(key)), named)

    def around(self, skip: str = "service.name") -> dict[str, str]:
        """The attributes of resource and scope under names that tell them from the record's own."""
        named = {f"resource.{key}": text for key, text in self.resource.items() if key != skip}
        named.update((f"scope.{key}", text) for key, text in self.scope.items())
        return named


def get(value: Mapping[str, Any], name: str) -> Any:
    """A field by its JSON name, or by the name of the protocol file, which JSON parsers of protobuf accept as well."""
    if name in value:
        return value[name]
    return value.get("".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name))


def text_of(value: Any, depth: int = 0) -> str:
    """An AnyValue as text: scalars as they are, lists and maps as JSON."""
    plain = _plain(value, depth)
    if isinstance(plain, str):
        return plain
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any, depth: int) -> Any:
    if not isinstance(value, dict) or depth > _DEEPEST:
        return value if isinstance(value, str | int | float | bool) else ""
    for kind in ("stringValue", "boolValue", "doubleValue", "bytesValue"):
        if (found := get(value, kind)) is not None:
            return found
    if (number := get(value, "intValue")) is not None:
        whole = whole_of(number)
        return str(number) if whole is None else whole
    if isinstance(listed := get(value, "arrayValue"), dict):
        items = listed.get("values")
        return [_plain(item, depth + 1) for item in items] if isinstance(items, list) else []
    if isinstance(mapped := get(value, "kvlistValue"), dict):
        return _pairs(mapped.get("values"), depth + 1)
    return ""


def _pairs(listed: Any, depth: int) -> dict[str, Any]:
    if not isinstance(listed, list):
        return {}
    return {
        str(one["key"]): _plain(one.get("value"), depth) for one in listed if isinstance(one, dict) and "key" in one
    }


def attributes_of(listed: Any) -> dict[str, str]:
    """A list of KeyValue as texts by name; what is none is left out."""
    if not isinstance(listed, list):
        return {}
    return {str(one["key"]): text_of(one.get("value")) for one in listed if isinstance(one, dict) and one.get("key")}


def whole_of(number: Any) -> int | None:
    """A 64-bit integer, which JSON writes as a text; None when it is none."""
    if isinstance(number, bool):
        return None
    if isinstance(number, int):
        return number
    if isinstance(number, float) and number.is_integer():
        return int(number)
    if isinstance(number, str) and number.removeprefix("-").isdecimal() and number.isascii() and len(number) <= 20:
        return int(number)
    return None


def is_number(value: Any) -> bool:
    """Whether a value is a number as JSON or protobuf's JSON writes it, NaN and the infinities included."""
    return _float_of(value) is not None


def real_of(value: Any) -> float | None:
    """A finite double; None for NaN, infinities (JSON writes them as texts) and what is no number."""
    real = _float_of(value)
    return real if real is not None and math.isfinite(real) else None


def _float_of(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str) or "_" in str(value):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def id_of(value: Any, size: int) -> str:
    """An id of `size` bytes in lower-case hex, which is how OTLP writes it; the base64 of general protobuf JSON is
    turned into hex; all zeros mean none."""
    if not isinstance(value, str):
        return ""
    text = value.strip()
    if len(text) != 2 * size and len(text) == 4 * math.ceil(size / 3):
        try:
            decoded = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            decoded = b""
        text = decoded.hex() if len(decoded) == size else text
    return text.lower() if text.strip("0") else ""


def enum_of(value: Any, prefix: str, names: tuple[str, ...]) -> str:
    """The name of an enumeration's value, written as its number or as its name; empty for unknown ones."""
    if isinstance(value, str) and not value.isdecimal():
        name = value.upper().removeprefix(prefix).lower()
        return name if name in names else ""
    number = whole_of(value)
    return names[number] if number is not None and 0 <= number < len(names) else ""


def is_unset(value: Any) -> bool:
    """Whether a time is absent: missing, empty or zero."""
    return value is None or value == "" or whole_of(value) == 0


def read_time(source: Source, element: Element, name: str, *path: str, value: Any = None) -> Instant | Failure:
    """The instant of a field that counts nanoseconds since 1970."""
    stated = get(element.value, name) if value is None else value
    place = element.place.locator(*path, name)
    if is_unset(stated):
        return Failure(source.name, f'"{name}" is missing.', "Leave the record out or export it again.", place)
    number = whole_of(stated)
    if number is None:
        reason = f'"{name}" is {str(stated)[:40]!r}; OTLP counts nanoseconds since 1970 there.'
        return Failure(source.name, reason, "Export it again in OTLP's own JSON.", place)
    return read_field_time(source, number, name, place, unit="ns" if number >= _FIRST_NANO else "")
