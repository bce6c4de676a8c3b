"""Columns that most lines begin with are cut off, and nothing else is."""

from __future__ import annotations

import re

import pytest

from afteraction.engine.logs.headers import header_pattern

# Lines as `stores.templates` masks them, and what stays of each.
LOGS = {
    "level and logger": (
        ("0 0 0 INFO dfs.DataNode: Received block blk_0", "Received block blk_0"),
        ("0 0 0 WARN dfs.Names: BLOCK* ask 0 to delete", "BLOCK* ask 0 to delete"),
    ),
    "brackets": (
        ("[Sun Dec 0 0:0:0 0] [notice] workerEnv.init() ok", "workerEnv.init() ok"),
        ("[Mon Dec 0 0:0:0 0] [error] child init 0 -0", "child init 0 -0"),
        ("[Mon Dec 0 0:0:0 0] [error] [client 0.0.0.0] denied", "[client 0.0.0.0] denied"),
    ),
    "thread with brackets of its own": (
        ("0-0-0 0:0:0,0 - INFO  [Peer[myid=0]/0:0:0:0:0:0:0:0:0:Election@0] - time out: 0", "time out: 0"),
        ("0-0-0 0:0:0,0 - WARN  [Worker:0:Manager@0] - Interrupted", "Interrupted"),
    ),
    "host and process": (
        ("Jun 0 0:0:0 combo su(pam_unix)[0]: session opened for user x", "session opened for user x"),
        ("Jul 0 0:0:0 combo kernel: Linux version 0", "Linux version 0"),
        ("Jul 0 0:0:0 combo syslogd 0.0.0: restart.", "restart."),
    ),
    "program and dash": (
        ("[0.0 0:0:0] chrome.exe - a.example:0 open through proxy", "a.example:0 open through proxy"),
        ("[0.0 0:0:0] chrome.exe *0 - a.example:0 close, 0 bytes", "a.example:0 close, 0 bytes"),
    ),
    "bars": (
        ("0-0:0:0:0|Step_LSC|0|onStandStepChanged 0", "onStandStepChanged 0"),
        ("0-0:0:0:0|Step_SP|0|total = 0##0", "total = 0##0"),
    ),
    "seconds since 1970": (
        ("- 1 0.0.0 0-0-0 RAS KERNEL INFO generating core.0", "generating core.0"),
        ("APPREAD 1 0.0.0 0-0-0 RAS APP FATAL ciod: failed to read", "ciod: failed to read"),
        ("- 1 0.0.0 0-0-0 RAS KERNEL INFO shutdown complete", "shutdown complete"),
    ),
    "traces below": (
        ("0-0-0:0:0.0 ERROR [0] c.e.Shop - Order 0 failed", "Order 0 failed"),
        ("0-0-0:0:0.0 INFO [main] c.e.Shop - Started", "Started"),
        ("java.lang.NullPointerException: x", "java.lang.NullPointerException: x"),
        ("\tat a.b.C(D.java:0)", "\tat a.b.C(D.java:0)"),
        ("Caused by: java.io.IOException", "Caused by: java.io.IOException"),
    ),
    "none": (
        ("0.0.0.0:0 Served block blk_0 to /0.0.0.0", "0.0.0.0:0 Served block blk_0 to /0.0.0.0"),
        ("image 0-0-0-0-0 at (0): checking", "image 0-0-0-0-0 at (0): checking"),
        ("[instance: 0-0-0-0-0] disk limit not specified", "[instance: 0-0-0-0-0] disk limit not specified"),
        ("[instance: 0-0-0-0-0] vcpu limit not specified", "[instance: 0-0-0-0-0] vcpu limit not specified"),
    ),
}


@pytest.mark.parametrize("kind", LOGS)
def test_what_stays_is_the_message(kind):
    lines = [line for line, _ in LOGS[kind]]
    pattern = header_pattern(lines)
    assert [re.sub(pattern, "", line, count=1) for line in lines] == [message for _, message in LOGS[kind]]


@pytest.mark.parametrize("kind", LOGS)
def test_neither_order_nor_repetition_matters(kind):
    lines = [line for line, _ in LOGS[kind]]
    assert header_pattern(lines) == header_pattern([*reversed(lines), *lines, "", "\n"])


def test_nothing_has_no_header():
    assert header_pattern([]) == header_pattern(["", " \n"]) == ""
