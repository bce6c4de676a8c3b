"""The meeting's own words pass the linter that the product puts to everybody's."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from afteraction.engine.language.findings import check_text
from afteraction.engine.meeting import phrases, prompts, pulse, sheet
from afteraction.engine.meeting.agenda import plan_agenda
from afteraction.engine.meeting.challenges import challenges
from afteraction.engine.meeting.conflicts import check_seats, disclosures, rank
from afteraction.engine.meeting.content import MeetingFacts
from afteraction.engine.meeting.invitations import Gathering, invite
from afteraction.engine.meeting.people import RELATION_WORDS, Seat
from afteraction.engine.meeting.readiness import Preparation, check_readiness, readiness_findings
from afteraction.engine.review.document import Profile
from tests.engine.meeting.occasion import FACTS
from tests.engine.meeting.test_challenges import GRAPH
from tests.engine.meeting.test_conflicts import ROOM, seated


def texts_in(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts_in(each)]
    if isinstance(value, list | tuple | set | frozenset):
        return [text for each in value for text in texts_in(each)]
    return []


def complaints(texts: list[str]) -> list[tuple[str, str]]:
    return [
        (finding.rule, text)
        for text in dict.fromkeys(texts)
        for field in ("prose", "question" if text.endswith("?") else "heading")
        for finding in check_text(text, field=field)
    ]


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("severity", [1, 2, 3])
@pytest.mark.parametrize(
    "facts", [FACTS, MeetingFacts(), replace(FACTS, users_first=False)], ids=["full", "empty", "x"]
)
def test_no_line_of_an_agenda_accuses(profile: Profile, severity: int, facts: MeetingFacts) -> None:
    assert complaints(texts_in(asdict(plan_agenda(facts, severity=severity, profile=profile)))) == []


def test_no_phrase_prompt_guard_or_challenge_accuses() -> None:
    agenda = plan_agenda(FACTS, severity=1)
    texts = [
        *texts_in(asdict(sheet.facilitator_sheet(agenda))), *texts_in(phrases.PHRASE_CARD), *phrases.WALK_CUES,
        *phrases.FIVE_QUESTIONS.values(), *phrases.FOUR_QUESTIONS, *texts_in(pulse.PULSE_QUESTIONS),
        prompts.FOCUS, prompts.EXPECTED, prompts.NOT_SEEN, prompts.OPTIONS, prompts.PRESSURES, prompts.WHOM_TO_ASK,
        prompts.REMINDER, *(each.line for each in challenges(GRAPH)),
    ]  # fmt: skip
    assert complaints(texts) == []


def test_no_finding_of_the_meeting_accuses() -> None:
    waived = replace(seated(owners=("kim",), facilitator="lee"), waivers={"F1": "We are three"})
    found = [
        *check_seats(seated(owners=(), facilitator="kim", scribe="kim", devils_advocate="ada")),
        *invite(Gathering(people=ROOM.people, severity=1)).findings,
        *readiness_findings(check_readiness(Preparation())),
    ]
    texts = [text for each in found for text in (each.sentence, each.question, each.next_step)]
    texts += [
        *disclosures(waived),
        *(each.line for seat in Seat for each in rank(seat, ROOM)),
        *RELATION_WORDS.values(),
    ]
    assert complaints(texts) == []


def test_the_linter_is_awake() -> None:
    assert complaints(["Why did the developer forget to check the canary?"])
    assert complaints(["Kim forgot to check the canary."])
