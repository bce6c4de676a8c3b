"""What an incident changed in the logs, as it stands in the document of an analysis.

Knows its JSON. Refuses to weigh anything.
"""

from __future__ import annotations

from datetime import UTC, datetime

from afteraction.core.log_changes import ChangedTemplate, LogChanges
from afteraction.pipeline.report.desk import Desk, Json, cite, moment


def changed_logs(told: LogChanges, desk: Desk) -> Json:
    """`log_templates`, the surest change first, and `log_windows`, what was compared."""
    windows = {"before": told.before, "during": told.during, "after": told.after}
    return {
        "log_templates": [_template(one, desk) for one in told.templates],
        "log_windows": {"seen": told.seen, **{name: _window(span) for name, span in windows.items()}},
    }


def _template(one: ChangedTemplate, desk: Desk) -> Json:
    return {
        "template": desk.text(one.template.template), "service": one.template.service, "level": one.template.level,
        "change": one.change, "log_odds": one.log_odds, "ratio": _plain(one.ratio), "low": _plain(one.low),
        "high": _plain(one.high), "before": one.before, "during": one.during, "after": one.after,
        "first": _moment(one.template.first), "last": _moment(one.template.last),
        "evidence": cite(one.template.evidence, desk),
    }  # fmt: skip


def _plain(value: float) -> float | None:
    """JSON has no infinity: a template that was not there before has no ratio."""
    return value if abs(value) < 1e12 else None


def _window(span: tuple[float, float] | None) -> Json | None:
    return None if span is None else {"start": _moment(span[0]), "end": _moment(span[1])}


def _moment(at: float) -> str:
    return moment(datetime.fromtimestamp(at, UTC))
