"""Narrowing a list of incidents: what an address asks for, the rows, and how many each further choice would leave.

Knows columns that lists may filter by. Refuses to count or list what its reader may not see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Substr

from afteraction.core.analysis import KINDS
from afteraction.web.accounts.models import User
from afteraction.web.incidents.finding.search_terms import having_all, terms_of
from afteraction.web.incidents.kinds import ENVIRONMENTS, KIND_NAMES
from afteraction.web.incidents.models import Incident, IncidentService, State
from afteraction.web.incidents.permissions import visible_to, worked_on_by
from afteraction.web.incidents.queries import EPOCH, microseconds

PAGE = 50
MOST_SERVICES = 12
# facet in the address, column, title
FACETS = (
    ("state", "state", "State"),
    ("kind", "kind", "Kind"),
    ("near", "near", "Near miss"),
    ("severity", "severity", "Severity"),
    ("environment", "environment", "Environment"),
    ("service", "service_rows__name", "Service"),
    ("year", "year", "Year"),
)
_COLUMNS = ("state", "kind", "near", "severity", "environment", "year")
# The one value of a facet that is asked by yes or no.
YES = "yes"
_ALLOWED: dict[str, Sequence[str]] = {"state": State.values, "kind": KINDS, "environment": ENVIRONMENTS, "near": (YES,)}


@dataclass(frozen=True)
class Asked:
    """What an address asks for. `chosen` holds one value per facet; `after` is the key of the last row shown;
    `mine` leaves what its reader works on."""

    text: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    after: tuple[int, int] | None = None
    mine: bool = False

    @property
    def is_narrowed(self) -> bool:
        """True when something was asked for."""
        return bool(self.text or self.chosen or self.since or self.until or self.mine)

    @property
    def count(self) -> int:
        """How many filters are set."""
        return len(self.chosen) + bool(self.since or self.until) + self.mine

    def address(self, **changed: str) -> str:
        """The query string of this with some facets changed; an empty value takes one away."""
        chosen = {name: value for name, value in {**self.chosen, **changed}.items() if value}
        said = {"q": self.text, **chosen}
        said |= {"mine": "1"} if self.mine else {}
        said |= {name: day.isoformat() for name, day in (("from", self.since), ("to", self.until)) if day}
        return "?" + urlencode({name: value for name, value in said.items() if value})


def read_asked(given: Mapping[str, str]) -> Asked:
    """What the address asks for; values that no incident could have are left out."""
    chosen = {}
    for name, _column, _title in FACETS:
        value = given.get(name, "").strip()[:100]
        allowed = _ALLOWED.get(name)
        is_year = value.isascii() and value.isdigit() and len(value) == 4 and value != "0000"
        if value and (allowed is None or value in allowed) and (name != "year" or is_year):
            chosen[name] = value
    return Asked(
        text=given.get("q", "").strip()[:200],
        chosen=chosen,
        since=_day(given.get("from", "")),
        until=_day(given.get("to", "")),
        after=_key(given.get("after", "")),
        mine=given.get("mine") == "1",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _key(text: str) -> tuple[int, int] | None:
    first, dot, second = text.partition(".")
    parts = [each.removeprefix("-") for each in (first, second)]
    if not dot or not all(each.isascii() and each.isdigit() and len(each) <= 17 for each in parts):
        return None
    return int(first), int(second)


def matching(user: User, asked: Asked, *, leaving_out: str = "") -> QuerySet[Incident]:
    """Every incident that somebody may see and asked for; `leaving_out` ignores one facet, to count its choices."""
    rows = having_all(visible_to(user), terms_of(asked.text))
    for name, column, _title in FACETS:
        value = asked.chosen.get(name)
        if not value or name == leaving_out:
            continue
        if name == "near":
            rows = rows.filter(is_near_miss=True)
        elif name == "year":
            rows = rows.filter(
                listed_at__gte=datetime(int(value), 1, 1, tzinfo=UTC),
                listed_at__lt=datetime(min(int(value) + 1, 9999), 1, 1, tzinfo=UTC),
            )
        else:
            rows = rows.filter(**{column: value})
    if asked.mine:
        rows = rows.filter(pk__in=worked_on_by(user))
    if asked.since:
        rows = rows.filter(listed_at__gte=datetime.combine(asked.since, time(), UTC))
    if asked.until and asked.until < date.max:
        rows = rows.filter(listed_at__lt=datetime.combine(asked.until + timedelta(days=1), time(), UTC))
    return rows


@dataclass(frozen=True)
class Listed:
    """A page of incidents, newest first, and the key after which the next begins; empty when there is none."""

    incidents: Sequence[Incident]
    following: str = ""


def list_page(user: User, asked: Asked, size: int = PAGE) -> Listed:
    """The page that was asked for; it costs the same however far down it is."""
    rows = matching(user, asked)
    if asked.after is not None:
        at, number = asked.after
        try:
            moment = EPOCH + timedelta(microseconds=at)
        except OverflowError:
            return Listed(())
        rows = rows.filter(listed_at__lte=moment).filter(Q(listed_at__lt=moment) | Q(pk__lt=number))
    found = list(rows.order_by("-listed_at", "-pk")[: size + 1])
    if len(found) <= size:
        return Listed(found)
    last = found[size - 1]
    return Listed(found[:size], f"{microseconds(last.listed_at)}.{last.pk}")


@dataclass(frozen=True)
class Choice:
    """One value of a facet: how many incidents it would leave, and the address that sets it (or takes it away)."""

    value: str
    label: str
    count: int
    address: str
    is_set: bool


@dataclass(frozen=True)
class Facet:
    """One way to narrow, with its choices."""

    name: str
    title: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> Choice | None:
        """The choice that is set."""
        return next((choice for choice in self.choices if choice.is_set), None)


def facets(user: User, asked: Asked) -> tuple[list[Facet], int]:
    """Every facet that would narrow what is listed, and how many incidents match, counted over what its reader may see.

    Two queries: one counts the incidents by all their columns together, one by service; a facet's own choice does not
    narrow its own counts.
    """
    asked = replace(asked, after=None)
    combined, services = _combined(user, asked), _services(user, asked)
    found = []
    for name, _column, title in FACETS:
        counts = services if name == "service" else _counts(combined, asked, name)
        facet = _facet(asked, name, title, counts)
        # One that is asked by yes or no narrows with its one choice.
        if len(facet.choices) > 1 or facet.chosen or (name == "near" and facet.choices):
            found.append(facet)
    return found, sum(_counts(combined, asked, "").values())


def _combined(user: User, asked: Asked) -> list[tuple[dict[str, str], int]]:
    """How many incidents have each combination of columns, whatever of them is chosen."""
    only_service = {name: value for name, value in asked.chosen.items() if name == "service"}
    rows = matching(user, replace(asked, chosen=only_service)).order_by()
    # The year as text: databases cut a timestamp faster than they take it apart.
    rows = rows.annotate(
        year=Substr(Cast("listed_at", CharField()), 1, 4),
        near=Case(When(is_near_miss=True, then=Value(YES)), default=Value("")),
    )
    counted = rows.values_list(*_COLUMNS).annotate(count=Count("pk"))
    return [(dict(zip(_COLUMNS, values, strict=True)), count) for *values, count in counted]


def _counts(combined: Sequence[tuple[Mapping[str, str], int]], asked: Asked, name: str) -> dict[str, int]:
    """Counts by the values of one column, under what is chosen of the others; of "" all together."""
    others = [(each, value) for each, value in asked.chosen.items() if each not in (name, "service")]
    found: dict[str, int] = {}
    for values, count in combined:
        if all(values[each] == value for each, value in others):
            value = values[name] if name else ""
            found[value] = found.get(value, 0) + count
    return found


def _services(user: User, asked: Asked) -> dict[str, int]:
    rows = matching(user, asked, leaving_out="service").order_by()
    found = IncidentService.objects.filter(incident__in=rows.values("pk")).order_by()
    return dict(found.values_list("name").annotate(count=Count("pk")))


def _facet(asked: Asked, name: str, title: str, counts: dict[str, int]) -> Facet:
    chosen = asked.chosen.get(name, "")
    counts = {chosen: 0, **counts}
    counts.pop("", None)
    order = _order(name, counts)
    if name == "service":
        order = [value for value in order if value == chosen or value in order[:MOST_SERVICES]]
    return Facet(name, title, tuple(
        Choice(
            value, label_of(name, value), counts[value],
            asked.address(**{name: "" if value == chosen else value}), value == chosen,
        )
        for value in order
    ))  # fmt: skip


def _order(name: str, counts: Mapping[str, int]) -> list[str]:
    if name in _ALLOWED:
        return [value for value in _ALLOWED[name] if value in counts]
    if name == "service":
        return sorted(counts, key=lambda value: (-counts[value], value))
    return sorted(counts, reverse=name == "year")


def label_of(name: str, value: str) -> str:
    """A facet's value as people read it."""
    if name == "state":
        return str(State(value).label) if value in State.values else value
    if name == "near":
        return "near misses"
    return KIND_NAMES.get(value, value) if name == "kind" else value
