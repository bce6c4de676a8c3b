"""Words that somebody searches for, and the rows of the text index that have them.

Knows the two databases' ways to match words: FTS5 on SQLite, tsvector on PostgreSQL. Refuses to let a query be more
than words: no operator of either language gets through.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from afteraction.engine.metrics.glossary import explain
from afteraction.web.incidents.models import Incident

MOST_TERMS = 8
LONGEST_ABBREVIATION = 4
_WORD = re.compile(r"[^\W_]+")
# Words that carry nothing; searching for one alone still works.
_SMALL = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or", "the", "to",
    "was", "were", "what", "when", "why", "with",
})  # fmt: skip


def terms_of(text: str) -> list[str]:
    """The words to search for, each once, in lower case."""
    words = list(dict.fromkeys(_WORD.findall(text.lower())))
    return ([word for word in words if word not in _SMALL and not _is_abbreviation(word)] or words)[:MOST_TERMS]


def _is_abbreviation(word: str) -> bool:
    """True for MTTR and its relatives, which pages never say: beside other words they ask for a meaning."""
    return len(word) <= LONGEST_ABBREVIATION and explain(word) is not None


def match_of(terms: Sequence[str]) -> str:
    """The database's own query for any of some words, each also as the beginning of a longer one."""
    if connection.vendor == "sqlite":
        return " OR ".join(f'"{term}" *' if len(term) > 1 else f'"{term}"' for term in terms)
    return " | ".join(f"{term}:*" if len(term) > 1 else term for term in terms)


def having_all(incidents: QuerySet[Incident], terms: Sequence[str]) -> QuerySet[Incident]:
    """Those incidents that have every word somewhere, not all in one place."""
    for term in terms:
        incidents = incidents.filter(pk__in=RawSQL(_incidents_matching(), [match_of([term])]))  # noqa: S611 - bound
    return incidents


def _incidents_matching() -> str:
    if connection.vendor == "sqlite":
        return (
            "SELECT e.incident_id FROM incidents_searchtext t JOIN incidents_searchentry e ON e.id = t.rowid"
            " WHERE incidents_searchtext MATCH %s"
        )
    return "SELECT incident_id FROM incidents_searchentry WHERE words @@ to_tsquery('english', %s)"


def best_entries() -> str:
    """The statement that finds entries of visible incidents, best first. Takes the match (twice on PostgreSQL); the
    caller puts in the incidents it may look at."""
    if connection.vendor == "sqlite":
        return (
            "SELECT e.id, -bm25(incidents_searchtext, 4.0, 1.0) AS score"
            " FROM incidents_searchtext t JOIN incidents_searchentry e ON e.id = t.rowid"
            " WHERE incidents_searchtext MATCH %s AND e.incident_id IN ({incidents})"
            " ORDER BY score DESC, e.id LIMIT {most}"
        )
    return (
        "SELECT e.id, ts_rank(e.words, to_tsquery('english', %s)) AS score FROM incidents_searchentry e"
        " WHERE e.words @@ to_tsquery('english', %s) AND e.incident_id IN ({incidents})"
        " ORDER BY score DESC, e.id LIMIT {most}"
    )
