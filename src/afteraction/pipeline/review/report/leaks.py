"""What must not leave with a report: names, handles, addresses, hosts, secrets, ids and quoted evidence, each with its
place.

Knows what was seen in the incident, and the shapes of the rest. Refuses to take anything out by itself: a person
rewords, since a hole in a sentence tells as much as the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from afteraction.core.errors import AfteractionError
from afteraction.core.secrets import HIDDEN, without_secrets
from afteraction.engine.language.people.people import recognise_people
from afteraction.pipeline.review.parts import write_review
from afteraction.pipeline.review.report.blocks import Audience, Report, passages
from afteraction.pipeline.review.report.told import Told


class LeakKind(StrEnum):
    """What leaks; the value is how pages call it."""

    NAME = "name"
    HANDLE = "handle"
    EMAIL = "e-mail address"
    SECRET = "secret"  # noqa: S105 - a word for pages, no secret
    HOST = "host or address"
    SERVICE = "internal name of a service"
    NUMBER = "ticket, run or other internal number"
    EXCERPT = "words of the evidence"


INSIDE = (LeakKind.NAME, LeakKind.HANDLE, LeakKind.EMAIL, LeakKind.SECRET)
# What each audience must not get.
CHECKED = {
    Audience.INTERNAL: frozenset(INSIDE),
    Audience.EXECUTIVE: frozenset((*INSIDE, LeakKind.HOST)),
    Audience.PUBLIC: frozenset(LeakKind),
}
# Words of our own sentences that read like somebody who acts ("Resolved: chat says 15:22").
_OURS = frozenset({"chat", "decisions", "monitoring", "evidence", "checks", "review"})
# A run of this many words that stands in the evidence too is a quotation.
QUOTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """One leak: its kind, the words, and where they stand (`What we change, changes 1`)."""

    kind: LeakKind
    text: str
    place: str

    def __str__(self) -> str:
        return f"{self.place}: {self.kind.value} “{self.text}”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was seen in the incident: `people` in every spelling, `services`, ids of `parts` of the review, and
    `quotes`, the runs of QUOTED words of its evidence."""

    people: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    quotes: frozenset[tuple[str, ...]] = frozenset()


