"""What an incident changed in the logs: templates with their counts before, during and after it.

Knows which stretches of time are compared. Refuses to weigh a change: `engine.logs.novelty` does.
"""

from __future__ import annotations

from collections.abc import Sequence

from afteraction.core.analysis import Timeline
from afteraction.core.digests import LogMinute, LogTemplate
from afteraction.core.findings import Milestone
from afteraction.core.log_changes import ChangedTemplate, LogChanges
from afteraction.core.suspects import Suspects
from afteraction.engine.logs.novelty import SLICES, TemplateCounts, Windows, novelties
from afteraction.pipeline.log_digests import in_groups
from afteraction.stores.evidence import EvidenceStore

MOST_LISTED = 200
# Finer groups of the store; beyond this many different texts the rest is too rare to have changed.
_MOST_FINE = 20_000
NORMAL_AT_LEAST = 3600.0


def changed_templates(
    store: EvidenceStore, told: Timeline, suspects: Suspects | None, minutes: Sequence[LogMinute]
) -> LogChanges:
    """Every template of a case. Without logs, or where nobody knows when the incident was, nothing is compared."""
    windows = _windows(told, suspects, minutes)
    if windows is None:
        return LogChanges()
    groups = in_groups(store.templates(_MOST_FINE))
    spans = (windows.before, windows.during, windows.after)
    counted = store.template_counts(spans, SLICES)
    exposures = [span[1] - span[0] if span else 0.0 for span in spans]
    counts = [_counts(str(place), group, counted, exposures) for place, (_, group) in enumerate(groups)]
    found = [
        ChangedTemplate(
            template=groups[int(one.template)][0], change=one.novelty.value, log_odds=one.log_odds, ratio=one.ratio,
            low=one.low, high=one.high, before=one.before, during=one.during, after=one.after,
        )
        for one in novelties(counts)
    ]  # fmt: skip
    return LogChanges(
        templates=tuple(found[:MOST_LISTED]), seen=len(found), before=windows.before, during=windows.during,
        after=windows.after,
    )  # fmt: skip


def _counts(
    name: str,
    group: Sequence[LogTemplate],
    counted: dict[tuple[str, str, str], tuple[list[int], int, int]],
    exposures: Sequence[float],
) -> TemplateCounts:
    rows = [counted.get((one.template, one.service, one.level), ([0] * SLICES, 0, 0)) for one in group]
    before = tuple(sum(row[0][place] for row in rows) for place in range(SLICES))
    return TemplateCounts(name, before, sum(row[1] for row in rows), sum(row[2] for row in rows), *exposures)


def _windows(told: Timeline, suspects: Suspects | None, minutes: Sequence[LogMinute]) -> Windows | None:
    """Normal until the incident began, the incident until it ended, and what the logs hold after that."""
    if not minutes:
        return None
    begun = sorted(one.minute for one in minutes)
    last = begun[-1] + 60
    start, end = _moment(told, Milestone.IMPACT_START), _moment(told, Milestone.IMPACT_END)
    if start is None and suspects is not None:
        start = suspects.onset
    if start is None or not begun[0] < start < last:
        return None
    end = end if end is not None and start < end < last else None
    # A lone run of the night before would stretch "normal" over hours in which nothing was logged.
    reach = max(NORMAL_AT_LEAST, 2 * ((end or last) - start))
    first = next(minute for minute in begun if minute >= start - reach) if begun[0] < start - reach else begun[0]
    if not first < start:
        return None
    return Windows((first, start), (start, end or last), (end, last) if end else None)


def _moment(told: Timeline, milestone: Milestone) -> float | None:
    found = told.milestones.get(milestone, ())
    return found[0].instant.utc.timestamp() if found else None
