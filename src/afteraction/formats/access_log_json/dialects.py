"""The key shapes of JSON access logs, one dialect per server.

Knows which keys tell a dialect, where each column comes from and in which unit its durations are. Refuses to guess:
a line of no dialect is not an access log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from afteraction.core.readplan import Column, TimeColumn

_CLF = ("%d/%b/%Y:%H:%M:%S %z",)
_LEVELS = (("1", "info"), ("2", "info"), ("3", "info"), ("4", "warning"), ("5", "error"))


@dataclass(frozen=True, slots=True)
class Dialect:
    """One server's way. `marks` are keys that must all be there, of each tuple at least one (`a.b` is a path).
    `duration` names the key and the milliseconds per unit; `server` is the service where no key names one."""

    marks: tuple[tuple[str, ...], ...]
    times: tuple[str, ...]
    formats: tuple[str, ...]
    message: tuple[str, ...]
    status: tuple[str, ...]
    duration: tuple[str, ...]
    scale: float
    service: tuple[str, ...]
    server: str

    def fits(self, entry: Mapping[str, object]) -> bool:
        """True when the object has every mark."""
        return all(any(has(entry, key) for key in keys) for keys in self.marks)

    def time(self) -> TimeColumn:
        """Where the time stands."""
        return TimeColumn(self.times, self.formats)

    def columns(self) -> tuple[Column, ...]:
        """The columns of a log line."""
        return (
            Column("message", self.message),
            Column("level", self.status, extract=r"^([1-5])\d\d$", values=_LEVELS),
            Column("service", self.service, constant=self.server),
            Column("status", self.status, kind="integer"),
            Column("duration_ms", self.duration, kind="real", scale=self.scale),
            Column("trace_id", ("trace_id", "traceid", "request_id", "req_id", "x_request_id")),
        )


DIALECTS = (
    # nginx: names are those of its variables, because a log_format repeats them.
    Dialect(
        marks=(
            ("status",),
            ("request", "request_uri", "uri", "path", "request_method"),
            ("remote_addr", "body_bytes_sent", "bytes_sent", "request_time", "upstream_response_time", "upstream_addr"),
            ("msec", "time_iso8601", "time_local", "time", "timestamp", "@timestamp", "ts"),
        ),
        times=("msec", "time_iso8601", "@timestamp", "timestamp", "time_local", "time", "ts"),
        formats=("epoch", "iso", *_CLF),
        message=("request", "request_uri", "uri", "path"),
        status=("status",),
        duration=("request_time",),
        scale=1000,
        service=("service", "proxy_upstream_name", "upstream_name", "server_name", "vhost"),
        server="nginx",
    ),
    # Caddy: seconds, and the request as an object of its own.
    Dialect(
        marks=(("request.uri",), ("status",), ("duration",), ("ts",)),
        times=("ts",),
        formats=("epoch", "iso", *_CLF),
        message=("request.uri",),
        status=("status",),
        duration=("duration",),
        scale=1000,
        service=("request.host",),
        server="caddy",
    ),
    # Traefik: Duration is nanoseconds.
    Dialect(
        marks=(("DownstreamStatus",), ("RequestPath", "RequestMethod"), ("StartUTC", "time")),
        times=("StartUTC", "time"),
        formats=("iso",),
        message=("RequestPath",),
        status=("DownstreamStatus",),
        duration=("Duration",),
        scale=1e-6,
        service=("ServiceName", "RequestHost"),
        server="traefik",
    ),
    # Envoy and Istio: duration is milliseconds.
    Dialect(
        marks=(("response_code",), ("start_time",), ("path", "method", "upstream_cluster")),
        times=("start_time",),
        formats=("iso",),
        message=("path",),
        status=("response_code",),
        duration=("duration",),
        scale=1,
        service=("upstream_cluster", "authority"),
        server="envoy",
    ),
    # Apache: the names of the example in its manual and their usual relatives.
    Dialect(
        marks=(
            ("status",),
            ("remoteIP", "remote_ip", "remoteHost", "clientip", "client_ip", "remote_host", "userAgent", "useragent"),
            ("request", "requestLine", "requestURI", "path", "url", "query", "method"),
            ("time", "timestamp", "@timestamp", "time_local"),
        ),
        times=("@timestamp", "timestamp", "time", "time_local"),
        formats=("iso", *_CLF),
        message=("requestLine", "request", "requestURI", "path", "url"),
        status=("status",),
        duration=(),
        scale=1,
        service=("service", "vhost", "virtualHost", "serverName"),
        server="apache",
    ),
)  # fmt: skip


def has(entry: Mapping[str, object], key: str) -> bool:
    """True when the key, or the path that it spells with dots, has a value."""
    value: object = entry.get(key)
    if value is None and "." in key:
        value = entry
        for part in key.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    return value is not None


def dialect_of(entries: list[Mapping[str, object]]) -> Dialect | None:
    """The dialect that most of the entries fit, the more particular one first; None when fewer than half fit any."""
    counts = [(sum(1 for entry in entries if dialect.fits(entry)), dialect) for dialect in DIALECTS]
    most, dialect = max(counts, key=lambda pair: pair[0])
    return dialect if most and most >= len(entries) / 2 else None
