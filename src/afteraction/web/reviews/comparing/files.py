"""A comparison as a file: CSV, JSON, or a Markdown table.

Knows how each form keeps a text from being read as something else. Refuses to leave a row out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

import orjson

from afteraction.web.incidents.reports.event_table import inert
from afteraction.web.reviews.comparing.table import Beside, told

MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json", "md": "text/markdown; charset=utf-8"}


def written(beside: Beside, form: str) -> bytes:
    """The whole table in that form, one of MEDIA."""
    return _FORMS[form](beside)


def _csv(beside: Beside) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([inert(cell) for cell in line] for line in beside.comparison.table())
    return text.getvalue().encode()


def _json(beside: Beside) -> bytes:
    return orjson.dumps(told(beside), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _markdown(beside: Beside) -> bytes:
    head, *lines = beside.comparison.table()
    rows = [head, ["---"] * len(head), *lines]
    return "".join(f"| {' | '.join(_cell(each) for each in row)} |\n" for row in rows).encode()


def _cell(text: str) -> str:
    flat = " ".join(text.split()).replace("\\", "\\\\")
    for sign in "|`*_[]<>":
        flat = flat.replace(sign, f"\\{sign}")
    return flat


_FORMS: Mapping[str, Callable[[Beside], bytes]] = {"csv": _csv, "json": _json, "md": _markdown}
