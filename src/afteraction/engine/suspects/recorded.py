"""What stretch of time a case is recorded in, and whether its alert lies there.

Knows the first and the last moment of metrics, spans and log lines. Refuses to look at what they say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from afteraction.engine.suspects.case import Case
from afteraction.engine.suspects.tables import Floats

# An alert this far from everything recorded (seconds) tells of another time, or of a clock that is off by hours.
FAR = 3600.0
# An alert comes about so long after what it tells of (seconds): what was recorded since then is no normal.
NEAR = 180.0


@dataclass(frozen=True, slots=True)
class Recorded:
    """From `first` to `last`, UTC epoch seconds."""

    first: float
    last: float


def recorded(case: Case) -> Recorded | None:
    """The stretch that everything measured of a case lies in; None where nothing was."""
    every: list[Floats] = [np.asarray(one.times, np.float64) for one in case.material.series]
    every += [np.array([one.first for one in case.material.templates])]
    every += [case.spans.start] if case.spans is not None else []
    every += [case.log_columns.at] if case.log_columns is not None else []
    moments = [moment for times in every if (known := times[np.isfinite(times)]).size
               for moment in (float(known.min()), float(known.max()))]  # fmt: skip
    return Recorded(min(moments), max(moments)) if moments else None


def believe(case: Case, stretch: Recorded | None) -> tuple[Case, str]:
    """The case without an alert that fired hours before or after everything recorded, and a sentence about that."""
    if case.alert is None or stretch is None:
        return case, ""
    early, late = stretch.first - case.alert.fired_at, case.alert.fired_at - stretch.last
    if max(early, late) <= FAR:
        return case, ""
    way = f"{early / 3600:.1f} h before" if early > late else f"{late / 3600:.1f} h after"
    return replace(case, alert=None), f"The alert fired {way} everything that was recorded: it was not believed."


def lacks_normal(case: Case, stretch: Recorded | None) -> bool:
    """Whether nothing was recorded before the alert, so that there is no normal to compare with."""
    return case.alert is not None and stretch is not None and stretch.first >= case.alert.fired_at - NEAR
