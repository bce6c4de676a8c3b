"""JSON access logs: every server's keys, units of durations, and application logs that only look alike."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from afteraction.core.errors import AfteractionError
from afteraction.formats.access_log_json.reader import READER
from tests.corpus import corpus
from tests.formats.originals import file, original, winner, without
from tests.formats.plans import carry_out

NGINX = {
    "time_iso8601": "2026-05-12T16:02:11+02:00", "msec": "1778594531.768", "remote_addr": "203.0.113.9",
    "request": "GET /cart HTTP/1.1", "status": 502, "request_time": 0.304, "upstream_addr": "10.0.0.4:8080",
    "request_id": "0af7",
}  # fmt: skip
CADDY = {
    "level": "info", "ts": 1778594531.768, "logger": "http.log.access", "msg": "handled request",
    "request": {"remote_ip": "203.0.113.9", "method": "GET", "host": "shop.example", "uri": "/cart"},
    "duration": 0.304, "size": 9, "status": 502,
}  # fmt: skip
TRAEFIK = {
    "ClientAddr": "203.0.113.9:4711", "DownstreamStatus": 502, "Duration": 304000000, "RequestMethod": "GET",
    "RequestPath": "/cart", "ServiceName": "cart@docker", "StartUTC": "2026-05-12T14:02:11.768123456Z", "level": "info",
}  # fmt: skip
ENVOY = {
    "start_time": "2026-05-12T14:02:11.768Z", "method": "GET", "path": "/cart", "response_code": 502, "duration": 304,
    "upstream_cluster": "cart",
}  # fmt: skip
APACHE = {
    "time": "2026-05-12T16:02:11+0200", "remoteIP": "203.0.113.9", "request": "/cart", "method": "GET", "status": "502",
    "userAgent": "curl/8.5",
}  # fmt: skip


def rows(*entries: object):
    source = original("".join(json.dumps(entry) + "\n" for entry in entries), "access.jsonl")
    return carry_out(READER.plan(source), source)


@pytest.mark.parametrize(
    ("entry", "message", "service", "milliseconds"),
    [
        (NGINX, "GET /cart HTTP/1.1", "nginx", 304),
        (NGINX | {"server_name": "shop.example"}, "GET /cart HTTP/1.1", "shop.example", 304),
        (CADDY, "/cart", "shop.example", 304),
        (TRAEFIK, "/cart", "cart@docker", 304),
        (ENVOY, "/cart", "cart", 304),
        (APACHE, "/cart", "apache", None),
    ],
)
def test_every_server_gives_time_status_level_and_duration(entry, message, service, milliseconds):
    (row,) = rows(entry).rows
    instant = row["instant"]
    assert isinstance(instant, datetime)
    assert instant.replace(microsecond=0) == datetime(2026, 5, 12, 14, 2, 11, tzinfo=UTC)
    assert (row["message"], row["service"]) == (message, service)
    assert (row["status"], row["level"]) == (502, "error")
    assert row["duration_ms"] == (None if milliseconds is None else pytest.approx(milliseconds))


def test_the_most_precise_time_is_taken():
    assert rows(NGINX).column("instant") == [datetime(2026, 5, 12, 14, 2, 11, 768000, tzinfo=UTC)]
    assert rows(without(NGINX, "msec")).column("instant") == [datetime(2026, 5, 12, 14, 2, 11, tzinfo=UTC)]


def test_the_common_log_time_is_read_too():
    entry = without(NGINX, "msec", "time_iso8601") | {"time_local": "12/May/2026:16:02:11 +0200"}
    assert rows(entry).column("instant") == [datetime(2026, 5, 12, 14, 2, 11, tzinfo=UTC)]


def test_a_dash_is_no_duration():
    assert rows(NGINX | {"request_time": "-"}).column("duration_ms") == [None]


def test_lines_that_are_no_objects_are_rejected_by_number():
    source = original(f"{json.dumps(NGINX)}\n\n{{broken\n[1]\n{json.dumps(NGINX)}\n")
    read = carry_out(READER.plan(source), source)
    assert (read.column("line"), read.rejected) == ([1, 5], [3, 4])


def test_a_plan_for_something_else_is_refused():
    with pytest.raises(AfteractionError, match="mapping"):
        READER.plan(original('{"a": 1}\n', "a.json"))


@pytest.mark.parametrize("entry", [NGINX, CADDY, TRAEFIK, ENVOY, APACHE])
def test_it_wins_its_own_files(entry):
    assert winner(original(json.dumps(entry) + "\n", "x.jsonl")) == "access_log_json"


@pytest.mark.parametrize(
    "entry",
    [
        {"timestamp": "2026-05-12T14:02:11Z", "level": "info", "service": "cart", "message": "request handled",
         "path": "/cart", "status": 200, "request_id": "1", "duration_ms": 6},
        {"time": "2026-05-12T14:02:11Z", "event": "deploy v1"},
        {"ts": 1, "msg": "up", "status": 1},
        {"status": "firing", "alerts": []},
    ],
)  # fmt: skip
def test_it_leaves_application_logs_and_other_json_alone(entry):
    assert READER.sniff(original(json.dumps(entry) + "\n")) == 0


def test_a_recorded_nginx_log_is_read_whole():
    source = file(corpus("payloads/generated/live_capture/nginx_access.jsonl"))
    read = carry_out(READER.plan(source), source)
    assert winner(source) == "access_log_json"
    assert (len(read.rows), read.rejected) == (2580, [])
    assert {row["level"] for row in read.rows if row["status"] == 502} == {"error"}


@pytest.mark.parametrize("name", ["app.jsonl", "operator_actions.jsonl"])
def test_recorded_application_logs_are_left_alone(name):
    assert READER.sniff(file(corpus(f"payloads/generated/live_capture/{name}"))) == 0
