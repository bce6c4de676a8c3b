"""What an incident changed in the logs: templates with their counts in three windows, the surest change first."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from afteraction.core.reading import ReadOptions
from afteraction.pipeline.analyze import Request, analyze
from afteraction.pipeline.findings import Question
from afteraction.pipeline.report.document import to_json
from afteraction.stores.evidence import EvidenceStore

START = 1778594400  # 2026-05-12T14:00:00Z


def line(minute: float, message: str, level: str = "info") -> str:
    at = datetime.fromtimestamp(START + 60 * minute, UTC).isoformat()
    return json.dumps({"timestamp": at, "service": "cart", "level": level, "message": message})


def analysed(tmp_path: Path, lines: list[str], **files: str) -> dict[str, Any]:
    case = tmp_path / "case"
    case.mkdir()
    (case / "logs.jsonl").write_text("\n".join(lines) + "\n")
    for name, text in files.items():
        (case / name.replace("__", ".")).write_text(text)
    request = Request(paths=[case], options=ReadOptions(), question=Question(suspects=3))
    found: dict[str, Any] = to_json(analyze(request, EvidenceStore(tmp_path / "store")))
    return found


USUAL = [line(n / 2, f"reserved {n % 4} items for basket {1000 + n}") for n in range(120)]
BROKEN = [line(30 + n / 4, f"no connection within {n} ms", "error") for n in range(60)]


def metrics() -> str:
    rows = ["timestamp,service,metric,value"]
    for minute in range(60):
        at = datetime.fromtimestamp(START + 60 * minute, UTC).isoformat()
        rows += [f"{at},cart,error_ratio,{0.4 if 30 <= minute < 45 else 0.001 + 0.0001 * (minute % 3)}"]
    return "\n".join(rows) + "\n"


def test_a_message_that_is_new_stands_above_one_that_went_on(tmp_path: Path):
    told = analysed(tmp_path, USUAL + BROKEN, metrics__csv=metrics())
    first, second = told["log_templates"]
    assert first["template"].startswith("no connection within <*>") and first["change"] == "new"
    assert (first["before"], first["during"] + first["after"]) == (0, 60)
    assert second["change"] == "same" and second["before"] + second["during"] + second["after"] == 120
    assert first["log_odds"] > second["log_odds"] and first["evidence"]["line"] == 121


def test_values_make_no_template_of_their_own(tmp_path: Path):
    told = analysed(tmp_path, USUAL + BROKEN, metrics__csv=metrics())
    assert told["log_windows"]["seen"] == 2


def test_a_lone_run_of_the_night_before_does_not_stretch_what_is_normal(tmp_path: Path):
    told = analysed(tmp_path, [line(-660, "nightly run finished"), *USUAL, *BROKEN], metrics__csv=metrics())
    assert told["log_windows"]["before"]["start"] == "2026-05-12T14:00:00Z"


def test_without_knowing_when_it_was_nothing_is_compared(tmp_path: Path):
    told = analysed(tmp_path, USUAL)
    assert told["log_templates"] == [] and told["log_windows"]["during"] is None
