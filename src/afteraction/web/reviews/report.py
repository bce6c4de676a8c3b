"""The report of a whole review, as its readers get it: one composition for page and files.

Knows what of the record and the engine goes into it, and that names become roles first. Refuses to hand out a public
report that leaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from afteraction.engine.meeting.people import ROLE_TITLES, Role
from afteraction.engine.review.document import Review as Document
from afteraction.pipeline.review.report.blocks import Audience, Report, reworded
from afteraction.pipeline.review.report.compose import report_of
from afteraction.pipeline.review.report.leaks import Known, Leak, find_leaks, known_of, refuse_leaks
from afteraction.pipeline.review.report.told import Replay, StepTaken, Told
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.incidents.queries import identities_of
from afteraction.web.incidents.reports.editions import ReportEdition, written_day
from afteraction.web.incidents.reports.pictures import pictures_beside, pictures_inside
from afteraction.web.reviews.causes.panels import delays
from afteraction.web.reviews.in_roles import document_in_roles, in_roles
from afteraction.web.reviews.meeting.occasion import Occasion
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.queries import review_of
from afteraction.web.reviews.questions.signals import replayed
from afteraction.web.reviews.standing import Standing
from afteraction.web.reviews.workspace import Workspace

Json = dict[str, Any]
_SHOWN_SEATS = (Seat.OWNER, Seat.FACILITATOR, Seat.SCRIBE, Seat.DEVILS_ADVOCATE)
_MEDIA = {
    "html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8", "pdf": "application/pdf",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


@dataclass(frozen=True)
class ReviewReport:
    """The report of one review for one audience, for one reader. `review` is None where none was opened."""

    edition: ReportEdition
    audience: str
    reader: User
    review: Review | None

    @cached_property
    def told(self) -> Told:
        """Everything that it is told from, with roles in place of names and without secrets."""
        return told_of(self.edition, self.review, self.reader)

    @cached_property
    def report(self) -> Report:
        """The composed report; what its evidence says of members is told in roles too."""
        found: Report = reworded(report_of(self.told, Audience(self.audience)), in_roles(self.edition.incident))
        return found

    @cached_property
    def known(self) -> Known:
        """What the leak check looks for."""
        return known_of(self.told, _people(self.edition.incident))

    @cached_property
    def leaks(self) -> Sequence[Leak]:
        """What its audience must not get."""
        return find_leaks(self.report, self.known)

    @property
    def words(self) -> str:
        """What this edition is."""
        return words_of(self.edition, self.review)

    @property
    def hints(self) -> Sequence[str]:
        """What whoever publishes should look at once more."""
        return self.report.hints

    def paper(self) -> str:
        """The report for a page."""
        from afteraction.pipeline.review.report.html import paper, shots_of

        beside = pictures_beside(self.edition.incident, self.told.document)
        return str(paper(self.report, shots_of(self.told, self.report.audience, beside)))

    def file(self, form: str) -> tuple[str, bytes]:
        """(media type, bytes) of a form. Raises ReportLeaks, NoWord."""
        refuse_leaks(self.report, self.known)
        return _MEDIA[form], self._bytes(form)

    def sections(self) -> Json:
        """The composed report as plain values, whatever its audience. Raises ReportLeaks."""
        from afteraction.pipeline.review.report.written import composed

        refuse_leaks(self.report, self.known)
        return composed(self.report)

    def _bytes(self, form: str) -> bytes:
        if form == "pdf":
            from afteraction.pipeline.review.report.pdf import pdf

            return pdf(self.report)
        if form == "docx":
            from afteraction.pipeline.review.report.docx import docx

            return docx(self.report)
        if form == "json":
            from afteraction.pipeline.review.report.written import written

            return written(self.report, self.told)
        if form == "md":
            from afteraction.pipeline.review.report.markdown import markdown

            return markdown(self.report, self.told).encode()
        from afteraction.pipeline.review.report.html import html, shots_of

        inside = pictures_inside(self.edition.incident, self.told.document)
        return html(self.report, shots_of(self.told, self.report.audience, inside)).encode()


def compose(edition: ReportEdition, audience: str, reader: User, asked: bool) -> ReviewReport | None:
    """The report of the review of an incident; None before anybody wrote into it, unless it was asked for."""
    review = review_of(edition.incident)
    if review is None or not review.version:
        return ReviewReport(edition, audience, reader, review) if asked else None
    return ReviewReport(edition, audience, reader, review)


def told_of(edition: ReportEdition, review: Review | None, reader: User) -> Told:
    """The sources of a report: the review in roles, this edition's analysis, and the record."""
    incident, document = edition.incident, edition.document()
    shown = in_roles(incident)
    head = edition.analysis.head
    record = {"key": incident.key, "title": shown(incident.title), "severity": incident.severity, "kind": incident.kind}
    base: Json = {
        "document": document, "record": record, "edition": words_of(edition, review), "notes": tuple(edition.notes),
        "stretches": _stretches(head), "published": _published(incident, None),
    }  # fmt: skip
    if review is None:
        return Told(review=Document(), **base)
    work = Workspace(review, reader)
    meeting = Occasion(work, timezone.now())
    standing = meeting.standing
    return Told(
        review=document_in_roles(work.document, shown),
        seats=tuple(_seats(incident, work.document)),
        steps=tuple(_steps(review, standing)),
        replays={
            each.signal.id: Replay(sentence=each.found.sentence or each.found.reason, is_tested=each.is_tested)
            for each in replayed(work.document.signals.values(), head)
        },
        disclosures=tuple(shown(each) for each in meeting.waivers),
        disclosed=meeting.waivers_outside,
        not_checked=tuple(shown(each) for each in meeting.unknown),
        **{**base, "published": _published(incident, standing)},
    )


