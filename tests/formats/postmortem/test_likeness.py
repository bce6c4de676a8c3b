"""The reader claims accounts of incidents and leaves logs, code and plain prose to others."""

from __future__ import annotations

import pytest

from afteraction.formats.postmortem.reader import READER
from tests.formats.postmortem.test_styles import TABLE
from tests.formats.postmortem.writing import source

ACCESS = '10.0.0.1 - - [06/May/2031:10:15:00 +0000] "GET / HTTP/1.1" 200 12 "-" "curl"\n' * 5
SYSLOG = "May  6 10:15:00 host sshd[12]: error: incident outage\n" * 5
APP_LOG = "2031-05-06 10:15:00,123 ERROR shop outage detected\n2031-05-06 10:15:01,123 INFO resolved\n" * 4
LEVELS = "10:15:00 INFO service started\n10:15:02 ERROR outage\n" * 5


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TABLE, "shop.md"),
        (TABLE, "shop.txt"),
        (TABLE, "shop"),
        ("# Incident on 2031-05-06\n\n- **Key events**\n  - Resolved 2031-05-06 10:15\n\n- **Impact**: none\n", "x.md"),
        (
            "IMPACT TIME\nAug 26 at 11:31 to Aug 26 at 13:45\nRoot cause\nTimeline\nAug 26, 2031\n9:00 AM start\n",
            "x.txt",
        ),
    ],
)
def test_an_account_of_an_incident_is_claimed(text: str, name: str) -> None:
    assert READER.sniff(source(text, name)) >= 0.8


def test_a_dated_list_is_claimed_modestly_and_prose_with_a_time_barely() -> None:
    bullets = "• 10:15 a\n• 10:20 b\n• 10:25 c\n"
    assert 0.5 <= READER.sniff(source(bullets, "20310506-mail.txt")) < 0.9
    assert READER.sniff(source("We met at 10:15 on May 6, 2031.\n", "notes.txt")) == 0.2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (ACCESS, "access.txt"),
        (SYSLOG, "messages.txt"),
        (SYSLOG, "messages"),
        (APP_LOG, "app.txt"),
        (LEVELS, "app.txt"),
        (APP_LOG, "app.log"),
        ('{"incident": "outage", "timeline": []}', "incident.txt"),
        ('[{"time": "10:15"}]', "incident.md"),
        ("time,event\n2031-05-06 10:15,outage\n", "incident.csv"),
        ("# Shop\n\nInstall it with `make install`.\n\n## Usage\n\nRead the docs.\n", "README.md"),
        ("#!/bin/sh\n# Incident timeline: 10:15\necho outage\n", "run"),
        ("def outage():\n    return '10:15'\n", "incident.py"),
        ("", "incident.md"),
        ("# Changelog\n\n## 1.2.0 - 2031-05-06\n\n- Added a thing\n", "CHANGELOG.md"),
    ],
)
def test_logs_data_code_and_guides_are_not_claimed(text: str, name: str) -> None:
    assert READER.sniff(source(text, name)) <= 0.2


def test_binary_files_are_not_claimed() -> None:
    assert READER.sniff(source(b"%PDF-1.4\n\x00\x01 incident 10:15", "incident.md")) == 0


def test_an_account_without_times_is_claimed_barely_and_a_guide_is_not() -> None:
    text = "The deploy failed with errors, workers crashed and were restarted. The bug is fixed, few were affected.\n"
    assert READER.sniff(source(text, "20310506-workers.txt")) == 0.2
    assert READER.sniff(source(text, "README.md")) == 0


def test_times_with_objects_behind_them_are_no_account() -> None:
    text = "".join(f'0{i} 2031-05-06T10:1{i}:00Z {{"Host": "hook", "Length": "7{i}"}}\n' for i in range(5))
    assert READER.sniff(source(text, "webhook_headers.txt")) == 0
