"""The whole way: sign in, open an incident, bring evidence, triage, confirm the facts, review them, commit, publish,
read the report. Once by mouse and once without touching it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.serving import Demo
from tests.browser.test_evidence import ALERT, drop
from tests.browser.visiting import PASSWORD, join

pytestmark = pytest.mark.browser
FELT = "Buyers could not finish a checkout"
WAITS = "The store was emptied; the alert stays until its next run"
NOTHING = "The store is switched off in a week"


@pytest.fixture
def page(browser: Browser) -> Page:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    yield opened
    context.close()


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the focus is on what is meant."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            return
    pytest.fail(f"Tab does not lead to {selector}")


def is_read(page: Page) -> None:
    expect(page.locator(".originals .orig", has_text="alert.json")).to_contain_text("1 record")


def review_by_mouse(page: Page) -> None:
    """From confirmed facts to a published review: nothing is changed, for a reason. The policy opened it by itself."""
    page.get_by_role("link", name="Review", exact=True).click()
    expect(page.locator("#opening")).to_contain_text("TR4")
    expect(now(page)).to_have_text(re.compile("Analysis"))
    # Nothing in the evidence ends the impact, so the review asks nobody until somebody begins it.
    expect(page.get_by_label("What did not work, and for whom?")).to_have_count(0)
    page.get_by_text("Begin all the same").click()
    page.get_by_label("Why it cannot wait").fill(WAITS)
    page.locator("#silent").get_by_role("button", name="Begin").click()
    expect(page.locator("#silent")).to_have_count(0)
    # Nothing is skipped: what must be met is told in the place of the step.
    page.locator("[data-move=reviewed]").click(force=True)
    expect(now(page)).to_have_text(re.compile("Analysis"))
    page.get_by_label("What did not work, and for whom?").fill(FELT)
    page.locator("form.degradation").get_by_role("button", name="Save").click()
    expect(issue(page, "ST3:q1")).to_have_count(0)
    while ident := must(page):
        issue(page, ident).get_by_role("button", name="Override").click()
        page.get_by_role("dialog").get_by_label("Why it may stand").fill("Agreed on")
        page.get_by_role("dialog").get_by_role("button", name="Override").click()
        expect(issue(page, ident)).to_have_count(0)
    page.locator("[data-move=reviewed]").click()
    expect(now(page)).to_have_text(re.compile("Committed"))
    page.get_by_text("Nothing is worth changing").click()
    page.get_by_label("Why is nothing changed?").fill(NOTHING)
    page.get_by_label("When do you look at it again?").fill("2031-06-01")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.locator("[data-move=committed]")).not_to_have_attribute("aria-disabled", "true")
    page.locator("[data-move=committed]").click()
    expect(now(page)).to_have_text(re.compile("Published"))
    page.locator("[data-move=published]").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(now(page)).to_have_text(re.compile("Verified *not yet"))
    page.get_by_text("Every step so far").click()
    every_step_says_who_and_when(page)


def review_by_keys(page: Page) -> None:
    """The same without a mouse."""
    tab_to(page, "nav[aria-label=Incident] a[href$='/review/']")
    page.keyboard.press("Enter")
    expect(now(page)).to_have_text(re.compile("Analysis"))
    tab_to(page, "#silent summary")
    page.keyboard.press("Enter")
    tab_to(page, "#silent input[name=reason]")
    page.keyboard.type(WAITS)
    page.keyboard.press("Enter")
    expect(page.locator("#silent")).to_have_count(0)
    page.wait_for_load_state()
    for _ in page.locator("[data-finding]").all():
        page.keyboard.press("j")
        if page.locator(":focus").get_attribute("data-finding") == "ST3:q1":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#degradation")).to_be_focused()
    page.keyboard.type(FELT)
    page.keyboard.press("Enter")
    expect(issue(page, "ST3:q1")).to_have_count(0)
    page.keyboard.press("Escape")
    while ident := must(page):
        tab_to(page, f'[data-finding="{ident}"]')
        page.keyboard.press("o")
        expect(page.get_by_role("dialog").get_by_label("Why it may stand")).to_be_focused()
        page.keyboard.type("Agreed on")
        page.keyboard.press("Enter")
        expect(issue(page, ident)).to_have_count(0)
    tab_to(page, "[data-move=reviewed]")
    page.keyboard.press("Enter")
    expect(now(page)).to_have_text(re.compile("Committed"))
    tab_to(page, ".decide > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#no-action")
    page.keyboard.type(NOTHING)
    tab_to(page, "#revisit")
    # A field of a day is typed as its parts; the browser of the tests is American.
    page.keyboard.type("06012031")
    tab_to(page, ".decide button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-move=committed]")).not_to_have_attribute("aria-disabled", "true")
    tab_to(page, "[data-move=committed]")
    page.keyboard.press("Enter")
    expect(now(page)).to_have_text(re.compile("Published"))
    tab_to(page, "[data-move=published]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_label("For members only, because")).to_be_focused()
    page.keyboard.press("Enter")
    expect(now(page)).to_have_text(re.compile("Verified *not yet"))
    tab_to(page, ".steps-taken > summary")
    page.keyboard.press("Enter")
    every_step_says_who_and_when(page)


def now(page: Page):
    """The step that the review waits for."""
    return page.locator("#live-states li[aria-current=step]")


def issue(page: Page, ident: str):
    return page.locator(f'[data-finding="{ident}"]')


def must(page: Page) -> str:
    """The first thing that stands before the next step and may be overridden; "" without any."""
    found = page.locator("[data-finding][data-blocks]:not([data-fixed])").all()
    return found[0].get_attribute("data-finding") or "" if found else ""


def every_step_says_who_and_when(page: Page) -> None:
    """The record of the steps: the seat, the moment, what was open; what waits for checks reads not yet."""
    steps = page.locator("#live-steps > li")
    taken = ("Opened", "Facts confirmed", "Analysis", "Reviewed", "Committed", "Published")
    expect(steps.locator("b")).to_have_text([*taken, "Verified", "Followed up"])
    for place, who in enumerate(("Afteraction", *["Owner"] * 5)):
        expect(steps.nth(place)).to_have_text(re.compile(rf"{who}, \d+ \w+ \d{{4}}, \d\d:\d\d UTC"))
    expect(steps.filter(has_text="Reviewed")).to_contain_text(re.compile("Open then:.+|nothing was open"))
    for waits in ("Verified", "Followed up"):
        expect(steps.filter(has=page.get_by_text(waits, exact=True))).to_have_text(re.compile("not yet$"))


def test_the_whole_way_by_mouse(browser: Browser, demo: Demo, signed_in: StorageState, page: Page) -> None:
    join(browser, demo, signed_in, "mouse@example.org", "Sam Ito").context.close()
    page.goto(f"{demo.address}/")
    page.locator("input[name=login]").fill("mouse@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="New incident").first.click()
    page.locator("input[name=title]").fill("Disk full on the store")
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/incidents/INC-\d+/evidence/"))
    drop(page, alert__json=json.dumps(ALERT))
    is_read(page)
    page.get_by_role("link", name=re.compile("^Timeline")).click()
    row = page.locator("li.event", has_text="DiskFull").first
    row.locator("a.what").click()
    row.get_by_role("button", name="Keep").click()
    expect(row).to_contain_text("Kept")
    page.get_by_role("link", name="Confirm facts").click()
    page.get_by_role("dialog").locator("button.primary").click()
    expect(page.locator("[data-part=standing]")).to_contain_text("Confirmed, version 1")
    review_by_mouse(page)
    page.get_by_role("link", name="Report", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("DiskFull")


def test_the_whole_way_by_keyboard_alone(
    browser: Browser, demo: Demo, signed_in: StorageState, page: Page, tmp_path: Path
) -> None:
    join(browser, demo, signed_in, "keys@example.org", "Sam Ito").context.close()
    page.goto(f"{demo.address}/")
    tab_to(page, "input[name=login]")
    page.keyboard.type("keys@example.org")
    tab_to(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.address}/")
    page.keyboard.press("n")
    page.wait_for_url(re.compile("/incidents/new"))
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.type("Disk full on the store")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/incidents/INC-\d+/evidence/"))
    file = tmp_path / "alert.json"
    file.write_text(json.dumps(ALERT))
    expect(page.locator("aa-drop")).to_have_attribute("data-ready", "")
    tab_to(page, "main input[type=file]")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(file)
    is_read(page)
    page.keyboard.press("Home")
    tab_to(page, "nav a[href$='/']:not([href*='evidence']).tab, nav[aria-label=Incident] a:first-of-type")
    page.keyboard.press("Enter")
    expect(page.locator("li.event", has_text="DiskFull").first).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("li.event", has_text="Kept").first).to_be_visible()
    page.keyboard.press("f")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-part=standing]")).to_contain_text("Confirmed, version 1")
    review_by_keys(page)
    tab_to(page, "nav[aria-label=Incident] a[href$='/report/']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/report/"))
    expect(page.get_by_role("main")).to_contain_text("DiskFull")
