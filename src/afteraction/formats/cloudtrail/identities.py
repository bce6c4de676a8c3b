"""Who called the API of AWS.

Knows how CloudTrail writes users, roles, services and sign-ins. Refuses to call a role a person unless its session
bears a person's address or came from the console.
"""

# ruff: noqa: E501 (a pattern reads better in one piece)
from __future__ import annotations

import re

from afteraction.core.json_payloads import Payload
from afteraction.core.records import Actor

_MACHINE = re.compile(
    r"(?:^|[-_./ ])(?:ci|cd|bot|terraform|automation|deploy(?:er|ment)?|pipeline|jenkins|github|gitlab|svc|service)(?:[-_./ ]|$)",
    re.IGNORECASE,
)
_AGENT = re.compile(r"terraform|cloudformation|\.amazonaws\.com|pulumi|ansible|cdk", re.IGNORECASE)


def actor_of(record: Payload) -> Actor | None:
    """The caller; None where the record names none."""
    who = record.below("userIdentity")
    type_, arn = who.text("type"), who.text("arn")
    if type_ == "AWSService" or (not arn and who.text("invokedBy")):
        name = who.text("invokedBy") or "AWS"
        return Actor(key=f"aws:{name}", name=name, is_bot=True)
    session = arn.rsplit("/", 1)[-1] if type_ == "AssumedRole" else ""
    name = who.text("userName") or session or arn.rsplit("/", 1)[-1] or who.text("principalId")
    if type_ == "Root":
        name = "root"
    key = arn or who.text("principalId") or name
    return Actor(key=f"aws:{key}", name=name, is_bot=_is_machine(record, type_, name)) if key else None


def _is_machine(record: Payload, type_: str, name: str) -> bool:
    """A role's session is a machine's unless something speaks for a person; a user is a person unless its name or its
    tool says otherwise."""
    if record.text("userIdentity", "invokedBy") or _AGENT.search(record.text("userAgent")):
        return not _from_console(record)
    if _from_console(record):
        return False
    if type_ == "AssumedRole":
        return "@" not in name
    return bool(_MACHINE.search(name))


def _from_console(record: Payload) -> bool:
    agent = record.text("userAgent")
    return (
        str(record.at("sessionCredentialFromConsole")).lower() == "true"
        or agent.startswith(("console.", "signin.", "Mozilla/"))
        or record.text("eventName") == "ConsoleLogin"
    )
