"""One meeting with everything that its pages show, each thing computed once and only where a page asks for it.

Knows where each fact is. Refuses to judge: the engine does; refuses to write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from afteraction.core.instant import Instant, Precision
from afteraction.core.records import EventKind
from afteraction.engine.causes.ways import coverage_in_words, statements
from afteraction.engine.meeting import agenda as items
from afteraction.engine.meeting.challenges import Challenge, prompt_sheet
from afteraction.engine.meeting.checklist import Checked, checklist
from afteraction.engine.meeting.conflicts import (
    Room,
    Verdict,
    check_seats,
    disclosures,
    disclosures_outside,
    judge_seats,
    not_checked,
    rank,
)
from afteraction.engine.meeting.content import MeetingFacts
from afteraction.engine.meeting.gathered import meeting_facts
from afteraction.engine.meeting.guards import SpeakingOrder, check_alternatives, speaking_order
from afteraction.engine.meeting.invitations import Gathering, InviteList, invite
from afteraction.engine.meeting.lacking import Missing, missing_in_words
from afteraction.engine.meeting.people import SEAT_TITLES, Person, Seat
from afteraction.engine.meeting.prompts import Entry, Prompt, prompts_for
from afteraction.engine.meeting.readiness import (
    Preparation,
    Readiness,
    Start,
    check_readiness,
    may_start,
    readiness_findings,
)
from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.engine.prevention.cooloff import comes_back, is_cooling
from afteraction.engine.prevention.plan import unclosed_gaps
from afteraction.engine.review.document import MeetingPlan
from afteraction.engine.review.document import Review as Document
from afteraction.engine.review.findings import ReviewFinding, open_findings
from afteraction.engine.review.known_facts import users_were_first
from afteraction.engine.review.policy import PRESETS
from afteraction.web.accounts.models import Team
from afteraction.web.incidents.models import FactsVersion
from afteraction.web.reviews.access import seat_word
from afteraction.web.reviews.meeting.people import Cast, cast_of
from afteraction.web.reviews.models import Following, Review
from afteraction.web.reviews.questions.impact import impact_of
from afteraction.web.reviews.standing import Standing
from afteraction.web.reviews.workspace import Workspace

_PLANNED = frozenset(ChangeState) - {ChangeState.CANCELLED}


@dataclass(frozen=True)
class Occasion:
    """The meeting of one review for one reader at `now` (aware)."""

    work: Workspace
    now: datetime

    @property
    def review(self) -> Review:
        """Whose meeting it is."""
        return self.work.review

    @property
    def document(self) -> Document:
        """The parts of the review."""
        return self.work.document

    @property
    def plan(self) -> MeetingPlan:
        """What people decided about the meeting."""
        return self.document.meeting

    @property
    def me(self) -> str:
        """The reader, as the engine knows people."""
        return str(self.work.reader.pk)

    @property
    def severity(self) -> int | None:
        """1 for the gravest; None for words that the policy does not know."""
        return PRESETS["seed"].rank(self.work.incident.severity)

    @cached_property
    def standing(self) -> Standing:
        """The review with its timers and what its rules say."""
        return Standing(self.work, self.now)

    @cached_property
    def cast(self) -> Cast:
        """Everybody whom the meeting may be about."""
        return cast_of(self.work.incident, self.plan, self.work.analysis)

    @property
    def my_seats(self) -> tuple[Seat, ...]:
        """Seats of the reader in this review."""
        return self.cast.seats.held_by(self.me)

    @cached_property
    def followers(self) -> tuple[str, ...]:
        """Who reads or watches instead."""
        found = Following.objects.filter(review=self.review).order_by("since", "pk")
        return tuple(str(one) for one in found.values_list("person_id", flat=True))

    @cached_property
    def invites(self) -> InviteList:
        """Who is invited and why, and who is missing."""
        cast, plan, changes = self.cast, self.plan, self.document.changes.values()
        added = {one: why for one, why in plan.added.items() if one in cast.people}
        owners = {each.owner for each in changes if each.owner and each.state in _PLANNED}
        teams = {team for one in owners if one in cast.people for team in cast.people[one].teams or ()}
        away = (*self.followers, *(one for one in plan.declined if one not in self.followers))
        return invite(
            Gathering(
                people=cast.people, involvement=cast.involvement, seats=cast.seats, severity=self.severity,
                action_teams=frozenset(teams), added=added,
                followers=away, not_invited=plan.not_invited, waivers=self.document.frame.waivers,
                waived_roles=plan.waived_roles, consented=frozenset(plan.consented), recorded=plan.recorded,
            )
        )  # fmt: skip

    @cached_property
    def room(self) -> Room:
        """What verdicts on seats are made from."""
        return Room(
            people=self.cast.people, involvement=self.cast.involvement, seats=self.cast.seats,
            participants=tuple(each.person for each in self.invites.invited), waivers=self.document.frame.waivers,
            cleared=self.plan.cleared, solo=self.standing.people <= 1 and len(self.invites.invited) <= 1,
        )  # fmt: skip

    def ranked(self, seat: Seat) -> tuple[Verdict, ...]:
        """Everybody who can be given one seat, eligible ones first."""
        return tuple(each for each in rank(seat, self.room) if each.person not in self.cast.closed)

    @cached_property
    def seated(self) -> Mapping[Seat, tuple[Verdict, ...]]:
        """Verdicts on who holds a seat now."""
        found = judge_seats(self.room)
        return {seat: tuple(each for each in found if each.seat is seat) for seat in Seat}

    @cached_property
    def waivers(self) -> tuple[str, ...]:
        """What is printed on the review of its seats."""
        return disclosures(self.room)

    @cached_property
    def waivers_outside(self) -> tuple[str, ...]:
        """The same by role alone, for readers outside."""
        return disclosures_outside(self.room)

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """What was not checked of its seats."""
        return not_checked(self.room)

    def lacking(self, verdict: Verdict) -> tuple[tuple[Missing, str], ...]:
        """The facts that a verdict lacks, and how each is called."""
        labels = {one: each.shown for one, each in self.cast.people.items()}
        return tuple((one, missing_in_words(one, labels)) for one in verdict.missing)

    @cached_property
    def _slugs(self) -> Mapping[str, str]:
        return dict(Team.objects.values_list("name", "slug"))

    def slug(self, team: str) -> str:
        """The address of a team of this name."""
        return self._slugs[team]

    @cached_property
    def findings(self) -> tuple[ReviewFinding, ...]:
        """What the rules of the meeting say, set aside or not."""
        return (
            *check_seats(self.room), *self.invites.findings, *readiness_findings(self.readiness),
            *check_alternatives(self.document.graph, self.severity),
        )  # fmt: skip

    @property
    def open_hints(self) -> tuple[ReviewFinding, ...]:
        """What the invitations still ask for besides missing roles, which are listed by themselves."""
        roles = {each.role.replace(" ", "-") for each in self.invites.missing}
        left = open_findings(self.invites.findings, self.document.dismissals)
        return tuple(each for each in left if each.subject not in roles)

    @property
    def uninvited(self) -> Mapping[str, Person]:
        """Who could still be invited."""
        out = {each.person for each in self.invites.invited} | self.cast.closed
        return {one: each for one, each in self.cast.people.items() if one not in out}

    @cached_property
    def speaking(self) -> SpeakingOrder:
        """In which order those who are invited are heard."""
        return speaking_order([each.person for each in self.invites.invited], self.cast.people)

    @cached_property
    def checklist(self) -> tuple[Checked, ...]:
        """The right people, an objective, and writing it down fast."""
        aside = self.document.dismissals
        return checklist(
            seats=open_findings(check_seats(self.room), aside), invitations=open_findings(self.invites.findings, aside),
            objective=self.document.frame.objective, draft=self.standing.timers.draft,
        )  # fmt: skip

    @cached_property
    def facts_version(self) -> FactsVersion | None:
        """The version of the facts on which the meeting rests."""
        return self.review.facts

    @cached_property
    def readiness(self) -> Readiness:
        """What has to be there before people meet."""
        version, first = self.facts_version, self.document.answers.get("q1")
        impact = impact_of(self.work.head)
        found_by = next((each.words for each in impact.told if each.name == "Found by"), "")
        written = f"{first.degradation} {first.text}" if first else ""
        return check_readiness(
            Preparation(
                facts_confirmed_by=seat_word(version.confirmed_by, self.review) if version else "",
                locked_version=version.number if version else None, impact=written or impact.degradation,
                detection=found_by or (first.text if first else ""), graph=self.document.graph,
                gates=self.document.gates,
            )
        )  # fmt: skip

    @cached_property
    def start(self) -> Start:
        """Whether it may begin, and what is printed of that."""
        return may_start(self.readiness, self.plan.profile, self.plan.override)

    def refusal(self, override: str) -> str:
        """Why it may not begin for this reason, "" where it may."""
        return may_start(self.readiness, self.plan.profile, override).refusal

    @cached_property
    def facts(self) -> MeetingFacts:
        """What the items of the agenda show."""
        window = self.standing.window
        impact = impact_of(self.work.head)
        verdicts = {one: str(each.change_class).replace("_", " ") for one, each in self.standing.judged.items()}
        numbers = tuple(f"{each.name}: {each.words}" for each in impact.told if each.words)
        found = meeting_facts(
            self.document,
            timeline_version=self.facts_version.number if self.facts_version else None,
            corrections=tuple(each.sentence for each in self.standing.findings if each.code == "FACTS"),
            numbers=(*((impact.degradation,) if impact.degradation else ()), *numbers),
            users_first=users_were_first(self.work.head),
            verdicts=verdicts,
            unclosed=tuple(gap.title for gap in unclosed_gaps(self.document, self.standing.judged)),
            coverage=self._coverage(),
            stations=tuple(
                f"{each.distinct_times[0]:%H:%M} UTC, {each.title}" for each in self.standing.milestones if each.chosen
            ),
            seats=self.seat_lines,
            waivers=self.waivers,
            comes_back=window.opens if window and is_cooling(window, self.now) else None,
        )
        return replace(found, opening=self.plan.opening)

    def _coverage(self) -> tuple[str, ...]:
        wordings = statements(self.document.graph)
        return tuple(coverage_in_words(each, wordings, lasting=is_last) for is_last, each in self.standing.coverages)

    @cached_property
    def seat_lines(self) -> tuple[str, ...]:
        """Each seat that somebody holds, with a name."""
        return tuple(f"{SEAT_TITLES[seat]} {self.name(one)}" for seat in Seat for one in self.cast.seats.holders(seat))

    def name(self, person: str) -> str:
        """What pages call somebody."""
        found = self.cast.people.get(person)
        return found.shown if found else "a former member"

    @cached_property
    def agenda(self) -> items.Agenda:
        """The agenda as planned, with what was voted, left out and parked since."""
        plan = self.plan
        length = plan.minutes if plan.minutes in items.lengths_for(self.severity) else None
        agenda = items.plan_agenda(
            self.facts, severity=self.severity, profile=plan.profile, length=length,
            objective=self.document.frame.objective,
        )  # fmt: skip
        for vote in plan.votes:
            agenda = _if_it_fits(items.extend_item, agenda, vote.item, vote.minutes, taken_from=vote.taken_from)
        for code, why in plan.skipped.items():
            agenda = _if_it_fits(items.skip_item, agenda, code, why)
        codes = {each.code for each in agenda.items}
        for point in plan.parked:
            during = point.during if point.during in codes else agenda.items[0].code
            agenda = items.park(agenda, point.text, during=during, belongs_to=point.belongs_to)
        return agenda

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """Cues for the reader alone, from what they did and wrote themselves."""
        own = self.cast.entries.get(self.me, ())
        return prompts_for(
            self.me,
            [
                Entry(
                    id=each.event_id, title=each.title, person=self.me,
                    at=Instant(utc=datetime.fromisoformat(each.value), precision=Precision(each.precision)),
                    kind=EventKind(each.kind) if each.kind in set(EventKind) else EventKind.NOTE,
                )
                for each in own
            ],
        )  # fmt: skip

    @property
    def challenges(self) -> tuple[Challenge, ...]:
        """The devil's advocate's sheet; for everybody else there is none."""
        return prompt_sheet(self.document.graph) if Seat.DEVILS_ADVOCATE in self.my_seats else ()

    @cached_property
    def returned(self) -> tuple[Change, ...]:
        """Changes of the first day that came back and wait for one click."""
        return comes_back(self.document.changes.values(), self.standing.window, self.now)


def _if_it_fits(
    change: Callable[..., items.Agenda], agenda: items.Agenda, *said: str | int, **more: str
) -> items.Agenda:
    """What was decided for an agenda that has changed since may name an item that is no more there; it stays in the
    plan and counts again when that item is back."""
    try:
        return change(agenda, *said, **more)
    except (KeyError, ValueError):
        return agenda
