"""Filing a near miss: an incident of that kind with its light review, from the form of two minutes.

Knows that what is sent as nobody comes without its sender and waits as a report, since an incident has an owner: who
takes it up is. Refuses to keep anything by which a report could be laid beside what somebody did: its id is random, its
time is a day, its entry in the audit trail has neither actor nor reference nor place in the order of things.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from afteraction.core.errors import AfteractionError
from afteraction.engine.causes.graph import MitigatorKind
from afteraction.engine.review.near_miss import NearMissForm, near_miss_parts, near_miss_problems
from afteraction.pipeline.review.parts import sort_of, write_part
from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.audit import record, record_of_nobody
from afteraction.web.accounts.models import Team, User
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.record import LONGEST_TITLE, Record, read_record
from afteraction.web.reviews.actions.change_parts import PartWish, change_parts
from afteraction.web.reviews.actions.open_review import open_review
from afteraction.web.reviews.models import AnonymousNearMiss, Review
from afteraction.web.reviews.models.review import Depth
from afteraction.web.reviews.near_misses import waiting_for
from afteraction.web.reviews.queries import review_of

Json = dict[str, Any]
LONGEST = 2_000
_TEXTS = ("nearly", "stopped_by", "would_have", "follow_up")


class NearMissUnusable(AfteractionError):
    """A form that cannot be kept; `wrong` says by field what to mend."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__("This near miss cannot be filed yet.", next_step=" ".join(wrong.values()))
        self.wrong = dict(wrong)


@dataclass(frozen=True)
class Filed:
    """What a form says: the near miss, and where it was."""

    form: NearMissForm
    record: Record

    def as_json(self) -> Json:
        """The fields as they were given, to be read again."""
        found = {name: getattr(self.form, name) for name in (*_TEXTS, "gate")}
        how, held = self.form.stopped_how, self.form.gate_held
        return {
            **found, "stopped_how": how.value if how else "",
            "gate_held": {True: "yes", False: "no", None: ""}[held],
            "services": ", ".join(self.record.services), "environment": self.record.environment,
        }  # fmt: skip


def read_near_miss(given: Mapping[str, Any]) -> Filed:
    """What was given, read: texts, `stopped_how`, `gate`, `gate_held` (yes, no), services, environment. Raises
    NearMissUnusable with everything that is wrong."""
    texts = {name: _text(given, name) for name in _TEXTS}
    how, held = _text(given, "stopped_how"), given.get("gate_held")
    wrong: dict[str, str] = {}
    if how and how not in list(MitigatorKind):
        wrong["stopped_how"] = f"“{how[:40]}” is none of {', '.join(MitigatorKind)}."
    form = NearMissForm(
        **texts, stopped_how=None if not how or wrong else MitigatorKind(how), gate=_text(given, "gate")[:80],
        gate_held={"yes": True, True: True, "no": False, False: False}.get(held) if held is not None else None,
    )  # fmt: skip
    wrong |= near_miss_problems(form)
    if len(form.nearly) > LONGEST_TITLE:
        wrong["nearly"] = f"Keep it below {LONGEST_TITLE} characters: it is the title. The rest has room below."
    for name in _TEXTS[1:]:
        if len(texts[name]) > LONGEST:
            wrong[name] = f"Keep it below {LONGEST:,} characters. The review has room for more."
    read = read_record({
        "title": form.nearly[:LONGEST_TITLE], "kind": "near_miss", "services": given.get("services") or "",
        "environment": given.get("environment") or "production",
    })  # fmt: skip
    wrong |= {name: said for name, said in read.wrong.items() if name != "title"}
    if wrong:
        raise NearMissUnusable(wrong)
    return Filed(form, read.record)


def _text(given: Mapping[str, Any], name: str) -> str:
    return str(given.get(name) or "").replace("\x00", "").strip()


@transaction.atomic
def file_near_miss(filed: Filed, *, opened_with: str = "", actor: User, via: str = "page") -> Review:
    """The light review of a new incident, owned by who files it. The same form again is the review that is there."""
    incident = create_incident(filed.record, actor=actor, opened_with=opened_with, via=via)
    review = review_of(incident)
    if review is not None and review.version:
        return review
    if review is None:
        # The policy may have switched near misses off; who files one asks for its review.
        asked = {"code": "TR9", "subject": "asked", "sentence": "It was filed as a near miss.", "depth": Depth.LIGHT}
        review = open_review(incident, depth=Depth.LIGHT, triggers=[asked], actor=actor, via=via)
    wishes = [PartWish(sort_of(each), each.id, write_part(each)) for each in near_miss_parts(filed.form)]
    change_parts(review, wishes, verb="file_near_miss", actor=actor, via=via)
    return review


@transaction.atomic
def file_as_nobody(filed: Filed, *, team: Team | None, ident: UUID, today: date) -> None:
    """Keeps a report of nobody for a team, or for the admins. The same `ident` again is the same report."""
    _, is_new = AnonymousNearMiss.objects.get_or_create(
        ident=ident, defaults={"said": filed.as_json(), "team": team, "day": today}
    )
    if is_new:
        record_of_nobody("file_near_miss", "site:near-misses", ident=ident, today=today)


@transaction.atomic
def take_up(ident: UUID, *, actor: User, via: str = "page") -> Review:
    """Makes an incident with its light review of a report of nobody; who takes it up owns it. Raises CannotDo."""
    report = _waiting(ident, actor)
    filed = read_near_miss(report.said)
    review = file_near_miss(filed, opened_with=f"nobody:{ident}", actor=actor, via=via)
    told = {
        "code": "TR9", "subject": "anonymous", "depth": Depth.LIGHT,
        "sentence": f"An anonymous contributor told of it on {report.day:%-d %b %Y}.",
    }  # fmt: skip
    review = open_review(review.incident, depth=Depth.LIGHT, triggers=[told], actor=actor, via=via)
    report.incident = review.incident
    report.save(update_fields=["incident"])
    record(actor, "take_up_near_miss", report.subject, via=via, key=review.incident.key)
    return review


@transaction.atomic
def set_aside(ident: UUID, reason: str, *, actor: User, via: str = "page") -> None:
    """Says why nobody takes a report up; it stays in the database. Raises CannotDo."""
    report = _waiting(ident, actor)
    report.set_aside = " ".join(reason.split())[:1000]
    if not report.set_aside:
        raise CannotDo("Say why it is set aside: the reason stays in the trail.")
    report.save(update_fields=["set_aside"])
    record(actor, "set_aside_near_miss", report.subject, via=via, reason=report.set_aside)


def _waiting(ident: UUID, actor: User) -> AnonymousNearMiss:
    report = waiting_for(actor).select_for_update(of=("self",)).filter(ident=ident).first()
    if report is None:
        raise CannotDo("This report does not wait for you. Somebody may have taken it up already.")
    return report
