"""Pulls incidents of a window with their whole log and their alerts, and change events: the reader `pagerduty`.

Knows PagerDuty's pages (https://developer.pagerduty.com/docs/pagination): `more` says whether another follows, and
none begins beyond 10,000. Refuses to ask for notes: the log has them, with their incident.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from afteraction.sources.pulls import Answer, Params, Step, StepRefused, Turn, Wanted, file_word, stamp

_PAGE = 100
_FURTHEST = 10_000
_UTC = ("time_zone", "UTC")


@dataclass(frozen=True)
class PagerDuty:
    """The source of this folder. Each ask is the id of a service; without one, of all."""

    name: str = "pagerduty"
    title: str = "PagerDuty"
    ask_word: str = "service id"
    is_ask_needed: bool = False
    address: str = "https://api.pagerduty.com"
    options: Mapping[str, str] = field(default_factory=dict)

    def headers(self, token: str, options: Mapping[str, str]) -> dict[str, str]:
        """PagerDuty's own kind of token, and the API's version."""
        accept = {"Accept": "application/vnd.pagerduty+json;version=2"}
        return {**accept, **({"Authorization": f"Token token={token}"} if token else {})}

    def first(self, wanted: Wanted) -> Sequence[Step]:
        """The first page of the incidents and of the change events."""
        window: Params = (("since", _iso(wanted.start)), ("until", _iso(wanted.end)))
        begin = stamp(wanted.start)
        services: Params = tuple(("service_ids[]", ask) for ask in wanted.asks)
        states: Params = tuple(("statuses[]", each) for each in ("triggered", "acknowledged", "resolved"))
        changes = [(f"/services/{quote(ask, safe='')}/change_events", f".{file_word(ask)}") for ask in wanted.asks]
        return [
            _page(f"incidents.{begin}", "/incidents", (*window, _UTC, *states, *services)),
            *(_page(f"change_events{word}.{begin}", path, window)
              for path, word in changes or [("/change_events", "")]),
        ]  # fmt: skip

    def after(self, step: Step, answer: Answer, wanted: Wanted) -> Turn:
        """Keeps a page with anything in it; the next page follows, and for incidents their logs and alerts."""
        found = answer.json()
        kind = step.path.rpartition("/")[2]
        rows = found.get(kind) if isinstance(found, dict) else None
        if not isinstance(rows, list):
            raise StepRefused(f'PagerDuty\'s answer has no "{kind}".', where=step.name)
        more, told = list[Step](), ""
        offset = int(step.parameter("offset"))
        if found.get("more") is True:
            if offset + 2 * _PAGE > _FURTHEST:
                told = f"PagerDuty lists no more than {_FURTHEST:,}. Take a shorter window."
            else:
                more.append(_page(_stem(step.name), step.path, step.params, offset + _PAGE))
        if kind == "incidents":
            more += [each for row in rows for each in _of_incident(row)]
        return Turn(is_kept=bool(rows), more=more, told=told or ("" if rows else "Nothing in the window."))


def _of_incident(row: Any) -> Iterator[Step]:
    key = row.get("id") if isinstance(row, dict) else None
    if not isinstance(key, str) or not key:
        return
    path, word = f"/incidents/{quote(key, safe='')}", file_word(key)
    include = (("include[]", "channels"), ("is_overview", "false"), _UTC)
    yield _page(f"log_entries.{word}", f"{path}/log_entries", include)
    yield _page(f"alerts.{word}", f"{path}/alerts", ())


def _page(stem: str, path: str, params: Params, offset: int = 0) -> Step:
    kept = tuple(pair for pair in params if pair[0] not in ("limit", "offset"))
    paging = (("limit", str(_PAGE)), ("offset", str(offset)))
    return Step(f"{stem}.p{offset // _PAGE + 1}.json", path, (*kept, *paging))


def _stem(name: str) -> str:
    return name.removesuffix(".json").rpartition(".p")[0]


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


PULLER = PagerDuty()
