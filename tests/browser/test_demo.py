"""The demo's pages in a real browser: they read and move. test_site looks at every page in every look."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visiting import Visit

pytestmark = pytest.mark.browser
TIMELINE = "/incidents/INC-2041/"


def test_the_timeline_shows_what_was_computed_from_the_evidence(visit: Visit) -> None:
    page = visit(TIMELINE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Checkout errors after payments-api v2.14 rollout")
    expect(page.locator(".strip .metric", has_text="Time to detect")).to_contain_text("9 min")
    expect(page.locator(".strip .metric", has_text="Longest update gap")).to_contain_text("38 min")
    expect(page.locator(".strip .metric", has_text="Time to resolve")).to_contain_text("sources disagree")
    expect(page.locator("svg.plot .milestones")).to_contain_text("Detected")
    assert page.locator("svg.plot .impact").count() >= 3
    assert page.locator("svg.plot .gap").count() >= 1


def test_labels_in_the_lanes_do_not_touch_each_other(visit: Visit) -> None:
    page = visit(TIMELINE)
    boxes = page.eval_on_selector_all(
        "svg.plot .milestones text, svg.plot .lane text",
        """all => all.map(text => {
            const box = text.getBoundingClientRect();
            return [box.left, box.top, box.right, box.bottom, text.textContent];
        })""",
    )
    assert len(boxes) > 10
    touching = [
        (a[4], b[4])
        for number, a in enumerate(boxes)
        for b in boxes[number + 1 :]
        if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 3 and b[1] < a[3] - 3
    ]
    assert touching == []


def test_a_figure_opens_its_inputs(visit: Visit) -> None:
    page = visit(TIMELINE)
    page.locator(".strip .metric", has_text="Time to detect").click()
    opened = page.get_by_role("dialog", name="Time to detect")
    expect(opened).to_be_visible()
    expect(opened).to_contain_text("Formula")
    expect(opened).to_contain_text("wall clock")
    expect(opened.locator("time")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(opened).to_be_hidden()


def test_keys_walk_the_events_and_enter_opens_the_evidence(visit: Visit) -> None:
    page = visit(TIMELINE)
    before = page.locator("li.event[aria-current=true]").get_attribute("data-event")
    page.keyboard.press("j")
    now = page.locator("li.event[aria-current=true]")
    expect(now).not_to_have_attribute("data-event", before or "")
    title = now.locator(".what").evaluate("element => element.firstChild.textContent")
    expect(page.locator("aside.evidence h2")).to_contain_text(title)
    page.keyboard.press("k")
    expect(page.locator(f'li.event[data-event="{before}"]')).to_have_attribute("aria-current", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#h-evidence")).to_be_focused()
    expect(page).to_have_url(re.compile(f"event={before}"))


def test_the_evidence_shows_the_original_with_the_cited_line_and_its_hash(visit: Visit) -> None:
    page = visit(TIMELINE)
    panel = page.locator("aside.evidence")
    expect(panel.locator(".raw .hit")).to_have_count(1)
    expect(panel).to_contain_text("SHA-256")
    panel.get_by_role("link", name="Open original").click()
    expect(page.locator(".raw .hit")).to_have_count(1)
    assert re.search(r"\b[0-9a-f]{64}\b", page.locator(".original dl").inner_text())


def test_a_mark_in_the_lanes_opens_its_evidence(visit: Visit) -> None:
    page = visit(TIMELINE)
    mark = page.locator("svg.plot a.mark").nth(2)
    spoken = mark.get_attribute("aria-label") or ""
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("aside.evidence h2")).to_contain_text(spoken.split(", ", 1)[1][:20])


def test_zoom_shows_half_the_stretch_and_zero_takes_it_back(visit: Visit) -> None:
    page = visit(TIMELINE)
    lanes = page.locator(".lanes-scroll")
    span = page.locator("aa-timeline [data-span]").first

    def seconds() -> int:
        return int(lanes.get_attribute("data-to") or 0) - int(lanes.get_attribute("data-from") or 0)

    # The drawing and the words for its stretch come together.
    whole, told = seconds(), span.inner_text()
    page.get_by_role("button", name="Zoom in").click()
    expect(span).not_to_have_text(told)
    assert seconds() == pytest.approx(whole / 2, abs=1)
    half = span.inner_text()
    page.keyboard.press("+")
    expect(span).not_to_have_text(half)
    assert seconds() == pytest.approx(whole / 4, abs=2)
    page.keyboard.press("0")
    expect(span).to_have_text(told)
    assert seconds() == whole


def test_later_events_are_added_in_place(visit: Visit) -> None:
    page = visit(TIMELINE + "?show=all")
    shown = page.locator("li.event").count()
    page.locator(".more-row").scroll_into_view_if_needed()
    expect(page.locator("li.event").nth(shown)).to_be_visible()


def test_the_theme_stays_chosen(visit: Visit) -> None:
    page = visit(TIMELINE)
    page.get_by_role("button", name="Switch between light and dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_times_follow_the_chosen_zone(visit: Visit) -> None:
    page = visit(TIMELINE)
    row = page.locator("li.event[aria-current=true] .t")
    expect(row).to_contain_text("14:11:08")
    page.get_by_role("navigation", name="Show times in").get_by_role("link", name="Berlin").click()
    expect(row).to_contain_text("16:11:08")
    expect(row).to_contain_text("Berlin")


def test_t_goes_on_to_the_next_zone(visit: Visit) -> None:
    page = visit(TIMELINE)
    page.keyboard.press("t")
    expect(page.locator("li.event[aria-current=true] .t")).to_contain_text("16:11:08")


def test_every_page_works_without_script(visit: Visit) -> None:
    page = visit(TIMELINE, script=False)
    page.locator("li.event a.what").first.click()
    expect(page).to_have_url(re.compile("event="))
    page.get_by_role("button", name="Switch between light and dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_report_shows_the_dashboard_picture_in_place(visit: Visit) -> None:
    page = visit("/incidents/INC-2041/report/")
    picture = page.locator("figure.shot svg image").first
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] > 200
    assert page.request.get(page.url.split("/incidents")[0] + str(picture.get_attribute("href"))).ok
