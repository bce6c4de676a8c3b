"""The whole way: sign in, open an incident, bring evidence, triage, confirm the facts, read the report. Once by mouse
and once without touching it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.conftest import Demo
from tests.browser.test_evidence import ALERT, drop

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery"


def account(browser: Browser, demo: Demo, admin_state: StorageState, email: str) -> None:
    """Somebody who was invited and has a password."""
    admin = browser.new_context(storage_state=admin_state).new_page()
    admin.goto(f"{demo.address}/people/invitations/")
    admin.get_by_label("Email").fill(email)
    admin.get_by_role("button", name="Make the link").click()
    link = admin.get_by_label("The link").input_value()
    admin.context.close()
    page = browser.new_context().new_page()
    page.goto(link)
    page.get_by_label("Your name").fill("Sam Ito")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url(f"{demo.address}/")
    page.context.close()


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
    expect(page.locator(".originals .orig", has_text="alert.json")).to_contain_text("1 record", timeout=30_000)


def test_the_whole_way_by_mouse(browser: Browser, demo: Demo, signed_in: StorageState, page: Page) -> None:
    account(browser, demo, signed_in, "mouse@example.org")
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
    page.get_by_role("link", name="Report", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("DiskFull")


def test_the_whole_way_by_keyboard_alone(
    browser: Browser, demo: Demo, signed_in: StorageState, page: Page, tmp_path: Path
) -> None:
    account(browser, demo, signed_in, "keys@example.org")
    page.goto(f"{demo.address}/")
    if not page.evaluate("document.activeElement?.matches('input[name=login]')"):
        tab_to(page, "input[name=login]")
    page.keyboard.type("keys@example.org")
    tab_to(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.address}/")
    page.keyboard.press("n")
    page.wait_for_url(re.compile("/incidents/new"))
    page.keyboard.type("Disk full on the store")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/incidents/INC-\d+/evidence/"))
    file = tmp_path / "alert.json"
    file.write_text(json.dumps(ALERT))
    tab_to(page, "[data-choose], main input[type=file]")
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
    tab_to(page, "nav[aria-label=Incident] a[href$='/report/']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/report/"))
    expect(page.get_by_role("main")).to_contain_text("DiskFull")
