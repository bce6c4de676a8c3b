"""Incidents side by side in a real browser: from the list by keys alone, on a phone, and as axe reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState, expect

from tests.browser.axe import LOOKS, problems_in_every_look
from tests.browser.serving import Demo, do_there, serving_copy
from tests.browser.visiting import Visit, come_in

pytestmark = pytest.mark.browser
PAGE = "/incidents/compare?keys=INC-2041,INC-2050"
# A second evening, kept by the server's own code: noticed later, with a length that nobody knows.
SECOND = """
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


@pytest.fixture(scope="module")
def demo(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A server of this file's own with two incidents."""
    with serving_copy(prepared, tmp_path_factory.mktemp("compare")) as demo:
        do_there(demo.data, SECOND)
        yield demo


@pytest.fixture(scope="module")
def signed_in(browser: Browser, demo: Demo) -> StorageState:
    """The cookies of their owner."""
    return come_in(browser, demo)


def test_it_reads_at_every_width_and_in_both_themes(visit: Visit) -> None:
    page = visit(PAGE)
    expect(page.get_by_role("heading", name="Incidents side by side")).to_be_visible()
    assert page.locator(".compare-table tbody tr").count() > 20
    ends = page.locator("svg.beside text.beat:not(.mid)")
    for width, theme in LOOKS:
        assert problems_in_every_look(page, [(width, theme)]) == []
        edges = ends.evaluate_all(
            "all => all.map(each => [each.getBoundingClientRect().left, each.getBoundingClientRect().right])"
        )
        assert len(edges) >= 2 and all(left >= 0 and right <= width for left, right in edges)


def test_two_are_selected_and_compared_by_keys_alone(visit: Visit) -> None:
    page = visit("/incidents/")
    expect(page.locator("aa-incidents tr[data-row]")).to_have_count(2)
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.get_by_role("status").filter(has_text="2 incidents selected")).to_be_visible()
    page.get_by_role("button", name="Compare").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/compare?keys=*")
    unknown = page.locator("section[data-verdict='cannot compare'] tr", has_text="M10")
    expect(unknown).to_contain_text("unknown")


def test_another_is_added_and_taken_out(visit: Visit) -> None:
    page = visit("/incidents/compare?keys=INC-2041")
    page.get_by_role("link", name="INC-2050 Checkout failed again").click()
    expect(page.locator("section[data-verdict=different]")).to_be_visible()
    page.get_by_role("link", name="Take INC-2041 out").click()
    expect(page.locator("section[data-verdict]")).to_have_count(0)
    expect(page.get_by_role("list", name="Compared")).to_contain_text("INC-2050")


def test_a_cell_opens_what_it_rests_on(visit: Visit) -> None:
    page = visit(PAGE)
    row = page.locator("tr", has_text="M01 Time to detect")
    row.locator("a.cite").first.click()
    page.wait_for_url("**/incidents/INC-20*/evidence/**")
