"""What the incident cost: M12, in low, base and high.

Knows rates and terms. Refuses to fill in a rate nobody set: such a term is unknown, and the total is at least the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from afteraction.core.analysis import CostModel, Rate
from afteraction.core.findings import Metric, State
from afteraction.engine.metrics.figures import Definition, unknown
from afteraction.engine.metrics.impact import weighted_minutes, windows_of
from afteraction.engine.metrics.moments import Moments
from afteraction.engine.metrics.sweep import integrate

M12 = Definition(
    id="M12",
    name="Cost",
    formula="rate × weighted minutes per stream + responder minutes × rate + credits + tickets × rate",
    unit="GBP",
)
# SPEC R012: a figure that circulates, offered for selection and always labelled.
SEED_RATE = Rate(
    low=4200,
    base=4200,
    high=4200,
    currency="GBP",
    placeholder=True,
    note="assumes £4,200 a minute, an average of the industry; set your own",
)


@dataclass(frozen=True, slots=True)
class Term:
    """One summand in its currency; `amounts` None is unknown, `open_end` True when more may follow."""

    name: str
    amounts: tuple[float, float, float] | None
    rate: Rate | None = None
    open_end: bool = False

    def as_detail(self) -> dict[str, object]:
        """The term for `Metric.detail`."""
        low, base, high = self.amounts or (None, None, None)
        rate = self.rate
        return {
            "name": self.name,
            "state": "unknown" if self.amounts is None else "at_least" if self.open_end else "value",
            "low": low,
            "base": base,
            "high": high,
            "currency": rate.currency if rate else None,
            "price_date": rate.price_date if rate else None,
            "placeholder": rate.placeholder if rate else None,
            "note": rate.note if rate else "",
        }


def cost(moments: Moments) -> Metric:
    """M12: value is the base, low and high the ends, in the rates' currency. Unknown when no term is known; "at least"
    when one is missing. Detail: `terms`, `placeholder`, `environment`."""
    facts = moments.facts
    terms = [
        *_stream_terms(moments, facts.cost),
        _counted("responder time", facts.cost.responder_minute, facts.responder_minutes),
        _counted("credits", facts.cost.credits, 1),
        _counted("support tickets", facts.cost.ticket, facts.tickets),
    ]
    detail = {
        "terms": tuple(term.as_detail() for term in terms),
        "environment": facts.incident.environment,
        "placeholder": any(term.rate.placeholder for term in terms if term.rate and term.amounts),
    }
    known = [(term, term.amounts, term.rate) for term in terms if term.amounts is not None and term.rate is not None]
    if not known:
        return unknown(M12, "Cost unknown: no rate is set, or what it applies to is unknown.", detail)
    currencies = sorted({rate.currency for _, _, rate in known})
    if len(currencies) > 1:
        return unknown(M12, f"The rates are in {' and '.join(currencies)}; set them in one currency.", detail)
    missing = [term.name for term in terms if term.amounts is None]
    partial = bool(missing) or any(term.open_end for term, _, _ in known)
    low, base, high = (sum(amounts[i] for _, amounts, _ in known) for i in range(3))
    return Metric(
        id=M12.id,
        name=M12.name,
        state=State.AT_LEAST if partial else State.VALUE,
        value=base,
        low=low,
        high=high,
        unit=currencies[0],
        formula=M12.formula,
        note=_note(missing, (rate for _, _, rate in known)),
        evidence=weighted_minutes(moments).evidence,
        detail=detail,
    )


def _note(missing: list[str], rates: Iterable[Rate]) -> str:
    sentences = [f"Placeholder: {rate.note or 'the rate is not your own'}." for rate in rates if rate.placeholder]
    if missing:
        sentences.append(f"Unknown and not counted: {', '.join(missing)}.")
    return " ".join(dict.fromkeys(sentences))


def _stream_terms(moments: Moments, model: CostModel) -> list[Term]:
    """One term per stream of the windows; a rate under "" serves every stream that has none of its own."""
    windows, _ = windows_of(moments)
    streams = sorted({window.stream for window in windows}) or [""]
    terms = []
    for stream in streams:
        name = f"impact on {stream}" if stream else "impact"
        rate = model.per_minute.get(stream, model.per_minute.get(""))
        own = [window for window in windows if window.stream == stream]
        weighted = [window for window in own if window.weight is not None and window.end is not None]
        if rate is None or not weighted:
            terms.append(Term(name, None, rate))
            continue
        least = integrate(own, lambda window: window.weight or 0.0)
        most = integrate(own, lambda window: 1.0 if window.weight is None else window.weight)
        amounts = (rate.low * least, rate.base * least, rate.high * most)
        terms.append(Term(name, amounts, rate, open_end=len(weighted) < len(own)))
    return terms


def _counted(name: str, rate: Rate | None, count: float | None) -> Term:
    if rate is None or count is None:
        return Term(name, None, rate)
    return Term(name, (rate.low * count, rate.base * count, rate.high * count), rate)
