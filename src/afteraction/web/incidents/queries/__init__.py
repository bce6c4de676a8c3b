"""What pages read about an incident, a page costing the same at a hundred and at a million events.

Knows how analyses and events are stored. Refuses to write.
"""

from afteraction.web.incidents.queries.changes import changes_of
from afteraction.web.incidents.queries.density import Density, density, extent, kinds_counted
from afteraction.web.incidents.queries.documents import report_document, whole_document, whole_head, written_document
from afteraction.web.incidents.queries.events import (
    PAGE,
    Counted,
    Key,
    Page,
    counted,
    counted_kinds,
    event_of,
    event_page,
    events_named,
    key_event_count,
    neighbours,
    read_key,
)
from afteraction.web.incidents.queries.marks import MOST_MARKS, MarkRow, marks_between
from afteraction.web.incidents.queries.proposals import Chosen, chosen_in, count_proposed, is_by_machine, proposed
from afteraction.web.incidents.queries.runs import (
    analysis_of,
    identities_of,
    known_head,
    latest_analysis,
    rows_of_run,
)
from afteraction.web.incidents.queries.times import EPOCH, microseconds, moment_at, read_moment, read_seconds

__all__ = [
    "EPOCH", "MOST_MARKS", "PAGE", "Chosen", "Counted", "Density", "Key", "MarkRow", "Page", "analysis_of",
    "changes_of", "chosen_in", "count_proposed", "counted", "counted_kinds", "density", "event_of", "event_page",
    "events_named", "extent", "identities_of", "is_by_machine", "key_event_count", "kinds_counted", "known_head",
    "latest_analysis", "marks_between", "microseconds", "moment_at", "neighbours", "proposed", "read_key",
    "read_moment", "read_seconds", "report_document", "rows_of_run", "whole_document", "whole_head", "written_document",
]  # fmt: skip
