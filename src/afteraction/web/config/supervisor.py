"""The parent of `afteraction serve`: it starts its children, starts them again when they die, and ends them.

Knows processes and nothing of what they do. Refuses to leave one behind: children are in its process group and end with
it, however it ends.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

import click

from afteraction.web.jobs.parent import PARENT

# A child that lived this long was well: the next start does not wait.
WELL_SECONDS = 3.0
LONGEST_WAIT = 15.0
# Children get this long to finish what they have in hand.
GRACE_SECONDS = 8.0
# Set for a child that waits for a line of its parent before it begins.
HELD = "AFTERACTION_HELD"

Environment = Callable[[int], dict[str, str]]


def _nothing(_start: int) -> dict[str, str]:
    return {}


@dataclass
class Child:
    """One process to keep alive. `environment` gives the variables of its nth start, counted from 1."""

    name: str
    arguments: Sequence[str]
    environment: Environment = _nothing
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    starts: int = field(default=0, init=False)
    early_ends: int = field(default=0, init=False)
    started_at: float = field(default=0.0, init=False)
    due_at: float = field(default=0.0, init=False)

    def start(self, *, is_held: bool = False) -> None:
        """Starts it; one that `is_held` loads what it needs and then waits for `let_go`."""
        self.starts += 1
        variables = {**os.environ, **self.environment(self.starts), PARENT: str(os.getpid())}
        if is_held:
            variables[HELD] = "1"
        reads = subprocess.PIPE if is_held else subprocess.DEVNULL
        self.process = subprocess.Popen(  # noqa: S603 - our modules
            [sys.executable, *self.arguments], env=variables, stdin=reads
        )
        self.started_at = time.monotonic()

    def let_go(self) -> None:
        """Lets a held one begin; it may have died meanwhile, and is then started again like any other."""
        if self.process is not None and self.process.stdin is not None:
            with contextlib.suppress(BrokenPipeError), self.process.stdin as line:
                line.write(b"go\n")

    def tend(self) -> None:
        """Starts it when it is due, and notes when it ended; after early ends it waits 0, 0.5, 1, 2 … 15 s."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.process = None
        self.early_ends = self.early_ends + 1 if now - self.started_at < WELL_SECONDS else 0
        wait = 0.0 if self.early_ends < 2 else min(LONGEST_WAIT, 0.5 * 2 ** (self.early_ends - 2))
        self.due_at = now + wait
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        click.echo(f"The {self.name} process {how}; it starts again{f' in {wait:g} s' if wait else ''}.", err=True)


def supervise(children: Sequence[Child]) -> None:
    """Keeps the children alive until this process is told to end (SIGTERM, SIGINT), then ends them."""
    ends = threading.Event()

    def told_to_end(_signal: int, _frame: FrameType | None) -> None:
        ends.set()

    signal.signal(signal.SIGTERM, told_to_end)
    signal.signal(signal.SIGINT, told_to_end)
    while not ends.is_set():
        for child in children:
            child.tend()
        ends.wait(0.1)
    _end(children)


def _end(children: Sequence[Child]) -> None:
    alive = [child.process for child in children if child.process is not None and child.process.poll() is None]
    for process in alive:
        process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    for process in alive:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