class ReportLeaks(AfteractionError):
    """A report that may not be handed out. `leaks` are all of them."""

    def __init__(self, leaks: tuple[Leak, ...]) -> None:
        shown = "; ".join(str(each) for each in leaks[:3])
        more = f"; and {len(leaks) - 3} more" if len(leaks) > 3 else ""
        super().__init__(
            f"The public report is not made while it leaks. {shown}{more}.",
            next_step="Reword it in the review; the preview shows every place.",
        )
        self.leaks = leaks


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w.+-])@[A-Za-z][\w.-]*\w|<@[UW][A-Z0-9]{2,}(?:\|[^>]*)?>|\b[UW]0[A-Z0-9]{7,}\b")
_HOSTS = (
    re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s<>\"”)]+"),
    re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?::\d{2,5})?(?![\w.]*\d)"),
    # Two colons are a time of day, unless they stand side by side.
    re.compile(r"(?<![\w:])(?:(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{1,4}|(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4})*)?::[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4})*)(?![\w:])"),
    re.compile(
        r"\b(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:internal|local|localdomain|lan|corp|intra|svc|cluster|prod|"
        r"staging|com|net|org|io|dev|app|cloud|co|de|uk|eu|us|test|example)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\bip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b"),
    # A pod: its workload, the hash of its template, and five letters of its own.
    re.compile(r"\b[a-z][a-z0-9-]*-[a-f0-9]{8,10}-[a-z0-9]{5}\b"),
    re.compile(r"\b(?!(?:top|covid|level|phase|part|mid|utf|sha|tls|http|ipv|step)-)[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d{1,3}\b"),
)  # fmt: skip
_NUMBERS = (
    re.compile(r"\b(?!(?:UTF|SHA|ISO|TLS|SSL|HTTP|COVID|RFC|AES|IPV|SEV|P|MD)-)[A-Z][A-Z0-9]{1,9}-\d{1,7}\b"),
    re.compile(r"(?<![\w&])#\d{2,}\b"),
    re.compile(
        r"\b(?:ticket|case|issue|change|run|build|pr|pull request|job|incident|order|deploy(?:ment)?|pipeline|commit)s?"
        r"\s+(?:no\.?\s*|number\s+|id\s+)?#?\d{3,}\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.IGNORECASE),
    re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b"),
)
_WORDS = re.compile(r"[^\W_]+(?:['’.:-][^\W_]+)*")
_PART = re.compile(r"\b[A-Z]\d{1,4}\b")


def known_of(told: Told, people: Iterable[str] = ()) -> Known:
    """What was seen in the incident that a report is told from; `people` are the spellings of everybody's name."""
    document = told.document
    services = {name for window in document.get("impact_windows", ()) if (name := window["service"])}
    services |= set(document.get("incident", {}).get("services", ()))
    services |= {event["service"] for event in document.get("events", ()) if event.get("service")}
    services |= {name for node in told.review.graph.nodes.values() for name in node.services}
    quotes: set[tuple[str, ...]] = set()
    for text in _evidence_of(told):
        quotes.update(_runs(text))
    written = write_review(told.review)
    return Known(
        people=frozenset(each for each in people if len(each) > 1),
        services=frozenset(each for each in services if _is_internal(each)),
        parts=frozenset(ident for parts in written.values() for ident in parts)
        | frozenset(file["label"] for file in document.get("files", ()) if file["label"]),
        quotes=frozenset(quotes),
    )


def _is_internal(service: str) -> bool:
    """A name that no customer would use: it has a hyphen, digit or the like. "checkout" alone is a word."""
    return bool(re.search(r"[-_./\d]", service))


def _evidence_of(told: Told) -> Iterator[str]:
    """Texts of the evidence that were not public anyway."""
    for event in told.document.get("events", ()):
        if event["lane"] != "status":
            yield event["title"]
            yield event["body"]
    for support in told.review.graph.supports.values():
        yield support.excerpt
    for quote in told.review.meeting.quotes:
        yield quote.text


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = tuple(word.lower() for word in _WORDS.findall(text or ""))
    for at in range(len(words) - QUOTED + 1):
        yield words[at : at + QUOTED]


def find_leaks(report: Report, known: Known) -> tuple[Leak, ...]:
    """Everything that the report's audience must not get, in reading order, each once per place."""
    wanted = CHECKED[report.audience]
    told = list(passages(report))
    named = _named_in((text for _, text in told), known)
    found = (
        Leak(kind=kind, text=words, place=place)
        for place, text in told
        for kind, words in _in_text(text, named, known)
        if kind in wanted
    )
    return tuple(dict.fromkeys(found))


def refuse_leaks(report: Report, known: Known) -> None:
    """Raises ReportLeaks when a public report leaks anything."""
    if report.audience is Audience.PUBLIC and (leaks := find_leaks(report, known)):
        raise ReportLeaks(leaks)


def _named_in(texts: Iterable[str], known: Known) -> re.Pattern[str] | None:
    """Every spelling of a person: those that are known, and those whom the texts themselves treat as one."""
    spellings = set(known.people)
    for person in recognise_people(list(texts), known.services):
        spellings |= {each for each in person.spellings if each.lower() not in _OURS}
    ordered = sorted((re.escape(each) for each in spellings if len(each) > 1), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)") if ordered else None


def _in_text(text: str, named: re.Pattern[str] | None, known: Known) -> Iterator[tuple[LeakKind, str]]:
    hidden = without_secrets(text)
    if hidden != text:
        # What is told of a secret is where it is, not what it is.
        at = hidden.index(HIDDEN)
        yield LeakKind.SECRET, hidden[max(0, at - 24) : at + len(HIDDEN)]
    for match in _EMAIL.finditer(text):
        yield LeakKind.EMAIL, match[0]
    for match in _HANDLE.finditer(_EMAIL.sub(" ", text)):
        yield LeakKind.HANDLE, match[0]
    if named:
        for match in named.finditer(text):
            yield LeakKind.NAME, match[0]
    without_addresses = _EMAIL.sub(" ", text)
    for pattern in _HOSTS:
        for match in pattern.finditer(without_addresses):
            yield LeakKind.HOST, match[0]
    for service in sorted(known.services):
        if re.search(rf"(?<![\w-]){re.escape(service)}(?![\w-])", text, re.IGNORECASE):
            yield LeakKind.SERVICE, service
    for pattern in _NUMBERS:
        for match in pattern.finditer(text):
            yield LeakKind.NUMBER, match[0]
    for match in _PART.finditer(text):
        if match[0] in known.parts:
            yield LeakKind.NUMBER, match[0]
    yield from _quotations(text, known)


def _quotations(text: str, known: Known) -> Iterator[tuple[LeakKind, str]]:
    for run in _runs(text):
        if run in known.quotes:
            yield LeakKind.EXCERPT, " ".join(run)
            return
