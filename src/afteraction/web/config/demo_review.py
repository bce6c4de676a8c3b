"""The review of the demo incident, as the people in its story wrote it, with the history it has there.

Knows that the story's people are accounts that cannot sign in. Refuses to touch a review that somebody wrote into.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.db import transaction

from afteraction.web.accounts.actions.teams import make_team
from afteraction.web.accounts.models import Team, User
from afteraction.web.incidents.actions.confirm_facts import FactsMoved, confirm_facts
from afteraction.web.incidents.actions.members import add_member
from afteraction.web.incidents.actions.say_part import say_everybody, say_part, say_rest
from afteraction.web.incidents.models import FactsVersion, Incident, Seat
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.actions.bring_history import History, bring_history
from afteraction.web.reviews.actions.import_review import import_review
from afteraction.web.reviews.models.review import Step
from afteraction.web.reviews.queries import review_of

Json = dict[str, Any]


@transaction.atomic
def load_review(incident: Incident, file: Path, *, actor: User) -> None:
    """Brings the review of `file` in where nobody wrote anything into one."""
    review = review_of(incident)
    if review is not None and review.version:
        return
    document = json.loads(file.read_text(encoding="utf-8"))
    told: Json = document.get("history", {})
    steps = {Step(step): datetime.fromisoformat(at) for step, at in told.get("steps", {}).items()}
    people = {word: _person(word, each["name"]) for word, each in told.get("people", {}).items()}
    for word, person in people.items():
        add_member(incident, person.email, _seat(told["people"][word]["seat"]), actor=actor)
    User.objects.filter(pk__in=[each.pk for each in people.values()]).update(is_active=False)
    _say_parts(incident, told.get("parts", {}), people, actor)
    _make_teams(told.get("teams", {}), people, actor)
    if Step.FACTS_CONFIRMED in steps:
        _confirm(incident, steps[Step.FACTS_CONFIRMED], actor)
    review, failures = import_review(incident, document, file.name, actor=actor)
    for failure in failures:
        click.echo(str(failure), err=True)
    if steps:
        owners = {change: people[word] for change, word in told.get("owners", {}).items()}
        bring_history(review, History(steps, people.get("mara", actor), owners), actor=actor)


def _person(word: str, name: str) -> User:
    return User.objects.create_user(f"{word}@example.test", name=name)


def _say_parts(incident: Incident, parts: dict[str, list[str]], people: dict[str, User], actor: User) -> None:
    """Who had which part, and that nobody else had it; whom the evidence names besides has no account here."""
    for part, words in parts.items():
        for word in words:
            say_part(incident, part, people[word].email, True, actor=actor)
        say_everybody(incident, part, True, actor=actor)
    if parts:
        say_rest(incident, actor=actor)


def _make_teams(teams: Json, people: dict[str, User], actor: User) -> None:
    for name, told in teams.items():
        if Team.objects.filter(name__iexact=name).exists():
            continue
        team = make_team(name, actor=actor)
        team.people.add(*[people[word] for word in told.get("people", ())])
        team.leads.add(*[people[word] for word in told.get("leads", ())])


def _seat(word: str) -> Seat:
    # The owner's seat is that of whoever runs the demo, so that they may do everything with it.
    return Seat.RESPONDER if word == Seat.OWNER else Seat(word)


def _confirm(incident: Incident, at: datetime, actor: User) -> None:
    """The facts as the story's people confirmed them; where they are being computed anew, they wait for a person."""
    analysis = latest_analysis(incident)
    if analysis is None or FactsVersion.objects.filter(incident=incident).exists():
        return
    try:
        version = confirm_facts(incident, analysis_id=analysis.pk, actor=actor)
    except FactsMoved:
        return
    FactsVersion.objects.filter(pk=version.pk).update(confirmed_at=at)
