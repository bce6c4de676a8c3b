"""What tools call the fields of the records that this format knows.

Knows alerts, deploys, commits, flags, spans, tickets, samples, provider incidents, log patterns and noted events by
the names of their fields. Refuses to look at values: `fields` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_LOGGED = ("message", "msg", "level", "log_level", "severity_text", "logger", "levelname")
_WHEN = ("timestamp", "time", "datetime", "date", "ts", "at", "@timestamp", "occurred_at", "created_at")
_WHO = ("actor", "user", "by", "author", "changed_by", "operator", "who", "email")
_SERVICE = ("service", "service_name", "service.name", "app", "application", "component")
_ENVIRONMENT = ("environment", "env", "stage")


@dataclass(frozen=True)
class Meaning:
    """One kind of record. `roles` say under which names a fact may stand, best first; a record has to have all of
    `needs`, one of `any_of` and none of the names `without`. `times` have to look like times, `numbers` like numbers.
    `everywhere` tells whether such records are also looked for below other values."""

    name: str
    roles: Mapping[str, tuple[str, ...]]
    needs: tuple[str, ...]
    any_of: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    times: tuple[str, ...] = ("time",)
    numbers: tuple[str, ...] = ()
    everywhere: bool = True


MEANINGS = (
    Meaning(
        "span",
        {
            "time": (
                "start", "start_time", "started_at", "start_timestamp", "start_time_unix_nano", "timestamp", "time",
            ),
            "trace": ("trace_id", "traceid", "trace.id"),
            "span": ("span_id", "spanid", "span.id", "id"),
            "parent": ("parent_id", "parent_span_id", "parentid", "parent.id"),
            "name": ("name", "operation", "operation_name", "span_name", "resource"),
            "duration": (
                "duration_ms", "duration_us", "duration_ns", "duration_s", "duration", "elapsed_ms", "latency_ms",
            ),
            "end": ("end", "end_time", "ended_at", "end_time_unix_nano"),
            "service": (*_SERVICE, "process.service_name", "resource.service.name", "local_endpoint.service_name"),
            "status": ("status", "status.code", "status_code", "otel.status_code"),
            "error": ("error", "is_error"),
            "http_status": ("http.status_code", "http.response.status_code", "http_status"),
        },
        needs=("time", "trace", "span", "name"),
        any_of=("duration", "end"),
        without=_LOGGED,
    ),
    Meaning(
        "commit",
        {
            "time": (
                "timestamp", "committed_at", "authored_at", "commit_date", "author_date", "date", "time",
                "commit.committer.date", "commit.author.date", "created_at",
            ),
            "sha": ("sha", "commit_sha", "commit", "hash", "commit_id", "revision", "id"),
            "message": ("message", "subject", "title", "commit.message"),
            "author": ("author", "author_name", "author.name", "commit.author.name", "committer", "committer_name"),
            "files": ("files_changed", "files", "changed_files", "paths"),
            "diff": ("diff", "patch"),
            "url": ("url", "html_url", "web_url"),
            "service": _SERVICE,
        },
        needs=("time", "sha", "message", "author"),
        without=("level", "severity_text", "logger", "trace_id"),
    ),
    Meaning(
        "flag",
        {
            "time": ("timestamp", "changed_at", "updated_at", *_WHEN),
            "flag": ("flag", "flag_key", "flag_name", "feature", "feature_flag", "feature_key", "toggle"),
            "change": ("change", "action", "new_value", "to", "state", "value", "enabled", "status", "variation"),
            "old": ("old_value", "from", "previous", "previous_value"),
            "actor": _WHO,
            "service": _SERVICE,
            "environment": _ENVIRONMENT,
            "reason": ("reason", "comment", "note", "description"),
        },
        needs=("time", "flag", "change"),
        without=_LOGGED,
    ),
    Meaning(
        "ticket",
        {
            "time": ("created", "created_at", "opened", "opened_at", "submitted_at", "received_at", "reported_at"),
            "subject": ("subject", "title", "summary"),
            "seen": (
                "seen", "seen_at", "first_reply", "first_reply_at", "first_response", "first_response_at",
                "picked_up_at", "assigned_at", "acknowledged_at",
            ),
            "number": ("number", "ticket", "ticket_id", "ticket_number", "case_number", "case", "id", "key"),
            "named_number": ("ticket", "ticket_id", "ticket_number", "case_number"),
            "channel": ("channel", "via.channel", "via", "medium"),
            "requester": ("requester.name", "customer.name", "requester", "customer", "reporter", "contact"),
            "body": ("body", "description", "text", "content", "message", "first_message"),
            "status": ("status", "state"),
            "severity": ("priority", "severity"),
            "service": (*_SERVICE, "product"),
            "url": ("url", "link"),
        },
        needs=("time", "subject"),
        any_of=("seen", "channel", "requester", "named_number"),
        without=("level", "logger", "trace_id", "sha", "pull_request", "repository_url", "merged_at", "updates"),
    ),
    Meaning(
        "alert",
        {
            "time": (
                "fired_at", "triggered_at", "alerted_at", "fired", "triggered", "firing_since", "starts_at",
                "started_at", "start_time", *_WHEN,
            ),
            "end": ("resolved_at", "recovered_at", "ended_at", "ends_at", "closed_at", "end_time"),
            "name": (
                "monitor", "monitor_name", "alert", "alert_name", "alertname", "rule", "rule_name", "check",
                "check_name", "detector", "metric",
            ),
            "metric": ("metric", "metric_name", "signal", "query"),
            "threshold": ("threshold", "limit", "trigger_value"),
            "observed": ("observed", "value", "current_value", "actual", "observed_value"),
            "severity": ("severity", "priority", "urgency"),
            "status": ("status", "state"),
            "summary": ("summary", "title", "description", "message"),
            "service": _SERVICE,
            "environment": _ENVIRONMENT,
            "url": ("url", "link", "generator_url"),
            "runbook": ("runbook", "runbook_url"),
            "id": ("fingerprint", "alert_id", "id"),
        },
        needs=("time", "name"),
        any_of=("threshold", "severity"),
        without=("level", "logger", "trace_id", "log_level", "severity_text", "labels"),
    ),
    Meaning(
        "deploy",
        {
            "time": ("deployed_at", "timestamp", "started_at", "start_time", "finished_at", "completed_at", *_WHEN),
            "end": ("finished_at", "completed_at", "ended_at", "end_time"),
            "service": (*_SERVICE, "project"),
            "version": ("version", "release", "tag", "image", "build", "to_version", "new_version"),
            "commit": ("commit_sha", "sha", "commit", "revision", "git_sha", "commit_id"),
            "previous": ("previous_version", "from_version", "previous", "old_version"),
            "status": ("status", "state", "result", "outcome"),
            "actor": ("deployed_by", "triggered_by", "actor", "user", "author", "by"),
            "environment": (*_ENVIRONMENT, "target", "cluster"),
            "note": ("description", "notes", "note", "type", "action", "title", "reason"),
            "id": ("deployment_id", "deploy_id", "id", "run_id"),
            "url": ("url", "link"),
        },
        needs=("time", "service"),
        any_of=("version", "commit"),
        without=(*_LOGGED, "metric", "value", "trace_id", "severity", "subject"),
    ),
    Meaning(
        "incident",
        {
            "time": ("started_at", "start_time", "began_at", "begin", "start", "created_at"),
            "end": ("resolved_at", "ended_at", "end_time", "end"),
            "updated": ("updated_at", "modified", "last_updated"),
            "title": ("title", "name", "summary", "external_desc"),
            "detail": ("detail", "description", "body", "external_desc"),
            "status": ("status", "state", "status_impact"),
            "severity": ("impact", "severity"),
            "service": (*_SERVICE, "region"),
            "id": ("id", "number", "key"),
            "url": ("url", "uri", "shortlink"),
        },
        needs=("time", "title", "status"),
        any_of=("end", "updated", "updates"),
        without=(*_LOGGED, "trace_id", "sha", "labels"),
    ),
    Meaning(
        "sample",
        {
            "time": _WHEN,
            "value": ("value", "val", "y"),
            "metric": ("metric", "metric_name", "series", "name"),
            "unit": ("unit",),
            "service": (*_SERVICE, "endpoint"),
        },
        needs=("time", "value"),
        without=(*_LOGGED, "flag", "severity", "threshold"),
        numbers=("value",),
    ),
    Meaning(
        "pattern",
        {
            "signature": ("signature", "pattern", "template"),
            "count": ("count", "occurrences", "hits", "total"),
            "change": ("delta_vs_baseline", "delta", "change", "trend"),
            "service": _SERVICE,
        },
        needs=("signature", "count"),
        times=(),
        numbers=("count",),
    ),
    Meaning(
        "event",
        {
            "time": ("time", "timestamp", "ts", "at", "when", "occurred_at", "datetime"),
            "what": ("event", "action", "what", "activity"),
            "detail": ("reason", "detail", "details", "comment", "note", "description"),
            "actor": _WHO,
            "role": ("role", "team"),
            "service": _SERVICE,
            "environment": _ENVIRONMENT,
        },
        needs=("time", "what"),
        without=(*_LOGGED, "text", "trace_id", "request_id", "model", "data", "eventname", "type", "pid", "hostname"),
        everywhere=False,
    ),
)  # fmt: skip
BY_NAME = {meaning.name: meaning for meaning in MEANINGS}
# An incident's own updates are a list, which has no role of its own above: it is looked for by these names.
UPDATES = ("updates", "history", "messages")
