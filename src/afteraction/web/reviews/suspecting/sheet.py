"""The page of suspects: each with what speaks for it, what against, and what would settle it.

Knows how a suspect of the analysis reads. Refuses to rank: the engine did; refuses a verdict: what is shown are
questions for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from afteraction.web.incidents.models import Incident, StoredAnalysis
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.queries import document_of

Json = dict[str, Any]
KINDS = {"change": "change", "service": "service", "component": "component", "none": "no change"}
MOST_CALLS = 40
ALWAYS_SHOWN = 3
WORTH_A_CARD = 0.01
_WIDEST = 4.0


def ident_of(suspect: Json) -> str:
    """The name under which a suspect is found again in a later analysis of the same incident."""
    return f"{suspect['kind']}:{suspect.get('change') or suspect['name']}"


@dataclass(frozen=True)
class Reason:
    """One term: `share` is its weight beside the heaviest of the page, in per cent."""

    term: Json
    share: int

    @property
    def is_for(self) -> bool:
        """Whether it speaks for the suspect."""
        return bool(self.term["log_odds"] >= 0)

    @property
    def says(self) -> str:
        """Its sentence."""
        return str(self.term["says"] or self.term["name"])

    @property
    def odds(self) -> str:
        """Its weight as a factor on the odds."""
        factor = 2.718281828459045 ** min(abs(self.term["log_odds"]), 12)
        return f"{'×' if self.is_for else '÷'}{factor:.1f}" if factor < 10 else (
            f"{'×' if self.is_for else '÷'}{factor:,.0f}"
        )  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One suspect on the page. `node` is the hypothesis that was made of it, "" where none was."""

    number: int
    suspect: Json
    node: str
    heaviest: float

    @property
    def ident(self) -> str:
        """Its name for the verbs."""
        return ident_of(self.suspect)

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return KINDS[self.suspect["kind"]]

    @property
    def percent(self) -> str:
        """Its probability for people; a certainty is never claimed."""
        share = 100 * self.suspect["probability"]
        return "over 99 %" if share > 99 else "under 1 %" if share < 1 else f"{share:.0f} %"

    @property
    def width(self) -> int:
        """Its probability as the width of a bar, in per cent."""
        return max(1, round(100 * float(self.suspect["probability"])))

    @property
    def moment(self) -> datetime | None:
        """Where it stands in time: when the change went live, else when it began to show."""
        return _moment(self.suspect.get("at") or self.suspect.get("onset"))

    @property
    def at(self) -> Json | None:
        """When the change went live, as pages write instants."""
        return _instant(self.suspect.get("at"), "s")

    @property
    def onset(self) -> Json | None:
        """When it began to show."""
        return _instant(self.suspect.get("onset"), "min")

    @cached_property
    def reasons(self) -> list[Reason]:
        """Every term, the heaviest first."""
        terms = sorted(self.suspect["terms"], key=lambda term: -abs(term["log_odds"]))
        return [
            Reason(term, max(2, round(100 * min(abs(term["log_odds"]), self.heaviest) / self.heaviest)))
            for term in terms
        ]

    @property
    def speaks_for(self) -> list[Reason]:
        """What speaks for it."""
        return [each for each in self.reasons if each.is_for]

    @property
    def speaks_against(self) -> list[Reason]:
        """What speaks against it."""
        return [each for each in self.reasons if not each.is_for]


@dataclass(frozen=True)
class SuspectSheet:
    """Everything the page shows of the newest analysis; empty where nothing was ranked."""

    incident: Incident
    analysis: StoredAnalysis | None
    review: Review | None

    @property
    def head(self) -> Json:
        """The analysis, empty without evidence."""
        return self.analysis.head if self.analysis else {}

    @cached_property
    def rows(self) -> list[Row]:
        """Suspects, best first."""
        found = self.head.get("suspects") or []
        weights = [abs(term["log_odds"]) for each in found for term in each["terms"]]
        heaviest = max([_WIDEST, *weights])
        return [
            Row(number, each, self.nodes.get(ident_of(each), ""), heaviest)
            for number, each in enumerate(found, start=1)
        ]

    @property
    def shown(self) -> list[Row]:
        """Suspects that are worth a card of their own."""
        return [row for row in self.rows if row.number <= ALWAYS_SHOWN or row.suspect["probability"] >= WORTH_A_CARD]

    @property
    def unlikely(self) -> list[Row]:
        """Those that are told in a line."""
        return self.rows[len(self.shown) :]

    @cached_property
    def nodes(self) -> dict[str, str]:
        """Nodes of the cause graph that were made of suspects, by the suspect."""
        if self.review is None:
            return {}
        nodes = document_of(self.review).graph.nodes.values()
        return {node.origin.partition(":")[2]: node.id for node in nodes if node.origin.startswith("suspect:")}

    @property
    def topology(self) -> Json:
        """Who calls whom."""
        return self.head.get("topology") or {}

    @property
    def calls(self) -> list[Json]:
        """The most frequent calls between services."""
        return list(self.topology.get("calls", ()))[:MOST_CALLS]

    @property
    def abstained(self) -> bool:
        """Whether the order tells no more than chance would."""
        return bool(self.head.get("abstained", True))

    @property
    def why(self) -> str:
        """What is missing, where something is."""
        return str(self.head.get("suspects_note", ""))

    @property
    def rest(self) -> str:
        """The probability of everything that is not listed."""
        share = 100 * self.head.get("remaining", 1.0)
        return "under 1 %" if share < 1 else f"{share:.0f} %"

    @property
    def began(self) -> datetime | None:
        """When the incident began by the data."""
        return _moment(self.head.get("suspects_onset"))

    @property
    def onset(self) -> Json | None:
        """The same, as pages write instants."""
        return _instant(self.head.get("suspects_onset"), "min")


def suspect_named(analysis: StoredAnalysis | None, ident: str) -> Json | None:
    """The suspect of that name in an analysis, None where it lists none."""
    found = (analysis.head.get("suspects") or []) if analysis else []
    return next((each for each in found if ident_of(each) == ident), None)


def _instant(at: str | None, precision: str) -> Json | None:
    return {"value": at, "precision": precision, "zone": "UTC"} if at else None


def _moment(at: str | None) -> datetime | None:
    return datetime.fromisoformat(at) if at else None
