"""Reading a text over the API: where it accuses, for whom which names are known, and what is refused."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client

from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.timeline.stretch import slide_of
from afteraction.web.reviews.actions import PartWish, change_parts, open_review, undo_change
from afteraction.web.reviews.blaming import known_names

pytestmark = pytest.mark.django_db
CHECK = "/api/v1/language/check"
BLAME = "The engineer forgot to run the canary."
PARAGRAPH = (
    "The release went to all pods at once and the pool of connections filled within nine minutes. "
    "The engineer forgot to run the canary. Each checkout held its connection for the whole card call. "
    "The team should have postponed the upgrade until the load test had seen the build. "
) * 2


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


def asked(client: Client, text: str, **said: str):
    return client.post(CHECK, {"text": text, **said}, content_type="application/json")


def findings(client: Client, text: str, **said: str) -> list[dict]:
    answer = asked(client, text, **said)
    assert answer.status_code == 200, answer.content
    return answer.json()["findings"]


def test_a_place_is_told_in_code_points_with_a_question_and_a_reason(client) -> None:
    text = f"🚨🚨 Checkout failed. {BLAME}"
    (found,) = findings(client, text)
    assert text[found["sentence_start"] : found["sentence_end"]] == found["sentence"] == BLAME
    assert text[found["start"] : found["end"]].startswith("The engineer forgot")
    assert found["rule"] == "L1" and found["category"] == "PERSON" and found["title"] == "Puts it on a person"
    assert found["question"].endswith("?") and found["suggestion"] and "ends the search" in found["reason"]


@pytest.mark.parametrize("text", ["", "\r\n\r\n", "مهندس نسي أن يشغل الاختبار.", "<b>unclosed", "👩‍🚒" * 500])
def test_what_accuses_nobody_is_left_alone(client, text) -> None:
    assert findings(client, text) == []


def test_a_sentence_in_a_language_that_is_not_read_is_left_alone_and_counted(client) -> None:
    told = asked(client, "Инженер забыл запустить проверку. The engineer forgot to run it.").json()
    assert len(told["findings"]) == 1 and sum(told["unread"].values()) == 1


def test_at_most_two_a_paragraph_are_shown_and_the_rest_is_counted(client) -> None:
    told = asked(client, f"{PARAGRAPH}\n\n{BLAME}").json()
    assert [each["rule"] for each in told["findings"]].count("L1") >= 2
    assert len(told["findings"]) == 3 and told["more"] >= 1


def test_only_the_signed_in_may_ask(client) -> None:
    assert asked(Client(), BLAME).status_code == 401


def test_a_text_that_is_too_long_or_for_nothing_is_refused_by_name(client) -> None:
    too_long = asked(client, "x" * 100_001)
    assert too_long.status_code == 422 and "100000" in too_long.content.decode()
    assert asked(client, "x", field="poem").status_code == 422
    assert asked(client, "x", incident="INC-9999").status_code == 404


def test_who_asks_too_often_is_told_to_wait(client, monkeypatch) -> None:
    from afteraction.web.api import language

    operation = language.router.path_operations["/check"].operations[0]
    monkeypatch.setattr(operation.throttle_objects[0], "num_requests", 2)
    assert [asked(client, "x").status_code for _ in range(3)] == [200, 200, 429]


def test_names_are_known_only_to_those_who_work_on_the_incident(client, incident, make_person) -> None:
    Incident.objects.update(title="Checkout")
    person = make_person("zed@example.org", name="Zedka Omm")
    IncidentMember.objects.create(incident=incident, person=person, seat=Seat.RESPONDER)
    viewer, reads = make_person("viewer@example.org"), Client()
    IncidentMember.objects.create(incident=incident, person=viewer, seat=Seat.VIEWER)
    reads.force_login(viewer)
    text = "🚨 Zedka Omm rolled it back at 14:42."
    told = asked(client, text, incident="INC-2041").json()["names"]
    assert [(text[each["start"] : each["end"]], each["role"]) for each in told] == [("Zedka Omm", "Participant")]
    assert asked(reads, text, incident="INC-2041").json()["names"] == []
    blame = "Zedka forgot the key."
    assert [each["severity"] for each in findings(client, blame, incident="INC-2041")] == ["gate"]
    assert findings(reads, blame, incident="INC-2041") == findings(reads, blame)
    outsider = Client()
    outsider.force_login(make_person("outsider@example.org"))
    assert asked(outsider, text, incident="INC-2041").status_code == 404


def test_not_here_holds_for_that_sentence_and_everybody_until_it_is_undone(client, incident, person) -> None:
    review = open_review(incident, actor=person)
    (found,) = findings(client, f"Before. {BLAME}", incident="INC-2041", place="q1")
    wish = PartWish("dismissal", found["id"], {"reason": found["message"]})
    saved = change_parts(review, [wish], verb="dismiss", actor=person)
    assert findings(client, f"{BLAME} After.", incident="INC-2041", place="q1") == []
    assert findings(client, BLAME.replace("canary", "load test"), incident="INC-2041", place="q1")
    assert findings(client, BLAME, incident="INC-2041", place="q3")
    undo_change(review, saved.number, actor=person)
    assert findings(client, BLAME, incident="INC-2041", place="q1")


def test_a_missed_catch_names_its_gate_and_is_for_the_facilitator(client, incident, person, make_person) -> None:
    text = "The canary would have caught this in minutes."
    open_review(incident, actor=person)
    (found,) = findings(client, text, incident="INC-2041")
    assert (found["rule"], found["severity"], found["gate"]) == ("L2g", "note", "canary")
    facilitator, facilitates = make_person("facilitator@example.org"), Client()
    IncidentMember.objects.create(incident=incident, person=facilitator, seat=Seat.FACILITATOR)
    facilitates.force_login(facilitator)
    assert findings(client, text, incident="INC-2041") == []
    assert [each["gate"] for each in findings(facilitates, text, incident="INC-2041")] == ["canary"]


def test_what_no_rule_found_is_a_note_of_its_own_for_the_facilitator(client, incident, person, make_person) -> None:
    text = "A human being put the decimal point in the wrong place, no more to it."
    (found,) = findings(client, text, incident="INC-2041")
    assert (found["rule"], found["category"], found["severity"]) == ("LW", "HUMAN_ERROR", "note")
    facilitator = make_person("facilitator@example.org")
    IncidentMember.objects.create(incident=incident, person=facilitator, seat=Seat.FACILITATOR)
    assert findings(client, text, incident="INC-2041") == []


def test_a_gate_is_offered_where_the_matrix_has_it(client, incident, person) -> None:
    open_review(incident, actor=person)
    (without,) = findings(client, "A load test would have caught this in minutes.", incident="INC-2041")
    assert without["rule"] == "L2g" and without["gate"] == ""


def test_what_keeps_an_action_from_being_done_is_asked_where_an_action_is_written(client, make_person) -> None:
    writes = Client()
    writes.force_login(make_person("acts@example.org"))
    text = "Improve the monitoring and be more careful."
    found = findings(writes, text, field="action")
    assert 1 <= len(found) <= 2 and {each["rule"] for each in found} <= {"A1", "A2", "A3", "A4", "S1", "S3"}
    assert all(text[each["start"] : each["end"]] and each["question"].endswith("?") for each in found)
    assert not {each["rule"] for each in findings(writes, text)} & {"A1", "A2", "A3", "A4", "S1", "S3"}
    assert findings(writes, "", field="action") == []


def test_one_root_cause_is_asked_about_once_the_graph_has_two_contributors(client, incident, person) -> None:
    text = "The root cause was a typo in a config setting."
    review = open_review(incident, actor=person)
    (found,) = findings(client, text, incident="INC-2041", field="cause")
    assert (found["rule"], found["severity"]) == ("L6", "note")
    nodes = [
        PartWish("node", ident, {"kind": "condition", "statement": said})
        for ident, said in (("N1", "The pool had one size for all pods."), ("N2", "Nothing limited the retries."))
    ]
    change_parts(review, nodes, verb="add", actor=person)
    (found,) = findings(client, text, incident="INC-2041", field="cause")
    assert (found["rule"], found["severity"]) == ("L6", "nudge")


def test_an_entry_of_the_timeline_is_offered_in_its_neutral_form_to_whoever_writes_it(client, make_person) -> None:
    writes = Client()
    writes.force_login(make_person("writes@example.org"))
    (found,) = findings(writes, "Culprit found: the release.", field="timeline")
    assert (found["rule"], found["severity"], found["suggestion"]) == ("LI", "note", "Found: the release.")
    assert findings(writes, "Culprit found: the release.") == []


def test_a_minute_that_the_sentence_names_is_told_where_the_incident_has_it(client, incident) -> None:
    (found,) = findings(client, "At 16:05 the team should have postponed the upgrade.", incident="INC-2041")
    assert found["rule"] == "L2" and found["minute_said"] == "16:05" and found["minute"] % 60 == 59
    (without,) = findings(client, "At 03:05 the team should have postponed the upgrade.", incident="INC-2041")
    assert without["minute"] is None


def test_a_minute_is_of_a_day_of_the_incident_and_by_utc_where_its_own_clock_has_none(client, incident) -> None:
    said = "At {} the team should have postponed the upgrade."
    slide = slide_of(latest_analysis(incident))
    assert slide is not None
    first = slide[0].astimezone(UTC)
    for clock in (f"{first:%H:%M}", f"{first:%H:%M} UTC", f"{first:%H:%M:30} UTC"):
        (found,) = findings(client, said.format(clock), incident="INC-2041")
        assert datetime.fromtimestamp(found["minute"], UTC) == first.replace(second=59)
        assert found["minute_said"] == (clock if clock.endswith("UTC") or incident.zone == "UTC" else f"{clock} UTC")
    own = first.astimezone(ZoneInfo(incident.zone))
    (found,) = findings(client, said.format(f"{own:%H:%M}"), incident="INC-2041")
    assert (found["minute_said"], found["minute"]) == (f"{own:%H:%M}", int(first.replace(second=59).timestamp()))


def test_a_paragraph_is_read_in_less_than_thirty_milliseconds_of_the_processor(client, incident) -> None:
    asked(client, PARAGRAPH, incident="INC-2041")
    spent = []
    for at in range(12):
        began = time.process_time()
        asked(client, f"{PARAGRAPH}{at}", incident="INC-2041", field="cause")
        spent.append(time.process_time() - began)
    assert min(spent) < 0.030, spent
    assert known_names(incident) is not None


def test_own_sentences_are_answered_kindly_and_never_gate(client) -> None:
    found = findings(client, "I totally forgot the flag.", field="cause")
    assert [(each["rule"], each["severity"]) for each in found] == [("LS", "nudge")]
    assert "Thank you" in found[0]["message"]
