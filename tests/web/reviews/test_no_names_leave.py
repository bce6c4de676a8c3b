"""Whatever people are called, no file of a review names them where roles are promised (SPEC R020, R027)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from afteraction.pipeline.review.report.blocks import Audience
from afteraction.pipeline.review.report.markdown import markdown
from afteraction.pipeline.review.report.pdf import values_of
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident, IncidentMember, Seat, StoredAnalysis
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.reports.editions import ReportEdition
from afteraction.web.reviews.actions.change_parts import PartWish, change_parts
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.report import compose
from tests.effort import examples

pytestmark = pytest.mark.django_db
PLACE = "/incidents/INC-2041/"
FILES = (
    *(f"report.{form}?audience={audience}" for form in ("html", "md", "json") for audience in Audience),
    *(f"review/graph.svg?view={view}" for view in ("whys", "fault-tree", "fishbone", "causal")),
    "review/graph.mmd", "review/graph.json", "review/meeting/meeting.ics", "review/meeting/pack.md",
    "review/meeting/sheet.md",
)  # fmt: skip
# Whoever is asked to come is named to those who come (SPEC R027: names only in the attendee list).
ATTENDEES = re.compile(
    r"^- Seats: [^\n]*$|^(?:ATTENDEE|ORGANIZER)[;:][^\n]*$|^(?:## )?\W*(?:Seats|Invited)\W*\n(?s:.*?)(?=^## )",
    re.MULTILINE,
)
# Letters that are the same length in both cases.
LETTERS = "abcdefghijklmnoprstuvwxyzåäöéñçøłžćčšőűжшя"


@dataclass(frozen=True)
class Known:
    """Somebody with a name of two words, a handle and an address."""

    name: str
    handle: str

    @property
    def email(self) -> str:
        return f"{self.handle}@example.org"

    @property
    def sentences(self) -> str:
        name = self.name
        return (
            f"{name} merged it, {name.upper()} said so, thanks to @{self.handle} ({self.email}). "
            f"It was {name}'s change; see {name.replace(' ', '  ')}."
        )

    def seen_in(self, text: str) -> list[str]:
        return [each for each in (self.name.casefold(), "@" + self.handle, self.email) if each in text]


WORDS = st.text(LETTERS, min_size=4, max_size=9).map(str.capitalize)
LAST = st.one_of(WORDS, st.builds("{}-{}".format, WORDS, WORDS), st.builds("O'{}".format, WORDS))
NAMES = st.lists(st.builds("{} {}".format, WORDS, LAST), min_size=7, max_size=7, unique_by=lambda each: each.split()[0])


def parts(text: str) -> dict[str, dict[str, dict[str, object]]]:
    """A review with `text` in whatever people write."""
    since = {"utc": "2026-05-12T14:00:00Z"}
    return {
        "frame": {"review": {
            "objective": text, "summary": text, "public": text, "surprised": text, "waivers": {"F1": text},
            "sections": {text[:90]: text}, "staging_differs": text,
        }},
        "answer": {f"q{n}": {"text": text, "state": "answered", "degradation": text} for n in range(1, 6)},
        "node": {
            "N1": {"kind": "outcome", "statement": text, "top": "happened", "valid_from": since},
            "N2": {"kind": "condition", "statement": text, "looked_in": text, "origin": text, "wordings": [text]},
            "N3": {"kind": "condition", "statement": text, "status": "refuted", "ruled_out_by": text},
        },
        "edge": {"L1": {"source": "N2", "target": "N1", "relation": "contributed", "mechanism": text,
                        "would_contradict": text, "looked_for": text}},
        "support": {"S1": {"claim": "N2", "note": text, "excerpt": text}},
        "ask": {"A1": {"node": "N2", "text": text}},
        "human": {"N2": {"sense": text}},
        "gate": {"canary": {"title": text, "reached": "yes", "could": "yes", "outcome": "passed", "why": text,
                            "record": text}},
        "change": {"C1": {"text": text, "covers": text, "success": text, "follow_up": text, "public": text,
                          "classed_because": text, "due_because": text, "owner_role": text}},
        "signal": {"Q1": {"title": text, "route": text}},
        "remark": {"R1": {"column": "poorly", "text": text},
                   "R2": {"column": "lucky", "text": text, "follow_up": text}},
        "dismissal": {"W05:N2": {"reason": text}},
        "meeting": {"meeting": {"start": {"utc": "2031-05-14T10:00:00Z"}, "place": text, "opening": text,
                                "override": text, "quotes": [{"text": text}], "skipped": {"q1": text},
                                "parked": [{"text": text, "during": "q1"}], "waived_roles": {"qa": text}}},
    }  # fmt: skip


def write(review: Review, text: str, actor: User) -> None:
    wishes = [PartWish(sort, ident, body) for sort, bodies in parts(text).items() for ident, body in bodies.items()]
    change_parts(review, wishes, verb="restore", actor=actor)


def flat(text: str) -> str:
    """Words alone, in small letters, with one blank between them."""
    bare = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return " ".join(bare.replace("\\n", " ").split()).casefold()


def handed_out(client: Client, incident: Incident, reader: User) -> Iterator[tuple[str, str]]:
    """(what, its words) of every file of a review; of PDF and Word what they are made of."""
    for each in FILES:
        answer = client.get(PLACE + each)
        assert answer.status_code in (200, 409), (each, answer.status_code)
        text = answer.content.decode()
        if each.endswith((".ics", "pack.md")):
            assert answer.status_code == 200
            text = ATTENDEES.sub("", text.replace("\r\n ", "").replace("\r\n", "\n"))
        if answer.status_code == 200:
            yield each, flat(json.dumps(json.loads(text), ensure_ascii=False) if "json" in each else text)
    analysis = latest_analysis(incident)
    assert analysis is not None
    for audience in Audience:
        told = compose(ReportEdition(incident, analysis), audience.value, reader, True)
        assert told is not None
        yield f"pdf {audience}", flat(json.dumps(values_of(told.report), ensure_ascii=False))
        yield f"docx {audience}", flat(markdown(told.report))


# Each example makes every file: shrinking one would take minutes, and names say by themselves what was missed.
@settings(
    max_examples=examples(2), deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(names=NAMES)
def test_no_name_of_an_actor_or_a_member_is_in_any_file(client, person, review, make_person, names) -> None:
    people = [Known(name, f"kx{at}.zu") for at, name in enumerate(names)]
    actors, members = people[:3], people[3:]
    incident = review.incident
    with transaction.atomic():
        StoredAnalysis.objects.filter(incident=incident).update(
            identities={
                "roles": {f"chat:{each.handle}": f"Responder {at}" for at, each in enumerate(actors, 1)},
                "names": {f"chat:{each.handle}": each.name for each in actors},
            }
        )
        for each, seat in zip(members, (Seat.FACILITATOR, Seat.SCRIBE, Seat.RESPONDER, Seat.VIEWER), strict=True):
            account = make_person(each.email, name=each.name)
            User.objects.filter(pk=account.pk).update(name=each.name)
            IncidentMember.objects.create(incident=incident, person=account, seat=seat)
        Incident.objects.filter(pk=incident.pk).update(
            title=f"Checkout fails for {people[0].name} and {people[3].name}"
        )
        write(review, " ".join(each.sentences for each in people), person)
        fresh = Incident.objects.get(pk=incident.pk)
        words = dict(handed_out(client, fresh, person))
        seen = {(what, left) for what, text in words.items() for each in people for left in each.seen_in(text)}
        transaction.set_rollback(True)
    assert seen == set()
    assert "responder 1" in words["report.md?audience=internal"] and "facilitator" in words["review/graph.mmd"]
