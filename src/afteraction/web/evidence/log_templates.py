"""Log templates of an incident: what was logged before, during and after it.

Knows how a change of a template reads. Refuses to weigh one: the analysis did.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from afteraction.web.ui.preferences import moment

Json = dict[str, Any]
WORDS = {"new": "new", "more": "more often", "less": "less often", "vanished": "gone", "same": "as before"}
WINDOWS = {"before": "Before", "during": "During", "after": "After"}


@dataclass(frozen=True)
class TemplateLine:
    """One template. `bars` are its rates in the three windows as shares of its own highest, in per cent."""

    template: Json
    rates: tuple[float | None, ...]

    @property
    def change(self) -> str:
        """What became of it, in words."""
        return WORDS[self.template["change"]]

    @property
    def parts(self) -> list[tuple[bool, str]]:
        """The template cut at its variables: (is a variable, text)."""
        found: list[tuple[bool, str]] = []
        for number, piece in enumerate(self.template["template"].split("<*>")):
            found += [(True, "…")] if number else []
            found += [(False, piece)] if piece else []
        return found

    @property
    def cells(self) -> list[tuple[str, int, str, int]]:
        """(window, lines, lines an hour in words, bar in per cent) for each window that is known."""
        most = max([rate for rate in self.rates if rate is not None] or [0.0]) or 1.0
        return [
            (WINDOWS[name], self.template[name], _hourly(rate), round(100 * rate / most))
            for name, rate in zip(WINDOWS, self.rates, strict=True)
            if rate is not None
        ]

    @property
    def factor(self) -> str:
        """How many times as often it was logged during the incident, with the ends of the interval."""
        told = self.template
        if told["change"] in ("new", "vanished", "same") or told["ratio"] is None:
            return ""
        ends = [told["low"], told["high"]]
        range_told = f" ({_times(ends[0])} to {_times(ends[1])})" if None not in ends else ""
        return f"×{_times(told['ratio'])}{range_told}"


@dataclass(frozen=True)
class TemplatePage:
    """The page: windows that were compared, and lines. `only` narrows to one change, "" shows all."""

    head: Json
    only: str = ""

    @property
    def windows(self) -> list[tuple[str, Json, Json]]:
        """(word, start, end) of each window, as pages write instants."""
        found = self.head.get("log_windows") or {}
        return [
            (WINDOWS[name], _instant(found[name]["start"]), _instant(found[name]["end"]))
            for name in WINDOWS
            if found.get(name)
        ]

    @property
    def lines(self) -> list[TemplateLine]:
        """The surest change first."""
        hours = [_hours((self.head.get("log_windows") or {}).get(name)) for name in WINDOWS]
        return [
            TemplateLine(each, tuple(
                each[name] / length if length else None for name, length in zip(WINDOWS, hours, strict=True)
            ))
            for each in self.head.get("log_templates") or ()
            if self.only in ("", each["change"])
        ]  # fmt: skip

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """(change, words, how many) of each change that there is."""
        found = [each["change"] for each in self.head.get("log_templates") or ()]
        return [(name, words, found.count(name)) for name, words in WORDS.items() if name in found]

    @property
    def listed(self) -> int:
        """How many templates the analysis lists."""
        return len(self.head.get("log_templates") or ())

    @property
    def seen(self) -> int:
        """How many there are."""
        return int((self.head.get("log_windows") or {}).get("seen", 0))


def _hours(window: Json | None) -> float:
    if not window:
        return 0.0
    return (moment(window["end"]) - moment(window["start"])).total_seconds() / 3600


def _instant(at: str) -> Json:
    return {"value": at, "precision": "s", "zone": "UTC"}


def _hourly(rate: float) -> str:
    return f"{rate:,.0f} an hour" if rate >= 10 or rate == 0 else f"{rate:.1f} an hour"


def _times(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
