"""The meeting in a real browser: its pages for everybody's eyes, and its room by keys alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import serious_violations
from tests.browser.conftest import serving_demo

pytestmark = pytest.mark.browser
MEETING = "/incidents/INC-2041/review/meeting/"


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The demo of this file's own, and a page of its admin."""
    with serving_demo(tmp_path_factory.mktemp("meeting")) as demo:
        context = browser.new_context(base_url=demo.address, viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.goto(demo.way_in)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(demo.address + "/")
        yield page
        context.close()


@pytest.fixture
def room(house: Page) -> Page:
    """The room of a meeting that runs."""
    house.goto(MEETING + "room")
    if not house.url.endswith("/room"):
        house.get_by_role("button", name="Start the meeting").click()
        house.wait_for_url("**/room")
    return house


def test_the_room_is_worked_in_by_keys_alone(room: Page) -> None:
    title = room.locator("[data-title]")
    expect(title).to_have_text("Opening")
    expect(room.get_by_role("timer")).to_have_text(re.compile(r"^[0-4]:[0-5]\d$"))
    room.keyboard.press("]")
    expect(title).to_have_text("Corrections to the timeline")
    room.keyboard.press("[")
    room.keyboard.press("q")
    expect(room.get_by_label("One line")).to_be_focused()
    expect(room.get_by_label("Quote")).to_be_checked()
    room.keyboard.type("The pool was full before the page came")
    room.keyboard.press("Enter")
    expect(room.locator("[data-written] li")).to_have_text(re.compile("Quote kept.*The pool was full"))
    expect(room.get_by_label("One line")).to_have_value("")
    room.reload()
    expect(title).to_have_text("Opening")
    expect(room.locator("q")).to_have_text("The pool was full before the page came")


def test_who_has_spoken_is_sent_to_nobody(room: Page) -> None:
    sent: list[str] = []
    room.on("request", lambda request: sent.append(request.url))
    box = room.locator(".heard input").first
    box.uncheck()
    room.wait_for_timeout(300)
    # The browser fetches the page's own picture when it pleases; that goes to no verb and carries nothing.
    assert [url for url in sent if "/static/" not in url] == [] and box.get_attribute("name") is None
    room.reload()
    expect(room.locator(".heard input").first).to_be_checked()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("where", ["", "room"])
def test_nobody_is_shut_out(room: Page, where: str, theme: str, width: int, tmp_path: Path) -> None:
    room.emulate_media(color_scheme=theme)
    room.set_viewport_size({"width": width, "height": 900})
    room.goto(MEETING + where)
    for each in room.locator("main details").all():
        each.evaluate("element => { element.open = true }")
    assert serious_violations(room) == []
    assert room.evaluate("document.documentElement.scrollWidth <= innerWidth")
