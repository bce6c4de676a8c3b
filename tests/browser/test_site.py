"""Every page that can be reached by links: axe, no sideways scroll, targets, text spacing and zoom, in both themes.

The walk starts at home as the demo's admin and follows links; of pages that differ only by an id, one is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import LOOKS, problems_in_every_look, serious_violations
from tests.browser.serving import Demo, serving_copy
from tests.browser.visiting import come_in

pytestmark = pytest.mark.browser
OF_DEMO = "/incidents/INC-2041/"
# Seen in every look in the fast lane too.
OFTENEST = ["/", OF_DEMO, OF_DEMO + "report/", OF_DEMO + "evidence/"]
STARTS = [
    *OFTENEST, "/incidents/", "/incidents/new", OF_DEMO + "settings/", OF_DEMO + "members/", OF_DEMO + "?show=all",
    OF_DEMO + "?show=all&range=all", "/search?q=pool", "/search?q=zzqq", "/nowhere",
]  # fmt: skip
NOT_A_PAGE = re.compile(
    r"report\.(json|md|html|pdf|docx)$|/original|/picture|/download|\.csv$|^/api/|^/theme|/metrics$"
    r"|graph\.(svg|png|mmd|json)$|\.ics$|pack\.md$"
)
MOST_PAGES = 60

ADDRESSES = "all => all.map(each => new URL(each.getAttribute('href'), location).href)"
# WCAG 2.5.8: 24 px, or that much room around the middle; links in a sentence are as high as the sentence.
SMALL_TARGETS = """() => {
  const isInline = each => getComputedStyle(each).display === "inline" || each.closest("p, li, td, dd, svg");
  const shown = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
    .filter(each => each.checkVisibility() && !each.classList.contains("skip"));
  const boxes = new Map(shown.map(each => [each, each.getBoundingClientRect()]));
  const hasRoom = each => {
    const box = boxes.get(each), x = box.left + box.width / 2, y = box.top + box.height / 2;
    return shown.every(other => {
      if (other === each || other.contains(each) || each.contains(other)) return true;
      const there = boxes.get(other);
      const dx = Math.max(there.left - x, 0, x - there.right), dy = Math.max(there.top - y, 0, y - there.bottom);
      return Math.hypot(dx, dy) >= 12;
    });
  };
  return shown
    .filter(each => !isInline(each) && boxes.get(each).width)
    .filter(each => boxes.get(each).width < 23.5 || boxes.get(each).height < 23.5)
    .filter(each => !(each.labels && [...each.labels].some(label => label.getBoundingClientRect().height >= 23.5)))
    .filter(each => !hasRoom(each))
    .map(each => `${boxes.get(each).width}×${boxes.get(each).height} ` + each.outerHTML.slice(0, 120));
}"""
# WCAG 1.4.12, set by script because the policy lets no style in.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
CUT_OFF = """() => [...document.querySelectorAll("button, .btn, .pill, h1, h2, .fld label, th")]
  .filter(each => each.checkVisibility() && !each.closest(".sr, svg, .tabs, .segmented"))
  .filter(each => ["hidden", "clip"].includes(getComputedStyle(each).overflowX))
  .filter(each => each.scrollWidth > each.clientWidth + 1)
  .map(each => each.outerHTML.slice(0, 120))"""


def shape_of(path: str) -> str:
    """The address with its ids taken out, so that pages of one kind are one."""
    return re.sub(r"(?<=/)(INC-\d+|\d+|[0-9a-f]{12,}|[\w-]{20,})(?=[/.]|$)", "*", urlsplit(path).path)


def near_miss(page: Page) -> str:
    """Files a near miss, once as nobody and once under a name; where its review is."""
    for sent_by in ("Send as nobody", "File under my name"):
        page.goto("/incidents/near-miss")
        page.get_by_label("What nearly happened?").fill("The wrong bucket was nearly emptied")
        page.get_by_label("A routine, or somebody who looked").check()
        page.get_by_label("How did that stop it, or why was it luck?").fill("The second pair of eyes asked which")
        page.get_by_label("One idea").fill("Buckets with invoices refuse to be emptied")
        page.get_by_role("button", name=sent_by).click()
        page.wait_for_url(re.compile(r"sent=anonymous|/review/$"))
    return urlsplit(page.url).path


def milestone(page: Page) -> str:
    """Opens a milestone; where its review is, which the policy opens."""
    page.goto("/incidents/new")
    page.locator("#id_title").fill("The export of all customers went live")
    page.locator("[name=kind]").select_option("milestone")
    page.locator("#id_title").press("Enter")
    page.wait_for_url(re.compile(r"/incidents/INC-\d+/evidence/"))
    path = urlsplit(page.url).path.replace("/evidence/", "/review/")
    page.goto(path)
    expect(page.locator("#opening")).to_contain_text("A milestone was reached")
    return path


def walk(page: Page) -> dict[str, str]:
    """One address of each kind, by kind."""
    found: dict[str, str] = {shape_of(each) + urlsplit(each).query: each for each in STARTS}
    found |= {"a review of a near miss": near_miss(page), "a review of a milestone": milestone(page)}
    waiting = list(found.values())
    while waiting and len(found) < MOST_PAGES:
        page.goto(waiting.pop(0))
        for address in page.eval_on_selector_all("a[href]:not([download])", ADDRESSES):
            parts = urlsplit(address)
            if parts.netloc != urlsplit(page.url).netloc or NOT_A_PAGE.search(parts.path):
                continue
            if shape_of(parts.path) not in found:
                found[shape_of(parts.path)] = parts.path
                waiting.append(parts.path)
    return found


@pytest.fixture(scope="module")
def demo(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A server of this file's own: which pages there are does not hang on what others left."""
    with serving_copy(prepared, tmp_path_factory.mktemp("site")) as demo:
        yield demo


