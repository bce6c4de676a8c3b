"""Searching incidents: which have the words, and the sentence that says so.

Knows how to rank and what to show of a hit. Refuses to look at what its reader may not see: the text index is asked for
entries of visible incidents only, so nothing of others is ranked, counted or suggested.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from afteraction.engine.metrics.glossary import Word, explain
from afteraction.web.accounts.models import User
from afteraction.web.incidents.finding.narrowing import Asked, matching
from afteraction.web.incidents.finding.search_terms import best_entries, match_of, terms_of
from afteraction.web.incidents.models import Incident, SearchEntry
from afteraction.web.incidents.permissions import visible_to

SHOWN = 30
LONGEST_SENTENCE = 260
_MOST_ENTRIES = 600
# A record names the incident; an event is one line of many.
_WORTH = {"record": 3.0, "report": 1.5, "event": 1.0}
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Piece:
    """Some text; `is_hit` where it is a word that was searched for."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class Hit:
    """One incident that was found, with the sentences that have the words. `entry` is the best of them."""

    incident: Incident
    entry: SearchEntry
    sentences: tuple[tuple[SearchEntry, tuple[Piece, ...]], ...]


@dataclass(frozen=True)
class Found:
    """What a search found. `searched` says over how many incidents; `near` are titles like what was searched for."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    searched: int = 0
    near: tuple[str, ...] = ()
    explained: tuple[Word, ...] = ()


def search(user: User, asked: Asked, size: int = SHOWN) -> Found:
    """The best incidents for what was asked, those that have every word."""
    terms = terms_of(asked.text)
    explained = explained_in(asked.text)
    if not terms:
        return Found(explained=explained)
    rows = matching(user, asked)
    total = rows.count()
    if not total:
        seen = visible_to(user)
        return Found(searched=seen.count(), near=tuple(near_titles(seen, asked.text)), explained=explained)
    return Found(_hits(rows, terms, size), total, visible_to(user).count(), (), explained)


def explained_in(text: str) -> tuple[Word, ...]:
    """What the glossary knows of the words that somebody searches for: MTTR and its relatives."""
    known = [explain(part) for part in (text, *text.replace(",", " ").split()[:10])]
    return tuple(dict.fromkeys(word for word in known if word is not None))


def suggest(user: User, text: str, size: int = 6) -> list[Hit]:
    """The first few incidents for what somebody is typing."""
    terms = terms_of(text)
    return list(_hits(matching(user, Asked(text=text)), terms, size)) if terms else []


def _hits(rows: QuerySet[Incident], terms: Sequence[str], size: int) -> tuple[Hit, ...]:
    scored = _scores(rows, terms)
    entries = SearchEntry.objects.select_related("incident").in_bulk(scored)
    best: dict[int, list[tuple[float, SearchEntry]]] = {}
    for pk, score in scored.items():
        if (entry := entries.get(pk)) is not None:
            best.setdefault(entry.incident_id, []).append((score * _WORTH.get(entry.kind, 1.0), entry))

    # The best place counts fully, others a little: fifty lines that say "checkout" are no better than a title.
    def worth(found: list[tuple[float, SearchEntry]]) -> float:
        found.sort(key=lambda each: -each[0])
        return found[0][0] + 0.1 * sum(score for score, _ in found[1:6])

    ranked = sorted(best.values(), key=lambda found: (-worth(found), -found[0][1].incident_id))
    return tuple(_hit([entry for _score, entry in found], terms) for found in ranked[:size])


def _scores(rows: QuerySet[Incident], terms: Sequence[str]) -> dict[int, float]:
    inner, params = rows.order_by().values("pk").query.sql_with_params()
    match = match_of(terms)
    given = [match] if connection.vendor == "sqlite" else [match, match]
    statement = best_entries().format(incidents=inner, most=_MOST_ENTRIES)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *params])
        return {int(pk): float(score) for pk, score in cursor.fetchall()}


def _hit(entries: list[SearchEntry], terms: Sequence[str]) -> Hit:
    telling = [entry for entry in entries if entry.kind != "record"][:2] or entries[:1]
    return Hit(entries[0].incident, entries[0], tuple((entry, sentence_with(entry, terms)) for entry in telling))


def sentence_with(entry: SearchEntry, terms: Sequence[str]) -> tuple[Piece, ...]:
    """The sentence of an entry that has most of the words, with these marked."""
    pattern = re.compile(
        r"\b(" + "|".join(re.escape(term[:-1] if len(term) > 4 else term) for term in terms) + r")\w*", re.I
    )
    sentences = [part for text in (entry.title, entry.text) for part in _SENTENCE.split(text) if part.strip()]
    best = max(sentences, key=lambda part: len({hit.lower() for hit in pattern.findall(part)}), default="")
    return _marked(_cut(best.strip(), pattern), pattern)


def _cut(text: str, pattern: re.Pattern[str]) -> str:
    if len(text) <= LONGEST_SENTENCE:
        return text
    hit = pattern.search(text)
    start = max(0, (hit.start() if hit else 0) - LONGEST_SENTENCE // 3)
    shown = text[start : start + LONGEST_SENTENCE]
    return ("…" if start else "") + shown.strip() + ("…" if start + LONGEST_SENTENCE < len(text) else "")


def _marked(text: str, pattern: re.Pattern[str]) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for hit in pattern.finditer(text):
        pieces += [Piece(text[at : hit.start()], False), Piece(hit.group(), True)]
        at = hit.end()
    return tuple(piece for piece in [*pieces, Piece(text[at:], False)] if piece.text)


def near_titles(incidents: QuerySet[Incident], text: str) -> list[str]:
    """Titles that look like what was searched for: by trigrams where PostgreSQL has them, else by their words."""
    if connection.vendor == "postgresql":
        try:
            with transaction.atomic():
                return _near_by_trigrams(incidents, text)
        except DatabaseError:
            pass  # pg_trgm is not there: its role may not create extensions.
    titles = list(incidents.order_by("-listed_at").values_list("title", flat=True)[:500])
    words = {word.lower() for title in titles for word in title.split() if len(word) > 3}
    near = [close for term in terms_of(text) for close in difflib.get_close_matches(term, words, n=2, cutoff=0.75)]
    return [title for title in titles if any(word in title.lower() for word in near)][:3]


def _near_by_trigrams(incidents: QuerySet[Incident], text: str) -> list[str]:
    inner, params = incidents.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT title FROM incidents_incident WHERE word_similarity(%s, title) > 0.4"  # noqa: S608 - our own query
            f" AND id IN ({inner}) ORDER BY word_similarity(%s, title) DESC LIMIT 3",
            [text, *params, text],
        )
        return [str(row[0]) for row in cursor.fetchall()]
