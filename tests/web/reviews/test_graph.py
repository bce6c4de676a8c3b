"""The page of the cause graph: four views of one graph, its beginning, evidence to lay on it, and its files."""

from __future__ import annotations

import json

import pytest

from afteraction.web.reviews.models import ReviewPart

PAGE = "/incidents/INC-2041/review/graph/"


def part(sort: str, ident: str, **body) -> dict:
    return {"sort": sort, "id": ident, "body": body, "based_on": 0}


@pytest.fixture
def graph(review, save) -> None:
    """A top event with two causes, one of them ruled out, a mitigator and some luck."""
    answer = save(
        part("node", "N1", kind="outcome", statement="Checkout failed for 34 % of buyers", top="happened"),
        part("node", "N2", kind="event", statement="All 200 connections were in use", status="confirmed"),
        part("node", "N3", kind="condition", statement="redis lost its primary", status="refuted",
             ruled_out_by="latency was flat"),
        part("node", "N4", kind="mitigator", statement="Idempotency keys held", mitigator="designed"),
        part("node", "N5", kind="mitigator", statement="It was a Tuesday <b>", mitigator="luck"),
        part("edge", "L1", source="N2", target="N1", relation="triggered", status="confirmed"),
        part("edge", "L2", source="N3", target="N1", relation="contributed", status="refuted"),
        part("support", "S1", claim="N2", label="E1", note="pool gauge", evidence_id="0" * 64),
    )  # fmt: skip
    assert answer.status_code == 200, answer.content


