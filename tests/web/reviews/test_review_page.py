"""The review page: what is known stands in it, what is not reads unknown, and nothing is computed for each row."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from afteraction.web.evidence.actions import keep
from afteraction.web.incidents.models import IncidentMember, Seat
from afteraction.web.reviews.questions.prose import Originals, cited_in, plain, rendered, words_in
from tests.web import documents

CHECK = "/api/v1/language/check"
PAGE = "/incidents/INC-2041/review/"
SHA = "a" * 64


def page(client: Client) -> str:
    return client.get(PAGE).content.decode()


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def viewer(review, make_person) -> Client:
    person = make_person("viewer@example.org")
    IncidentMember.objects.create(incident=review.incident, person=person, seat=Seat.VIEWER)
    browser = Client()
    browser.force_login(person)
    return browser


def test_the_five_questions_stand_in_their_order_with_their_states(review, client) -> None:
    shown = page(client)
    places = [shown.index(f'id="{each}-h"') for each in ("q1", "q2", "q3", "q4", "q5")]
    assert places == sorted(places)
    assert "What did users feel, and how did we find out?" in shown
    assert re.search(r"<b>Verified</b><small>not yet</small>", shown), "no check has run"


def test_impact_is_drawn_from_the_analysis_and_money_reads_unknown(review, client) -> None:
    shown = page(client)
    assert 'class="mini-plot"' in shown and "Impact windows: " in shown
    found = text_of(shown[shown.index('class="found"') : shown.index("In words")])
    assert "Money Unknown" in found and "£" not in found


def test_without_evidence_the_page_says_so_and_draws_nothing(person, client, save) -> None:
    from afteraction.web.incidents.actions import open_incident
    from afteraction.web.reviews.actions import open_review

    open_review(open_incident("INC-7", owner=person, title="Nothing yet", kind="bug"), actor=person)
    shown = client.get("/incidents/INC-7/review/").content.decode()
    assert "No impact window is known" in shown and 'class="mini-plot"' not in shown
    assert "Begin the graph" in shown and "There is no change yet." in shown
    assert "No signal is proposed yet." in shown


def test_an_answer_is_read_with_its_citations_as_links_and_markup_as_text(review, client, save) -> None:
    text = "It broke [E1]. **Badly** <script>alert(1)</script> [E99]"
    assert save({"sort": "answer", "id": "q2", "body": {"text": text, "state": "answered"}}).status_code == 200
    shown = page(client)
    part = shown[shown.index('id="live-answer-q2"') : shown.index('id="write-q2"')]
    assert re.search(r'<a class="cite" href="/incidents/INC-2041/evidence/[0-9a-f]{64}/">E1</a>', part)
    assert "<strong>Badly</strong>" in part and "<script>" not in part
    assert '<span class="cite missing" title="No evidence has this label.">E99</span>' in part
    assert "answered, " in shown[shown.index('id="live-spine"') : shown.index("spine-foot")]


def test_remarks_stand_in_three_columns_bound_to_a_node_or_free_and_luck_says_what_becomes_of_it(
    review, client, save
) -> None:
    def remark(ident: str, column: str, text: str, **more: str) -> dict:
        return {"sort": "remark", "id": ident, "body": {"column": column, "text": text, **more}, "based_on": 0}

    node = {
        "sort": "node",
        "id": "N1",
        "body": {"kind": "condition", "statement": "The pool has no cap"},
        "based_on": 0,
    }
    saved = save(
        node, remark("R1", "well", "The rollback took 4 min"), remark("R2", "poorly", "Pages came late", node="N1"),
        remark("R3", "lucky", "It was a Tuesday"), remark("R4", "lucky", "A caller knew it", follow_up="accepted"),
        remark("R5", "lucky", "The cache was warm", follow_up="Warm it at start", node="N1"),
    )  # fmt: skip
    assert saved.status_code == 200, saved.content
    page = client.get(PAGE).content.decode()
    block = page[page.index('id="live-remarks"') :]
    block = block[: block.index("</section>")]
    columns = [" ".join(re.sub("<[^>]+>", " ", each).split()) for each in block.split("<h3>")[1:]]
    well, poorly, lucky = columns
    assert well.startswith("What went well The rollback took 4 min")
    assert poorly.startswith("What went poorly Pages came late The pool has no cap") and "Tuesday" not in poorly
    assert lucky.startswith("Where we were lucky It was a Tuesday Luck will not do the next time. Make it deliber")
    assert "A caller knew it accepted" in lucky
    assert "The cache was warm The pool has no cap Warm it at start" in lucky
    assert lucky.count("Make it deliberate?") == 1 and "?node=N1" in block


def test_what_a_template_left_behind_is_an_open_point_with_its_place_until_it_is_written_or_set_aside(
    review, client, save
) -> None:
    frame = {"summary": "TODO", "sections": {"Weather": "[describe the weather]"}}
    assert save({"sort": "frame", "id": "review", "body": frame}).status_code == 200
    save({"sort": "answer", "id": "q2", "body": {"text": "lorem ipsum"}})
    page = client.get(PAGE).content.decode()
    for name, place in (("The summary still has", "#summary"), ("The answer to question 2 still has", "#q2"),
                        ("The section “Weather” still has", "#frame")):  # fmt: skip
        assert name in page and f'href="{place}"' in page
    rev = client.get(f"{PAGE}parts").json()["parts"]["answer"]["q2"]["rev"]
    save({"sort": "answer", "id": "q2", "body": {"text": "The pool had no cap."}, "based_on": rev})
    saved = save({"sort": "dismissal", "id": "R097:section Weather", "body": {"reason": "It is ours."}})
    assert saved.status_code == 200, saved.content
    page = client.get(PAGE).content.decode()
    assert "question 2 still has" not in page and "The summary still has “TODO”." in page
    assert "Set aside: The section “Weather”" in page


def test_a_parked_question_says_why_it_waits(review, client, save) -> None:
    save({"sort": "answer", "id": "q4", "body": {"state": "parked", "parked_because": "the vendor answers Friday"}})
    assert "parked: the vendor answers Friday" in text_of(page(client))


def test_who_only_reads_gets_no_fields_to_write_in(viewer) -> None:
    shown = page(viewer)
    assert "<textarea" in shown and "data-writing" not in shown and "data-move" not in shown
    assert all("readonly" in each for each in re.findall(r"<textarea[^>]*>", shown))


def test_a_finding_that_blocks_comes_first_and_may_be_overridden_with_a_reason(review, client, save) -> None:
    shown = page(client)
    assert 'data-finding="ST3:q1"' in shown and "Before it can be reviewed" in shown
    save({"sort": "dismissal", "id": "ST3:q1", "body": {"reason": "told in the summary", "overridden": True}})
    assert 'data-finding="ST3:q1"' not in page(client)


def test_a_must_without_a_reason_stays(review, client, save) -> None:
    save({"sort": "dismissal", "id": "ST3:q1", "body": {"overridden": True}})
    assert 'data-finding="ST3:q1"' in page(client)


def test_a_bare_number_for_what_did_not_work_is_refused_and_cannot_be_overridden(review, client, save) -> None:
    save({"sort": "answer", "id": "q1", "body": {"degradation": "34 %"}})
    save({"sort": "dismissal", "id": "ST9:q1", "body": {"reason": "it is what it is", "overridden": True}})
    shown = page(client)
    assert "is a bare number" in shown and 'data-finding="ST9:q1"' in shown


def test_a_signal_without_stored_samples_says_that_it_cannot_be_back_tested(review, client, save) -> None:
    body = {"title": "Queue length above 5", "source": "queue length", "threshold": 5}
    save({"sort": "signal", "id": "", "body": body}, verb="propose")
    assert "Cannot back-test. No samples of “queue length” are stored." in text_of(page(client))


def test_a_service_that_was_impaired_without_an_alert_is_named_at_the_fifth_question(review, client, person) -> None:
    blind = [
        {**documents.window("14:03", "14:20", 0.3, 1), "service": "ledger"},
        {**documents.window("14:20", "14:30", 0.6, 1), "service": "ledger"},
        {**documents.window("15:12", None, 0.6, 2), "service": "ledger"},
    ]
    document = documents.document()
    document["impact_windows"] += blind
    keep(review.incident, document, "later", "test")
    said = "No alert of ledger is in the evidence while it was impaired: 14:03 to 14:30, from 15:12 UTC."
    fifth = page(client).partition('id="q5-h"')[2]
    assert said in fifth and "No alert of checkout" in fifth, "its one alert was over before it failed once more"
    assert "15:12 to 15:21" in fifth and "14:02 to 14:52" not in fifth
    told = client.get("/api/v1/incidents/INC-2041/review/findings").json()["blind_spots"]
    assert said in told and len(told) == 2
    for each in document["events"]:
        if each["id"] == "ev0003":
            each.update(service="", until=documents.instant("15:40"))
    keep(review.incident, document, "unnamed", "test")
    assert "No alert of" not in page(client), "an alert that names no service may be anybody's"


def test_more_of_a_graph_takes_no_more_queries(review, client, save) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client)
        return len(asked)

    nodes = [{"sort": "node", "id": "", "body": {"kind": "condition", "statement": f"Condition {n}"}} for n in range(5)]
    save(*nodes)
    few = counted()
    save(*nodes * 6)
    assert counted() <= few


# What somebody writes.


def test_a_draft_is_looked_at_without_being_kept(review, client) -> None:
    said = client.post(
        PAGE + "look", {"text": "It broke [E1] [E99].", "question": "q2"}, content_type="application/json"
    )
    told = said.json()
    assert (told["words"], told["citations"], told["unknown"]) == (2, 2, ["E99"])
    assert 'class="cite"' in told["html"]
    assert "answer" not in client.get(PAGE + "parts").json()["parts"]


def test_an_accusation_gets_a_question_until_it_is_dismissed(review, client, save) -> None:
    text = "First 🙂 line.\n\nThe engineer forgot to run the canary."

    def found() -> list[dict]:
        said = {"text": text, "incident": "INC-2041", "place": "q2", "field": "cause"}
        return client.post(CHECK, said, content_type="application/json").json()["findings"]

    (finding,) = found()
    assert text[finding["sentence_start"] : finding["sentence_end"]] == finding["sentence"]
    assert finding["question"].endswith("?") and finding["suggestion"]
    save({"sort": "dismissal", "id": finding["id"], "body": {"reason": "quoted"}}, verb="dismiss")
    assert found() == []


def test_at_most_two_suggestions_stand_in_a_paragraph(review, client) -> None:
    text = "The engineer forgot the canary. The reviewer overlooked the diff. The developer forgot the guide."
    said = client.post(CHECK, {"text": text, "incident": "INC-2041", "place": "q2"}, content_type="application/json")
    assert len(said.json()["findings"]) == 2 and said.json()["more"] == 1


@pytest.mark.parametrize("text", [7, None, "x" * 100_001])
def test_what_is_no_text_is_refused(review, client, text) -> None:
    said = client.post(PAGE + "look", {"text": text, "question": "q1"}, content_type="application/json")
    assert said.status_code == 400 and "text: not a text" in said.json()["detail"]


def test_who_only_reads_does_not_have_texts_looked_at(viewer) -> None:
    assert viewer.post(PAGE + "look", {"text": "x"}, content_type="application/json").status_code == 403


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one two</p>\n<p>three</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("# Why", "<h3>Why</h3>"),
        ("a *b* `c<d`", "<p>a <em>b</em> <code>c&lt;d</code></p>"),
        ("", ""),
    ],
)
def test_markdown_is_read_as_people_write_it(text: str, html: str) -> None:
    assert rendered(text, Originals("INC-1", {})) == html


def test_a_citation_may_name_a_line() -> None:
    told = rendered("[E7, line 47]", Originals("INC-1", {"E7": SHA}))
    assert f'href="/incidents/INC-1/evidence/{SHA}/?line=47"' in told and ">E7, line 47</a>" in told
    assert words_in("It broke [E7, line 47].") == 2
    assert cited_in("[E7] [E7] [E8]") == ["E7", "E8"]
    assert plain("**It** broke [E7] `now`") == "It broke now"
