"""`afteraction pull` from a source on this machine to a folder that `analyze` reads."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from click.testing import Result

from afteraction.cli.pull import SOURCES
from afteraction.sources import pullers
from tests.cli.case import analysis, file_of, run
from tests.sources.github.answers import REPOSITORY
from tests.sources.github.answers import answer as of_github
from tests.sources.slack.test_puller import CHANNEL
from tests.sources.slack.test_puller import answer as of_slack

TOKEN = "tok-3f9c1e2a77d04b6d"
WINDOW = ("--from", "2026-05-12T14:00Z", "--to", "2026-05-12T15:00Z")


class Place:
    """A source on this machine: `answer` gives (status, body) for a path and its parameters."""

    def __init__(self) -> None:
        self.answer: Callable[[str, dict[str, str]], tuple[int, Any]] = lambda *_: (404, {})
        self.asked: list[tuple[str, str]] = []
        place = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                place.asked.append((parts.path, self.headers.get("Authorization", "")))
                status, body = place.answer(parts.path, dict(parse_qsl(parts.query)))
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                return

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place()
    threading.Thread(target=made.server.serve_forever, args=(0.01,), daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.server_close()


def matrix(_path: str, params: dict[str, str]) -> tuple[int, Any]:
    start, end, step = (float(params[name]) for name in ("start", "end", "step"))
    moments = [start + i * step for i in range(int((end - start) / step) + 1)]
    series = {"metric": {"service": "cart"}, "values": [[at, "0.5"] for at in moments]}
    return 200, {"status": "success", "data": {"resultType": "matrix", "result": [series]}}


def pulled(place: Place, out: Path, *more: str) -> Result:
    return run("pull", "prometheus", "--url", place.url, "--query", "rate(errors[5m])", *WINDOW, "--out", out, *more)


def test_what_was_pulled_is_what_analyze_reads(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERACTION_PROMETHEUS_TOKEN", TOKEN)
    place.answer = matrix
    result = pulled(place, tmp_path / "case", "--private", "--step", "60")
    assert result.exit_code == 0, result.output
    assert "1 answer of prometheus" in result.stdout and TOKEN not in result.output
    assert place.asked == [("/api/v1/query_range", f"Bearer {TOKEN}")]
    document = analysis(tmp_path / "case")
    (file,) = document["files"]
    assert (file["reader"], file["rows"], file["failures_total"]) == ("prometheus_query", 61, 0)
    assert pulled(place, tmp_path / "case", "--private", "--step", "60").stdout.count("Nothing was asked") == 1
    assert len(place.asked) == 1


def test_a_private_address_takes_a_word(place: Place, tmp_path: Path) -> None:
    result = pulled(place, tmp_path / "case")
    assert result.exit_code == 1 and place.asked == []
    assert "127.0.0.1 leads into a private network" in result.stderr and "--private" in result.stderr


def test_a_refused_expression_is_exit_3_and_named(place: Place, tmp_path: Path) -> None:
    place.answer = lambda *_: (400, {"status": "error", "error": "unknown function"})
    result = pulled(place, tmp_path, "--private")
    assert result.exit_code == 3
    assert "unknown function" in result.stderr and "asks them again" in result.stderr


def test_a_wrong_token_is_exit_1(place: Place, tmp_path: Path) -> None:
    place.answer = lambda *_: (401, {})
    result = pulled(place, tmp_path, "--private")
    assert result.exit_code == 1 and "token is missing, wrong or too old" in result.stderr


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (("--from", "2026-05-12T15:00Z", "--to", "2026-05-12T14:00Z"), "is not after"),
        (("--from", "2026-05-12T15:00Z", "--to", "2999-05-12T14:00Z"), "in the future"),
        (("--from", "2026-05-12T15:00", "--to", "2026-05-12T16:00Z"), "--zone"),
        (("--from", "yesterday", "--to", "2026-05-12T16:00Z"), "yesterday"),
    ],
)
def test_a_window_that_is_none_is_refused(place: Place, tmp_path: Path, window: tuple[str, ...], said: str) -> None:
    result = run("pull", "prometheus", "--url", place.url, "--query", "up", *window, "--out", tmp_path, "--private")
    assert result.exit_code in (1, 2) and said in result.stderr
    assert place.asked == []


def test_a_folder_that_cannot_be_written_is_exit_5(place: Place, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = pulled(place, tmp_path / "file", "--private")
    assert result.exit_code == 5 and "choose --out" in result.stderr


def test_the_command_line_knows_every_source_and_its_options() -> None:
    assert set(SOURCES) == set(pullers())
    for name, puller in pullers().items():
        assert set(SOURCES[name].options) == set(puller.options)
        assert SOURCES[name].address == puller.address
        assert SOURCES[name].is_required == puller.is_ask_needed


def test_the_list_of_what_was_fetched_is_no_evidence(place: Place, tmp_path: Path) -> None:
    place.answer = matrix
    pulled(place, tmp_path / "case", "--private")
    assert len(list((tmp_path / "case/.pulls").iterdir())) == 1
    names = [file["name"] for file in analysis(tmp_path / "case")["files"]]
    assert len(names) == 1 and file_of(analysis(tmp_path / "case"), names[0])["state"] == "read"


def test_a_process_that_is_killed_in_the_middle_goes_on_with_its_next_question(place: Place, tmp_path: Path) -> None:
    reached, released = threading.Event(), threading.Event()

    def hanging(path: str, params: dict[str, str]) -> tuple[int, Any]:
        if params["query"] == "second" and not released.is_set():
            reached.set()
            released.wait(300)
        return matrix(path, params)

    place.answer = hanging
    command = ["pull", "prometheus", "--url", place.url, "--private", *WINDOW, "--out", str(tmp_path / "case")]
    command += [word for query in ("first", "second", "third") for word in ("--query", query)]
    process = subprocess.Popen([Path(sys.executable).parent / "afteraction", *command])
    try:
        assert reached.wait(300)
    finally:
        process.kill()
        process.wait()
        released.set()
    assert [path.name.partition(".")[0] for path in (tmp_path / "case/prometheus").iterdir()] == ["query_range_first"]
    before = len(place.asked)
    result = run(*command)
    assert result.exit_code == 0 and "3 answers" in result.stdout
    assert (before, len(place.asked)) == (2, 4)


def loki(_path: str, _params: dict[str, str]) -> Any:
    return {"status": "success", "data": {"resultType": "streams", "result": []}}


def pagerduty(path: str, _params: dict[str, str]) -> Any:
    return {path.rpartition("/")[2]: [], "more": False}


@pytest.mark.parametrize(
    ("source", "asks", "answers", "authorization", "files"),
    [
        ("loki", ("--query", '{app="cart"}', "--tenant", "shop"), loki, f"Bearer {TOKEN}", 0),
        ("pagerduty", (), pagerduty, f"Token token={TOKEN}", 0),
        ("github", ("--repo", REPOSITORY), of_github, f"Bearer {TOKEN}", 7),
        ("slack", ("--channel", CHANNEL, "--people", "yes"), of_slack, f"Bearer {TOKEN}", 5),
    ],
)
def test_every_source_is_pulled_by_its_own_words(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, asks: tuple[str, ...],
    answers: Callable[[str, dict[str, str]], Any], authorization: str, files: int,
) -> None:  # fmt: skip
    monkeypatch.setenv(SOURCES[source].token, TOKEN)
    place.answer = lambda path, params: (200, answers(path, params))
    result = run("pull", source, "--url", place.url, "--private", *asks, *WINDOW, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert {told for _, told in place.asked} == {authorization}
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and ".pulls" not in path.parts]
    assert len(kept) == files and {path.parent.name for path in kept} <= {source}
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and TOKEN in path.read_text()]
