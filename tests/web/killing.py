"""A driver that works as people do over HTTP while processes are killed, and remembers what was acknowledged.

Knows what an acknowledgement is: an answer of 200 or 201. Whatever gets no answer, or a 5xx, is sent again with the
same id, as a page or a program would.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.web.entering import signed_in_opener
from tests.web.serving import Served, is_alive

API = "/api/v1/incidents"
RETRIED = {429, 500, 502, 503, 504}


@dataclass
class Acknowledged:
    """What was answered to be kept."""

    files: dict[str, bytes] = field(default_factory=dict)  # by the hash of their bytes
    lines: list[str] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    sent_again: int = 0
    refused: list[tuple[str, int, str]] = field(default_factory=list)


class Browser:
    """Somebody who is signed in, sends again what got no answer, and keeps on until `ends`."""

    def __init__(self, server: Served, told: str, ends: threading.Event) -> None:
        opener = signed_in_opener(told)
        jar = next(handler.cookiejar for handler in opener.handlers if hasattr(handler, "cookiejar"))
        cookies = {cookie.name: cookie.value for cookie in jar}
        self._client = httpx.Client(base_url=server.address, cookies=cookies, timeout=30)
        self._client.headers.update({"X-CSRFToken": cookies["csrftoken"], "Accept": "application/json"})
        self._lock = threading.Lock()
        self.ends = ends
        self.acknowledged = Acknowledged()

    def send(self, method: str, path: str, **said: Any) -> httpx.Response:
        """The first answer that is neither missing nor a server's failure."""
        deadline = time.monotonic() + 120
        while True:
            try:
                answer = self._client.request(method, path, **said)
                if answer.status_code not in RETRIED:
                    return answer
            except httpx.TransportError:
                pass
            assert time.monotonic() < deadline, f"{method} {path} got no answer for two minutes"
            with self._lock:
                self.acknowledged.sent_again += 1
            time.sleep(0.1)

    def note(self, into: list[str], name: str, answer: httpx.Response) -> bool:
        """Takes an answer down: as kept, or as refused."""
        is_kept = answer.status_code in (200, 201)
        with self._lock:
            if is_kept:
                into.append(name)
            elif answer.status_code != 409:
                self.acknowledged.refused.append((name, answer.status_code, answer.text[:300]))
        return is_kept

    def open_incident(self) -> str:
        """A new incident's key."""
        said = {"title": "Fifty kills", "zone": "UTC", "opened_with": uuid.uuid4().hex}
        answer = self.send("POST", API, json=said)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["key"])

    def upload_files(self, key: str) -> None:
        """Uploads one log file after the other, in two pieces."""
        for number in range(10_000):
            if self.ends.is_set():
                return
            data = _log_file(number)
            mark = uuid.uuid4().hex
            begin = {"path": f"app-{number}.jsonl", "size": len(data), "mark": mark}
            if self._upload(key, begin, data):
                with self._lock:
                    self.acknowledged.files[hashlib.sha256(data).hexdigest()] = data
            self.ends.wait(0.5)

    def _upload(self, key: str, begin: dict[str, Any], data: bytes) -> bool:
        while True:
            answer = self.send("POST", f"{API}/{key}/uploads", json=begin)
            assert answer.status_code == 201, answer.text
            token, offset = answer.json()["token"], answer.json()["received"]
            if offset < len(data):
                piece = data[offset : offset + len(data) // 2 + 1]
                self.send("PUT", f"{API}/{key}/uploads/{token}?offset={offset}", content=piece)
                continue
            answer = self.send("POST", f"{API}/{key}/uploads/{token}/finish")
            if answer.status_code != 409:
                return self.note([], begin["path"], answer)

    def log_lines(self, key: str) -> None:
        """Writes down what happens, line by line."""
        while not self.ends.is_set():
            own = uuid.uuid4().hex
            answer = self.send("POST", f"{API}/{key}/log", json={"line": f"looked at {own}", "entry_id": own})
            self.note(self.acknowledged.lines, own, answer)
            self.ends.wait(1.0)

    def correct(self, key: str) -> None:
        """Keeps events and notes others, one edit after the other."""
        while not self.ends.is_set():
            found = self.send("GET", f"{API}/{key}/events?limit=200")
            events = found.json().get("events", []) if found.status_code == 200 else []
            if not events:
                self.ends.wait(0.5)
                continue
            event = random.choice(events)
            own = uuid.uuid4().hex
            said = {"edit_id": own, "event_ids": [event["id"]], "based_on": {event["id"]: event["revision"]}}
            is_note = random.random() < 0.5
            said |= {"verb": "note", "text": f"noted {own}"} if is_note else {"verb": "keep"}
            if self.note(self.acknowledged.edits, own, self.send("POST", f"{API}/{key}/edits", json=said)):
                with self._lock:
                    self.acknowledged.kept += [] if is_note else [event["id"]]
            self.ends.wait(0.05)


def _log_file(number: int) -> bytes:
    """Some hundred lines of a JSON log, like those of no other number."""
    begin = 1_778_595_000 + number * 60
    lines = (
        f'{{"timestamp": "{time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(begin + second))}", "level": "error", '
        f'"service": "shop-{number}", "message": "request {number}-{second} failed with code {second % 7}"}}\n'
        for second in range(300)
    )
    return "".join(lines).encode()


def kill_somebody(server: Served, chance: random.Random) -> str:
    """Kills one live process of web or worker; its name, empty when it just starts again after the last kill."""
    name = chance.choice(["worker", "worker", "web", "answering"])
    if name != "worker" and not server.answers():
        return ""
    pid = server.answering_pid() if name == "answering" else server.pid_of(name)
    if not pid or not is_alive(pid):
        return ""
    os.kill(pid, signal.SIGKILL)
    return name
