"""The coach under the hands of people who write: underlined where the words stand, opened and answered by keys alone,
remembered for everybody, silent without a connection."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import problems_in_every_look
from tests.browser.visiting import Visit

pytestmark = pytest.mark.browser
REVIEW = "/incidents/INC-2041/review/"
BLAME = "The engineer forgot to run the canary."
FIELD, BOX, MARK = "#write-q5", "#q5 .coachbox", "#q5 .um"


def write(page: Page, text: str) -> None:
    page.locator("#q5 [data-write]").click()
    page.locator(FIELD).fill(text)


def test_what_accuses_is_underlined_where_it_stands_and_taken_dismissed_and_undone_by_keys(enter: Visit) -> None:
    page = enter(REVIEW)
    before = (
        "🚨🚨 النظام توقف.\nCheckout failed for a long while, and a long line wraps before the sentence in question. "
    )
    write(page, f"{before * 3}{BLAME}")
    expect(page.locator(MARK)).to_have_text(re.compile("^The engineer forgot"))
    # What stands in the layer stands where the field has it, so the click meets the word.
    mark, field = page.locator(MARK).bounding_box(), page.locator(FIELD).bounding_box()
    assert mark and field and field["y"] < mark["y"] < field["y"] + field["height"]
    page.keyboard.press("Alt+Enter")
    box = page.locator(BOX)
    expect(box.get_by_role("button", name="Take it")).to_be_focused()
    expect(box.locator("del").first).to_contain_text("engineer")
    page.keyboard.press("w")
    expect(box.locator(".coach-why")).to_contain_text("ends the search")
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Alt+Enter")
    page.keyboard.press("d")
    expect(page.locator(MARK)).to_have_count(0)
    other = enter(REVIEW, as_scribe=True)
    write(other, f"Elsewhere. {BLAME} Then the operator forgot to tell it.")
    expect(other.locator(MARK)).to_have_text(re.compile("operator forgot"))
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(MARK)).to_have_count(1)
    page.locator(FIELD).focus()
    page.keyboard.press("Alt+Enter")
    page.keyboard.press("t")
    expect(page.locator(FIELD)).not_to_have_value(re.compile("engineer"))
    expect(page.locator(FIELD)).to_have_value(re.compile("^🚨🚨 النظام"))
    page.locator(FIELD).fill("")


def test_the_box_can_be_used_by_everybody_and_is_a_sheet_on_a_phone(enter: Visit) -> None:
    page = enter(REVIEW, width=390)
    write(page, BLAME)
    page.locator("#q5 .coach-line .coach-count").click()
    box = page.locator(BOX)
    expect(box).to_be_visible()
    area = box.bounding_box()
    assert area and area["x"] == 0 and area["width"] == 390
    assert problems_in_every_look(page) == []
    page.context.set_offline(True)
    page.keyboard.press("Escape")
    page.locator(FIELD).fill("The operator forgot it.")
    expect(page.locator(MARK)).to_have_count(0)
    page.context.set_offline(False)
    page.locator(FIELD).press("End")
    page.keyboard.type(" ")
    expect(page.locator(MARK)).to_have_count(1)
    page.locator(FIELD).fill("")


def test_every_way_out_of_a_suggestion_leads_where_it_says(enter: Visit) -> None:
    page = enter(REVIEW)
    write(page, "Sam Oduya drained the pods, and Sam Oduya told support.")
    page.locator("#q5 .coach-line").get_by_role("button", name=re.compile("^Write .*name")).click()
    expect(page.locator(FIELD)).not_to_have_value(re.compile("Sam|Oduya"))
    expect(page.locator(FIELD)).to_have_value(re.compile(r"^\S.* drained the pods, and \S.* told support\.$"))
    page.locator(FIELD).fill("At 14:05 UTC the team should have postponed the upgrade.")
    expect(page.locator(MARK)).to_have_text(re.compile("should have"))
    page.keyboard.press("Alt+Enter")
    box = page.locator(BOX)
    expect(box.locator("ins").first).to_contain_text("was not postponed")
    box.get_by_role("link", name=re.compile("^Show what was known at 14:05 UTC")).click()
    expect(page).to_have_url(re.compile(r"/incidents/INC-2041/\?known=\d+$"))
    known = page.get_by_role("slider", name=re.compile("known", re.IGNORECASE))
    expect(known).to_have_attribute("aria-valuetext", re.compile("14:05"))
    page.goto(page.url.split("?")[0] + "review/")
    # What was being written is still there, open.
    expect(page.locator(FIELD)).to_have_value(re.compile("postponed"))
    page.locator(FIELD).fill("The cause was human error.")
    expect(page.locator(MARK)).to_have_text("human error")
    page.keyboard.press("Alt+Enter")
    box.get_by_role("link", name=re.compile("^Write the account")).click()
    expect(page).to_have_url(re.compile("/review/graph/"))
    # Each act in the graph has its account: the act that is meant is asked for first.
    expect(
        page.get_by_role("dialog").get_by_role("button", name=re.compile("^(Add cause|Save account)"))
    ).to_be_visible()


def test_a_missed_catch_opens_its_gate_with_the_sentence_and_is_kept_on_purpose_only(enter: Visit) -> None:
    page = enter(REVIEW)
    write(page, "The team should have run the canary before the release.")
    expect(page.locator(MARK)).to_have_count(1)
    page.keyboard.press("Alt+Enter")
    expect(page.locator(BOX).get_by_role("link", name=re.compile("^Move to the gate matrix"))).to_be_visible()
    page.keyboard.press("m")
    why = page.get_by_role("textbox", name=re.compile("^Why Canary let this through"))
    expect(why).to_be_focused()
    expect(why).to_have_value(re.compile(r"The team should have run the canary before the release\.$"))
    why.fill("The canary is skipped by a label.")
    # What is written outlives the page drawn anew around it.
    staging = page.locator('[data-row="gate:staging"]')
    staging.evaluate("each => { each.dataset.drawn = 'before'; }")
    staging.locator('[data-could]:not([aria-pressed="true"])').first.dispatch_event("click")
    expect(page.locator("[data-drawn]")).to_have_count(0)
    expect(why).to_have_value("The canary is skipped by a label.")
    why.press("Escape")
    expect(why).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/review/gates/#canary$"))
    expect(page.locator('[data-row="gate:canary"]')).not_to_contain_text("skipped by a label")
