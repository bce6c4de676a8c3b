"""Bringing evidence in, in a real browser: dropped, chosen, pasted, logged, broken off; and what the page then says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, StorageState, expect

from tests.browser.axe import problems_in_every_look
from tests.browser.serving import Demo
from tests.browser.visiting import Visit

pytestmark = pytest.mark.browser
ALERT = {
    "version": "4", "status": "firing", "receiver": "page", "groupLabels": {}, "commonLabels": {},
    "commonAnnotations": {}, "externalURL": "", "groupKey": "{}",
    "alerts": [{"status": "firing", "labels": {"alertname": "DiskFull", "service": "store"}, "annotations": {},
                "startsAt": "2026-05-12T14:11:08Z", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "",
                "fingerprint": "ab"}],
}  # fmt: skip
NAIVE = "".join(
    json.dumps({"timestamp": f"2026-05-12 14:02:0{n}", "level": "error", "message": "checkout failed"}) + "\n"
    for n in range(9)
)


@pytest.fixture
def page(visit: Visit) -> Page:
    """The evidence page of a new incident, opened as people do."""
    return new_incident(visit("/"))


def new_incident(opened: Page) -> Page:
    opened.get_by_role("link", name="New incident").first.click()
    opened.locator("input[name=title]").fill("Checkout fails")
    opened.locator("main form button.primary").click()
    opened.wait_for_url(re.compile(r"/incidents/[^/]+/"))
    key = re.search(r"/incidents/([^/]+)/", opened.url)
    assert key is not None
    opened.goto(re.sub(r"/incidents/.*", f"/incidents/{key[1]}/evidence/", opened.url))
    return opened


def drop(page: Page, **files: str) -> None:
    """Drops files onto the place for them; `__` in a name is a dot."""
    given = page.evaluate_handle(
        """files => {
            const data = new DataTransfer();
            for (const [name, text] of Object.entries(files)) data.items.add(new File([text], name));
            return data;
        }""",
        {name.replace("__", "."): text for name, text in files.items()},
    )
    page.dispatch_event("aa-drop", "dragover", {"dataTransfer": given})
    page.dispatch_event("aa-drop", "drop", {"dataTransfer": given})


def row(page: Page, name: str):
    return page.locator(".originals .orig", has_text=name)


def test_dropped_files_are_read_and_stand_on_the_timeline(page: Page) -> None:
    drop(page, alert__json=json.dumps(ALERT))
    expect(page.locator("[data-said]")).to_contain_text("1 of 1 file sent")
    expect(row(page, "alert.json")).to_contain_text("alertmanager webhook")
    expect(row(page, "alert.json").locator(".orig-label")).to_have_text("E1")
    # Files that are sent together arrive in any order; the names they are cited by follow their arrival.
    drop(page, naive__log=NAIVE, other__log=NAIVE.replace("checkout", "search"))
    expect(page.locator("[data-said]")).to_contain_text("2 of 2 files sent")
    expect(page.locator(".originals .orig-label")).to_have_text(["E1", "E2", "E3"])
    expect(row(page, "alert.json").locator(".orig-label")).to_have_text("E1")
    page.get_by_role("link", name=re.compile("^Timeline")).click()
    expect(page.locator("body")).to_contain_text("DiskFull")


def test_a_zone_is_confirmed_and_then_taken_back(page: Page) -> None:
    drop(page, naive__log=NAIVE)
    expect(page.get_by_role("heading", name="1 assumption to confirm")).to_be_visible()
    page.get_by_role("button", name="Read as UTC").click()
    expect(row(page, "naive.log")).to_contain_text("9 records")
    expect(page.get_by_text("assumption to confirm")).to_have_count(0)
    row(page, "naive.log").get_by_role("button", name="Take back").click()
    expect(page.get_by_role("heading", name="1 assumption to confirm")).to_be_visible()


def test_pasted_text_is_taken_in_without_leaving_the_page(page: Page) -> None:
    page.get_by_text("Paste text").click()
    page.get_by_label("Text, as it was written").fill(json.dumps(ALERT))
    page.get_by_label("Name of it").fill("pager.json")
    page.get_by_role("button", name="Take it in").click()
    expect(row(page, "pager.json")).to_contain_text("1 record")


def test_the_same_file_again_is_said_to_be_here(page: Page) -> None:
    drop(page, alert__json=json.dumps(ALERT))
    expect(row(page, "alert.json")).to_contain_text("1 record")
    drop(page, copy__json=json.dumps(ALERT))
    expect(page.locator(".uploads")).to_contain_text("already here as E1")
    expect(page.locator(".originals .orig")).to_have_count(1)


def test_an_upload_that_breaks_off_goes_on_by_itself(
    browser: Browser, demo: Demo, signed_in: StorageState, tmp_path: Path
) -> None:
    context = browser.new_context(storage_state=signed_in)
    page = context.new_page()
    page.goto(demo.address + "/")
    new_incident(page)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "PUT" and len(lost) < 2:
            lost.append(route.request.url)
            route.abort("connectionfailed")
        else:
            route.continue_()

    page.route("**/uploads/**", lose)
    path = tmp_path / "naive.log"
    path.write_text(NAIVE)
    page.locator("aa-drop input[type=file]").set_input_files(path)
    expect(row(page, "naive.log")).to_be_visible()
    assert len(lost) == 2
    context.close()


def test_the_page_passes_axe_while_it_asks_and_fits(page: Page) -> None:
    drop(page, naive__log=NAIVE, odd__bin="what is this\n")
    expect(page.get_by_role("heading", name="1 assumption to confirm")).to_be_visible()
    expect(row(page, "odd.bin")).to_be_visible()
    page.reload()
    for each in page.locator("details.more > summary, details.paste > summary").all():
        each.click()
    assert problems_in_every_look(page) == []


def test_a_line_is_logged_by_keyboard_alone_and_shows_at_once(page: Page) -> None:
    page.goto(page.url.removesuffix("evidence/"))
    page.keyboard.press("l")
    page.keyboard.type("14:05 rolled back payments")
    page.keyboard.press("Enter")
    expect(page.locator("[data-logged]")).to_contain_text("14:05 UTC")
    expect(page.locator("[data-logged]")).to_contain_text("rolled back payments")
    expect(page.get_by_label("Log what happens")).to_be_focused()
