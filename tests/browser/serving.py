"""Servers for the browser to go to: the demo made once as users make it, and copies of it that a file has alone.

Making the tables and reading the demo's evidence is most of a start, so it is done once; each server then begins with
a copy of what that left, as a server does that is started for the second time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.web.entering import printed_way_in

ROOT = Path(__file__).parents[2]
# Only a server that hangs takes as long; a busy machine is waited for.
LONGEST_START = 600.0


class Demo(NamedTuple):
    """A running server, the address that lets one browser in, and the folder of its data."""

    address: str
    way_in: str
    data: Path


@contextlib.contextmanager
def serving(folder: Path, *options: str) -> Iterator[Demo]:
    """`afteraction serve` with its data in `folder`, until the block ends."""
    port = _free_port()
    told, data = folder / "told", folder / "data"
    command = [Path(sys.executable).parent / "afteraction", "serve", *options, "--port", str(port)]
    with told.open("w") as output:
        server = subprocess.Popen(
            command, cwd=folder, env=_environment(data), stdout=output, stderr=output, process_group=0
        )
    try:
        _wait_for_the_way_in(server, told)
        yield Demo(f"http://127.0.0.1:{port}", printed_way_in(told.read_text()), data)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(60)


@contextlib.contextmanager
def serving_copy(prepared: Path, folder: Path) -> Iterator[Demo]:
    """A server of somebody's own that begins with a copy of the data in `prepared`."""
    shutil.copytree(prepared / "data", folder / "data")
    with serving(folder) as demo:
        yield demo


def make_demo(folder: Path) -> Path:
    """Starts `afteraction serve --demo` in an empty folder and ends it; the folder, with all it made."""
    with serving(folder, "--demo", "--web-only"):
        return folder


def do_there(data: Path, code: str) -> None:
    """Runs code of a server's own on its data, which Django has been set up for."""
    environment = {**_environment(data), "DJANGO_SETTINGS_MODULE": "afteraction.web.config.settings"}
    code = f"import django; django.setup()\n{code}"
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, check=True)


def _environment(data: Path) -> dict[str, str]:
    environment = {**os.environ, "AFTERACTION_DATA": str(data)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return environment


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_the_way_in(server: subprocess.Popen[bytes], told: Path) -> None:
    deadline = time.monotonic() + LONGEST_START
    while "/enter/" not in told.read_text():
        if server.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the server did not start: {told.read_text()[-2000:]}")
        time.sleep(0.1)
