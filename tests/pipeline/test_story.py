"""A report tells what the document holds, in an order that helps, and says what is missing."""

import json
from pathlib import Path

from afteraction.core.reading import ReadOptions
from afteraction.pipeline.analyze import Request, analyze
from afteraction.pipeline.report.document import to_json
from afteraction.pipeline.report.markdown import markdown
from afteraction.pipeline.report.story import tell
from afteraction.stores.evidence import EvidenceStore

POSTMORTEM = """# Lookup outage, 12 May 2026

## Timeline (UTC)

{earlier}- 14:02 Impact starts: lookups fail for all customers
- 14:11 Alert LookupErrors fired
- 14:52 Rolled back
- 15:21 Impact ends
"""


def told(tmp_path: Path, earlier: str = ""):
    (tmp_path / "case").mkdir()
    (tmp_path / "case/review.md").write_text(POSTMORTEM.format(earlier=earlier))
    options = ReadOptions(collected_at="2026-05-14T00:00:00Z")
    store = EvidenceStore(tmp_path / "store")
    return to_json(analyze(Request(paths=[tmp_path / "case"], options=options), store))


def test_a_timeline_that_begins_with_the_impact_gets_a_hint(tmp_path):
    names = [name for name, _, _ in tell(told(tmp_path)).open_points]
    assert "Nothing earlier" in names


def test_a_timeline_with_something_earlier_gets_none(tmp_path):
    names = [name for name, _, _ in tell(told(tmp_path, "- 13:52 Deployed lookup v2\n")).open_points]
    assert "Nothing earlier" not in names


def test_the_four_parts_of_a_report_are_there_and_unknown_is_said(tmp_path):
    text = markdown(told(tmp_path))
    for part in ("## What happened", "## Why it happened", "## What we learned", "## What changes", "## Impact"):
        assert part in text
    assert "**Users**: unknown" in text
    assert "**Money**: unknown" in text


def test_no_report_uses_the_ambiguous_acronym(tmp_path):
    document = told(tmp_path)
    assert "TTR" not in markdown(document)
    assert "TTR" not in json.dumps({key: metric["name"] for key, metric in document["metrics"].items()})
