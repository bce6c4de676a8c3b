"""Slack: what was said in the window, with its threads, and who said it where that is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from afteraction.core.errors import AfteractionError
from afteraction.core.reading import ReadOptions
from afteraction.formats.slack_export.reader import READER
from afteraction.pipeline.intake import as_sources, take_in
from afteraction.sources.pulls import PullStopped, StepRefused
from afteraction.sources.slack.puller import PULLER
from afteraction.stores.evidence import EvidenceStore
from tests.cli.case import analysis
from tests.sources.recorded import Recorded
from tests.sources.windows import answered, kept, pulled_into, wanted

CHANNEL = "C024BE7LQ"


def message(ts: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": "U024BE7LH", "ts": ts, "text": text, **more}


PARENT = message("1778594460.000100", "checkout is slow", thread_ts="1778594460.000100", reply_count=2)
PAGES = {
    "": ([message("1778594700.000200", "rolled back"), PARENT], "bmV4dA=="),
    "bmV4dA==": ([message("1778594410.000100", "deploying now")], ""),
}
REPLIES = [PARENT, message("1778594520.000100", "looking", thread_ts=PARENT["ts"])]
MEMBERS = [
    {"id": f"U024BE7L{letter}", "team_id": "T1", "is_bot": False, "profile": {"real_name": name}}
    for letter, name in (("A", "Grace"), ("H", "Ada"))
]


def answer(path: str, params: dict[str, str]) -> Any:
    cursor = params.get("cursor", "")
    if path.endswith("/conversations.history"):
        rows, following = PAGES[cursor]
        return {
            "ok": True,
            "messages": rows,
            "has_more": bool(following),
            "response_metadata": {"next_cursor": following},
        }
    if path.endswith("/conversations.replies"):
        return {"ok": True, "messages": REPLIES, "has_more": False}
    return {"ok": True, "members": [MEMBERS[bool(cursor)]],
            "response_metadata": {"next_cursor": "" if cursor else "cGFnZTI="}}  # fmt: skip


def test_pages_and_threads_follow(tmp_path: Path) -> None:
    source = Recorded(answer)
    pulled = pulled_into(tmp_path, PULLER, source, wanted(CHANNEL))
    assert kept(pulled) == [
        f"conversations.history.{CHANNEL}.20260512T140000Z.p1.json",
        f"conversations.history.{CHANNEL}.20260512T140000Z.p2.json",
        f"conversations.replies.{CHANNEL}.1778594460-000100.p1.json",
    ]
    first = source.asked[0].url
    assert (first.path, first.params["oldest"], first.params["latest"]) == (
        "/api/conversations.history", "1778594400.000000", "1778598000.000000",
    )  # fmt: skip
    assert source.asked[1].url.params["cursor"] == "bmV4dA=="
    assert source.asked[2].url.params["ts"] == PARENT["ts"]


def test_what_was_pulled_is_read_with_its_channel_and_each_message_once(tmp_path: Path) -> None:
    pulled_into(tmp_path, PULLER, Recorded(answer), wanted(CHANNEL, people="yes"))
    document = analysis("--names", tmp_path)
    assert {file["reader"] for file in document["files"]} == {"slack_export"}
    assert sum(file["failures_total"] for file in document["files"]) == 0
    said = [event for event in document["events"] if event["lane"] == "chat"]
    assert sorted(event["title"] for event in said) == ["checkout is slow", "deploying now", "looking", "rolled back"]
    assert {event["attributes"]["channel"] for event in said} == {CHANNEL}


def test_members_come_in_pages_that_the_reader_finds(tmp_path: Path) -> None:
    pulled = pulled_into(tmp_path, PULLER, Recorded(answer), wanted(CHANNEL, people="yes"))
    assert kept(pulled)[:2] == ["users.list.json", "users.list.2.json"]
    found = EvidenceStore(tmp_path / "store")
    taken = take_in([tmp_path / "slack"], found)
    sources = as_sources(taken, found, ReadOptions())
    history = next(source for name, source in sources.items() if "history" in name)
    assert {record.actor.name for record in READER.read(history)} == {"Ada"}


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "ratelimited"])
def test_trouble_with_the_token_ends_the_pull(error: str) -> None:
    with pytest.raises(PullStopped):
        PULLER.after(PULLER.first(wanted(CHANNEL))[0], answered({"ok": False, "error": error}), wanted(CHANNEL))


def test_a_channel_that_the_app_is_not_in_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    def some(path: str, params: dict[str, str]) -> Any:
        return (
            {"ok": False, "error": "not_in_channel"} if params.get("channel") == "C0OTHER99" else answer(path, params)
        )

    pulled = pulled_into(tmp_path, PULLER, Recorded(some), wanted("C0OTHER99", CHANNEL))
    assert [each.told for each in pulled.refused] == [
        'Slack answers "not_in_channel". Invite the app into the channel.'
    ]
    assert len(pulled.kept) == 3


def test_the_scope_that_is_missing_is_named() -> None:
    body = {"ok": False, "error": "missing_scope", "needed": "channels:history"}
    with pytest.raises(StepRefused, match=r"missing_scope\" \(channels:history\)"):
        PULLER.after(PULLER.first(wanted(CHANNEL))[0], answered(body), wanted(CHANNEL))


@pytest.mark.parametrize("ask", ["", "general", "#general", "c024be7lq", "C024BE7LQ&x=1"])
def test_a_channel_that_is_none_is_named(ask: str) -> None:
    with pytest.raises(AfteractionError, match="no channel's id"):
        PULLER.first(wanted(ask))


@pytest.mark.parametrize("body", [{"ok": True}, {"ok": True, "messages": {}}, []])
def test_an_answer_that_is_none_is_refused(body: object) -> None:
    with pytest.raises(StepRefused):
        PULLER.after(PULLER.first(wanted(CHANNEL))[0], answered(body), wanted(CHANNEL))


def test_an_odd_message_brings_no_thread() -> None:
    rows = [7, {}, {"ts": "x", "reply_count": 3}, {"ts": "1778594460.000100", "reply_count": "3"}]
    body = {"ok": True, "messages": rows, "response_metadata": None}
    assert list(PULLER.after(PULLER.first(wanted(CHANNEL))[0], answered(body), wanted(CHANNEL)).more) == []
