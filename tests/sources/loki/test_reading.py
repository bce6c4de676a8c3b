"""What is pulled from Loki is what its reader reads."""

from __future__ import annotations

from pathlib import Path

from afteraction.sources.loki.puller import PULLER
from tests.cli.case import analysis
from tests.sources.loki.test_puller import BEGIN, QUERY, serving
from tests.sources.windows import pulled_into, wanted


def test_every_line_that_was_pulled_is_read_once(tmp_path: Path) -> None:
    lines = [(BEGIN + i * 9 * 10**9, f'level=error msg="payment {i} failed"') for i in range(45)]
    pulled_into(tmp_path, PULLER, serving(lines), wanted(QUERY, limit="20"))
    files = analysis(tmp_path)["files"]
    assert {file["reader"] for file in files} == {"loki"} and len(files) > 2
    assert sum(file["rows"] for file in files) == 45
    assert sum(file["failures_total"] for file in files) == 0