@pytest.mark.parametrize("view", ["whys", "fishbone", "fault-tree", "causal"])
@pytest.mark.parametrize("top", ["both", "happened", "lasted"])
def test_each_view_shows_the_same_graph(graph, client, view, top) -> None:
    answer = client.get(PAGE, {"view": view, "top": top, "node": "N2"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'data-view="{view}"' in page and "It was a Tuesday &lt;b&gt;" in page and "<b>&quot;" not in page
    assert ("All 200 connections were in use" in page) and "latency was flat" in page


def test_the_page_counts_and_inspects(graph, client) -> None:
    page = client.get(PAGE, {"node": "N2"}).content.decode()
    assert "<b>1</b> supported" in page and "<b>1</b> ruled out" in page and "<b>1</b> luck" in page
    assert "pool gauge" in page and 'aria-label="Selected: All 200 connections were in use"' in page
    link = client.get(PAGE, {"node": "L1"}).content.decode()
    assert "Triggered, necessary" in link and "Nobody has said yet what would contradict it." in link


def test_a_part_of_the_page_is_only_what_changes(graph, client) -> None:
    part_of_it = client.get(PAGE, {"part": "1"}).content.decode()
    assert "<html" not in part_of_it and 'data-region="view"' in part_of_it


def test_an_empty_graph_begins_with_what_is_known_of_impact(review, client) -> None:
    page = client.get(PAGE).content.decode()
    assert 'value="checkout: Checkouts fail"' in page or 'value="Checkouts fail"' in page
    assert "Impact lasted 59 min in 2 windows" in page
    answer = client.post(PAGE + "begin", {"happened": "Checkout failed", "lasted": "It lasted 59 min"}, follow=True)
    assert answer.status_code == 200
    bodies = list(ReviewPart.objects.order_by("id").values_list("ident", "body"))
    assert [(ident, body["top"], body["statement"]) for ident, body in bodies] == [
        ("N1", "happened", "Checkout failed"), ("N2", "lasted", "It lasted 59 min")
    ]  # fmt: skip
    assert bodies[0][1]["valid_from"]["utc"] == "2026-05-12T14:02:00Z"


def test_evidence_is_found_by_words_and_by_citation(review, client) -> None:
    found = client.get(PAGE + "evidence", {"q": "rollback"}).json()["items"]
    assert [each["title"] for each in found] == ["rollback to v2.13.4"]
    support = found[0]["support"]
    assert support["event_id"] == "ev0007" and support["at"]["utc"].startswith("2026-05-12T14:43")
    cited = client.get(PAGE + "evidence", {"q": "e1"}).json()["items"]
    assert [each["label"] for each in cited] == ["E1"]


def test_files_are_the_same_drawing(graph, client) -> None:
    svg = client.get("/incidents/INC-2041/review/graph.svg", {"view": "fishbone"})
    assert svg["Content-Type"] == "image/svg+xml" and "All 200" in svg.content.decode()
    assert client.get("/incidents/INC-2041/review/graph.png").content.startswith(b"\x89PNG")
    mermaid = client.get("/incidents/INC-2041/review/graph.mmd").content.decode()
    assert mermaid.startswith("flowchart TB\n") and "n_N3 --x|" in mermaid
    told = json.loads(client.get("/incidents/INC-2041/review/graph.json").content)
    assert told["parts"]["node"]["N1"]["statement"] == "Checkout failed for 34 % of buyers"


@pytest.mark.parametrize("view", ["whys", "fault-tree"])
def test_page_and_file_are_one_drawing_as_somebody_arranged_it(graph, save, client, view) -> None:
    save(part("layout", view, places={"N1": [77, 66], "N2": [300, 200]}), verb="arrange")
    page = client.get(PAGE, {"view": view}).content.decode()
    file = client.get("/incidents/INC-2041/review/graph.svg", {"view": view}).content.decode()
    body = page[page.index("</defs>", page.index('class="drawing"')) + 7 :]
    body = body[: body.index("</svg>")]
    assert '<rect x="77" y="66"' in body and '<rect x="300" y="200"' in body
    assert body in file


def test_an_edit_in_one_view_stands_in_all_and_leaves_ids_evidence_and_logic(graph, save, client) -> None:
    def stored() -> dict:
        return json.loads(client.get("/incidents/INC-2041/review/graph.json").content)["parts"]

    save(part("logic", "G1", type="and", effect="N1", inputs=["N2"]))
    before = stored()
    rev = client.get("/incidents/INC-2041/review/parts").json()["parts"]["node"]["N2"]["rev"]
    moved = {**before["node"]["N2"], "statement": "All 200 connections were taken", "bone": "process"}
    assert save({"sort": "node", "id": "N2", "body": moved, "based_on": rev}).status_code == 200
    after = stored()
    assert after["node"].pop("N2") == moved
    del before["node"]["N2"]
    assert after == before
    for view in ("whys", "fishbone", "fault-tree", "causal"):
        page = client.get(PAGE, {"view": view, "node": "N2"}).content.decode()
        assert "All 200 connections were taken" in page and "All 200 connections were in use" not in page


def test_a_view_that_there_is_not_is_not_found(graph, client) -> None:
    assert client.get(PAGE, {"view": "pie"}).status_code == 404
    assert client.get(PAGE, {"top": "N1"}).status_code == 404
    assert client.get(PAGE, {"node": "N99"}).status_code == 200


def test_the_logic_of_two_groups_gives_its_cut_sets(review, save, client) -> None:
    """AND(OR(a, b), c, OR(d, e), f): four ways of four conditions."""
    nodes = [part("node", "N1", kind="outcome", statement="Flags timed out", top="happened")]
    nodes += [part("node", f"N{at}", kind="event", statement=f"Cause {at}", status="confirmed") for at in range(2, 8)]
    nodes += [part("edge", f"L{at}", source=f"N{at}", target="N1", relation="enabled") for at in range(2, 8)]
    logic = [
        part("logic", "G1", type="and", effect="N1", inputs=["G2", "N4", "G3", "N7"]),
        part("logic", "G2", type="or", inputs=["N2", "N3"]), part("logic", "G3", type="or", inputs=["N5", "N6"]),
    ]  # fmt: skip
    assert save(*nodes, *logic).status_code == 200
    panels = client.get(PAGE, {"view": "fault-tree"}).context["panels"]
    assert [len(each.letters) for each in panels.cuts] == [4] * 4
    assert [[one.node for one in each.letters] for each in panels.paths] == [["N4"], ["N7"], ["N2", "N3"], ["N5", "N6"]]


def test_what_was_removed_with_all_that_hung_on_it_comes_back_by_undo(graph, save, client) -> None:
    parts = client.get("/incidents/INC-2041/review/parts").json()["parts"]
    gone = [{"sort": sort, "id": ident, "body": None, "based_on": parts[sort][ident]["rev"]}
            for sort, ident in (("node", "N2"), ("edge", "L1"), ("support", "S1"))]  # fmt: skip
    number = save(*gone, verb="remove").json()["number"]
    assert "All 200 connections" not in client.get(PAGE).content.decode()
    answer = client.post(f"/incidents/INC-2041/review/undo/{number}")
    assert answer.status_code == 200, answer.content
    page = client.get(PAGE, {"node": "N2"}).content.decode()
    assert "All 200 connections were in use" in page and "pool gauge" in page


def test_a_fix_of_the_shallow_cause_is_told_with_the_deeper_ones_until_one_of_them_is_worked_on(graph, client, save):
    deeper = (
        part("node", "N6", kind="condition", statement="No test is made under load", status="confirmed"),
        part("edge", "L6", source="N6", target="N2", status="confirmed"),
        part("change", "C1", text="Double the pool", targets=["N2"]),
    )
    assert save(*deeper).status_code == 200
    page = client.get(PAGE, {"view": "fault-tree"}).content.decode()
    told = "Changes work on <b>All 200 connections were in use</b> and on nothing that it rests on: No test is made"
    assert 'data-shallow="N2"' in page and told in page
    assert save(part("change", "C2", text="Refuse a release without a load test", targets=["N6"])).status_code == 200
    assert "data-shallow" not in client.get(PAGE, {"view": "fault-tree"}).content.decode()
