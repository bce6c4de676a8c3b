"""What somebody sends as nobody leaves nothing of them: not in any table, log line, search or export."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from afteraction.web.accounts.models import AuditEntry, SiteRole, User
from afteraction.web.config.logs import AsJson, Discreet
from afteraction.web.incidents.models import IncidentMember, Seat
from afteraction.web.reviews.models import AnonymousNearMiss, AnonymousNote, NamedNote, PulseSheet

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("either_database")]
PAGE = "/incidents/INC-2041/review/meeting/"
IDENT = uuid.UUID("5b0c1c1e-9a52-4d4e-8f0b-5f2f9a1d7c33")
NOTE = {"text": "The runbook was of last year, and nobody dared to say so.", "ident": str(IDENT)}
SHEET = {"learnt": "yes", "again": "yes", "hard": "no", "ident": str(IDENT)}
OF_NOBODY = (AnonymousNearMiss, AnonymousNote, PulseSheet)
NEAR_MISS = "/incidents/near-miss"
MISSED = {
    "nearly": "The clean-up nearly emptied production.", "stopped_by": "Nobody was awake.", "stopped_how": "luck",
    "follow_up": "It asks for the name of the cluster.", "team": "", "ident": str(IDENT),
}  # fmt: skip
AUDIENCES = ("internal", "executive", "public")
EXPORTS = (
    "review/meeting/pack.md", "review/meeting/sheet.md", "review/parts", "review/graph.json", "review/graph.svg",
    "review/graph.mmd", "report.csv",
    *(f"report.{form}?audience={audience}" for form in ("html", "md", "json") for audience in AUDIENCES),
)  # fmt: skip
Row = tuple[Any, ...]


def dumped() -> dict[str, set[Row]]:
    """Every row of every table of the database, also of those that no model knows."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = {tuple(map(str, row)) for row in cursor.fetchall()}
    return found


def fresh(before: dict[str, set[Row]], after: dict[str, set[Row]]) -> dict[str, set[Row]]:
    return {table: rows - before[table] for table, rows in after.items() if rows - before[table]}


@pytest.fixture
def senders(review, make_person) -> list[tuple[User, Client]]:
    """A responder and a viewer, with names that stand nowhere else; they looked at the page already."""
    found = []
    for email, name, seat in (
        ("quokkavich.zanzibar@example.org", "Zanzibar Quokkavich", Seat.RESPONDER),
        ("wombatova@elsewhere.example", "Marsupia Wombatova", Seat.VIEWER),
    ):
        person = make_person(email, name=name)
        # A number that stands in nothing else.
        User.objects.filter(pk=person.pk).update(name=name)
        IncidentMember.objects.create(incident=review.incident, person=person, seat=seat)
        browser = Client()
        browser.force_login(person)
        browser.get(PAGE)
        browser.get(NEAR_MISS)
        found.append((person, browser))
    return found


@pytest.fixture
def lines() -> Any:
    """Every log line of every logger while the test runs, in both forms in which they are written."""
    kept: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            Discreet().filter(record)
            kept.append(AsJson().format(record) + str(record.__dict__))

    keeper, root = Keeper(level=0), logging.getLogger()
    loggers = [root, logging.getLogger("afteraction"), logging.getLogger("django")]
    levels = [each.level for each in loggers]
    root.addHandler(keeper)
    for each in loggers:
        each.setLevel(logging.DEBUG)
    # Statements are logged only under DEBUG, which nobody serves with.
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)
    yield kept
    root.removeHandler(keeper)
    for each, level in zip(loggers, levels, strict=True):
        each.setLevel(level)


def left_by(send: Callable[[], Any]) -> dict[str, set[Row]]:
    """The rows that something leaves; they are taken back afterwards."""
    with transaction.atomic():
        before = dumped()
        answer = send()
        assert answer.status_code == 302, answer.content
        left = fresh(before, dumped())
        transaction.set_rollback(True)
    return left


def traces(person: User) -> list[str]:
    email = person.email
    return [email, email.partition("@")[0], person.name, *person.name.split(), person.initials + " "]


@pytest.mark.parametrize(
    ("where", "said", "table"),
    [
        (PAGE + "anonymous-note", NOTE, "reviews_anonymousnote"),
        (PAGE + "pulse", SHEET, "reviews_pulsesheet"),
        (NEAR_MISS + "/anonymous", MISSED, "reviews_anonymousnearmiss"),
    ],
)
def test_two_people_leave_the_same_rows(senders, lines, where, said, table) -> None:
    left = [left_by(lambda browser=browser: browser.post(where, said)) for _, browser in senders]
    assert left[0] == left[1]
    assert set(left[0]) == {table, "accounts_auditentry"}
    assert {len(rows) for rows in left[0].values()} == {1}
    told = str(left[0]) + "".join(lines)
    for person, _ in senders:
        assert [each for each in traces(person) if each in told] == []
        numbers = {cell for rows in left[0].values() for row in rows for cell in row}
        assert str(person.pk) not in numbers - {str(said_of) for said_of in _known_numbers(left[0])}
    assert "request" not in "".join(lines), "no line tells at what time something was sent"


def _known_numbers(left: dict[str, set[Row]]) -> set[str]:
    """The number of the review, which may be that of a person too."""
    return {
        str(number)
        for number in AnonymousNote._meta.get_field("review").related_model.objects.values_list("pk", flat=True)
    }