@pytest.fixture(scope="module")
def page(browser: Browser, demo: Demo) -> Iterator[Page]:
    """Its admin's; what the missing ones among the pages say on the console is no complaint."""
    context = browser.new_context(storage_state=come_in(browser, demo), base_url=demo.address)
    opened = context.new_page()
    opened.goto("/")
    yield opened
    context.close()


@pytest.fixture(scope="module")
def pages(page: Page) -> dict[str, str]:
    """One address of each kind, by kind."""
    found = walk(page)
    assert len(found) > 12, sorted(found)
    return found


def test_every_page_passes_axe_at_a_desk_by_day_and_on_a_phone_by_night(page: Page, pages: dict[str, str]) -> None:
    assert seen_on(page, pages, lambda path: LOOKS if path in OFTENEST else LOOKS[::2]) == []


@pytest.mark.slow
def test_every_page_passes_axe_at_a_desk_by_night_and_on_a_phone_by_day(page: Page, pages: dict[str, str]) -> None:
    assert seen_on(page, pages, lambda path: () if path in OFTENEST else LOOKS[1::2]) == []


def seen_on(page: Page, pages: dict[str, str], looks: Callable[[str], tuple[tuple[int, str], ...]]) -> list[str]:
    """What is wrong on any of the pages, with their kind."""
    problems: list[str] = []
    for kind, path in pages.items():
        page.goto(path)
        problems += [f"{kind} {each}" for each in problems_in_every_look(page, looks(path))]
    return problems


def test_no_page_scrolls_sideways_or_cuts_words_when_it_is_narrow_zoomed_or_spaced(
    page: Page, pages: dict[str, str]
) -> None:
    problems: list[str] = []
    for kind, path in pages.items():
        page.goto(path)
        # 1440 at 200 % is 720; 360 is the narrowest phone.
        for width, step in ((720, "zoomed"), (360, "narrow"), (360, "spaced"), (1440, "spaced")):
            page.set_viewport_size({"width": width, "height": 900})
            if step == "spaced":
                page.evaluate(SPACED)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                problems.append(f"{kind} scrolls sideways at {width} {step}")
            problems += [f"{kind} cuts at {width} {step}: {each}" for each in page.evaluate(CUT_OFF)]
        page.evaluate("document.adoptedStyleSheets = []")
        problems += [f"{kind} small target: {each}" for each in page.evaluate(SMALL_TARGETS)]
    assert problems == []


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/enter/none", "/join/none"])
def test_who_is_not_signed_in_gets_pages_that_pass_axe(browser: Browser, demo: Demo, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(demo.address + path)
    assert serious_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
