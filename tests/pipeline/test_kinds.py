"""The kind of evidence is that of what was read, where a format carries several."""

from __future__ import annotations

from pathlib import Path

import pytest

from afteraction import formats
from afteraction.core.evidence import Evidence, EvidenceKind
from afteraction.pipeline.analyze import read_one
from afteraction.stores.evidence import EvidenceStore
from tests.formats.originals import original

SPANS, LOGS, METRICS = (Path(formats.__file__).parent / "otlp" / "sample.jsonl").read_text().splitlines()


@pytest.mark.parametrize(
    ("text", "kind"),
    [(SPANS, EvidenceKind.TRACE), (LOGS, EvidenceKind.LOG), (METRICS, EvidenceKind.METRIC), ("", None)],
)
def test_an_export_of_opentelemetry_is_of_the_kind_it_holds(tmp_path, text, kind):
    source = original(text, "export.json")
    report = read_one(Evidence(source.evidence_id, source.name, source.size), source, EvidenceStore(tmp_path), {})
    assert report.evidence.kind is kind