def test_its_time_is_a_day_and_its_place_in_the_trail_tells_nothing(senders) -> None:
    last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    senders[0][1].post(PAGE + "anonymous-note", NOTE)
    entry = AuditEntry.objects.get(verb="contribute")
    assert (entry.actor, entry.request_id, entry.done_by) == (None, "", "anonymous contributor")
    assert (entry.at.hour, entry.at.minute, entry.at.second, entry.at.microsecond) == (0, 0, 0, 0)
    assert entry.pk < 0
    # The next entry has the number that it would have had anyway.
    senders[0][1].post(PAGE + "follow", {"do": "begin"})
    assert AuditEntry.objects.get(verb="follow").pk == last + 1


def test_no_column_of_an_anonymous_table_could_hold_a_person_or_a_time_of_day() -> None:
    for model in OF_NOBODY:
        kinds = {each.name: each.get_internal_type() for each in model._meta.get_fields()}
        assert "DateTimeField" not in kinds.values() and kinds["ident"] == "UUIDField"
        related = {each.related_model for each in model._meta.get_fields() if each.related_model}
        assert User not in related
    pointing = {f"{each.__name__}.{field.name}" for each in apps.get_models() for field in each._meta.get_fields()
                if field.related_model in OF_NOBODY and not field.auto_created}  # fmt: skip
    assert pointing == set()


def test_the_browser_is_told_nothing_that_it_would_send_back_as_somebody(senders) -> None:
    answer = senders[0][1].post(PAGE + "anonymous-note", NOTE)
    assert answer.cookies.keys() <= {"csrftoken"}
    assert answer["Location"] == PAGE + "?sent=anonymous#contribute"


def test_no_search_page_or_export_says_who_it_was_or_what(senders, client, review, make_person) -> None:
    """Also the facilitator is told the words alone."""
    _, browser = senders[1]
    browser.post(PAGE + "anonymous-note", NOTE)
    lead = make_person("lead@example.org")
    IncidentMember.objects.create(incident=review.incident, person=lead, seat=Seat.FACILITATOR)
    leader = Client()
    leader.force_login(lead)
    for each in EXPORTS:
        answer = leader.get(f"/incidents/INC-2041/{each}")
        assert answer.status_code == 200, each
        told = answer.getvalue().decode()
        assert "runbook was of last year" not in told and "Wombatova" not in told, each
    for address in ("/search?q=runbook", "/incidents/INC-2041/report", "/incidents/INC-2041/review/"):
        assert "runbook was of last year" not in leader.get(address, follow=True).content.decode()
    seen = leader.get(PAGE).content.decode()
    note = seen[seen.index("runbook was of last year") - 200 : seen.index("runbook was of last year") + 200]
    assert "anonymous" in note and "Wombatova" not in note
    for other in (client, browser):
        assert "runbook was of last year" not in other.get(PAGE).content.decode()


def test_a_named_note_is_for_the_facilitator_and_its_author(senders, client, review) -> None:
    author, browser = senders[0]
    browser.post(PAGE + "note", {**NOTE, "text": "I was alone on call."})
    assert NamedNote.objects.get().author == author
    assert "I was alone on call." in browser.get(PAGE).content.decode()
    assert "I was alone on call." not in client.get(PAGE).content.decode(), "the owner is not the facilitator"
    IncidentMember.objects.filter(person=senders[1][0]).update(seat=Seat.FACILITATOR)
    told = senders[1][1].get(PAGE).content.decode()
    assert "I was alone on call." in told and "Zanzibar Quokkavich" in told


def test_the_form_says_before_sending_who_will_read_it(senders, review, make_person) -> None:
    _, browser = senders[0]
    assert "Nobody yet: there is no facilitator." in browser.get(PAGE).content.decode()
    IncidentMember.objects.filter(person=senders[1][0]).update(seat=Seat.FACILITATOR)
    assert "Marsupia Wombatova, the facilitator, and nobody else" in browser.get(PAGE).content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_note_that_cannot_be_kept_leaves_nothing(senders, text) -> None:
    answer = senders[0][1].post(PAGE + "anonymous-note", {**NOTE, "text": text})
    assert answer["Location"].endswith("?sent=unusable#contribute")
    assert not AnonymousNote.objects.exists() and not AuditEntry.objects.filter(verb="contribute").exists()


def test_a_double_click_is_one_note_one_sheet_and_one_report(senders) -> None:
    for _ in range(2):
        senders[0][1].post(PAGE + "anonymous-note", NOTE)
        senders[0][1].post(PAGE + "pulse", SHEET)
        senders[0][1].post(NEAR_MISS + "/anonymous", MISSED)
    assert [each.objects.count() for each in (AnonymousNote, PulseSheet, AnonymousNearMiss)] == [1, 1, 1]
    assert AuditEntry.objects.filter(pk__lt=0).count() == 3


def test_whoever_takes_up_a_report_is_told_the_words_alone(senders, make_person) -> None:
    author, browser = senders[0]
    browser.post(NEAR_MISS + "/anonymous", MISSED)
    admin = make_person("admin@example.org", role=SiteRole.ADMIN)
    taking = Client()
    taking.force_login(admin)
    page = taking.post(f"/near-misses/{IDENT}/take-up", follow=True)
    told = page.content.decode()
    assert "An anonymous contributor told of it on" in told and "Nobody was awake." in told
    assert [each for each in traces(author) if each in told] == []
