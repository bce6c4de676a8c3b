"""A running `afteraction serve` whose processes can be found and killed, and whose database can be looked into."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.web.databases import as_default

COMMAND = Path(sys.executable).parent / "afteraction"
ROOT = Path(__file__).parents[2]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a start with its data below `folder`, in which the tests' own tasks are found."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("AFTERACTION", "DJANGO", "DATABASE"))
    }
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**kept, "PYTHONPATH": path, "AFTERACTION_DATA": str(folder / "data"), **more}


def until(true: Callable[[], bool], seconds: float, what: str) -> float:
    """Waits for something and gives how long it took; fails with `what` when it does not come."""
    begin = time.monotonic()
    while not true():
        assert time.monotonic() - begin < seconds, f"not within {seconds} s: {what}"
        time.sleep(0.02)
    return time.monotonic() - begin


def is_alive(pid: int) -> bool:
    """Whether a process runs; a dead one that nobody waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(pid: int) -> dict[int, str]:
    """The children of a process with their command lines."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with contextlib.suppress(OSError):
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == pid and is_alive(int(folder.name)):
                    found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
    return found


class Served:
    """One parent with its children."""

    def __init__(self, folder: Path, *arguments: str, **variables: str) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.arguments = arguments
        self.variables = variables

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        with (self.folder / "told").open("w") as output:
            self.process = subprocess.Popen(
                [COMMAND, "serve", "--port", str(self.port), *self.arguments], cwd=self.folder,
                env=environment(self.folder, **self.variables), stdout=output, stderr=output, process_group=0,
            )  # fmt: skip
        until(lambda: "Afteraction is at" in self.told() or self.process.poll() is not None, 300, "a first answer")
        assert self.process.poll() is None, self.told()

    def told(self) -> str:
        """What it said since the start."""
        return (self.folder / "told").read_text()

    def pid_of(self, name: str) -> int:
        """The process of the child called web or worker; 0 while there is none."""
        module = {"web": "config.web_process", "worker": "jobs.worker"}[name]
        return next((pid for pid, line in children(self.process.pid).items() if module in line), 0)

    def answering_pid(self) -> int:
        """The process below web that answers requests."""
        return next(iter(children(self.pid_of("web"))), 0)

    def answers(self) -> bool:
        """Whether it answers now."""
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def end(self) -> float:
        """Ends it as Ctrl+C does; seconds it took."""
        begin = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        return time.monotonic() - begin


@contextlib.contextmanager
def served(folder: Path, *arguments: str, **variables: str) -> Iterator[Served]:
    """A server that answers, ended afterwards together with whatever is left of it."""
    server = Served(folder, *arguments, **variables)
    try:
        server.start()
        yield server
    finally:
        server.end()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.process.pid, signal.SIGKILL)


@contextlib.contextmanager
def database_of(server: Served) -> Iterator[None]:
    """The served SQLite file in the place of Django's default database."""
    with as_default(f"sqlite:////{server.folder}/data/afteraction.sqlite3", server.folder, has_tables=True):
        yield
