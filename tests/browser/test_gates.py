"""The gates page in a browser: every gate and a change by keyboard alone, two browsers at once, and who can read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.axe import problems_in_every_look
from tests.browser.serving import Demo
from tests.browser.visiting import Visit, press_enter

pytestmark = pytest.mark.browser
DEMO = "/incidents/INC-2041/review/gates/"


@pytest.fixture
def page(browser: Browser, signed_in: StorageState) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, storage_state=signed_in)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def gates_of_a_new_incident(page: Page, demo: Demo, title: str) -> str:
    """Opens an incident and its review; the address of its gates."""
    page.goto(f"{demo.address}/")
    page.get_by_role("link", name="New incident").first.click()
    page.locator("input[name=title]").fill(title)
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/incidents/INC-\d+/evidence/"))
    incident = page.url.removesuffix("evidence/")
    page.goto(f"{incident}review/")
    page.get_by_label("Why is it worth it?").fill("The gates are worth a look")
    page.get_by_role("button", name="Open a review").click()
    expect(page.get_by_role("heading", name="Review workspace")).to_be_attached()
    page.goto(f"{incident}review/gates/")
    expect(page.locator("tr[data-row]")).to_have_count(6)
    return page.url


def row(page: Page, name: str):
    return page.locator(f'[data-row="{name}"]')


def test_all_gates_a_change_and_its_owner_by_keyboard_alone(page: Page, demo: Demo) -> None:
    address = gates_of_a_new_incident(page, demo, "Gates by keyboard")
    for gate, key, word in (
        ("code_review", "p", "Plausibly"), ("unit_tests", "n", "No"), ("integration_tests", "y", "Yes"),
        ("staging", "p", "Plausibly"), ("canary", "y", "Yes"), ("monitoring", "y", "Yes"),
    ):  # fmt: skip
        page.keyboard.press("j")
        expect(row(page, f"gate:{gate}")).to_have_attribute("aria-selected", "true")
        page.keyboard.press(key)
        expect(row(page, f"gate:{gate}").locator(".could")).to_contain_text(word)
    expect(page.get_by_text("6 of 6 answered")).to_be_visible()
    page.keyboard.press("k")
    page.keyboard.press("w")
    expect(row(page, "gate:canary").locator("textarea")).to_be_focused()
    page.keyboard.type("The fast-track label removes the stage.")
    page.keyboard.press("Enter")
    expect(row(page, "gate:canary").locator("[data-text]")).to_have_text("The fast-track label removes the stage.")
    page.keyboard.press("c")
    change = page.locator('[data-row="change:C1"]')
    expect(change).to_be_visible()
    # From the canary past monitoring to the change.
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(change).to_have_attribute("aria-selected", "true")
    page.keyboard.press("a")
    expect(change.get_by_text("Take it on")).to_be_visible()
    press_enter(change.get_by_role("button", name="Take it on"))
    expect(change).to_contain_text("accepted")
    page.goto(address)
    expect(row(page, "gate:canary")).to_contain_text("The fast-track label removes the stage.")
    expect(change).to_contain_text("accepted")


def test_an_answer_is_taken_back_by_undo(page: Page, demo: Demo) -> None:
    gates_of_a_new_incident(page, demo, "Gates taken back")
    page.keyboard.press("j")
    page.keyboard.press("y")
    expect(page.get_by_text("1 of 6 answered")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("0 of 6 answered")).to_be_visible()


def test_a_change_is_written_in_its_form(page: Page, demo: Demo) -> None:
    gates_of_a_new_incident(page, demo, "A change in its form")
    page.get_by_role("button", name="Propose change").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What will be different, for good").fill("The pipeline refuses a release without a canary.")
    dialog.locator("select[name=size]").select_option("M")
    dialog.locator("[data-line] input[name=text]").first.fill("The stage is required")
    dialog.get_by_role("button", name="Propose", exact=True).click()
    change = page.locator('[data-row="change:C1"]')
    expect(change).to_contain_text("The pipeline refuses a release without a canary.")
    expect(change).to_contain_text("size M")
    expect(change.locator(".done-list")).to_contain_text("Not yet")


def test_two_browsers_that_answer_the_same_gate_see_both_answers(
    page: Page, browser: Browser, demo: Demo, signed_in: StorageState
) -> None:
    address = gates_of_a_new_incident(page, demo, "Gates of two")
    second = browser.new_context(storage_state=signed_in).new_page()
    second.goto(address)
    page.keyboard.press("j")
    page.keyboard.press("y")
    expect(page.get_by_text("1 of 6 answered")).to_be_visible()
    second.keyboard.press("j")
    second.keyboard.press("n")
    expect(second.get_by_role("dialog").locator("[data-theirs]")).to_have_text("yes")
    expect(second.get_by_role("dialog").locator("[data-mine]")).to_have_text("no")
    second.keyboard.press("1")
    expect(row(second, "gate:code_review").locator(".could")).to_contain_text("No")
    second.context.close()


def test_axe_finds_nothing_serious(visit: Visit) -> None:
    page = visit(DEMO)
    expect(page.get_by_role("heading", name="Gate matrix")).to_be_visible()
    for each in page.locator("details.more > summary").all()[:1]:
        each.click()
    page.locator('[data-row="gate:canary"] .gate-name').click()
    assert problems_in_every_look(page) == []
