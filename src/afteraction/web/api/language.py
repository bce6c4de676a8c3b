"""The language rules over the API: reading a text, counting how suggestions are taken, and the choices of the team.

Knows addresses. Refuses to keep a text, and to decide: the pages' own verbs do.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from ninja.throttling import SimpleRateThrottle
from pydantic import Field

from afteraction.web.accounts.access import need_admin
from afteraction.web.api.callers import ADMIN, READ, WRITE, caller, scope
from afteraction.web.incidents.access import incident_for
from afteraction.web.language.actions import change_rules, note_use, restore_rules
from afteraction.web.language.choices import BY_CODE, read_choices, write_choices
from afteraction.web.language.current import rules_now
from afteraction.web.language.models import RuleUse, TeamRules
from afteraction.web.language.versions import versions_of
from afteraction.web.reviews.coaching import LONGEST_TEXT, Advice, Coach

router = Router(tags=["language"])
FieldName = Literal["prose", "cause", "question", "heading", "timeline", "action", "external"]
Because = Annotated[str, Field(max_length=1000)]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]


class PerPerson(SimpleRateThrottle):
    """So many requests for each person, by whatever token."""

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """One count for one person."""
        return f"language:{self.rate}:{caller(request).pk}"


class CheckIn(Schema):
    """A text and what it is for. `incident` is its key, where the text is of one; `place` names the part of it
    (`q2`), under which a suggestion is set aside."""

    text: Annotated[str, Field(max_length=LONGEST_TEXT)]
    field: FieldName = "prose"
    incident: Annotated[str, Field(max_length=80)] = ""
    place: Annotated[str, Field(max_length=40)] = ""


class SuggestionOut(Schema):
    """A place in the text, in code points, end exclusive. `title` is its category in plain words, `suggestion` would
    replace the sentence, `reason` says why there is such a rule. `gate` is the gate of the matrix that the sentence
    names, `minute` (seconds since 1970) a moment of the incident, `minute_said` as it is written there."""

    id: str
    rule: str
    category: str
    severity: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    sentence: str
    title: str
    message: str
    question: str
    suggestion: str
    reason: str
    gate: str
    minute: int | None
    minute_said: str


class NameOut(Schema):
    """A stretch of the text that names somebody, and the role that stands for them."""

    start: int
    end: int
    role: str


class CheckOut(Schema):
    """At most two suggestions a paragraph, the loudest; `more` are left out. `names` are given to those who work on
    the incident; `unread` counts sentences in a language that is not read, by its tag."""

    findings: list[SuggestionOut]
    more: int
    names: list[NameOut]
    unread: dict[str, int]


class UseIn(Schema):
    """What became of a suggestion. Who did it is not kept."""

    rule: Annotated[str, Field(max_length=8)]
    deed: Literal["shown", "taken", "dismissed"]


class RuleOut(Schema):
    """A rule, how loud it is at its loudest now, and how often its suggestions were opened, taken and dismissed since
    that last changed."""

    code: str
    category: str
    title: str
    reason: str
    question: str
    example_bad: str
    example_good: str
    usual: str
    loudness: str
    shown: int
    taken: int
    dismissed: int


class RulesOut(Schema):
    """The choices that hold, by the number of their version; 0 is everything as it comes."""

    number: int
    choices: dict[str, Any]
    rules: list[RuleOut]


class RulesChange(Schema):
    """The next version: `loudness` by code (gate, nudge, note, off), `words` added and
    `removed` by list, `left_alone`, `languages`,
    `kept`."""

    choices: dict[str, Any]
    based_on: Number
    reason: Because


class RulesRestoring(Schema):
    """Which version you read last, and why an older one comes back."""

    based_on: Number
    reason: Because


class RulesVersion(Schema):
    """A version: who saved it, why, and what it changed, in words."""

    number: int
    at: datetime
    by: str
    reason: str
    restores: int | None
    changed: list[str]


class RulesVersions(Schema):
    """The newest fifty, newest first."""

    versions: list[RulesVersion]


@router.post(
    "/check", response=CheckOut, auth=scope(READ), summary="Read a text", throttle=PerPerson("240/m"),
    openapi_extra={"responses": {"429": {"description": "More than 240 texts in a minute."}}},
)  # fmt: skip
def check(request: HttpRequest, said: CheckIn) -> dict[str, Any]:
    """What in it reads as an accusation, with a question and a way to say it of the system. Nothing is kept of the
    text. 404 for an incident that you may not see; names of its people are recognised for those who work on it."""
    incident = incident_for(caller(request), said.incident) if said.incident else None
    return told_advice(Coach(caller(request), incident).read(said.text, field=said.field, place=said.place))


def told_advice(advice: Advice) -> dict[str, Any]:
    """Advice as `CheckOut` has it."""
    return {
        "findings": [
            {"id": each.id, "rule": each.rule, "category": each.found.category,
             "severity": each.found.severity.value, "start": each.found.start, "end": each.found.end,
             "sentence_start": each.found.sentence_start,
             "sentence_end": each.found.sentence_start + len(each.found.sentence), "sentence": each.found.sentence,
             "title": each.title, "message": each.found.message, "question": each.found.question,
             "suggestion": each.found.suggestion, "reason": each.reason, "gate": each.gate,
             "minute": each.minute[1] if each.minute else None, "minute_said": each.minute[0] if each.minute else ""}
            for each in advice.suggestions
        ],
        "more": advice.more,
        "names": [{"start": each.start, "end": each.end, "role": each.role} for each in advice.names],
        "unread": dict(advice.unread),
    }  # fmt: skip


@router.post(
    "/uses", response={204: None}, auth=scope(WRITE), summary="Count a suggestion", throttle=PerPerson("120/m"),
    openapi_extra={"responses": {"429": {"description": "More than 120 in a minute."}}},
)  # fmt: skip
def use(request: HttpRequest, said: UseIn) -> Any:
    """As shown, taken or dismissed, for its rule alone. A rule of which fewer than 30 % are taken over 50 shows is
    lowered one level by itself; an admin can take that back."""
    if said.rule not in BY_CODE:
        raise Http404
    note_use(said.rule, said.deed)
    return Status(204, None)


@router.get("/rules", response=RulesOut, auth=scope(READ), summary="The rules of the language")
def rules(request: HttpRequest) -> dict[str, Any]:
    """Every rule with its reason, and what this team chose."""
    current = rules_now()
    uses = {each.rule: each for each in RuleUse.objects.all()}
    return {
        "number": current.number, "choices": write_choices(current.choices),
        "rules": [
            {"code": code, "category": rule.category, "title": rule.title, "reason": rule.reason,
             "question": rule.question, "example_bad": rule.example_bad, "example_good": rule.example_good,
             "usual": rule.loudness.value, "loudness": current.choices.level(code),
             **{deed: getattr(uses.get(code), deed, 0) for deed in ("shown", "taken", "dismissed")}}
            for code, rule in BY_CODE.items()
        ],
    }  # fmt: skip


@router.put("/rules", response=RulesOut, auth=scope(ADMIN), summary="Change the rules")
def change(request: HttpRequest, said: RulesChange) -> dict[str, Any]:
    """The next version, for admins. 409 where somebody saved after the version that you read; 400 names the choice
    that cannot be."""
    need_admin(caller(request))
    change_rules(read_choices(said.choices), said.reason, based_on=said.based_on, actor=caller(request), via="api")
    return rules(request)


@router.get("/rules/versions", response=RulesVersions, auth=scope(READ), summary="Versions of the rules")
def versions(request: HttpRequest) -> dict[str, Any]:
    """Who saved each, why, and what it changed. Afteraction itself lowers a rule that hardly anybody takes."""
    return {
        "versions": [
            {"number": each.row.number, "at": each.row.at, "by": str(each.row.by or "Afteraction"),
             "reason": each.row.reason, "restores": each.row.restores, "changed": list(each.changed)}
            for each in versions_of()
        ]
    }  # fmt: skip


@router.post("/rules/versions/{number}/restore", response=RulesOut, auth=scope(ADMIN), summary="Bring a version back")
def restore(request: HttpRequest, number: int, said: RulesRestoring) -> dict[str, Any]:
    """As the next version, for admins; 0 is everything as it comes."""
    need_admin(caller(request))
    if not 0 <= number < 2**31 or (number and not TeamRules.objects.filter(number=number).exists()):
        raise Http404
    restore_rules(number, said.reason, based_on=said.based_on, actor=caller(request), via="api")
    return rules(request)
