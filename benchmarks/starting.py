"""How long a start takes when everything was made before, against loading the application once.

Knows that a start loads it in three processes, the last two side by side. Refuses to count what a first start makes.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.web_load import free_port, wait_for

HEADING = "## A start with nothing to do"
ROUNDS = 5
LOAD = "import afteraction.web.config.wsgi"


def report(folder: Path) -> str:
    """Starts of a data folder that a first start made, alternating with loading; as a section of the results."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("AFTERACTION", "DATABASE"))},
        "AFTERACTION_DATA": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "afteraction.web.config.settings",
    }
    first, _ = _start_and_end(folder, environment)
    starts, ends, loads = [], [], []
    for _ in range(ROUNDS):
        start, end = _start_and_end(folder, environment)
        starts.append(start)
        ends.append(end)
        loads.append(_load(environment))
    start, load = median(starts), median(loads)
    return "\n".join(
        [
            HEADING,
            "",
            f"`afteraction serve --demo` until it answers, the demo analysed: **{start:.2f} s** (aim: under 3 s),"
            f" **{start / load:.1f}×** of loading the application once ({load:.2f} s; aim: at most 3×); medians of"
            f" {ROUNDS} alternating rounds. The first start, which makes everything, took {first:.1f} s."
            f" After Ctrl+C everything is gone in {median(ends):.1f} s, {max(ends):.1f} s at most (aim: under 8 s)."
            f" Load {os.getloadavg()[0]:.1f}.",
            "",
            "",
        ]
    )


def _start_and_end(folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds until it answers, and from the signal of Ctrl+C until it is gone."""
    port = free_port()
    command = [Path(sys.executable).parent / "afteraction", "serve", "--demo", "--port", str(port)]
    with (folder / "start.log").open("wb") as log:
        begin = time.perf_counter()
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, process_group=0)
        try:
            wait_for(port)
            took = time.perf_counter() - begin
            told = time.perf_counter()
            server.send_signal(signal.SIGINT)
            server.wait(20)
            return took, time.perf_counter() - told
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)


def _load(environment: dict[str, str]) -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", LOAD], env=environment, check=True)
    return time.perf_counter() - begin
