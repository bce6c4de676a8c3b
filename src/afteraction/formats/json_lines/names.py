"""What loggers call things.

Knows the field names of structlog, zap, logback, log4j, pino, bunyan, zerolog, Serilog, ECS, OpenTelemetry and their
relatives, by what they mean. Refuses to look at values. A dotted name stands for one key or for a path.
"""

from __future__ import annotations

from afteraction.core.readplan import LEVEL_WORDS, SYSLOG_LEVELS

# In order of trust: what a logger writes for itself first, what may belong to the thing logged last.
TIME = (
    "@timestamp", "timestamp", "time", "ts", "@t", "datetime", "date_time", "asctime", "log_time", "logtime",
    "event_time", "eventtime", "timemillis", "time_ms", "timestamp_ms", "epochmillis", "timeunixnano",
    "time_unix_nano", "instant.epochsecond", "date", "logged_at", "observedtimestamp", "t", "when", "at", "created_at",
)  # fmt: skip
# These count in a unit that their name states; for others the size tells it.
TIME_UNITS = {
    "timemillis": "epoch_ms", "time_ms": "epoch_ms", "timestamp_ms": "epoch_ms", "epochmillis": "epoch_ms",
    "timeunixnano": "epoch_ns", "time_unix_nano": "epoch_ns", "instant.epochsecond": "epoch_s",
}  # fmt: skip
MESSAGE = (
    "message", "msg", "event", "@m", "@mt", "short_message", "body", "textpayload", "jsonpayload.message",
    "fields.message", "log", "text", "event.message",
)  # fmt: skip
LEVEL = (
    "level", "severity", "severity_text", "severitytext", "log.level", "loglevel", "log_level", "levelname", "lvl",
    "@l", "level_name", "jsonpayload.level", "fields.level", "severity_number", "severitynumber",
)  # fmt: skip
SERVICE = (
    "service", "service.name", "service_name", "servicename", "app", "application", "app_name", "resource.service.name",
    "resource.attributes.service.name", "kubernetes.labels.app", "kubernetes.container_name", "container_name",
)  # fmt: skip
LOGGER = (
    "logger", "logger_name", "loggername", "log.logger", "category", "sourcecontext", "scope", "module", "caller",
)  # fmt: skip
HOST = (
    "host", "hostname", "host.name", "pod", "pod_name", "kubernetes.pod_name", "k8s.pod.name", "kubernetes.host",
    "node", "instance",
)  # fmt: skip
TRACE = ("trace_id", "traceid", "trace.id", "dd.trace_id", "oteltraceid", "trace", "x_trace_id", "span.trace_id")
STATUS = (
    "status", "status_code", "statuscode", "http_status", "http.status_code", "http.response.status_code",
    "http.status", "response.status", "response.status_code", "res.statuscode", "response_code", "httpstatus",
)  # fmt: skip
# Names that state their unit, with the factor to milliseconds. A bare "duration" says nothing and stays as it is.
DURATION = {
    "duration_ms": 1.0, "durationms": 1.0, "elapsed_ms": 1.0, "elapsedms": 1.0, "latency_ms": 1.0, "took_ms": 1.0,
    "response_time_ms": 1.0, "responsetime": 1.0, "elapsed_millis": 1.0, "duration_s": 1e3, "duration_seconds": 1e3,
    "elapsed_seconds": 1e3, "latency_seconds": 1e3, "elapsed_s": 1e3, "duration_us": 1e-3, "duration_ns": 1e-6,
    "event.duration": 1e-6,
}  # fmt: skip

# pino and bunyan.
NODE_LEVELS = (
    ("10", "trace"), ("20", "debug"), ("30", "info"), ("40", "warning"), ("50", "error"), ("60", "critical"),
)  # fmt: skip
# OpenTelemetry severity numbers, four to a level.
OTEL_LEVELS = tuple(
    (str(number), level)
    for start, level in ((1, "trace"), (5, "debug"), (9, "info"), (13, "warning"), (17, "error"), (21, "critical"))
    for number in range(start, start + 4)
)
WORDS = LEVEL_WORDS
GELF_LEVELS = SYSLOG_LEVELS
