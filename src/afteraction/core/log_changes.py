"""What an incident changed in the logs, as values.

Knows templates with their counts before, during and after. Refuses to know why.
"""

from __future__ import annotations

from dataclasses import dataclass

from afteraction.core.digests import LogTemplate


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedTemplate:
    """One template: `change` is new, vanished, more, less or same; `log_odds` (natural) how sure that is against "as
    before"; `ratio` the rate during over the rate before with its 95 % interval `low` to `high`; counts of lines in
    the three windows."""

    template: LogTemplate
    change: str
    log_odds: float
    ratio: float
    low: float
    high: float
    before: int
    during: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogChanges:
    """The templates, the surest change first, and the windows they were counted in, each as (start, end) in UTC epoch
    seconds; `after` is None where nothing is known of it. `seen` counts those that are not listed as well."""

    templates: tuple[ChangedTemplate, ...] = ()
    seen: int = 0
    before: tuple[float, float] | None = None
    during: tuple[float, float] | None = None
    after: tuple[float, float] | None = None
