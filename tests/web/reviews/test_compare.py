"""Incidents side by side: each cell as on the incident's own page, and nothing of what one may not see."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from django.test import Client

from afteraction.core.findings import Milestone
from afteraction.engine.review.compare import Column
from afteraction.pipeline.report import sentences
from afteraction.web.evidence.actions import keep
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.keys import NoKey, check_key
from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.actions import PartWish, change_parts, open_review
from afteraction.web.reviews.comparing.axis import draw_axis
from afteraction.web.reviews.comparing.columns import MOST, read_keys
from tests.web import documents

PAGE = "/incidents/compare"
CANARY = {"title": "Canary", "seed": "canary", "reached": "yes", "could": "yes", "outcome": "passed"}
LIMIT = {"kind": "condition", "statement": "The pool was limited to 200", "factor": "tech", "status": "confirmed"}


def twin(key: str, person, **record) -> Incident:
    """Another evening of the same: the same facts under another key."""
    title = record.pop("title", f"Checkout errors, {key}")
    incident = open_incident(key, owner=person, title=title, severity="SEV-2", **record)
    document = documents.document()
    keep(incident, document, "fingerprint", "test")
    return incident


@pytest.fixture
def second(incident, person) -> Incident:
    """A second evening, with the same gap of the same gate, whose start of impact is not known."""
    other = open_incident("INC-2050", owner=person, title="Checkout errors again", severity="SEV-3")
    document = documents.document()
    document["milestones"].pop(Milestone.IMPACT_START.value)
    document["metrics"]["M10"] = {**document["metrics"]["M10"], "value": 90, "low": 90, "high": 90}
    document["metrics"]["M01"] = {
        **document["metrics"]["M01"], "state": "unknown", "value": None, "low": None, "high": None,
    }  # fmt: skip
    keep(other, document, "fingerprint", "test")
    for each in (incident, other):
        wishes = [PartWish("gate", "canary", CANARY), PartWish("node", "N1", LIMIT)]
        change_parts(open_review(each, actor=person), wishes, verb="add", actor=person)
    return other


def compared(client: Client, *keys: str) -> dict:
    return client.get(f"{PAGE}.json", {"keys": ",".join(keys)}).json()


def main_of(answer) -> str:
    page = answer.content.decode()
    return page[page.index('<main id="main">') : page.index("</main>")]


def row(told: dict, name: str) -> dict:
    (found,) = [each for each in told["rows"] if name in each["name"]]
    return found


def test_each_cell_is_that_of_the_incident_itself(client, incident, second) -> None:
    told = compared(client, "INC-2041", "INC-2050")
    for at, each in enumerate((incident, second)):
        head = latest_analysis(each).head
        for ident in ("M01", "M10"):
            cell = row(told, ident)["cells"][at]
            assert cell["text"] == sentences.figure(head["metrics"][ident])
            assert cell["evidence"] == head["metrics"][ident]["evidence"]
            assert cell["page"] == f"/incidents/{each.key}/"
    shown = row(told, "M10")["cells"][0]["text"]
    assert shown in client.get("/incidents/INC-2041/").content.decode()


def test_what_is_unknown_in_one_is_no_difference(client, second) -> None:
    told = compared(client, "INC-2041", "INC-2050")
    assert row(told, "M01")["verdict"] == "cannot compare"
    assert row(told, "M01")["note"] == "INC-2050: unknown"
    assert row(told, "M10")["verdict"] == "different"
    assert row(told, "Severity")["verdict"] == "different"


def test_what_is_shared_is_named_on_top_and_differing_rows_come_first(client, second) -> None:
    told = compared(client, "INC-2041", "INC-2050")
    assert {"kind": "gate gap", "text": "Canary", "incidents": ["INC-2041", "INC-2050"]} in told["shared"]
    assert {"kind": "cause", "text": LIMIT["statement"], "incidents": ["INC-2041", "INC-2050"]} in told["shared"]
    verdicts = [each["verdict"] for each in told["rows"]]
    assert verdicts == sorted(verdicts, key=["different", "same", "cannot compare"].index)
    page = client.get(PAGE, {"keys": "INC-2041,INC-2050"}).content.decode()
    assert page.index("gate gap") < page.index('data-verdict="different"') < page.index('data-verdict="same"')
    assert page.index("From the start of impact") < page.index("start of impact unknown")


def test_a_part_of_the_review_leads_to_its_place(client, second) -> None:
    told = compared(client, "INC-2041", "INC-2050")
    assert row(told, "Canary")["cells"][0]["page"] == "/incidents/INC-2041/review/gates/#canary"
    assert row(told, "Technical causes")["cells"][1]["page"] == "/incidents/INC-2050/review/graph/?node=N1"


def test_every_address_on_the_page_leads_somewhere(client, second) -> None:
    main = main_of(client.get(PAGE, {"keys": "INC-2041,INC-2050"}))
    addresses = {each.replace("&amp;", "&") for each in re.findall(r'href="(/[^"#]*)', main)}
    assert len(addresses) > 8
    for address in sorted(addresses):
        assert client.get(address).status_code == 200, address


def test_the_order_of_the_columns_changes_nothing(client, second, person) -> None:
    twin("INC-2060", person)
    keys = ("INC-2041", "INC-2050", "INC-2060")
    first = compared(client, *keys)
    for turned in permutations(keys):
        told = compared(client, *turned)
        assert told["shared"] == first["shared"]
        assert [each["incident"] for each in told["rows"][0]["cells"]] == list(turned)
        for mine, theirs in zip(told["rows"], first["rows"], strict=True):
            assert (mine["part"], mine["name"], mine["verdict"]) == (theirs["part"], theirs["name"], theirs["verdict"])
            assert sorted(mine["cells"], key=lambda each: each["incident"]) == theirs["cells"]


def test_an_incident_that_one_may_not_see_is_absent_everywhere(client, second, make_person) -> None:
    stranger = make_person("stranger@example.org")
    twin("INC-7777", stranger, title="Ledger lost rows")
    known = client.get(PAGE, {"keys": "INC-2041,INC-2050,INC-7777"})
    gone = client.get(PAGE, {"keys": "INC-2041,INC-2050,INC-9999"})
    assert main_of(known) == main_of(gone)
    for address in (PAGE, f"{PAGE}?q=INC-7777", f"{PAGE}?q=Ledger", f"{PAGE}?keys=INC-7777"):
        page = client.get(address).content.decode()
        assert "Ledger lost rows" not in page and "/incidents/INC-7777" not in page
    assert [each["key"] for each in compared(client, "INC-2041", "INC-7777", "INC-2050")["incidents"]] == [
        "INC-2041", "INC-2050",
    ]  # fmt: skip
    alone = client.get(f"{PAGE}.json", {"keys": "INC-2041,INC-7777"})
    assert (alone.status_code, alone["location"]) == (302, f"{PAGE}?keys=INC-2041")


def test_what_lists_select_is_compared(client, second) -> None:
    answer = client.post(PAGE, {"key": ["INC-2050", "INC-2041"]})
    assert answer.status_code == 302 and answer["location"] == f"{PAGE}?keys=INC-2050,INC-2041"
    listed = client.get("/incidents/").content.decode()
    assert f'formaction="{PAGE}"' in listed
    assert f'href="{PAGE}?keys=INC-2041"' in client.get("/incidents/INC-2041/").content.decode()


def test_one_incident_offers_others_to_stand_beside_it(client, second) -> None:
    page = client.get(PAGE, {"keys": "INC-2041"}).content.decode()
    assert f'href="{PAGE}?keys=INC-2041,INC-2050"' in page
    assert "compare-table" not in page
    found = client.get(PAGE, {"keys": "INC-2041", "q": "again"}).content.decode()
    assert "Checkout errors again" in found
    assert "No other incident has “nowhere”" in client.get(PAGE, {"q": "nowhere"}).content.decode()


def test_it_goes_out_as_a_table(client, second) -> None:
    answer = client.get(f"{PAGE}.csv", {"keys": "INC-2041,INC-2050"})
    assert answer["content-disposition"] == 'attachment; filename="comparison.csv"'
    lines = list(csv.reader(io.StringIO(answer.content.decode())))
    assert lines[0] == ["Part", "Name", "Verdict", "INC-2041", "INC-2050"]
    assert {len(line) for line in lines} == {5}
    assert ["shared", "Canary", "gate gap", "yes", "yes"] in lines
    marked = client.get(f"{PAGE}.md", {"keys": "INC-2041,INC-2050"}).content.decode().splitlines()
    assert marked[1] == "| --- | --- | --- | --- | --- |" and len(marked) == len(lines) + 1
    assert client.get(f"{PAGE}.xml", {"keys": "INC-2041,INC-2050"}).status_code == 404


def test_a_cell_of_a_table_runs_nothing_and_breaks_nothing(client, second, person) -> None:
    review = open_review(second, actor=person)
    nasty = {**LIMIT, "statement": '=HYPERLINK("http://x") | <script>alert(1)</script>'}
    change_parts(review, [PartWish("node", "N1", nasty)], verb="edit", actor=person)
    keys = {"keys": "INC-2041,INC-2050"}
    cells = [
        cell for line in csv.reader(io.StringIO(client.get(f"{PAGE}.csv", keys).content.decode())) for cell in line
    ]
    assert any("HYPERLINK" in cell for cell in cells) and not any(cell.startswith("=") for cell in cells)
    marked = client.get(f"{PAGE}.md", keys).content.decode().splitlines()
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in marked} == {6}
    assert "<script>alert" not in client.get(PAGE, keys).content.decode()


def test_an_incident_without_evidence_stands_beside_others(client, second, person) -> None:
    open_incident("INC-3000", owner=person, title="Nothing known yet")
    told = compared(client, "INC-2041", "INC-3000")
    assert row(told, "M10")["verdict"] == "cannot compare"
    assert client.get(PAGE, {"keys": "INC-2041,INC-3000"}).status_code == 200
    open_incident("INC-3001", owner=person, title="Nor here")
    both = client.get(PAGE, {"keys": "INC-3000,INC-3001"}).content.decode()
    assert "Of none of them the start of impact is known" in both


def test_only_so_many_stand_side_by_side(client, second, person) -> None:
    keys = [open_incident(f"INC-4{number:03}", owner=person, title="x").key for number in range(MOST + 2)]
    page = client.get(PAGE, {"keys": ",".join(keys)}).content.decode()
    assert f"Up to {MOST} incidents stand side by side" in page
    assert len(compared(client, *keys)["incidents"]) == MOST


def test_keys_are_read_from_addresses_and_forms() -> None:
    assert read_keys(["B, A", "B", "../x", "C" * 65, "D"]) == ("B", "A", "D")


def test_no_incident_is_called_compare() -> None:
    with pytest.raises(NoKey, match="/incidents/compare is another page"):
        check_key("compare")


def test_a_viewer_may_compare(second, incident, make_person) -> None:
    viewer = make_person("viewer@example.org")
    for each in (incident, second):
        IncidentMember.objects.create(incident=each, person=viewer, seat=Seat.VIEWER)
    browser = Client()
    browser.force_login(viewer)
    assert len(compared(browser, "INC-2041", "INC-2050")["rows"]) > 20


@pytest.mark.parametrize("ends", [600, 4760, 5281, 10_000, 90_000, 5_000_000])
def test_the_axis_ends_where_its_last_mark_stands(ends) -> None:
    def at(seconds: float) -> dict:
        moment = (datetime(2026, 5, 12, 14, tzinfo=UTC) + timedelta(seconds=seconds)).isoformat()
        return {"value": moment, "low": moment, "high": moment}

    milestones = {"t_impact_start": [at(0)], "t_trigger": [at(-540)], "t_resolved": [at(ends)]}
    document = {"milestones": milestones, "impact_windows": [], "conflicts": []}
    drawn = draw_axis([Column(key=key, title=key, document=document) for key in ("A", "B")])
    beats = [float(each) for each in re.findall(r'<line class="beat[^"]*" x1="([\d.]+)%', drawn)]
    marks = [float(each) for each in re.findall(r'<svg x="([\d.]+)%"', drawn)]
    assert (beats[0], beats[-1]) == (2.0, 98.0) and 2 <= len(beats) <= 8
    assert len(marks) == 4 and all(2.0 <= each <= 98.0 for each in marks)
