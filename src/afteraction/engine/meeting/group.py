"""Whether a group of invited people is small, mixed and free to speak (SPEC F7, F8, R036, R038, R113).

Knows how many of whom. Refuses to block: each is a hint that a reason can waive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from afteraction.engine.meeting.people import Person
from afteraction.engine.review.findings import ReviewFinding, Severity

# SPEC F7: above this people stop speaking; RCA² works with 4 to 6.
GROUP_LIMIT = 10
# SPEC F8: one of so many may be an executive, and always one.
PEOPLE_PER_EXECUTIVE = 5


def executive_cap(invited: int) -> int:
    """How many executives may be among so many invited: a fifth, rounded up, and always one."""
    return max(1, ceil(invited / PEOPLE_PER_EXECUTIVE))


def check_group(
    invited: Sequence[Person], optional: int, consented: frozenset[str], waivers: Mapping[str, str]
) -> tuple[ReviewFinding, ...]:
    """Hints on the size of a group, its executives and its mix. `optional` of them could follow the document instead;
    `consented` are executives whose presence the owner agreed to; `waivers` are reasons by rule."""
    rules = {"F7": _check_size(invited, optional), "F8": _check_executives(invited), "R113": _check_mix(invited)}
    kept = [each for code, found in rules.items() if not waivers.get(code, "").strip() for each in found]
    return (*kept, *_check_consent(invited, consented), *_check_unknown(invited))


def _check_size(invited: Sequence[Person], optional: int) -> Iterator[ReviewFinding]:
    if len(invited) > GROUP_LIMIT:
        free = f"{optional} of them are optional" if optional else "none of them is optional"
        yield _hint(
            "F7",
            f"{len(invited)} people are invited, {free}. A small group speaks more freely.",
            "Which of them would rather follow the document?",
            "Move optional people to the follow list.",
        )


def _check_executives(invited: Sequence[Person]) -> Iterator[ReviewFinding]:
    executives = sum(bool(person.executive) for person in invited)
    if executives > executive_cap(len(invited)):
        yield _hint(
            "F8",
            f"{executives} executives are invited among {len(invited)}. Many executives in a room chill candour.",
            "Would the summary or the recording serve them?",
            "Offer the recording or the summary instead.",
        )


def _check_consent(invited: Sequence[Person], consented: frozenset[str]) -> Iterator[ReviewFinding]:
    for person in invited:
        if person.executive and person.id not in consented:
            yield _hint(
                "F8",
                "An executive is invited without the owner's consent.",
                "Does the owner want this seat?",
                "Ask the owner, or move the seat to the follow list.",
                person.id,
            )


def _check_unknown(invited: Sequence[Person]) -> Iterator[ReviewFinding]:
    unknown = sum(person.executive is None for person in invited)
    if unknown:
        yield _hint(
            "F8",
            f"Not checked for {unknown} of {len(invited)}: not known whether executives.",
            "Which of them are executives?",
            "Say it for each in the list of people.",
            "unknown",
        )


def _check_mix(invited: Sequence[Person]) -> Iterator[ReviewFinding]:
    teams = {team for person in invited for team in person.teams or ()}
    roles = {person.role for person in invited if person.role}
    if len(teams) < 2 or len(roles) < 2:
        yield _hint(
            "R113",
            f"{_count(len(teams), 'team')} and {_count(len(roles), 'role')} are known here; two of each see more.",
            "Whose view is missing?",
            "Invite another team and role, or waive R113 with a reason.",
        )


def _hint(code: str, sentence: str, question: str, next_step: str, subject: str = "") -> ReviewFinding:
    return ReviewFinding(
        code=code, severity=Severity.MAY, subject=subject, sentence=sentence, question=question, next_step=next_step
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
