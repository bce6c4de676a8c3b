"""One question to a source: where it goes, how long it waits, what is never kept."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from email.utils import format_datetime

import httpx
import pytest

from afteraction.core.errors import AfteractionError
from afteraction.sources.pulls import PullStopped, StepRefused
from tests.sources.recorded import TOKEN, Clock, Recorded, in_turn, refusal

OK = {"status": "success"}


def test_it_asks_the_address_that_was_checked_under_the_name_of_the_source() -> None:
    source = Recorded(in_turn(OK))
    answer = source.asking("https://source.example/prom", {"Authorization": f"Bearer {TOKEN}"}).ask(
        "/api", (("query", "a b"), ("n", "1"))
    )
    request = source.asked[0]
    assert (request.method, request.url.host, request.headers["host"]) == ("GET", "93.184.216.34", "source.example")
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.extensions["sni_hostname"] == "source.example"
    assert (answer.url, answer.body) == ("https://source.example/prom/api?query=a+b&n=1", b'{"status": "success"}')


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1"])
def test_a_private_address_is_not_asked(address: str) -> None:
    source = Recorded(in_turn(OK), address=address)
    with pytest.raises(PullStopped, match=r"private network.*--private"):
        source.asking().ask("/api")
    assert source.asked == []


def test_a_private_address_is_asked_when_that_is_allowed() -> None:
    source = Recorded(in_turn(OK), address="10.0.0.8")
    assert source.asking(is_private=True).ask("/api").status == 200


@pytest.mark.parametrize("url", ["https://u:p@source.example", "ftp://source.example", "source.example", ""])
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    source = Recorded(in_turn(OK))
    with pytest.raises(AfteractionError):
        source.asking(url).ask("/api")
    assert source.asked == []


def test_an_address_with_a_query_is_refused_and_not_repeated() -> None:
    with pytest.raises(AfteractionError, match="more than a path") as told:
        Recorded(in_turn(OK)).asking(f"https://source.example/?token={TOKEN}")
    assert TOKEN not in str(told.value)


LATER = format_datetime(datetime.fromtimestamp(Clock().time + 40, UTC), usegmt=True)


@pytest.mark.parametrize(
    ("limited", "wait"),
    [
        (refusal(429, retry_after="7"), 7),
        (refusal(429, retry_after=LATER), 40),
        (refusal(429), 1),
        (refusal(503, retry_after="3"), 3),
        (refusal(403, x_ratelimit_remaining="0", x_ratelimit_reset=str(int(Clock().time) + 50)), 51),
        (refusal(403, retry_after="60"), 60),
        (refusal(429, ratelimit_limit="960", ratelimit_remaining="0", ratelimit_reset="12"), 12),
    ],
)
def test_it_waits_as_it_is_told(limited: httpx.Response, wait: float) -> None:
    source = Recorded(in_turn(limited, OK))
    assert source.asking().ask("/api").status == 200
    assert source.clock.slept == [pytest.approx(wait)]


def test_the_next_question_waits_when_this_one_was_the_last_allowed() -> None:
    last = httpx.Response(200, json=OK, headers={"x-ratelimit-remaining": "0", "x-ratelimit-reset": "30"})
    source = Recorded(in_turn(last, OK, OK))
    asking = source.asking()
    asking.ask("/a")
    assert source.clock.slept == []
    asking.ask("/b")
    asking.ask("/c")
    assert source.clock.slept == [pytest.approx(30)]


def test_a_longer_wait_than_anybody_has_ends_the_pull_with_the_way_on() -> None:
    source = Recorded(in_turn(refusal(429, retry_after="3600")))
    with pytest.raises(PullStopped, match=r"3,600 s.*goes on where it stopped"):
        source.asking().ask("/api")
    assert source.clock.slept == []


def test_what_fails_for_a_moment_is_asked_again_and_later_each_time() -> None:
    source = Recorded(in_turn(httpx.ConnectError("no"), refusal(502), httpx.ReadTimeout("slow"), OK))
    assert source.asking().ask("/api").status == 200
    assert source.clock.slept == [1, 2, 4]


@pytest.mark.parametrize("trouble", [httpx.ConnectError("no"), 502, 429])
def test_what_fails_for_good_ends_the_pull(trouble: Exception | int) -> None:
    def answer(*_: object) -> object:
        return refusal(trouble) if isinstance(trouble, int) else trouble

    source = Recorded(answer)
    with pytest.raises(PullStopped, match="goes on where it stopped"):
        source.asking().ask("/api")
    assert len(source.asked) == 6


def test_a_redirect_is_not_followed_and_its_query_not_shown() -> None:
    source = Recorded(in_turn(refusal(302, location=f"https://elsewhere.example/in?t={TOKEN}")))
    with pytest.raises(PullStopped, match=r"elsewhere\.example/in, where the token is not sent") as told:
        source.asking().ask("/api")
    assert len(source.asked) == 1 and TOKEN not in str(told.value)


def test_a_wrong_token_ends_the_pull_and_a_forbidden_question_only_itself() -> None:
    with pytest.raises(PullStopped, match="401: the token is missing, wrong or too old"):
        Recorded(in_turn(refusal(401))).asking().ask("/api")
    with pytest.raises(StepRefused, match=r"403.*may not read this"):
        Recorded(in_turn(refusal(403, {"message": "no"}))).asking().ask("/api")


def test_what_the_source_says_is_told_without_the_token() -> None:
    source = Recorded(in_turn(refusal(400, {"status": "error", "error": f"parse error near {TOKEN}"})))
    with pytest.raises(StepRefused, match='It says: "parse error near') as told:
        source.asking().ask("/api")
    assert TOKEN not in str(told.value)


def test_an_answer_that_repeats_the_token_is_not_handed_on() -> None:
    with pytest.raises(StepRefused, match="repeats the token") as told:
        Recorded(in_turn({"echo": f"Bearer {TOKEN}"})).asking().ask("/api")
    assert TOKEN not in str(told.value)


def test_an_answer_without_end_is_cut_off() -> None:
    with pytest.raises(StepRefused, match="more than 1 MiB"):
        Recorded(in_turn(b"x" * (2**20 + 1))).asking(most_bytes=2**20).ask("/api")


def test_no_log_line_and_no_description_holds_the_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    source = Recorded(in_turn(refusal(429, retry_after="1"), OK))
    asking = source.asking(headers={"Authorization": f"Bearer {TOKEN}"})
    asking.ask("/api")
    assert TOKEN not in caplog.text and TOKEN not in repr(asking.access)