def _stretches(head: Json) -> tuple[tuple[str, str, float], ...]:
    found = delays(head)
    total = sum(each.share for each in found) or 1.0
    return tuple((each.title, each.minutes, each.share / total) for each in found)


def _published(incident: Incident, standing: Standing | None) -> str:
    """When it was published, and whether that was in time: a fact of the record."""
    if incident.published_at is None:
        return ""
    day = written_day(incident.published_at)
    words = standing.timers.publish.words if standing else ""
    return f"{day}, {words}" if words else day


def _seats(incident: Incident, document: Document) -> Iterator[tuple[str, str]]:
    """Seats with what whoever holds them works as, or their role in the incident; never a name."""
    in_role = in_roles(incident, members=False)
    members = IncidentMember.objects.filter(incident=incident, seat__in=_SHOWN_SEATS).select_related("person")
    for seat in _SHOWN_SEATS:
        for member in members:
            if member.seat == seat:
                yield seat.label, _role(member, document, in_role)


def _role(member: IncidentMember, document: Document, in_role: Callable[[str], str]) -> str:
    works_as = document.meeting.works_as.get(str(member.person_id), "")
    if works_as in {each.value for each in Role}:
        title = ROLE_TITLES[Role(works_as)]
        return title[:1].upper() + title[1:]
    name = member.person.name
    role = in_role(name) if name else ""
    return role if role != name else "A member of this incident"


def words_of(edition: ReportEdition, review: Review | None) -> str:
    """What this edition is: published or not, and on which facts it rests."""
    facts = review.facts if review is not None and edition.version is None else None
    rests = f"facts of version {facts.number}" if facts and facts.analysis_id == edition.analysis.pk else ""
    if edition.incident.published_at is not None:
        if rests or edition.version is not None:
            return f"Published, {rests}" if rests else f"Published. {edition.words}"
        return "Published, with evidence newer than its confirmed facts" if facts else "Published, facts not confirmed"
    return f"Draft, {rests}" if rests else edition.words


def _steps(review: Review, standing: Standing) -> Iterator[StepTaken]:
    for step in standing.steps:
        by = standing.seat_word(step)
        still = tuple(str(each["sentence"]) for each in step.still_open)
        yield StepTaken(
            title=step.get_step_display(), at=step.at, by=by, still_open=still, reason=step.reason
        )  # fmt: skip


def _people(incident: Incident) -> frozenset[str]:
    """Every spelling of somebody of this incident: of its evidence, and of its members."""
    known = identities_of(incident)
    names = set(known.get("names", {}).values())
    for member in IncidentMember.objects.filter(incident=incident).select_related("person"):
        names |= {member.person.name, member.person.email}
    return frozenset(each for each in names if len(each) > 2)
