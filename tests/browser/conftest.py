"""A real server on the demo, started as users start it, and a real browser that goes there."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from tests.web.entering import printed_way_in

ROOT = Path(__file__).parents[2]
# Root may not use the sandbox; the rest keeps the browser from calling anybody.
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
]


class Demo(NamedTuple):
    """A running server, and the address that lets one browser in."""

    address: str
    way_in: str


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests, found or installed by scripts/browser."""
    path = os.environ.get("AFTERACTION_BROWSER")
    if not path:
        found = subprocess.run([ROOT / "scripts" / "browser"], capture_output=True, text=True, check=False)
        if found.returncode:
            pytest.fail(found.stderr.strip().splitlines()[-1])
        path = found.stdout.strip().splitlines()[-1]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@contextlib.contextmanager
def serving_demo(folder: Path, *, filled: bool = True) -> Iterator[Demo]:
    """A server that `afteraction serve --demo` started in an empty folder, until the block ends; without the demo's
    incident where it is not to be `filled`."""
    port = free_port()
    told = folder / "told"
    environment = {**os.environ, "AFTERACTION_DATA": str(folder / "data")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [
        Path(sys.executable).parent / "afteraction",
        "serve",
        *(["--demo"] if filled else []),
        "--port",
        str(port),
    ]
    with told.open("w") as output:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output, process_group=0)
    try:
        _wait_until(lambda: "/enter/" in told.read_text(), server, told)
        yield Demo(f"http://127.0.0.1:{port}", printed_way_in(told.read_text()))
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(10)


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for all tests that only look at it."""
    with serving_demo(tmp_path_factory.mktemp("serve")) as running:
        yield running


def _wait_until(is_so: Callable[[], bool], server: subprocess.Popen[bytes], told: Path) -> None:
    deadline = time.monotonic() + 180
    while not is_so():
        if server.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the server did not start: {told.read_text()[-2000:]}")
        time.sleep(0.1)


@pytest.fixture(scope="package")
def signed_in(browser: Browser, demo: Demo) -> StorageState:
    """The cookies of a browser that came in by the printed address; give them to `new_context(storage_state=…)`."""
    return come_in(browser, demo)


def come_in(browser: Browser, demo: Demo) -> StorageState:
    """Signs in by the printed address, once for each server."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(demo.way_in)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(demo.address + "/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def visit(browser: Browser, demo: Demo, signed_in: StorageState) -> Iterator[Callable[..., Page]]:
    """Opens a page of the demo at a width and in a theme, as its admin or (`state` None) as nobody; fails when the
    browser complains about anything."""
    opened: list[tuple[Page, list[str]]] = []

    def go(
        path: str,
        *,
        width: int = 1440,
        theme: str = "light",
        script: bool = True,
        state: StorageState | None = signed_in,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, java_script_enabled=script,
            storage_state=state,
        )  # fmt: skip
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        opened.append((page, complaints))
        page.goto(demo.address + path)
        return page

    yield go
    for page, complaints in opened:
        page.context.close()
        assert complaints == []
