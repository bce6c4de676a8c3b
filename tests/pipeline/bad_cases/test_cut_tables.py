"""Tables of ours that lost their end: noticed, and made again from the frozen original."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from afteraction.core.analysis import Analysis
from afteraction.core.reading import ReadOptions
from afteraction.pipeline.analyze import Request, analyze, analyze_again
from afteraction.pipeline.findings import Question
from afteraction.stores.evidence import EvidenceStore
from tests.pipeline.bad_cases.shop import alert, metric_rows, write


def short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def without_index(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def gone(path: Path) -> None:
    path.unlink()


def ranked(found: Analysis) -> list[tuple[str, float]]:
    assert found.suspects is not None
    return [(one.name, one.probability) for one in found.suspects.listed]


def asked(**more: object) -> Request:
    return Request(options=ReadOptions(), question=Question(suspects=5), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("damage", [short, without_index, empty, gone], ids=lambda one: one.__name__)
@pytest.mark.parametrize("what", ["samples", "events", "imports", "notes"])
def test_what_lost_its_end_is_read_again(tmp_path: Path, damage: Callable[[Path], None], what: str) -> None:
    write(tmp_path / "case", {"metrics.csv": metric_rows(), "alert.json": alert()})
    store = EvidenceStore(tmp_path / "store")
    before = ranked(analyze(asked(paths=[tmp_path / "case"]), store))
    originals = [store.evidence(path.stem) for path in (tmp_path / "store/case/evidence").iterdir()]
    again = asked(originals=[one for one in originals if one])
    assert ranked(analyze_again(again, store)[0]) == before
    cut = sorted((tmp_path / "store/case/parts").glob(f"*/{what}/*"))
    assert cut
    for path in cut:
        damage(path)
    found, _ = analyze_again(again, store)
    assert ranked(found) == before and before[0][0] == "cart"
    assert [report.state for report in found.files] == ["read", "read"]
    assert store.joined([path.name for path in (tmp_path / "store/case/parts").iterdir()]).counts()["samples"] == 960
    store.close()
