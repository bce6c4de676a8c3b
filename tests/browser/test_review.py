"""The review page under the hands of people: by keys alone, two at once, with a sign-in that ends, on a phone.

Everything runs through a real server; what is written goes through the same saves as everywhere.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import problems_in_every_look
from tests.browser.house import House
from tests.browser.visiting import Visit

pytestmark = pytest.mark.browser
REVIEW = "/incidents/INC-2041/review/"


def answer(page: Page, number: int):
    return page.locator(f"#q{number} [data-reading]")


def write(page: Page, number: int, text: str) -> None:
    """Opens an answer by keys and writes at its end."""
    page.keyboard.press(str(number))
    page.keyboard.press("e")
    expect(page.locator(f"#write-q{number}")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def test_an_answer_is_written_cited_saved_and_taken_back_by_keys_alone(enter: Visit) -> None:
    page = enter(REVIEW)
    write(page, 5, " Queue length would have told it too ")
    page.keyboard.press("@")
    expect(page.get_by_role("dialog", name="Cite evidence")).to_be_visible()
    page.keyboard.type("e1")
    expect(page.locator(".cites-found button .cite", has_text="E1").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#write-q5")).to_be_focused()
    expect(page.locator("#write-q5")).to_have_value(re.compile(r"told it too \[E1\]$"))
    page.keyboard.press("Control+Enter")
    expect(answer(page, 5)).to_contain_text("Queue length would have told it too")
    expect(answer(page, 5).locator("a.cite", has_text="E1").last).to_have_attribute("href", re.compile("/evidence/"))
    page.keyboard.press("u")
    expect(answer(page, 5)).not_to_contain_text("Queue length")


def test_two_people_in_different_sentences_are_joined_without_a_word(enter: Visit) -> None:
    mine, theirs = enter(REVIEW), enter(REVIEW, as_scribe=True)
    write(mine, 3, " One more gate is missing.")
    theirs.locator("#q3").scroll_into_view_if_needed()
    theirs.locator("#q3 [data-write]").click()
    field = theirs.locator("#write-q3")
    field.fill("Seen by the scribe first. " + field.input_value())
    theirs.keyboard.press("Control+Enter")
    expect(answer(theirs, 3)).to_contain_text("Seen by the scribe first.")
    mine.keyboard.press("Control+Enter")
    expect(answer(mine, 3)).to_contain_text("One more gate is missing.")
    expect(answer(mine, 3)).to_contain_text("Seen by the scribe first.")


def test_two_versions_of_a_sentence_are_both_shown_and_kept_as_accounts(enter: Visit) -> None:
    first = enter(REVIEW)
    first.locator("#q4 [data-write]").click()
    first.locator("#write-q4").fill("Pausing the job ended the second window.")
    first.keyboard.press("Control+Enter")
    expect(answer(first, 4)).to_have_text("Pausing the job ended the second window.")
    mine, theirs = enter(REVIEW), enter(REVIEW, as_scribe=True)
    for page, text in ((mine, "The pause of the job ended it at 15:19."), (theirs, "It ended two minutes later.")):
        page.locator("#q4 [data-write]").click()
        page.locator("#write-q4").fill(text)
    theirs.keyboard.press("Control+Enter")
    expect(answer(theirs, 4)).to_have_text("It ended two minutes later.")
    mine.keyboard.press("Control+Enter")
    conflict = mine.locator("#q4 .conflict")
    expect(conflict).to_contain_text("The pause of the job ended it at 15:19.")
    expect(conflict).to_contain_text("It ended two minutes later.")
    expect(conflict.get_by_role("button", name="Keep mine")).to_be_focused()
    conflict.get_by_role("button", name="Keep both as accounts").click()
    expect(answer(mine, 4)).to_have_text(
        "It ended two minutes later. Another account: The pause of the job ended it at 15:19."
    )
    mine.locator("#q4 [data-history]").click()
    versions = mine.locator(".history li")
    versions.filter(has_text="Pausing the job").get_by_role("button", name="Restore").first.click()
    expect(answer(mine, 4)).to_have_text("Pausing the job ended the second window.")


def test_a_sign_in_that_ends_while_somebody_types_keeps_the_draft(enter: Visit, house: House) -> None:
    page = enter(REVIEW, as_scribe=True)
    page.locator("#q2 [data-write]").click()
    field = page.locator("#write-q2")
    field.fill(field.input_value() + " Nobody had seen this before.")
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Your sign-in has ended")
    expect(page.get_by_role("dialog")).to_contain_text("kept in this browser")
    page.context.add_cookies(cookies)
    page.goto(house.demo.address + REVIEW)
    expect(page.locator("#write-q2")).to_be_visible()
    expect(page.locator("#write-q2")).to_have_value(re.compile(r"Nobody had seen this before\.$"))
    expect(page.locator("#q2 .draftnote")).to_contain_text("Not saved yet")
    page.locator("#write-q2").focus()
    page.keyboard.press("Control+Enter")
    expect(answer(page, 2)).to_contain_text("Nobody had seen this before.")


def test_an_accusing_sentence_gets_a_rewrite_that_somebody_takes(enter: Visit) -> None:
    page = enter(REVIEW)
    page.locator("#q1 [data-write]").click()
    page.locator("#write-q1").fill("Checkout failed. The engineer forgot to run the canary.")
    expect(page.locator("#q1 .um-gate, #q1 .um-nudge")).to_have_text(re.compile("The engineer forgot"))
    page.locator("#q1").get_by_role("button", name="1 suggestion").click()
    coach = page.locator("#q1 .coachbox")
    expect(coach).to_contain_text("?")
    coach.get_by_role("button", name="Take it").click()
    expect(page.locator("#write-q1")).not_to_have_value(re.compile("engineer"))
    expect(page.locator("#write-q1")).to_have_value(re.compile(r"^Checkout failed\. "))


def test_open_issues_are_walked_dismissed_and_taken_back_by_keys(enter: Visit) -> None:
    page = enter(REVIEW)
    page.keyboard.press("j")
    expect(page.locator("[data-finding]").first).to_be_focused()
    suggestion = page.locator("[data-finding]:not([data-blocks])").first
    name = suggestion.get_attribute("data-finding") or ""
    suggestion.focus()
    page.keyboard.press("d")
    page.get_by_role("dialog").get_by_role("button", name="Dismiss").click()
    expect(page.locator(f'[data-finding="{name}"]')).to_have_count(0)
    page.keyboard.press("u")
    expect(page.locator(f'[data-finding="{name}"]')).to_have_count(1)


def test_the_bar_says_what_stands_before_the_next_step(enter: Visit) -> None:
    page = enter(REVIEW)
    expect(page.locator("#live-states li")).to_have_count(6)
    expect(page.locator("#live-states li[aria-current=step]")).to_have_count(1)
    expect(page.locator("#live-states li").last).to_contain_text("not yet")
    blocking = page.locator("[data-finding][data-blocks]").count()
    if blocking:
        expect(page.locator("#live-moves")).to_contain_text(re.compile("Confirm facts|left"))
    else:
        expect(page.locator("#live-moves [data-move]")).to_be_enabled()


def test_whoever_else_is_here_is_shown_with_their_place(enter: Visit) -> None:
    scribe = enter(REVIEW, as_scribe=True)
    with scribe.expect_response(lambda answer: "writing" in (answer.request.post_data or "") and answer.ok):
        scribe.locator("#q2 [data-write]").click()
    page = enter(REVIEW)
    expect(page.locator(".who-here", has_text="Scribe")).to_contain_text("writing in question 2")


def test_the_page_can_be_used_by_everybody(enter: Visit) -> None:
    page = enter(REVIEW)
    page.locator("#q2 [data-write]").click()
    expect(page.locator("#write-q2")).to_be_visible()
    assert problems_in_every_look(page) == []
