"""A mapping that somebody saved, applied to a later file with just these columns.

Knows headers. Refuses to guess: one column more or less and people decide.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django.db.models import Q

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.models import User
from afteraction.web.evidence.models import About, Declaration, EvidenceFile, SavedMapping
from afteraction.web.incidents.citations import store_of

HEAD = 64 * 1024
MOST_COLUMNS = 200


def header_of(file: EvidenceFile) -> list[str]:
    """The columns of a table, or the keys of the first JSON record; empty when there are none."""
    try:
        with store_of(file.incident).open_original(file.sha256) as stream:
            head: str = stream.read(HEAD).decode("utf-8-sig", errors="replace")
    except (AfteractionError, OSError):
        return []
    first = next((line for line in head.splitlines() if line.strip()), "")
    if first.lstrip().startswith(("{", "[")):
        return _keys(head, first)
    for delimiter in "\t;,|":
        if first.count(delimiter):
            names = [name.strip() for name in next(csv.reader(io.StringIO(first), delimiter=delimiter), [])]
            return names[:MOST_COLUMNS] if len(names) > 1 and all(names) else []
    return []


def _keys(head: str, first: str) -> list[str]:
    decoder = json.JSONDecoder()
    for text in (first, head, head[head.find("{") :]):
        try:
            found: Any = decoder.raw_decode(text.lstrip())[0]
        except (ValueError, RecursionError):
            continue
        if isinstance(found, list):
            found = next((each for each in found if isinstance(each, dict)), None)
        if isinstance(found, dict):
            inner = next((v for v in found.values() if isinstance(v, list) and v and isinstance(v[0], dict)), None)
            return [str(name) for name in (inner[0] if inner else found)][:MOST_COLUMNS]
    return []


def mappings_for(file: EvidenceFile) -> list[SavedMapping]:
    """Saved mappings that this incident's teams, or everybody, may use, by name."""
    teams = file.incident.teams.all()
    return list(SavedMapping.objects.filter(Q(team=None) | Q(team__in=teams)).order_by("name", "id"))


def apply_saved_mapping(file: EvidenceFile, actor: User | None) -> SavedMapping | None:
    """Declares the saved mapping whose file had exactly these columns, if there is one."""
    known = mappings_for(file)
    header = header_of(file) if known else []
    fitting = next((each for each in known if header and sorted(each.header) == sorted(header)), None)
    if fitting is None:
        return None
    said = {About.MAPPING: fitting.columns, **({About.READER: fitting.reader} if fitting.reader else {})}
    for about, value in said.items():
        Declaration.objects.create(
            incident=file.incident, about=about, file=file, value=value, person=actor, thing=f"mapping:{fitting.name}"
        )
    return fitting
