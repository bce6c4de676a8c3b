"""A real server on the demo, and a real browser that goes there."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

from tests.browser.house import House, furnish, keeping_house
from tests.browser.serving import ROOT, Demo, make_demo, serving_copy
from tests.browser.visiting import Visit, come_in, visiting
from tests.once import made_once

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
# What is promised comes; how soon depends on the machine. Milliseconds.
PATIENCE = 60_000


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests, found or installed by scripts/browser. It ends with the last of them, since Django
    refuses its database to a thread that Playwright works in."""
    path = os.environ.get("AFTERACTION_BROWSER")
    if not path:
        found = subprocess.run([ROOT / "scripts" / "browser"], capture_output=True, text=True, check=False)
        if found.returncode:
            pytest.fail(found.stderr.strip().splitlines()[-1])
        path = found.stdout.strip().splitlines()[-1]
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=3 * PATIENCE)
        _make_patient(chromium)
        yield chromium
        chromium.close()


def _make_patient(browser: Browser) -> None:
    new_context = browser.new_context

    def patient(**how: object) -> BrowserContext:
        context = new_context(**how)
        context.set_default_timeout(PATIENCE)
        return context

    browser.new_context = patient  # type: ignore[assignment, method-assign]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `afteraction serve --demo` made; servers begin with copies of it."""
    return made_once(tmp_path_factory, "demo", make_demo)


@pytest.fixture(scope="session")
def furnished(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a scribe in it."""
    return made_once(tmp_path_factory, "house", lambda folder: furnish(prepared, folder))


@pytest.fixture(scope="package")
def demo(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for all tests that only look at it, or work in incidents that they open themselves."""
    with serving_copy(prepared, tmp_path_factory.mktemp("serve")) as running:
        yield running


@pytest.fixture(scope="package")
def signed_in(browser: Browser, demo: Demo) -> StorageState:
    """The cookies of its admin."""
    return come_in(browser, demo)


@pytest.fixture
def visit(browser: Browser, demo: Demo, signed_in: StorageState) -> Iterator[Visit]:
    """Opens a page of the demo at a width and in a theme, as its admin or (`state` None) as nobody; fails when the
    browser complains about anything."""
    with visiting(browser, demo, signed_in) as go:
        yield go


@pytest.fixture(scope="module")
def house(browser: Browser, furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server of the file's own with two people in its demo."""
    with keeping_house(browser, furnished, tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def enter(browser: Browser, house: House) -> Iterator[Visit]:
    """Opens a page of the house as its owner or, with `as_scribe`, as its scribe; at the end no script may have
    failed. What the network refuses is what some of these tests are about."""
    may = ("clipboard-read", "clipboard-write")
    with visiting(browser, house.demo, house.owner, is_strict=False, permissions=may) as go:

        def opened(path: str, *, as_scribe: bool = False, **how: object) -> Page:
            return go(path, state=house.scribe if as_scribe else house.owner, **how)

        yield opened
