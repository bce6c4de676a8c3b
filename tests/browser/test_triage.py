"""The timeline under the hands of people: by mouse, by keys alone, two at once, with a lost connection.

Everything runs through a real server and its worker, so figures come from the pipeline and not from a page.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import problems_in_every_look
from tests.browser.house import SCRIBE, House
from tests.browser.visiting import PASSWORD, SIGN_IN, Visit, eventually

pytestmark = pytest.mark.browser
TIMELINE = "/incidents/INC-2041/"
CURRENT = "li.event[aria-current=true]"
ALERT = "CheckoutErrorRate: more than 5 %"
# Steps on the slider may be drawn one by one; the list is that of the last of them.
LISTS_WHAT_WAS_KNOWN = """() => {
  const known = Number(new URL(location.href).searchParams.get("known"));
  const times = [...document.querySelectorAll("li.event .t time")].map(each => Date.parse(each.dateTime) / 1000);
  const isLast = known === Number(document.querySelector("#known-at").value);
  return isLast && times.length && times.every(each => each <= known);
}"""


@pytest.fixture
def enter(enter: Visit) -> Visit:
    """Opens the timeline when nothing is computed any more, whatever somebody did before."""

    def settled(path: str = TIMELINE, **how: object) -> Page:
        page = enter(path, **how)
        settle(page)
        return page

    return settled


def settle(page: Page) -> None:
    """Waits until nothing is computed any more."""
    expect(page.locator(".recomputing")).to_have_count(0)


def choose(page: Page, text: str) -> str:
    """Makes the row with this text the current one; its id."""
    row = page.locator("li.event", has_text=text).first
    row.locator("a.what").click()
    expect(row).to_have_attribute("aria-current", "true")
    return row.get_attribute("data-event") or ""


def row_of(page: Page, event_id: str):
    return page.locator(f"#e-{event_id}")


def counted(page: Page, name: str):
    return page.locator(f"[data-count={name}]").first


def count_of(page: Page, name: str) -> int:
    return int(counted(page, name).inner_text())


def test_keys_alone_keep_hide_and_take_back(enter: Visit) -> None:
    page = enter()
    before = count_of(page, "triage")
    page.keyboard.press("j")
    first = page.locator(CURRENT).get_attribute("data-event") or ""
    page.keyboard.press("h")
    expect(row_of(page, first)).to_contain_text("Hidden by owner")
    expect(page.locator("#toasts .toast")).to_contain_text("1 event hidden")
    expect(page.locator(CURRENT)).not_to_have_attribute("data-event", first)
    second = page.locator(CURRENT).get_attribute("data-event") or ""
    page.keyboard.press("e")
    expect(row_of(page, second)).to_contain_text("Kept")
    expect(counted(page, "triage")).to_have_text(str(before - 2))
    settle(page)
    expect(row_of(page, first)).to_have_class(re.compile("hidden-by"))
    page.reload()
    expect(page.locator(f'li.event[data-event="{first}"]')).to_have_count(0)
    page.goto(page.url.split("?")[0] + "?show=all&event=" + first)
    expect(row_of(page, first)).to_contain_text("Hidden by owner")
    page.keyboard.press("u")
    expect(row_of(page, first)).not_to_contain_text("Hidden")
    page.goto(page.url.split("?")[0] + "?show=kept&event=" + second)
    page.keyboard.press("u")
    expect(page.locator("#toasts .toast")).to_contain_text("Undone")
    settle(page)
    expect(counted(page, "triage")).to_have_text(str(before))


def test_several_events_are_hidden_in_one_action_by_mouse(enter: Visit) -> None:
    page = enter()
    boxes = page.locator("li.event input[type=checkbox]")
    for number in (0, 1, 2):
        boxes.nth(number).check()
    bar = page.locator("[data-selected]")
    expect(bar).to_contain_text("3 events selected")
    bar.get_by_role("button", name="Hide").click()
    expect(page.locator("#toasts .toast")).to_contain_text("3 events hidden")
    expect(page.locator("li.event.hidden-by")).to_have_count(3)
    page.locator("#toasts .toast").get_by_role("button", name="Undo").click()
    expect(page.locator("li.event.hidden-by")).to_have_count(0)
    expect(bar).to_be_hidden()
    settle(page)


def test_hiding_the_first_alert_moves_the_facts_and_undo_moves_them_back(enter: Visit) -> None:
    page = enter()
    detect = page.locator(".strip .metric", has_text="Time to detect").locator(".value")
    expect(detect).to_contain_text("9 min")
    # The answer that it is done is held back until it was seen that it is being done.
    state = f"**{page.locator('aa-facts').get_attribute('data-state')}"
    held: list[Route] = []
    page.route(state, lambda route: held.append(route))
    choose(page, ALERT)
    page.keyboard.press("h")
    expect(page.locator(".recomputing")).to_be_visible()
    eventually(page, lambda: bool(held))
    # Whatever comes between the two goes on when nobody holds it any more.
    for route in held:
        route.continue_()
    page.unroute(state)
    expect(detect).not_to_contain_text("9 min")
    choose(page, ALERT)
    page.keyboard.press("u")
    expect(detect).to_contain_text("9 min")


def test_a_note_is_written_with_a_citation_and_shown(enter: Visit) -> None:
    page = enter()
    choose(page, ALERT)
    expect(page.locator("aside [data-cite]")).to_be_visible()
    page.keyboard.press("c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"\[E\d+, [^\]]+\]\(http://[^)]+/evidence/[0-9a-f]{64}/[^)]*\)", copied)
    page.keyboard.press("n")
    area = page.get_by_role("dialog").get_by_label("What should others know?")
    expect(area).to_be_focused()
    page.keyboard.type("Page went to one phone, see @ for it")
    expect(area).to_have_value(f"Page went to one phone, see {copied} for it")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(CURRENT).locator("small.note")).to_contain_text("Note, owner: Page went to one phone")
    expect(page.locator("aside.evidence .history")).to_contain_text("wrote a note")


def test_a_correction_by_keys_shows_at_once_and_its_history_restores(enter: Visit) -> None:
    page = enter()
    event_id = choose(page, "card charged, order failed")
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Wording").fill("Buyer says the card was charged and the order failed")
    page.keyboard.press("Control+Enter")
    expect(row_of(page, event_id).locator(".what")).to_contain_text("Buyer says the card was charged")
    history = page.locator("aside.evidence .history")
    expect(history).to_contain_text("corrected the wording")
    history.get_by_role("button", name="Undo").first.click()
    expect(row_of(page, event_id).locator(".what")).to_contain_text("card charged, order failed")
    expect(history.locator(".withdrawn")).to_have_count(1)
    history.get_by_role("button", name="Restore").click()
    expect(row_of(page, event_id).locator(".what")).to_contain_text("Buyer says the card was charged")
    history.get_by_role("button", name="Undo").first.click()
    expect(row_of(page, event_id).locator(".what")).to_contain_text("card charged, order failed")


def test_a_wrong_time_is_refused_where_it_was_typed(enter: Visit) -> None:
    page = enter()
    choose(page, "card charged, order failed")
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Time").fill("2026-13-05 25:00")
    dialog.get_by_role("button", name="Save correction").click()
    expect(dialog.get_by_role("alert")).to_contain_text("2026-13-05")
    dialog.get_by_label("Time").fill("2026-05-12 16:05:31")
    dialog.get_by_label("Zone").fill("Europe/Nowhere")
    dialog.get_by_role("button", name="Save correction").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Europe/Nowhere")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_the_disputed_end_is_settled_by_a_pin_and_open_again_after_undo(enter: Visit) -> None:
    page = enter()
    page.keyboard.press("p")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Milestone")).to_have_value("t_resolved")
    dialog.get_by_role("radio", name=re.compile("15:30")).check()
    dialog.get_by_label("Why this one counts").fill("The status page is what users saw.")
    dialog.get_by_role("button", name="Pick this account").click()
    # It stays while it is hovered, so that it can be taken back however long the facts take.
    page.locator("#toasts .toast", has_text="Account picked").hover()
    resolve = page.locator(".strip .metric", has_text="Time to resolve").locator(".value")
    expect(resolve).to_have_text(re.compile(r"^\s*88 min"))
    page.keyboard.press("u")
    expect(resolve).to_contain_text("80 or 88 min")


def test_events_are_merged_and_taken_apart(enter: Visit) -> None:
    page = enter("/incidents/INC-2041/?show=all")
    rows = [page.locator("li.event").nth(number).get_attribute("data-event") or "" for number in (0, 1)]
    before = count_of(page, "all")
    page.locator(f"#e-{rows[0]} input").check()
    page.locator(f"#e-{rows[1]} input").check()
    page.keyboard.press("w")
    expect(page.locator("#toasts .toast")).to_contain_text("2 events merged into one")
    expect(page.get_by_label("Which events").locator("[data-count=all]")).to_have_text(str(before - 1))
    merged = min(rows)
    row_of(page, merged).locator("a.what").click()
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("checkbox")).to_have_count(2)
    dialog.get_by_role("button", name="Take apart").click()
    expect(page.get_by_label("Which events").locator("[data-count=all]")).to_have_text(str(before))
    settle(page)


def test_a_double_click_is_one_edit(enter: Visit) -> None:
    page = enter()
    event_id = choose(page, "Release v2.14 of payments-api published")
    row_of(page, event_id).get_by_role("button", name="Keep").dblclick()
    expect(row_of(page, event_id)).to_contain_text("Kept")
    page.keyboard.press("k")
    row_of(page, event_id).locator("a.what").click()
    expect(page.locator("aside.evidence .history .revision")).to_have_count(1)
    page.locator("aside.evidence .history").get_by_role("button", name="Undo").click()
    expect(row_of(page, event_id)).not_to_contain_text("Kept")


def test_two_people_correct_one_event_and_nothing_is_lost(enter: Visit) -> None:
    mine, theirs = enter(), enter(as_scribe=True)
    words = "declaring this as INC-2041"
    for page in (mine, theirs):
        choose(page, words)
        page.keyboard.press("r")
        expect(page.get_by_role("dialog")).to_be_visible()
    theirs.get_by_role("dialog").get_by_label("Wording").fill("The incident commander declares SEV-2")
    theirs.keyboard.press("Control+Enter")
    expect(theirs.locator(CURRENT)).to_contain_text("declares SEV-2")
    mine.get_by_role("dialog").get_by_label("Wording").fill("INC-2041 is declared")
    mine.keyboard.press("Control+Enter")
    both = mine.get_by_role("dialog", name="Two people changed this event")
    expect(both).to_contain_text("INC-2041 is declared")
    expect(both).to_contain_text("The incident commander declares SEV-2")
    expect(both).to_contain_text("Scribe’s")
    both.get_by_label("Joined text").fill("The incident commander declares INC-2041, SEV-2")
    mine.keyboard.press("Control+Enter")
    expect(mine.locator(CURRENT)).to_contain_text("The incident commander declares INC-2041, SEV-2")
    expect(mine.locator("aside.evidence .history .revision")).to_have_count(2)
    standing = mine.locator("aside.evidence .history .revision:not(.withdrawn)")
    for left in (1, 0):
        standing.get_by_role("button").first.click()
        expect(standing).to_have_count(left)
    expect(mine.locator(CURRENT)).to_contain_text(words)


def test_a_stale_tab_asks_before_it_decides_otherwise(enter: Visit) -> None:
    stale, other = enter(), enter(as_scribe=True)
    event_id = choose(stale, "WarehouseExportSlow resolved")
    choose(other, "WarehouseExportSlow resolved")
    other.keyboard.press("e")
    expect(row_of(other, event_id)).to_contain_text("Kept")
    stale.keyboard.press("h")
    asked = stale.get_by_role("dialog", name="Two people changed this event")
    expect(asked).to_contain_text("The scribe kept it after you had looked")
    asked.get_by_role("button", name="Keep theirs").click()
    stale.reload()
    expect(row_of(stale, event_id)).to_have_count(0)
    choose(other, "WarehouseExportSlow resolved")
    other.keyboard.press("u")
    expect(row_of(other, event_id)).not_to_contain_text("Kept")


def test_what_was_decided_without_a_connection_is_sent_when_it_is_back(enter: Visit) -> None:
    page = enter()
    event_id = choose(page, "Release v2.14 of payments-api published")
    page.context.set_offline(True)
    page.keyboard.press("h")
    expect(row_of(page, event_id)).to_have_class(re.compile("waiting"))
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    address = page.url.split("?")[0] + f"?show=all&event={event_id}"

    def is_sent() -> bool:
        row = page.request.get(address).text().partition(f'id="e-{event_id}"')[2][:3000]
        return "Hidden by owner" in row

    eventually(page, is_sent)
    page.goto(address)
    page.keyboard.press("u")
    expect(row_of(page, event_id)).not_to_contain_text("Hidden")
    settle(page)


def test_what_is_typed_when_the_sign_in_ends_is_there_after_it(enter: Visit, house: House) -> None:
    page = enter(as_scribe=True)
    event_id = choose(page, ALERT)
    page.keyboard.press("n")
    page.keyboard.type("Half a sentence that must not be lost")
    # The form may come after the first words; it has them all before the sign-in ends.
    area = page.get_by_role("dialog").get_by_label("What should others know?")
    expect(area).to_have_value("Half a sentence that must not be lost")
    cookies = [each for each in page.context.cookies() if each["name"] != "sessionid"]
    page.context.clear_cookies()
    page.context.add_cookies(cookies)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Sign in and continue").click()
    page.get_by_label("Email", exact=True).fill(SCRIBE)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=SIGN_IN).first.click()
    page.wait_for_url(re.compile("/incidents/INC-2041/"))
    row_of(page, event_id).locator("a.what").click()
    page.keyboard.press("n")
    expect(area).to_have_value("Half a sentence that must not be lost")
    house.scribe.update(page.context.storage_state())


def test_zoom_and_the_known_at_slider_work_by_key(enter: Visit) -> None:
    page = enter()
    span = page.locator("aa-timeline [data-span]").first
    whole = span.inner_text()
    page.keyboard.press("+")
    expect(span).not_to_have_text(whole)
    page.keyboard.press("0")
    expect(span).to_have_text(whole)
    everything = count_of(page, "all")
    for _ in range(20):
        page.keyboard.press("[")
    expect(page.locator("#known-at-time")).to_have_text(re.compile(r"\d\d:\d\d UTC"))
    expect(page.locator("svg.plot .veil")).to_have_count(1)
    expect(page.get_by_label("Which events").locator("[data-count=all]")).not_to_have_text(str(everything))
    page.wait_for_function(LISTS_WHAT_WAS_KNOWN)
    assert count_of(page, "all") < everything
    for _ in range(20):
        page.keyboard.press("]")
    expect(page.locator("#known-at-time")).to_have_text("Everything known")
    expect(page.get_by_label("Which events").locator("[data-count=all]")).to_have_text(str(everything))


def test_the_facts_are_confirmed_by_keys_and_later_edits_are_told(enter: Visit) -> None:
    page = enter()
    # The people of the demo confirmed a version; what is confirmed as it stands offers nothing to confirm.
    other = choose(page, "Check staging-smoke-test of payments-api")
    page.keyboard.press("e")
    expect(row_of(page, other)).to_contain_text("Kept")
    settle(page)
    confirmed = re.search(r"version (\d+)", page.locator("[data-part=standing]").inner_text())
    assert confirmed
    version = int(confirmed[1]) + 1
    page.keyboard.press("f")
    dialog = page.get_by_role("dialog", name="Confirm the facts")
    expect(dialog).to_contain_text("1 conflicting milestone")
    page.keyboard.type("The end is agreed in the review.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-part=standing]")).to_contain_text(f"Confirmed, version {version}")
    event_id = choose(page, ALERT)
    page.keyboard.press("e")
    expect(row_of(page, event_id)).to_contain_text("Kept")
    page.reload()
    page.get_by_role("link", name=re.compile(f"1 edit since version {version}")).click()
    expect(page.locator("main")).to_contain_text("The end is agreed in the review.")
    expect(page.locator("#h-since")).to_be_visible()
    page.get_by_role("button", name=f"Return to version {version}").click()
    expect(page.locator("[data-part=standing]")).to_contain_text(f"Confirmed, version {version}")
    expect(row_of(page, event_id)).not_to_contain_text("Kept")


def test_the_list_goes_on_while_one_scrolls(enter: Visit) -> None:
    page = enter("/incidents/INC-2041/?show=all")
    total = count_of(page, "all")
    rows = page.locator("li.event")
    while (shown := rows.count()) < total:
        rows.last.scroll_into_view_if_needed()
        page.mouse.wheel(0, 4000)
        # Whoever comes while an analysis ends behind them sees the list anew, from its beginning.
        eventually(page, lambda shown=shown: rows.count() != shown)
    expect(rows).to_have_count(total)
    ids = page.locator("li.event").evaluate_all("all => all.map(each => each.dataset.event)")
    assert len(set(ids)) == total


def test_the_keys_of_the_page_stand_in_the_sheet(enter: Visit) -> None:
    page = enter()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard")
    for told in ("keep", "hide", "milestone", "note", "cite", "known at", "zoom in", "merge", "split", "pin"):
        expect(sheet).to_contain_text(told)


def test_axe_finds_no_serious_violation_while_people_work(enter: Visit) -> None:
    page = enter()
    page.locator("li.event input[type=checkbox]").first.check()
    assert problems_in_every_look(page) == []
    page.keyboard.press("Escape")
    # Facts that are confirmed as they stand offer nothing to confirm, so one event is kept first.
    kept = choose(page, ALERT)
    page.keyboard.press("e")
    expect(row_of(page, kept)).to_contain_text("Kept")
    settle(page)
    page.goto(page.url.split("?")[0] + f"?show=kept&event={kept}")
    expect(page.get_by_role("link", name="Confirm facts")).to_be_visible()
    for key in ("r", "p", "f"):
        page.locator(CURRENT).locator("a.what").focus()
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        assert problems_in_every_look(page) == [], key
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("u")
    expect(page.locator("#toasts .toast")).to_contain_text("Undone")


def test_many_proposals_are_hidden_by_keys_and_come_back_with_one(enter: Visit) -> None:
    page = enter()
    to_triage = count_of(page, "triage")
    choose(page, ALERT)
    page.keyboard.press("B")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Kind")).to_be_focused()
    dialog.get_by_label("Source").select_option("status")
    dialog.get_by_label("Hide them").check()
    dialog.get_by_label("Why do they not belong to the story?").fill("Written for customers")
    told = dialog.get_by_role("button", name=re.compile(r"^Hide \d+ events?"))
    count = int(re.findall(r"\d+", told.inner_text())[0])
    page.keyboard.press("Control+Enter")
    toast = page.locator("#toasts .toast", has_text=f"{count} event")
    toast.hover()
    expect(counted(page, "triage")).to_have_text(str(to_triage - count))
    page.keyboard.press("u")
    expect(counted(page, "triage")).to_have_text(str(to_triage))
    settle(page)
