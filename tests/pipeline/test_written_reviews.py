"""A written review becomes a report that a colleague may read: no names, its own title, one incident's figures."""

from __future__ import annotations

from pathlib import Path

from afteraction.pipeline.analyze import Request, analyze
from afteraction.pipeline.report.document import Json, as_text, to_json
from afteraction.pipeline.report.html import html
from afteraction.pipeline.report.markdown import markdown
from afteraction.stores.evidence import EvidenceStore


def report(folder: Path, text: str, name: str = "review.md") -> Json:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return to_json(analyze(Request(paths=[path]), EvidenceStore(folder / "store")))


REVIEW = """# How Wilhelmina fixed the 2026-03-04 cart outage

Incident commander: Wilhelmina Qvist

## Timeline (UTC)

- 10:00 Kwabena deployed cart 7 to Kubernetes
- 10:04 Carts were empty for all users after Kwabena's deployment, and Traefik logged errors
- 10:09 Grafana alerted; Wilhelmina noticed and asked @kwabena to look
- 10:20 Qvist rolled back cart, all clear

## Impact

Kwabena Osei-Mensah found that carts were empty between 10:04 and 10:20.
"""


def test_no_name_is_left_in_any_form_of_the_report(tmp_path: Path) -> None:
    document = report(tmp_path, REVIEW)
    for shown in (as_text(document), markdown(document), html(document)):
        lowered = shown.casefold()
        assert not [name for name in ("wilhelmina", "qvist", "kwabena", "osei", "mensah") if name in lowered]
        assert "Traefik" in shown
        assert "Grafana" in shown
    assert document["incident"]["title"] == "How Responder 1 fixed the 2026-03-04 cart outage"
