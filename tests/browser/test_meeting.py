"""The meeting in a real browser: its pages for everybody's eyes, and its room by keys alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.axe import problems_in_every_look
from tests.browser.serving import do_there, serving_copy
from tests.browser.visiting import come_in

pytestmark = pytest.mark.browser
MEETING = "/incidents/INC-2041/review/meeting/"
# Somebody who can sign in and wrote something that the evidence holds, as the page of members says it.
IN_THE_TIMELINE = """
from afteraction.web.accounts.models import User
from afteraction.web.incidents.actions.say_part import say_actor
from afteraction.web.incidents.models import Incident
incident = Incident.objects.get(key="INC-2041")
User.objects.filter(email="ines@example.test").update(is_active=True)
say_actor(incident, "Participant 1", "ines@example.test", actor=User.objects.get(role="admin"))
"""


@pytest.fixture(scope="module")
def house(browser: Browser, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The demo of this file's own, and a page of its admin."""
    with serving_copy(prepared, tmp_path_factory.mktemp("meeting")) as demo:
        do_there(demo.data, IN_THE_TIMELINE)
        context = browser.new_context(
            base_url=demo.address, viewport={"width": 1440, "height": 900}, storage_state=come_in(browser, demo)
        )
        yield context.new_page()
        context.close()


@pytest.fixture
def room(house: Page) -> Page:
    """The room of a meeting that runs, 65 seconds after it began."""
    house.goto(MEETING + "room")
    if not house.url.endswith("/room"):
        house.get_by_role("button", name="Start the meeting").click()
        house.wait_for_url("**/room")
    began = house.locator("aa-meeting").get_attribute("data-began")
    house.clock.set_fixed_time(house.evaluate("began => Date.parse(began)", began) / 1000 + 65)
    house.evaluate("sessionStorage.clear()")
    house.reload()
    return house


def quote(room: Page, text: str) -> None:
    """Keeps what somebody said, word for word."""
    room.keyboard.press("q")
    expect(room.get_by_label("One line")).to_be_focused()
    expect(room.get_by_label("Quote")).to_be_checked()
    room.keyboard.type(text)
    room.keyboard.press("Enter")
    expect(room.locator("[data-written] li", has_text=text)).to_be_visible()


def test_the_room_is_worked_in_by_keys_alone(room: Page) -> None:
    title = room.locator("[data-title]")
    expect(title).to_have_text("Opening")
    expect(room.get_by_role("timer")).to_have_text("2:55")
    room.keyboard.press("]")
    expect(title).to_have_text("Corrections to the timeline")
    room.keyboard.press("[")
    quote(room, "The pool was full before the page came")
    expect(room.locator("[data-written] li")).to_have_text(re.compile("Quote kept.*The pool was full"))
    expect(room.get_by_label("One line")).to_have_value("")
    room.reload()
    expect(title).to_have_text("Opening")
    expect(room.locator("q", has_text="The pool was full")).to_have_text("The pool was full before the page came")


def test_who_has_spoken_is_sent_to_nobody(room: Page) -> None:
    sent: list[Request] = []

    def heard(request: Request) -> None:
        sent.append(request)

    room.on("request", heard)
    box = room.locator(".heard input").first
    box.uncheck()
    # What is written after it is sent after it; by then the box would have been sent too.
    quote(room, "Nobody had drilled this")
    room.remove_listener("request", heard)
    told = [(each.method, each.post_data or "") for each in sent if "/static/" not in each.url]
    assert [method for method, _ in told] == ["POST"]
    assert "Nobody had drilled this" in told[0][1]
    assert box.get_attribute("name") is None
    room.reload()
    expect(room.locator(".heard input").first).to_be_checked()


def test_who_is_in_the_timeline_is_told_as_a_conflict_and_seated_only_with_a_waiver_that_is_printed(
    house: Page,
) -> None:
    house.goto(MEETING)
    seat = house.locator("#seat-facilitator")
    seat.locator("summary", has_text="Choose somebody else").click()
    offered = seat.locator(".candidates > li", has=house.locator("b", has_text="Ines Duarte"))
    expect(offered).to_contain_text(re.compile(r"Conflict, F1: was also part of the timeline \(\d\d:\d\d\)"))
    offered.get_by_role("button", name="Ines Duarte as facilitator").click()
    expect(seat.locator(".seat-who > p .who")).to_have_text("Ines Duarte")
    expect(seat).to_contain_text("Conflict, F1")
    seat.get_by_label("Why F1 does not hold for the facilitator").fill("We are three people")
    seat.get_by_role("button", name="Waive F1").click()
    told = re.compile(r"F1 waived: facilitator was also part of the timeline \(\d\d:\d\d\)\. We are three people")
    expect(house.locator("#seats .printed")).to_contain_text(told)
    house.goto("/incidents/INC-2041/report/")
    expect(house.get_by_role("main")).to_contain_text(told)


@pytest.mark.parametrize("where", ["", "room"])
def test_nobody_is_shut_out(room: Page, where: str) -> None:
    room.goto(MEETING + where)
    for each in room.locator("main details").all():
        each.evaluate("element => { element.open = true }")
    assert problems_in_every_look(room) == []
