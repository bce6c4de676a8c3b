"""The review page under the hands of people: by keys alone, two at once, with a sign-in that ends, on a phone.

Everything runs through a real server; what is written goes through the same saves as everywhere.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests.browser.axe import serious_violations
from tests.browser.conftest import Demo, serving_demo

pytestmark = pytest.mark.browser
REVIEW = "/incidents/INC-2041/review/"
SIGN_IN = re.compile("^Sign in(?! (with|and))")
# A colleague with a seat of their own, and a review if the demo brings none.
COLLEAGUE = """
import django; django.setup()
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident, IncidentMember
from afteraction.web.reviews.actions import open_review
incident = Incident.objects.get(key="INC-2041")
person = User.objects.create_user("scribe@example.org", "correct horse battery", name="Sam Oduya")
IncidentMember.objects.create(incident=incident, person=person, seat="scribe")
open_review(incident, actor=person)
"""
Open = Callable[..., Page]


class House(NamedTuple):
    """A server of this file's own, and the cookies of its owner and its scribe."""

    demo: Demo
    owner: StorageState
    scribe: StorageState


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo with two people in its review."""
    folder = tmp_path_factory.mktemp("review")
    with serving_demo(folder) as demo:
        environment = {**os.environ, "AFTERACTION_DATA": str(folder / "data"),
                       "DJANGO_SETTINGS_MODULE": "afteraction.web.config.settings"}  # fmt: skip
        root = Path(__file__).parents[2]
        subprocess.run([sys.executable, "-c", COLLEAGUE], env=environment, cwd=root, check=True)

        def sign_in(address: str, *fields: tuple[str, str]) -> StorageState:
            context = browser.new_context()
            page = context.new_page()
            page.goto(address)
            for label, text in fields:
                page.get_by_label(label, exact=True).fill(text)
            page.get_by_role("button", name=SIGN_IN).first.click()
            page.wait_for_url(demo.address + "/")
            state = context.storage_state()
            context.close()
            return state

        scribe = (("Email", "scribe@example.org"), ("Password", "correct horse battery"))
        yield House(demo, sign_in(demo.way_in), sign_in(demo.address + "/accounts/login/", *scribe))


@pytest.fixture
def enter(browser: Browser, house: House) -> Iterator[Open]:
    """Opens the review in a browser of its own; at the end nothing may have gone wrong in any."""
    opened: list[tuple[BrowserContext, list[str]]] = []

    def go(path: str = REVIEW, *, as_scribe: bool = False, width: int = 1440, theme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme,
            storage_state=house.scribe if as_scribe else house.owner,
        )  # fmt: skip
        context.set_default_timeout(12_000)
        page = context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        opened.append((context, problems))
        page.goto(house.demo.address + path)
        return page

    yield go
    for context, problems in opened:
        context.close()
        assert problems == []


def answer(page: Page, number: int):
    return page.locator(f"#q{number} [data-reading]")


def write(page: Page, number: int, text: str) -> None:
    """Opens an answer by keys and writes at its end."""
    page.keyboard.press(str(number))
    page.keyboard.press("e")
    expect(page.locator(f"#write-q{number}")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def test_an_answer_is_written_cited_saved_and_taken_back_by_keys_alone(enter: Open) -> None:
    page = enter()
    write(page, 5, " Queue length would have told it too ")
    page.keyboard.press("@")
    expect(page.get_by_role("dialog", name="Cite evidence")).to_be_visible()
    page.keyboard.type("e1")
    expect(page.locator(".cites-found button .cite", has_text="E1").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#write-q5")).to_be_focused()
    assert page.locator("#write-q5").input_value().endswith("told it too [E1]")
    page.keyboard.press("Control+Enter")
    expect(answer(page, 5)).to_contain_text("Queue length would have told it too")
    expect(answer(page, 5).locator("a.cite", has_text="E1").last).to_have_attribute("href", re.compile("/evidence/"))
    page.keyboard.press("u")
    expect(answer(page, 5)).not_to_contain_text("Queue length")


def test_two_people_in_different_sentences_are_joined_without_a_word(enter: Open) -> None:
    mine, theirs = enter(), enter(as_scribe=True)
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


def test_two_versions_of_a_sentence_are_both_shown_and_kept_as_accounts(enter: Open) -> None:
    first = enter()
    first.locator("#q4 [data-write]").click()
    first.locator("#write-q4").fill("Pausing the job ended the second window.")
    first.keyboard.press("Control+Enter")
    expect(answer(first, 4)).to_have_text("Pausing the job ended the second window.")
    mine, theirs = enter(), enter(as_scribe=True)
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


def test_a_sign_in_that_ends_while_somebody_types_keeps_the_draft(enter: Open, house: House) -> None:
    page = enter(as_scribe=True)
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
    assert page.locator("#write-q2").input_value().endswith("Nobody had seen this before.")
    expect(page.locator("#q2 .draftnote")).to_contain_text("Not saved yet")
    page.locator("#write-q2").focus()
    page.keyboard.press("Control+Enter")
    expect(answer(page, 2)).to_contain_text("Nobody had seen this before.")


def test_an_accusing_sentence_gets_a_rewrite_that_somebody_takes(enter: Open) -> None:
    page = enter()
    page.locator("#q1 [data-write]").click()
    page.locator("#write-q1").fill("Checkout failed. The engineer forgot to run the canary.")
    coach = page.locator("#q1 .coachbox")
    expect(coach).to_contain_text("?")
    coach.get_by_role("button", name="Use rewrite").click()
    assert "engineer" not in page.locator("#write-q1").input_value()
    assert page.locator("#write-q1").input_value().startswith("Checkout failed. ")


def test_open_issues_are_walked_dismissed_and_taken_back_by_keys(enter: Open) -> None:
    page = enter()
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


def test_the_bar_says_what_stands_before_the_next_step(enter: Open) -> None:
    page = enter()
    expect(page.locator("#live-states li")).to_have_count(6)
    expect(page.locator("#live-states li[aria-current=step]")).to_have_count(1)
    expect(page.locator("#live-states li").last).to_contain_text("not yet")
    blocking = page.locator("[data-finding][data-blocks]").count()
    if blocking:
        expect(page.locator("#live-moves")).to_contain_text(re.compile("Confirm facts|left"))
    else:
        expect(page.locator("#live-moves [data-move]")).to_be_enabled()


def test_whoever_else_is_here_is_shown_with_their_place(enter: Open) -> None:
    scribe = enter(as_scribe=True)
    scribe.locator("#q2 [data-write]").click()
    scribe.wait_for_timeout(600)
    page = enter()
    expect(page.locator(".who-here", has_text="Scribe")).to_contain_text("writing in question 2")


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")])
def test_the_page_can_be_used_by_everybody(enter: Open, width: int, theme: str) -> None:
    page = enter(width=width, theme=theme)
    page.locator("#q2 [data-write]").click()
    expect(page.locator("#write-q2")).to_be_visible()
    assert serious_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
