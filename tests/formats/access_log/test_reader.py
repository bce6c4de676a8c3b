"""Access logs: what a request line becomes, and which files are left to other readers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from afteraction.formats.access_log.reader import READER
from tests.corpus import corpus
from tests.formats.originals import file, original, winner
from tests.formats.plans import carry_out

COMBINED = '10.0.0.7 - - [12/May/2026:14:02:11 +0200] "GET /cart HTTP/1.1" 502 157 "-" "curl/8.5"'


def rows(text: str, name: str = "access.log"):
    source = original(text, name)
    return carry_out(READER.plan(source), source)


def test_a_combined_line_gives_time_request_status_and_level():
    (row,) = rows(COMBINED).rows
    assert row["instant"] == datetime(2026, 5, 12, 12, 2, 11, tzinfo=UTC)
    assert (row["message"], row["status"], row["level"]) == ("GET /cart HTTP/1.1", 502, "error")
    assert row["duration_ms"] is None


@pytest.mark.parametrize(("status", "level"), [("200", "info"), ("304", "info"), ("404", "warning"), ("503", "error")])
def test_the_level_follows_from_the_status(status, level):
    assert rows(COMBINED.replace("502", status)).column("level") == [level]


@pytest.mark.parametrize(
    ("tail", "milliseconds"),
    [
        (" 0.304", 304.0),
        (' "203.0.113.4" 1.250', 1250.0),
        (' rt=0.007 uct="0.001" urt="0.006"', 7.0),
        (' 423 0.005 [shop-cart-80] [] 10.0.0.4:8080 12 0.004 200 0af7651916cd43dd8448eb211c80319c', 5.0),
        (' 17 "cart@docker" "http://10.0.0.4:80" 12ms', 12.0),
        (' 304112', None),
        (' "203.0.113.4"', None),
        (' 10.0.0.4:8080', None),
    ],
)  # fmt: skip
def test_the_request_time_is_read_where_its_unit_is_known(tail, milliseconds):
    (row,) = rows(COMBINED + tail).rows
    assert row["duration_ms"] == (pytest.approx(milliseconds) if milliseconds is not None else None)
    assert row["status"] == 502


@pytest.mark.parametrize(
    ("line", "name", "service"),
    [
        (COMBINED, "nginx_access.log", "nginx"),
        (COMBINED, "logs/apache2/other.log", "apache"),
        (COMBINED, "access.log", "web"),
        ("shop.example:443 " + COMBINED, "access.log", "shop.example"),
        (COMBINED + " 423 0.005 [shop-cart-80] [] 10.0.0.4:80 12 0.004 200 ab", "access.log", "shop-cart-80"),
    ],
)
def test_the_service_is_the_upstream_the_host_or_the_server(line, name, service):
    assert rows(line, name).column("service") == [service]


def test_the_common_format_quotes_users_and_empty_requests_are_read():
    read = rows(
        '10.0.0.7 - ada lovelace [12/May/2026:14:02:11 +0200] "GET /say/\\"hi\\" HTTP/1.0" 200 -\n'
        '10.0.0.7 - - [12/May/2026:14:02:12 +0200] "-" 408 0 "-" "-"\n'
        '10.0.0.7 - - [12/May/2026:14:02:13 +0200] "\\x16\\x03\\x01" 400 157 "-" "-"\n'
        '2001:db8::7 - - [12/May/2026:14:02:14.250 +0200] "GET / HTTP/2.0" 200 9\n'
    )
    assert read.column("message") == ['GET /say/\\"hi\\" HTTP/1.0', "-", "\\x16\\x03\\x01", "GET / HTTP/2.0"]
    assert read.rejected == []


def test_lines_of_another_shape_are_rejected_by_number():
    read = rows(f"{COMBINED}\n\nrestarting\n{COMBINED}\n{COMBINED[:40]}\n")
    assert (read.column("line"), read.rejected) == ([1, 4], [3, 5])


def test_it_wins_its_own_files_and_leaves_others():
    assert winner(original((COMBINED + "\n") * 3)) == "access_log"
    assert READER.sniff(original("2026/05/12 14:02:11 [error] 31#31: *7 broken\n")) == 0
    assert READER.sniff(original('{"status": 200}\n')) == 0
    assert READER.sniff(original("")) == 0


def test_a_recorded_nginx_log_is_read_whole():
    source = file(corpus("payloads/generated/live_capture/nginx_access_combined.log"))
    read = carry_out(READER.plan(source), source)
    assert winner(source) == "access_log"
    assert (len(read.rows), read.rejected) == (2580, [])
    assert {row["level"] for row in read.rows if row["status"] == 502} == {"error"}
