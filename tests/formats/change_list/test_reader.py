"""The changes of a case folder: five kinds in one list, each kept as it was stated."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, ChangeKind
from afteraction.formats.change_list import reader as module
from afteraction.formats.change_list.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner

SAMPLE = Path(module.__file__).parent / "sample.json"


def change(**said: object) -> dict[str, object]:
    return {"at": "2026-05-12T14:01:40Z", "kind": "deploy", "service": "cart", "id": "d-91", "title": "cart", **said}


def test_a_commit_and_a_deploy_keep_what_was_stated():
    assert winner(file(SAMPLE)) == "change_list"
    records, failures = read(READER, file(SAMPLE))
    assert failures == []
    commit, deploy = records
    assert isinstance(commit, Change) and isinstance(deploy, Change)
    assert (commit.kind, commit.service, commit.files) == (ChangeKind.COMMIT, "", ("cart/pool.py",))
    assert commit.diff == "-wait_ms = 2000\n+wait_ms = 200\n"
    assert commit.attributes["id"] == "9f31c2d"
    assert (deploy.kind, deploy.reference) == (ChangeKind.DEPLOYMENT, "2.4.0")
    assert deploy.until is not None and deploy.until.utc == datetime(2026, 5, 12, 14, 3, 5, tzinfo=UTC)
    assert deploy.attributes["instances"] == "cart-7f9,cart-7fa"
    assert deploy.evidence.locator.pointer == "/1/at"


def test_every_kind_has_its_own():
    kinds = ["deploy", "commit", "flag", "config", "infrastructure"]
    records, failures = read(READER, original([change(kind=kind, id=kind) for kind in kinds]))
    assert failures == []
    assert [one.kind.value for one in records if isinstance(one, Change)] == [
        "deployment", "commit", "flag", "config", "infrastructure",
    ]  # fmt: skip


def test_epochs_are_told_by_their_size():
    at = 1_778_594_500
    records, _ = read(READER, original([change(at=at * 10**power, id=str(power)) for power in (0, 3, 6, 9)]))
    assert {one.instant.utc for one in records if isinstance(one, Change)} == {datetime.fromtimestamp(at, UTC)}


def test_a_time_without_zone_is_refused_with_the_next_step():
    records, [failure] = read(READER, original([change(at="2026-05-12 14:01:40"), change(id="d-92")]))
    assert len(records) == 1
    assert failure.locator.pointer == "/0/at" and "--zone" in failure.next_step


def test_an_unknown_kind_and_an_end_before_the_start_are_named_and_lose_nothing():
    said = [change(kind="ritual"), change(id="d-92", completed_at="2026-05-12T14:00:00Z")]
    records, failures = read(READER, original(said))
    assert len(records) == 2
    assert [failure.lost for failure in failures] == [0, 0]
    assert '"ritual"' in failures[0].reason and "completed_at" in failures[1].reason


TIMES = st.one_of(st.none(), st.text(max_size=12), st.integers(-10, 10**19), st.just("2026-05-12T14:01:40Z"))
FILES = st.one_of(st.none(), st.lists(st.integers()))
RECORDS = st.fixed_dictionaries(
    {"at": TIMES}, optional={"kind": st.text(max_size=6), "files": FILES, "id": st.integers()}
)


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(), RECORDS), max_size=6))
def test_every_record_is_a_change_or_listed(said: list[object]):
    records, failures = read(READER, original(said))
    assert len(records) + sum(one.lost for one in failures) == len(said)
