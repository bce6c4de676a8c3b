"""Home, the list, records, members, search and the report in a real browser, by mouse and by keyboard alone.

test_site looks at these pages in every look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState, expect

from tests.browser.serving import Demo, serving_copy
from tests.browser.visiting import Visit, come_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A server of this file's own: what home and the lists show does not hang on what others left."""
    with serving_copy(prepared, tmp_path_factory.mktemp("home")) as demo:
        yield demo


@pytest.fixture(scope="module")
def signed_in(browser: Browser, demo: Demo) -> StorageState:
    """The cookies of its admin."""
    return come_in(browser, demo)


def test_home_leads_to_the_next_step(visit: Visit) -> None:
    page = visit("/")
    need = page.locator(".need", has_text="INC-2041")
    expect(need).to_contain_text("sources disagree on “Resolved”: 15:22 or 15:30 UTC.")
    need.get_by_role("link", name="Decide").click()
    page.wait_for_url(re.compile("/incidents/INC-2041/"))


def test_an_incident_is_opened_changed_found_and_deleted_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/incidents/")
    page.keyboard.press("n")
    page.wait_for_url(re.compile("/incidents/new$"))
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.type("Parcels lose their labels")
    page.keyboard.press("Tab")
    page.keyboard.type("Near")
    expect(page.get_by_label("Severity")).to_have_count(0)
    expect(page.get_by_text("A near miss hurt nobody")).to_be_visible()
    page.locator("#id_title").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/incidents/INC-\d+/evidence/"))
    key = page.url.split("/")[-3]

    page.goto(page.url.split("/incidents/")[0] + "/incidents/")
    page.keyboard.press("/")
    page.keyboard.type("parcel label")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search"))
    expect(page.get_by_role("heading", level=2, name="Parcels lose their labels")).to_be_visible()

    page.goto(page.url.split("/search")[0] + "/incidents/")
    page.keyboard.press("j")
    expect(page.locator("tr[aria-current=true]")).to_contain_text(key)
    page.keyboard.press("x")
    expect(page.locator("[data-several]")).to_contain_text("1 incident selected")
    page.keyboard.press("x")
    expect(page.locator("[data-several]")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/incidents/{key}/$"))

    page.goto(page.url + "settings/")
    delete = page.get_by_role("button", name=f"Delete {key}")
    delete.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/incidents/$"))
    expect(page.locator(".toast")).to_contain_text(f"{key} is deleted")
    expect(page.locator("tr[data-row]", has_text=key)).to_have_count(0)
    page.keyboard.press("u")
    expect(page.locator("tr[data-row]", has_text=key)).to_have_count(1)
    page.goto(page.url + f"{key}/settings/")
    page.get_by_role("button", name=f"Delete {key}").click()
    expect(page.locator(".toast")).to_contain_text("is deleted")


def test_choosing_files_at_home_opens_an_incident_with_them(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("2026-05-12T14:02:00Z checkout returns errors\n2026-05-12T14:40:00Z rolled back v2.14\n")
    page = visit("/")
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="Choose files").click()
    choosing.value.set_files(str(file))
    page.wait_for_url(re.compile(r"/incidents/INC-\d+/evidence/"))
    expect(page.locator("main")).to_contain_text("notes.txt")
    key = page.url.split("/")[-3]
    page.goto(page.url.replace("evidence/", "settings/"))
    page.get_by_role("button", name=f"Delete {key}").click()
    page.wait_for_url(re.compile("/incidents/$"))


def test_a_filter_takes_effect_when_it_is_chosen(visit: Visit) -> None:
    page = visit("/incidents/")
    page.get_by_label("Service").select_option("ledger-db")
    page.wait_for_url(re.compile("service=ledger-db"))
    expect(page.locator("tr[data-row]")).to_have_count(1)
    page.get_by_role("link", name="Clear 1 filter").click()
    page.wait_for_url(re.compile(r"/incidents/$"))


def test_the_list_works_without_script(visit: Visit) -> None:
    page = visit("/incidents/new", script=False)
    page.locator("#id_title").fill("Greenhouse valves stay shut")
    page.get_by_role("button", name="Open the incident").click()
    page.wait_for_url(re.compile(r"/incidents/INC-\d+/evidence/"))
    base, key = page.url.split("/incidents/")[0], page.url.split("/")[-3]

    page.goto(base + "/incidents/?q=greenhouse")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    expect(page.locator("tr[data-row]")).to_contain_text(key)
    page.locator("#facet-q").fill("nothing like it")
    page.get_by_role("button", name="Narrow").click()
    expect(page.get_by_role("heading", name="No incident matches")).to_be_visible()

    page.goto(f"{base}/incidents/{key}/settings/")
    page.get_by_role("button", name=f"Delete {key}").click()
    page.wait_for_url(re.compile("/incidents/$"))
    expect(page.locator("tr[data-row]", has_text=key)).to_have_count(0)


def test_the_palette_finds_incidents_and_words(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Control+k")
    page.keyboard.type("checkout err")
    expect(page.get_by_role("option", name=re.compile("INC-2041"))).to_be_visible()


def test_the_report_comes_as_pdf(visit: Visit) -> None:
    page = visit("/incidents/INC-2041/report/")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename == "INC-2041-report.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
