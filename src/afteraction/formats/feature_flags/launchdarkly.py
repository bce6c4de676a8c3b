"""An entry of LaunchDarkly's audit log, from its API or a webhook.

Knows resource specifiers and the sentence that an entry makes. Refuses its title, which holds names and addresses of
people: what was done stands in `titleVerb`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from afteraction.core.evidence import Failure
from afteraction.core.json_payloads import Payload, there
from afteraction.core.records import Actor, Change, ChangeKind, Event, EventKind, Lane
from afteraction.core.secrets import without_secrets

_KINDS = {"flag": ChangeKind.FLAG, "segment": ChangeKind.FLAG, "environment": ChangeKind.CONFIG,
          "project": ChangeKind.CONFIG, "release-pipeline": ChangeKind.CONFIG, "metric": ChangeKind.CONFIG}  # fmt: skip
_PART = re.compile(r"(proj|env|flag|segment)/([^:;/]+)")


def is_entry(value: Mapping[str, Any]) -> bool:
    """Whether an object is an entry of the log."""
    target = value.get("target")
    told = "titleVerb" in value or "accesses" in value or (isinstance(target, dict) and "resources" in target)
    return "date" in value and isinstance(value.get("kind"), str) and told and ("_id" in value or "member" in value)


def read_entry(entry: Payload) -> Change | Event | Failure:
    """A change of a flag, segment or setting; a note for people, tokens, roles and everything else."""
    at = entry.instant("date", unit="ms" if not isinstance(entry.at("date"), str) else "")
    if isinstance(at, Failure):
        return at
    kind = entry.text("kind")
    where = dict(_PART.findall(entry.text("target", "resources", "0") or entry.text("accesses", "0", "resource")))
    name = where.get(kind) or entry.text("name") or entry.text("target", "name")
    verb = _without_links(entry.text("titleVerb")) or _first_action(entry) or "changed"
    title = " ".join(part for part in (kind.capitalize(), name) if part) + f": {verb}"
    facts = there(
        number=entry.text("_id"), action=_actions(entry), project=where.get("proj", ""), flag=where.get("flag", ""),
        description=without_secrets(_without_links(entry.text("description"))), comment=entry.text("comment"),
    )  # fmt: skip
    common: dict[str, Any] = {
        "instant": at, "title": title, "environment": where.get("env", ""), "evidence": entry.cite("date"),
        "actor": _actor(entry), "fingerprint": f"launchdarkly:{number}" if (number := entry.text("_id")) else "",
    }  # fmt: skip
    if kind not in _KINDS:
        return Event(kind=EventKind.NOTE, lane=Lane.CHANGES, attributes={**facts, "status": verb}, **common)
    return Change(kind=_KINDS[kind], reference=name, diff=facts.get("description", ""), attributes=facts, **common)


def _without_links(text: str) -> str:
    """Markdown without the addresses behind its words."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)[:2000]


def _actions(entry: Payload) -> str:
    return ", ".join(dict.fromkeys(one.text("action") for one in entry.each("accesses") if one.text("action")))


def _first_action(entry: Payload) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", entry.text("accesses", "0", "action")).lower()


def _actor(entry: Payload) -> Actor | None:
    member = entry.below("member")
    ident, email = member.text("_id"), member.text("email")
    name = " ".join(part for part in (member.text("firstName"), member.text("lastName")) if part)
    if ident or email:
        return Actor(f"launchdarkly:{ident or email.lower()}", name or email)
    token = entry.text("token", "_id") or entry.text("token", "name")
    if token:
        return Actor(f"launchdarkly:token:{token}", entry.text("token", "name") or "an access token", is_bot=True)
    app = entry.text("app", "_id") or entry.text("app", "name")
    return Actor(f"launchdarkly:app:{app}", entry.text("app", "name") or "an app", is_bot=True) if app else None
