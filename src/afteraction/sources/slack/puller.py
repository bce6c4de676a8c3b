"""Pulls what was said in channels: the history of the window, the threads in it and, where asked, who is who.

Knows Slack's cursors (https://docs.slack.dev/apis/web-api/pagination) and that it refuses with status 200. Refuses to
list or join channels: only those are read that are named and that the token's app is in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from afteraction.core.errors import AfteractionError
from afteraction.sources.pulls import Answer, Params, PullStopped, Step, StepRefused, Turn, Wanted, stamp

_CHANNEL = re.compile(r"[CGD][A-Z0-9]{8,20}")
_TS = re.compile(r"\d{9,11}\.\d{1,6}")
_TOKEN_TROUBLE = {
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "org_login_required",
}  # fmt: skip
_STEPS = {
    "not_in_channel": "Invite the app into the channel.",
    "channel_not_found": "Check the channel's id, and that the app is in it.",
    "missing_scope": "Give the app this scope.",
}
_PAGE, _PEOPLE = 200, 1_000


@dataclass(frozen=True)
class Slack:
    """The source of this folder. Each ask is the id of a channel."""

    name: str = "slack"
    title: str = "Slack"
    ask_word: str = "channel id"
    is_ask_needed: bool = True
    address: str = "https://slack.com/api"
    options: Mapping[str, str] = field(
        default_factory=lambda: {"people": "yes: fetch the member list too, so that messages have names"}
    )

    def headers(self, token: str, options: Mapping[str, str]) -> dict[str, str]:
        """A bearer token."""
        return {"Authorization": f"Bearer {token}"} if token else {}

    def first(self, wanted: Wanted) -> Sequence[Step]:
        """The first page of each channel's history, and of the member list where that is wanted."""
        for ask in wanted.asks:
            if not _CHANNEL.fullmatch(ask):
                raise AfteractionError(
                    f'"{ask}" is no channel\'s id.',
                    next_step="It begins with C, G or D; the channel's details show it.",
                )
        people = wanted.options.get("people", "no")
        if people not in ("yes", "no"):
            raise AfteractionError(f'people is "yes" or "no", not "{people}".')
        begin = stamp(wanted.start)
        histories = [
            Step(f"conversations.history.{ask}.{begin}.p1.json", "/conversations.history",
                 (("channel", ask), *_window(wanted)))
            for ask in wanted.asks
        ]  # fmt: skip
        members = [Step("users.list.json", "/users.list", (("limit", str(_PEOPLE)),))] if people == "yes" else []
        return [*members, *histories]

    def after(self, step: Step, answer: Answer, wanted: Wanted) -> Turn:
        """Keeps pages with anything in them; the next page follows, and threads that began on this one."""
        found = answer.json()
        if not isinstance(found, dict) or found.get("ok") is not True:
            raise _refusal(found if isinstance(found, dict) else {}, step)
        rows = found.get("members" if step.path == "/users.list" else "messages")
        if not isinstance(rows, list):
            raise StepRefused("Slack's answer has no messages.", where=step.name)
        more = _next_page(step, found)
        if step.path == "/conversations.history":
            more += [_thread(step, row["ts"], wanted) for row in rows if _has_replies(row)]
        return Turn(is_kept=bool(rows), more=more, told="" if rows else "Nothing was said in the window.")


def _window(wanted: Wanted) -> Params:
    oldest, latest = (f"{moment.timestamp():.6f}" for moment in (wanted.start, wanted.end))
    return (("oldest", oldest), ("latest", latest), ("inclusive", "true"), ("limit", str(_PAGE)))


def _has_replies(row: Any) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("ts"), str) or not _TS.fullmatch(row["ts"]):
        return False
    return isinstance(row.get("reply_count"), int) and row["reply_count"] > 0


def _thread(step: Step, ts: str, wanted: Wanted) -> Step:
    channel = step.parameter("channel")
    params = (("channel", channel), ("ts", ts), *_window(wanted))
    return Step(f"conversations.replies.{channel}.{ts.replace('.', '-')}.p1.json", "/conversations.replies", params)


def _next_page(step: Step, found: Mapping[str, Any]) -> list[Step]:
    cursor = (found.get("response_metadata") or {}).get("next_cursor")
    if not isinstance(cursor, str) or not cursor:
        return []
    if step.path == "/users.list":
        # The reader looks for these names.
        number = int(step.name.split(".")[2]) + 1 if step.name != "users.list.json" else 2
        name = f"users.list.{number}.json"
    else:
        stem, _, number_told = step.name.removesuffix(".json").rpartition(".p")
        name = f"{stem}.p{int(number_told) + 1}.json"
    return [Step(name, step.path, step.with_parameters(cursor=cursor))]


def _refusal(found: Mapping[str, Any], step: Step) -> Exception:
    error = str(found.get("error") or "no reason")[:80]
    if error in _TOKEN_TROUBLE:
        return PullStopped(f'Slack refuses the token: "{error}".', next_step="Check the variable that holds it.")
    if error == "ratelimited":
        return PullStopped("Slack asks to wait.", next_step="Run the same pull again: it goes on where it stopped.")
    needed = f" ({found['needed']})" if isinstance(found.get("needed"), str) else ""
    return StepRefused(f'Slack answers "{error}"{needed}.', where=step.name, next_step=_STEPS.get(error, ""))


PULLER = Slack()
