"""Reading and writing at once against a served application: 200 requests a second for half a minute.

Knows the mix and the pace; whoever is late is not waited for. Refuses to look inside: it counts answers.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

PEOPLE = 12
# Of a hundred requests: one reads a page of events, one event, the list of incidents, the next events as a part of the
# page, and one in five writes.
MIX = (("events", 30), ("event", 35), ("part", 10), ("incidents", 5), ("write", 20))


@dataclass
class Load:
    """What was asked for and what came. `seconds` of each answer, from the moment in which it was due."""

    rate: int
    lasted: float = 0.0
    answers: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    server_cpu: float = 0.0

    @property
    def errors(self) -> int:
        """Answers that are none, or say that the server failed."""
        return sum(count for status, count in self.answers.items() if status == 0 or status >= 400)

    @property
    def told(self) -> dict[str, float]:
        """As figures."""
        cuts = quantiles(self.seconds, n=20)
        return {"rate": self.rate, "lasted": self.lasted, "answered": sum(self.answers.values()), "errors": self.errors,
                "median_ms": cuts[9] * 1000, "p95_ms": cuts[18] * 1000, "server_cpu_s": self.server_cpu}  # fmt: skip


@contextmanager
def served(environment: dict[str, str], folder: Path) -> Iterator[tuple[int, int]]:
    """Port and process id of the real web process, without a worker."""
    port = free_port()
    with (folder / "served.log").open("wb") as log:
        command = [sys.executable, "-m", "afteraction.web.config.web_process", "127.0.0.1", str(port)]
        variables = {"DJANGO_SETTINGS_MODULE": "afteraction.web.config.settings", **environment}
        process = subprocess.Popen(command, env=variables, stdout=log, stderr=log)
        try:
            wait_for(port)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(20)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Waits until the application answers there; ends the process when it does not within a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
    sys.exit("The application does not answer.")


def put_under_load(port: int, pid: int, token: str, key: str, ids: list[str], rate: int, lasting: float) -> Load:
    """Sends `rate` requests a second in all, each person on a connection of their own."""
    load, lock = Load(rate), threading.Lock()
    before, began = _processor_seconds(pid), time.perf_counter()
    people = [
        threading.Thread(target=_work, args=(load, lock, port, token, key, ids, rate / PEOPLE, began, lasting, number))
        for number in range(PEOPLE)
    ]
    for each in people:
        each.start()
    for each in people:
        each.join()
    load.lasted = time.perf_counter() - began
    load.server_cpu = _processor_seconds(pid) - before
    return load


def _work(
    load: Load, lock: threading.Lock, port: int, token: str, key: str, ids: list[str], rate: float, began: float,
    lasting: float, number: int,
) -> None:  # fmt: skip
    chance = random.Random(number)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for nth in range(int(rate * lasting)):
        due = began + (nth + number / PEOPLE) / rate
        time.sleep(max(due - time.perf_counter(), 0))
        try:
            status = _ask(connection, chance, token, key, ids)
        except (OSError, http.client.HTTPException):
            connection.close()
            status = 0
        with lock:
            load.answers[status] += 1
            load.seconds.append(time.perf_counter() - due)


def _ask(connection: http.client.HTTPConnection, chance: random.Random, token: str, key: str, ids: list[str]) -> int:
    what = chance.choices([name for name, _ in MIX], [weight for _, weight in MIX])[0]
    one, body = chance.choice(ids), None
    headers = {"Authorization": f"Bearer {token}"}
    place = f"/api/v1/incidents/{key}/"
    if what == "write":
        body = json.dumps({"verb": chance.choice(["keep", "note"]), "event_ids": [one], "text": "seen under load"})
        headers["Content-Type"] = "application/json"
    path = {"events": f"{place}events?limit=20", "event": f"{place}events/{one}", "incidents": "/api/v1/incidents",
            "part": f"{place}events?limit=60&triage=kept", "write": f"{place}edits"}[what]  # fmt: skip
    connection.request("POST" if body else "GET", path, body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _processor_seconds(pid: int) -> float:
    """Processor time of a process and its children, as the system counts it."""
    total = 0.0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(folder.name) == pid or int(fields[1]) == pid:
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total
