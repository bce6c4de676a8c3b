"""The head of an analysis as pages read it: everything but the events, of one size however many there are.

Knows how many of each list a page can use. Refuses to lose any: what is cut here stands in the whole document.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
MOST_LISTED = 200
MOST_INNER = 60
MOST_HIDDEN = 5_000
# Already reduced to what a drawing takes.
_WHOLE = {"series"}


def head_of(document: Json) -> tuple[Json, dict[str, int]]:
    """The head with long lists cut, and the length of every list before that. Of gaps the longest stay."""
    head: Json = {}
    totals: dict[str, int] = {}
    for name, value in document.items():
        if name == "events":
            continue
        if name == "hidden":
            head[name] = [event["id"] for event in value[:MOST_HIDDEN]]
        elif name in _WHOLE:
            head[name] = value
        elif isinstance(value, list):
            kept = _longest(value) if name == "gaps" else value[:MOST_LISTED]
            head[name] = [_short(each) for each in kept]
        else:
            head[name] = _short(value)
        if isinstance(value, list):
            totals[name] = len(value)
    return head, totals


def is_cut(head: Json, document: Json) -> bool:
    """True when the head says less than the document does beside its events."""
    return (
        any(head[name] != value for name, value in document.items() if name not in ("events", "hidden"))
        or len(document.get("hidden", ())) > MOST_HIDDEN
    )


def _longest(gaps: list[Json]) -> list[Json]:
    if len(gaps) <= MOST_LISTED:
        return gaps

    def length(at: int) -> float:
        from afteraction.web.ui.preferences import moment

        return (moment(gaps[at]["end"]["value"]) - moment(gaps[at]["start"]["value"])).total_seconds()

    kept = sorted(range(len(gaps)), key=lambda at: (-length(at), at))[:MOST_LISTED]
    return [gaps[at] for at in sorted(kept)]


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(each) for each in value[:MOST_INNER]]
    if isinstance(value, dict):
        return {name: _short(each) for name, each in value.items()}
    return value
