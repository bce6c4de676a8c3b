"""Error logs of nginx and Apache: levels, hosts, lines that go on, and the zone that nobody wrote."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from afteraction.core.errors import NaiveTime
from afteraction.formats.error_log.reader import READER
from tests.corpus import corpus
from tests.formats.originals import file, original, winner
from tests.formats.plans import carry_out

NGINX = (
    "2026/05/12 14:02:11 [error] 31#31: *7 connect() failed (111: Connection refused) while connecting to upstream, "
    'client: 203.0.113.9, server: {server}, request: "GET / HTTP/1.1", upstream: "http://10.0.0.4:80/", host: "h"'
)
APACHE = "[Tue May 12 14:02:11.123456 2026] [proxy:{level}] [pid 9:tid 140] (111)Connection refused: AH00957: HTTP"


def rows(text: str, zone: str = "Europe/Berlin"):
    source = original(text, "error.log", zone=zone)
    return carry_out(READER.plan(source), source)


def test_a_file_without_a_declared_zone_is_refused_with_the_next_step():
    with pytest.raises(NaiveTime, match=r"error\.log: .*no time zone\. .*--zone"):
        READER.plan(original(NGINX, "error.log"))


def test_an_nginx_line_gives_time_level_message_and_host():
    (row,) = rows(NGINX.format(server="shop.example")).rows
    assert row["instant"] == datetime(2026, 5, 12, 12, 2, 11, tzinfo=UTC)
    assert (row["level"], row["service"]) == ("error", "shop.example")
    assert str(row["message"]).startswith("connect() failed") and str(row["message"]).endswith('host: "h"')


@pytest.mark.parametrize("server", ["", "_"])
def test_nginx_itself_is_the_service_where_no_host_is_named(server):
    assert rows(NGINX.format(server=server)).column("service") == ["nginx"]


@pytest.mark.parametrize(
    ("line", "level", "logger"),
    [
        (APACHE.format(level="error"), "error", "proxy"),
        (APACHE.format(level="trace3"), "trace", "proxy"),
        (APACHE.format(level="warn"), "warning", "proxy"),
        ("[Tue May 12 14:02:11 2026] [crit] [client 10.0.0.7] no", "critical", None),
        ("[Tue May 12 14:02:11.5 2026] [:notice] [pid 9] no", "info", None),
    ],
)
def test_apache_lines_of_both_generations_are_read(line, level, logger):
    (row,) = rows(line).rows
    assert row["instant"].replace(microsecond=0) == datetime(2026, 5, 12, 12, 2, 11, tzinfo=UTC)
    assert (row["level"], row["logger"], row["service"]) == (level, logger, "apache")


def test_lines_without_a_time_belong_to_the_message_above():
    first = NGINX.format(server="_")
    read = rows(f"{first}\nPHP message: boom\nStack trace:\n{first}\n")
    assert read.column("line") == [1, 4] and read.rejected == []
    assert str(read.rows[0]["message"]).endswith("PHP message: boom\nStack trace:")


def test_it_wins_its_own_files_and_leaves_others():
    assert winner(original(NGINX + "\n")) == winner(original(APACHE.format(level="error"))) == "error_log"
    assert READER.sniff(original("2026/05/12 14:02:11 main.go:9: listening\n")) == 0
    assert READER.sniff(original("")) == 0


def test_a_recorded_nginx_error_log_is_read_whole():
    source = file(corpus("payloads/generated/live_capture/nginx_error.log"), zone="UTC")
    read = carry_out(READER.plan(source), source)
    assert winner(source) == "error_log"
    assert (len(read.rows), read.rejected) == (149, [])
