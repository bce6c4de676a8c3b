"""A hundred thousand services: answered in bounded memory, and the one that broke is still found."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pipeline.bad_cases.shop import BEGAN, BROKE, alert, as_text, iso, metric_rows, span_rows, write

MANY = 100_000
MOST_MIB = 2048
# The answer of a process of its own, so that the peak is that of this case alone.
MEASURED = """
import resource, sys
from pathlib import Path
from tests.pipeline.bad_cases.shop import ask
found = ask(Path(sys.argv[1]))
print(found.first, found.probability("cart"), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def crowd(many: int) -> dict[str, object]:
    """The shop among `many` services with one sample, one span and one line each."""
    moments = [iso(BEGAN + timedelta(seconds=2400 * number // many)) for number in range(many)]
    lines = [
        f'{{"timestamp": "{at}", "service": "s-{number}", "level": "INFO", "message": "hello {number}"}}\n'
        for number, at in enumerate(moments)
    ]
    metrics = [*metric_rows(), *(f"{at},s-{number},cpu,0.3" for number, at in enumerate(moments))]
    spans = [f"{number + 10**9:032x},{number + 10**9:016x},,s-{number},GET,{at},5,OK"
             for number, at in enumerate(moments)]  # fmt: skip
    return {
        "metrics.csv": as_text("metrics.csv", metrics),
        "traces.csv": as_text("traces.csv", [*span_rows(), *spans]),
        "logs.jsonl": "".join(lines),
        "alert.json": alert(fired_at=iso(BROKE + timedelta(minutes=2))),
    }


@pytest.mark.slow
def test_a_hundred_thousand_services_are_ranked_in_bounded_memory(tmp_path: Path) -> None:
    write(tmp_path, crowd(MANY))
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, str(tmp_path)], check=True, capture_output=True, text=True, timeout=900,
        cwd=Path(__file__).parents[3],
    ).stdout.split()  # fmt: skip
    assert told[0] == "cart" and float(told[1]) > 0.5
    assert int(told[2]) < MOST_MIB
