"""Turns records of deploys, commits and flag changes into changes.

Knows what the words of a deploy say about its direction and outcome. Refuses to tie changes to each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from afteraction.core.evidence import Failure
from afteraction.core.instant import Instant
from afteraction.core.records import Actor, Change, ChangeKind, Record
from afteraction.formats.generic_json.places import Placed

_BACK = re.compile(r"\broll(?:ed|ing)?[ _-]?back\b|\brevert", re.IGNORECASE)
_OUTCOMES = {
    "succeeded": "success", "successful": "success", "ok": "success", "completed": "success", "complete": "success",
    "deployed": "success", "done": "success", "failed": "failure", "error": "failure", "failing": "failure",
    "in_progress": "started", "running": "started", "pending": "started",
}  # fmt: skip


def read_deploy(placed: Placed) -> Iterator[Record | Failure]:
    """A deployment or a rollback; a stated end becomes `until`."""
    at = placed.time("time")
    if isinstance(at, Failure):
        yield at
        return
    until = placed.later("end", at)
    if isinstance(until, Failure):
        yield until
    text, service = placed.fields.text, placed.fields.text("service")
    version, commit = text("version"), text("commit")
    back = bool(_BACK.search(f"{text('note')} {text('status')}"))
    stated = {
        "version": version, "commit": commit, "previous": text("previous"), "url": text("url"), "note": text("note"),
        "status": text("status"),
    }  # fmt: skip
    yield Change(
        instant=at,
        until=until if isinstance(until, Instant) else None,
        kind=ChangeKind.ROLLBACK if back else ChangeKind.DEPLOYMENT,
        title=f"{service} {version or commit[:12]} {'rolled back' if back else 'deployed'}",
        service=service,
        environment=text("environment"),
        reference=version or commit,
        state=_OUTCOMES.get(text("status").lower(), text("status").lower()),
        actor=actor_of(placed),
        fingerprint=f"deploy:{text('id')}" if text("id") else "",
        evidence=placed.cite("time"),
        attributes={key: value for key, value in stated.items() if value},
    )


def read_commit(placed: Placed) -> Iterator[Record | Failure]:
    """A commit with its files and, where it is there, its diff."""
    at = placed.time("time")
    if isinstance(at, Failure):
        yield at
        return
    text, sha, message = placed.fields.text, placed.fields.text("sha"), placed.fields.text("message")
    files = placed.fields.find("files")[1]
    diff = placed.fields.find("diff")[1]
    yield Change(
        instant=at,
        kind=ChangeKind.COMMIT,
        title=(message.splitlines() or [sha])[0][:200],
        service=text("service"),
        reference=sha,
        actor=actor_of(placed, "author"),
        fingerprint=sha,
        files=tuple(_file_name(one) for one in files) if isinstance(files, list) else (),
        diff=diff if isinstance(diff, str) else "",
        evidence=placed.cite("time"),
        attributes={key: value for key, value in {"message": message, "url": text("url")}.items() if value},
    )


def read_flag(placed: Placed) -> Iterator[Record | Failure]:
    """A feature flag that was changed."""
    at = placed.time("time")
    if isinstance(at, Failure):
        yield at
        return
    text, flag = placed.fields.text, placed.fields.text("flag")
    change = f"{text('old')}->{text('change')}" if text("old") else text("change")
    stated = {"flag": flag, "change": change, "reason": text("reason")}
    yield Change(
        instant=at,
        kind=ChangeKind.FLAG,
        title=f"Flag {flag}: {change}",
        service=text("service"),
        environment=text("environment"),
        reference=flag,
        actor=actor_of(placed),
        evidence=placed.cite("time"),
        attributes={key: value for key, value in stated.items() if value},
    )


def actor_of(placed: Placed, role: str = "actor") -> Actor | None:
    """Who did it, where the record says so; a name or an object with one."""
    value = placed.fields.find(role)[1]
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "login", "email", "id") if value.get(key)), None)
    name = str(value) if isinstance(value, str | int) and value != "" else ""
    is_bot = bool(re.search(r"\[bot\]$|\bbot\b|\bci\b|^(?:argo|flux|jenkins|github-actions)", name, re.IGNORECASE))
    return Actor(key=f"record:{name}", name=name, is_bot=is_bot) if name else None


def _file_name(value: object) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in ("filename", "path", "name", "new_path") if value.get(key)), "")
    return str(value)
