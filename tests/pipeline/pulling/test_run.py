"""A pull from its first step to its last: kept as it came, begun anew where it stopped."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from afteraction.core.errors import AfteractionError
from afteraction.pipeline.pulling import pull
from afteraction.pipeline.pulling.folder import Folder
from afteraction.pipeline.pulling.plan import plan_of
from afteraction.sources.prometheus.puller import PULLER
from afteraction.sources.pulls import PullStopped, Wanted
from tests.sources.recorded import TOKEN, Recorded, refusal

START = datetime(2026, 5, 12, 14, tzinfo=UTC)
ASKS = ("up", "errors", "latency")


def wanted(*asks: str) -> Wanted:
    return Wanted(asks or ASKS, START, START + timedelta(hours=1))


def matrix(_path: str, params: dict[str, str]) -> object:
    series = {"metric": {"__name__": params["query"]}, "values": [[int(params["start"]), "1"]]}
    return {"status": "success", "data": {"resultType": "matrix", "result": [series]}}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_answer_is_kept_byte_for_byte_beside_a_list_of_them(tmp_path: Path) -> None:
    source = Recorded(matrix)
    pulled = pull(PULLER, source.asking(), wanted(), Folder(tmp_path))
    assert pulled.asked == 3 and len(pulled.kept) == 3
    (listed,) = (tmp_path / ".pulls").glob("*.json")
    told = json.loads(listed.read_text())
    assert told["is_complete"] and told["asks"] == list(ASKS)
    for step in told["steps"]:
        body = (tmp_path / step["file"]).read_bytes()
        assert hashlib.sha256(body).hexdigest() == step["sha256"] and len(body) == step["size"]
        assert step["url"].startswith("https://source.example/api/v1/query_range?query=")
        assert step["at"] == "2026-05-12T15:33:20+00:00"


def test_the_same_pull_again_asks_nothing_and_adds_nothing(tmp_path: Path) -> None:
    source = Recorded(matrix)
    pull(PULLER, source.asking(), wanted(), Folder(tmp_path))
    before = files(tmp_path)
    again = pull(PULLER, source.asking(), wanted(), Folder(tmp_path))
    assert (again.asked, len(again.kept), len(source.asked)) == (0, 3, 3)
    assert files(tmp_path) == before


class Killed(BaseException):
    """What ends a process."""


@pytest.mark.parametrize("moment", ["asking", "freezing", "saving"])
def test_a_pull_that_was_killed_begins_at_its_next_step(tmp_path: Path, moment: str) -> None:
    def answer(path: str, params: dict[str, str]) -> object:
        if moment == "asking" and params["query"] == "errors":
            raise Killed
        return matrix(path, params)

    class Dying(Folder):
        def freeze(self, plan, planned, body):
            if moment == "freezing" and planned.step.parameter("query") == "errors":
                raise Killed
            return super().freeze(plan, planned, body)

        def save(self, plan):
            if moment == "saving" and len(plan.open_steps()) == 1:
                raise Killed
            super().save(plan)

    with pytest.raises(Killed):
        pull(PULLER, Recorded(answer).asking(), wanted(), Dying(tmp_path))
    second = Recorded(matrix)
    pulled = pull(PULLER, second.asking(), wanted(), Folder(tmp_path))
    assert [request.url.params["query"] for request in second.asked] == ["errors", "latency"]
    assert len(pulled.kept) == 3
    whole = files(tmp_path)
    assert len(whole) == 4 and not [name for name in whole if name.endswith(".part")]


def test_a_refused_question_is_told_and_asked_again_next_time(tmp_path: Path) -> None:
    def answer(path: str, params: dict[str, str]) -> object:
        return refusal(400, {"error": "parse error"}) if params["query"] == "errors" else matrix(path, params)

    pulled = pull(PULLER, Recorded(answer).asking(), wanted(), Folder(tmp_path))
    assert [(each.step.parameter("query"), each.state) for each in pulled.plan.steps] == [
        ("up", "kept"), ("errors", "refused"), ("latency", "kept"),
    ]  # fmt: skip
    assert "parse error" in pulled.refused[0].told
    second = Recorded(matrix)
    assert not pull(PULLER, second.asking(), wanted(), Folder(tmp_path)).refused
    assert [request.url.params["query"] for request in second.asked] == ["errors"]


def test_what_came_before_a_pull_stopped_is_kept(tmp_path: Path) -> None:
    def answer(path: str, params: dict[str, str]) -> object:
        return refusal(429, retry_after="9999") if params["query"] == "latency" else matrix(path, params)

    with pytest.raises(PullStopped):
        pull(PULLER, Recorded(answer).asking(), wanted(), Folder(tmp_path))
    second = Recorded(matrix)
    assert pull(PULLER, second.asking(), wanted(), Folder(tmp_path)).asked == 1


def test_another_window_in_the_same_folder_overwrites_nothing(tmp_path: Path) -> None:
    pull(PULLER, Recorded(matrix).asking(), wanted("up"), Folder(tmp_path))
    longer = Wanted(("up",), START, START + timedelta(hours=2))
    other = Recorded(lambda *_: {"status": "success", "data": {"result": [{"other": 1}]}})
    pull(PULLER, other.asking(), longer, Folder(tmp_path))
    kept = [name for name in files(tmp_path) if not name.startswith(".pulls")]
    assert len(kept) == 2 and len({(tmp_path / name).read_bytes() for name in kept}) == 2


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"schema": "other"}', '{"schema": "afteraction/pull/1"}'])
def test_a_damaged_list_is_named_with_what_to_do(tmp_path: Path, damage: str) -> None:
    pull(PULLER, Recorded(matrix).asking(), wanted("up"), Folder(tmp_path))
    (listed,) = (tmp_path / ".pulls").glob("*.json")
    listed.write_text(damage)
    with pytest.raises(AfteractionError, match=r"damaged.*Remove it") as told:
        pull(PULLER, Recorded(matrix).asking(), wanted("up"), Folder(tmp_path))
    assert str(listed) in str(told.value)


def test_no_file_holds_the_token(tmp_path: Path) -> None:
    source = Recorded(matrix)
    pull(PULLER, source.asking(headers={"Authorization": f"Bearer {TOKEN}"}), wanted(), Folder(tmp_path))
    assert source.asked[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert not [name for name, body in files(tmp_path).items() if TOKEN.encode() in body]


class InMemory:
    """Keeps a plan as JSON, and counts how often."""

    def __init__(self) -> None:
        self.saved, self.told = 0, None

    def load(self, _plan_id):
        return plan_of(self.told) if self.told else None

    def save(self, plan):
        self.saved, self.told = self.saved + 1, plan.to_json()

    def freeze(self, _plan, planned, _body):
        return planned.step.name, "0" * 64


def test_a_long_plan_is_not_written_down_after_every_step_and_yet_whole_at_the_end() -> None:
    def answer(path: str, params: dict[str, str]) -> object:
        return refusal(401) if params["query"] == "m437" else matrix(path, params)

    asks, kept = tuple(f"m{number}" for number in range(450)), InMemory()
    with pytest.raises(PullStopped):
        pull(PULLER, Recorded(answer).asking(), wanted(*asks), kept)
    assert 100 < kept.saved < 200
    second = Recorded(matrix)
    assert len(pull(PULLER, second.asking(), wanted(*asks), kept).kept) == 450
    assert second.asked[0].url.params["query"] == "m437"
