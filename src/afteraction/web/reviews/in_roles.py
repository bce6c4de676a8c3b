"""Words of a review as files hand them on: roles in place of the names of its evidence and of its members, no secrets.

Knows whom an incident names and which fields of a review are words. Refuses to guess at a name that nobody is known by,
and to read a word of common speech as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate

from afteraction.core.secrets import without_secrets
from afteraction.engine.language.people.given_names import CLEAR
from afteraction.engine.language.people.roles import PARTICIPANT, replacer
from afteraction.engine.review.document import Review as Document
from afteraction.pipeline.review.report.blocks import reworded
from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.incidents.queries import identities_of

# Fields of a review that name things and are no words: putting a role there would cut its links.
IDS = frozenset(
    {"id", "source", "target", "effect", "inputs", "condition", "claim", "label", "labels", "evidence_id", "event_id",
     "locator", "node", "answer", "gate", "gap", "targets", "seed", "owner", "check", "column", "incidents", "services",
     "added", "declined", "cleared", "works_as", "executives", "consented"}
)  # fmt: skip
_ALONE = (Seat.OWNER, Seat.FACILITATOR, Seat.SCRIBE, Seat.DEVILS_ADVOCATE)
_PIECE = re.compile(r"\w+|\s+|[^\w\s]")
_PART = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def in_roles(incident: Incident, *, members: bool = True) -> Callable[[str], str]:
    """How words of an incident are shown: secrets hidden, roles in place of the names, handles and addresses of its
    evidence and of its `members`."""
    replaced = _naming_roles(incident, members=members)
    return lambda text: replaced(without_secrets(text))


def _naming_roles(incident: Incident, *, members: bool = True) -> Callable[[str], str]:
    known = identities_of(incident)
    hide_names = replacer(known.get("roles", {}), known.get("names", {}))
    exact: dict[str, str] = {}
    folded: dict[str, str] = {}
    for spelling, role, is_exact in _spellings_of_members(incident) if members else ():
        into = exact if is_exact else folded
        into[spelling if is_exact else spelling.casefold()] = role
    patterns = [_pattern(folded, re.IGNORECASE), _pattern(exact, 0)]

    def shown(text: str) -> str:
        told = str(hide_names(text))
        for pattern in patterns:
            told = pattern.sub(lambda found: _role(found[0], exact, folded), told)
        return told

    return shown


@dataclass(frozen=True)
class NameInText:
    """A stretch of a text, in code points, that names people, and the words with roles in its place."""

    start: int
    end: int
    role: str


def names_in(incident: Incident, text: str) -> tuple[NameInText, ...]:
    """Where a text names people of an incident, in its order. It tells who holds which role: only for those who may
    know."""
    replaced = _naming_roles(incident)
    found: list[NameInText] = []
    at = 0
    for line in text.splitlines(keepends=True):
        if (told := replaced(line)) != line:
            found.extend(_apart(line, told, at))
        at += len(line)
    return tuple(found)


def _apart(line: str, told: str, at: int) -> Iterator[NameInText]:
    before, after = _PIECE.findall(line), _PIECE.findall(told)
    places = [0, *accumulate(len(each) for each in before)]
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield NameInText(at + places[start], at + places[end], "".join(after[first:last]))


def document_in_roles(document: Document, shown: Callable[[str], str]) -> Document:
    """The review with every word of it as `shown` has it, titles of its own sections too."""
    found: Document = reworded(document, shown, IDS)
    sections = {shown(title): text for title, text in found.frame.sections.items()}
    return replace(found, frame=replace(found.frame, sections=sections))


def _spellings_of_members(incident: Incident) -> Iterator[tuple[str, str, bool]]:
    """(spelling, role, whether only exactly so): names as a whole and handles in any case, given names that are no
    other word with their capital."""
    for member in IncidentMember.objects.filter(incident=incident).select_related("person").order_by("pk"):
        role = Seat(member.seat).label if member.seat in _ALONE else PARTICIPANT
        name = " ".join(member.person.name.split())
        if len(name) > 2:
            # A name of one word may be any word, so its capital counts.
            yield name, role, " " not in name
        for part in _PART.findall(name):
            if part.casefold() in CLEAR and part[:1].isupper():
                yield part, role, True
        yield "@" + member.person.email.partition("@")[0], role, False


def _pattern(spellings: dict[str, str], flags: int) -> re.Pattern[str]:
    ordered = sorted(spellings, key=lambda each: (-len(each), each))
    inner = "|".join(r"\s+".join(re.escape(part) for part in each.split()) for each in ordered)
    return re.compile(rf"(?<![\w@])(?:{inner or '(?!)'})(?!\w)", flags)


def _role(found: str, exact: dict[str, str], folded: dict[str, str]) -> str:
    spelling = " ".join(found.split())
    return exact.get(spelling) or folded.get(spelling.casefold()) or PARTICIPANT
