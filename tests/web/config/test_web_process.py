"""The process that answers requests: how many of them, and what they count together."""

from __future__ import annotations

import os
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from afteraction.web.config.web_process import processes
from tests.web.serving import children, served, until

ROUTE = "healthz"


def counted(address: str) -> float:
    with urllib.request.urlopen(f"{address}/metrics", timeout=20) as answer:
        families = list(text_string_to_metric_families(answer.read().decode()))
    samples = [sample for family in families for sample in family.samples]
    return sum(
        sample.value
        for sample in samples
        if sample.name == "afteraction_http_requests_total" and sample.labels["route"] == ROUTE
    )


def test_each_core_gets_a_process_up_to_two(monkeypatch):
    monkeypatch.delenv("AFTERACTION_WEB_PROCESSES", raising=False)
    asked = []
    for cores in (1, 2, 64, None):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        asked.append(processes())
    assert asked == [1, 2, 2, 1]


def test_the_environment_says_otherwise(monkeypatch):
    monkeypatch.setenv("AFTERACTION_WEB_PROCESSES", "5")
    assert processes() == 5


@pytest.mark.parametrize("wanted", ["0", "65", "-1", "two", "²"])
def test_what_is_no_number_of_processes_is_named(monkeypatch, wanted):
    monkeypatch.setenv("AFTERACTION_WEB_PROCESSES", wanted)
    with pytest.raises(SystemExit, match=f'AFTERACTION_WEB_PROCESSES is "{wanted}"'):
        processes()


def test_two_processes_count_together(tmp_path: Path, with_tables: Callable[[Path], Path]):
    with served(with_tables(tmp_path), "--web-only", AFTERACTION_WEB_PROCESSES="2") as server:
        until(lambda: len(children(server.pid_of("web"))) == 2, 30, "two processes that answer")
        before = counted(server.address)
        for _ in range(20):
            assert server.answers()
        assert [counted(server.address) - before for _ in range(6)] == [20] * 6
