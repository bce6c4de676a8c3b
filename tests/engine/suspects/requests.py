"""Requests of a small shop, written by hand: web calls cart and pay, pay calls bank."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from afteraction.engine.suspects.tables import LineTable, Places, SpanTable


@dataclass
class Requests:
    """Collects spans and lines, and gives them as the ranking takes them."""

    spans: list[tuple[int, int, int, str, str, float, float, bool]] = field(default_factory=list)
    lines: list[tuple[float, str, str, int, bool]] = field(default_factory=list)
    traces: int = 0

    def span(
        self, trace: int, parent: int, service: str, operation: str, at: float, ms: float, failed: bool = False
    ) -> int:
        """Adds a span and gives its id."""
        own = len(self.spans)
        self.spans.append((trace, own, parent, service, operation, at, ms, failed))
        return own

    def line(self, at: float, service: str, text: str, trace: int, bad: bool = False) -> None:
        """Adds a log line."""
        self.lines.append((at, service, text, trace, bad))

    def span_table(self) -> SpanTable:
        """The spans."""
        services, operations = _names(row[3] for row in self.spans), _names(row[4] for row in self.spans)
        return SpanTable(
            services=services,
            operations=operations,
            trace=np.array([row[0] for row in self.spans]),
            own=np.array([row[1] for row in self.spans]),
            parent=np.array([row[2] for row in self.spans]),
            service=np.array([services.index(row[3]) for row in self.spans]),
            operation=np.array([operations.index(row[4]) for row in self.spans]),
            start=np.array([row[5] for row in self.spans]),
            duration=np.array([row[6] for row in self.spans]),
            failed=np.array([row[7] for row in self.spans]),
            places=_places(len(self.spans)),
        )

    def line_table(self) -> LineTable:
        """The log lines."""
        services, templates = _names(row[1] for row in self.lines), _names(row[2] for row in self.lines)
        return LineTable(
            services=services,
            templates=templates,
            at=np.array([row[0] for row in self.lines], float),
            service=np.array([services.index(row[1]) for row in self.lines], int),
            template=np.array([templates.index(row[2]) for row in self.lines], int),
            trace=np.array([row[3] for row in self.lines], int),
            bad=np.array([row[4] for row in self.lines], bool),
            places=_places(len(self.lines)),
        )


def _names(texts: object) -> list[str]:
    return list(dict.fromkeys(texts))  # type: ignore[call-overload]


def _places(rows: int) -> Places:
    return Places(originals=["e" * 64], original=np.zeros(rows, int), line=np.arange(rows) + 2)


def shop(minutes: int = 20, per_minute: int = 12, seed: int = 7, **trouble: object) -> Requests:
    """`per_minute` requests a minute from second 0. `trouble` from its `since` on, before its `until`: `bank` "silent"
    (it does not look into its ledger and pay writes an error) or "failing" (it handles an error instead), `cart_times`
    (cart is so many times slower in itself), `network` (calls of pay take so many milliseconds longer on the way),
    `rush` (many more requests)."""
    found, random = Requests(), np.random.default_rng(seed)
    since = float(trouble.get("since", 1e18))  # type: ignore[arg-type]
    until = float(trouble.get("until", 1e18))  # type: ignore[arg-type]
    moments = random.uniform(0, minutes * 60, minutes * per_minute)
    if "rush" in trouble:
        moments = np.concatenate((moments, random.uniform(since, minutes * 60, minutes * per_minute)))
    for at in np.sort(moments):
        _request(found, float(at), random, trouble if since <= at < until else {})
    return found


def _request(found: Requests, at: float, random: np.random.Generator, trouble: dict[str, object] | object) -> None:
    told: dict[str, object] = dict(trouble)  # type: ignore[call-overload]
    trace = found.traces
    found.traces += 1
    noise = random.lognormal(0, 0.2, 6)
    cart = 8 * noise[0] * float(told.get("cart_times", 1))  # type: ignore[arg-type]
    on_the_way = float(told.get("network", 0))  # type: ignore[arg-type]
    silent = told.get("bank") == "silent"
    bank = (1 if silent else 6) * noise[1]
    pay = bank + 2 + 4 * noise[2]
    root = found.span(trace, -1, "web", "GET /buy", at, cart + pay + on_the_way + 6 + 5 * noise[3])
    ask = found.span(trace, root, "web", "call cart", at + 0.001, cart + 1)
    found.span(trace, ask, "cart", "load", at + 0.002, cart)
    ask = found.span(trace, root, "web", "call pay", at + 0.003, pay + 1 + on_the_way)
    paying = found.span(trace, ask, "pay", "charge", at + 0.004, pay)
    ask = found.span(trace, paying, "pay", "call bank", at + 0.005, bank + 1)
    booking = found.span(trace, ask, "bank", "book", at + 0.006, bank)
    if silent:
        found.line(at + 0.01, "pay", "ERROR no receipt for order: <*>", trace, True)
    elif told.get("bank") == "failing":
        found.span(trace, booking, "bank", "ErrorHandler.handle", at + 0.007, bank / 2)
    else:
        found.span(trace, booking, "bank", "look into ledger", at + 0.007, bank / 2)
    found.line(at + 0.004, "pay", "INFO charge of <*>", trace)
