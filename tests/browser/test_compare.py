"""Incidents side by side in a real browser: from the list by keys alone, on a phone, and as axe reads it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.axe import serious_violations
from tests.browser.conftest import Demo, come_in, serving_demo

pytestmark = pytest.mark.browser
PAGE = "/incidents/compare?keys=INC-2041,INC-2050"
# A second evening, kept by the server's own code: noticed later, with a length that nobody knows.
SECOND = """
import django; django.setup()
from afteraction.web.evidence.actions import keep
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.models import Incident, IncidentMember
from afteraction.web.incidents.queries import latest_analysis, whole_document
first = Incident.objects.get(key="INC-2041")
owner = IncidentMember.objects.filter(incident=first, seat="owner").first().person
second = open_incident("INC-2050", owner=owner, title="Checkout failed again", severity="SEV-3")
document = whole_document(latest_analysis(first))
document["metrics"]["M10"] |= {"state": "unknown", "value": None, "low": None, "high": None}
keep(second, document, "fingerprint", "test")
"""
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Demo, StorageState]]:
    """A server of this file's own with two incidents, and its owner's cookies."""
    folder = tmp_path_factory.mktemp("compare")
    with serving_demo(folder) as demo:
        environment = {
            **os.environ, "AFTERACTION_DATA": str(folder / "data"),
            "DJANGO_SETTINGS_MODULE": "afteraction.web.config.settings",
        }  # fmt: skip
        subprocess.run([sys.executable, "-c", SECOND], env=environment, check=True)
        yield demo, come_in(browser, demo)


@pytest.fixture
def go(browser: Browser, house: tuple[Demo, StorageState]) -> Iterator[Open]:
    """Opens a page; fails when the browser complains."""
    demo, state = house
    complaints: list[str] = []
    contexts = []

    def opened(path: str, *, width: int = 1440, theme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, storage_state=state
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(demo.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_it_reads_at_every_width_and_in_both_themes(go: Open, width: int, theme: str) -> None:
    page = go(PAGE, width=width, theme=theme)
    expect(page.get_by_role("heading", name="Incidents side by side")).to_be_visible()
    assert page.locator(".compare-table tbody tr").count() > 20
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_violations(page) == []
    ends = page.locator("svg.beside text.beat:not(.mid)")
    edges = ends.evaluate_all(
        "all => all.map(each => [each.getBoundingClientRect().left, each.getBoundingClientRect().right])"
    )
    assert len(edges) >= 2 and all(left >= 0 and right <= width for left, right in edges)


def test_two_are_selected_and_compared_by_keys_alone(go: Open) -> None:
    page = go("/incidents/")
    expect(page.locator("aa-incidents tr[data-row]")).to_have_count(2)
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.get_by_role("status").filter(has_text="2 incidents selected")).to_be_visible()
    page.get_by_role("button", name="Compare").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/compare?keys=*")
    unknown = page.locator("section[data-verdict='cannot compare'] tr", has_text="M10")
    expect(unknown).to_contain_text("unknown")


def test_another_is_added_and_taken_out(go: Open) -> None:
    page = go("/incidents/compare?keys=INC-2041")
    page.get_by_role("link", name="INC-2050 Checkout failed again").click()
    expect(page.locator("section[data-verdict=different]")).to_be_visible()
    page.get_by_role("link", name="Take INC-2041 out").click()
    expect(page.locator("section[data-verdict]")).to_have_count(0)
    expect(page.get_by_role("list", name="Compared")).to_contain_text("INC-2050")


def test_a_cell_opens_what_it_rests_on(go: Open) -> None:
    page = go(PAGE)
    row = page.locator("tr", has_text="M01 Time to detect")
    row.locator("a.cite").first.click()
    page.wait_for_url("**/incidents/INC-20*/evidence/**")
