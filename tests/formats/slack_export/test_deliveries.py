"""Messages as Slack's Events API delivers them."""

from __future__ import annotations

import json
from typing import Any

from afteraction.core.records import EventKind
from afteraction.formats.slack_export.reader import READER
from tests.formats.originals import original, read, winner

SAID = {
    "type": "message",
    "channel": "C024BE91L",
    "user": "U2147483697",
    "text": "rolling back",
    "ts": "1778595240.000200",
    "event_ts": "1778595240.000200",
    "channel_type": "channel",
}


def delivery(**event: Any) -> dict[str, Any]:
    return {"token": "x", "team_id": "T1", "type": "event_callback", "event_id": "Ev1", "event": {**SAID, **event}}


def test_a_delivered_message_is_the_message():
    source = original(delivery())
    assert winner(source) == "slack_export"
    (event,), failures = read(READER, source)
    assert failures == [] and event.kind is EventKind.COMMUNICATION
    assert (event.body, event.actor.key, event.attributes["channel"]) == (
        "rolling back", "slack:U2147483697", "C024BE91L",
    )  # fmt: skip
    assert event.fingerprint == "slack:1778595240.000200:slack:U2147483697"
    assert event.evidence.locator.pointer == "/event"


def test_deliveries_on_lines_and_edits_are_read():
    edit = delivery(subtype="message_changed", message={**SAID, "text": "rolled back"}, previous_message=SAID)
    text = "\n".join(json.dumps(one) for one in (delivery(), edit))
    found, failures = read(READER, original(text, "deliveries.jsonl"))
    assert failures == [] and [one.body for one in found] == ["rolling back", "rolled back"]
    assert found[1].attributes["previous_text"] == "rolling back"


def test_a_delivery_without_a_message_is_left_alone():
    assert READER.sniff(original({"type": "url_verification", "challenge": "x"})) == 0.0
    reaction = {"type": "event_callback", "event": {"type": "reaction_added", "item": {"ts": "1778595240.000200"}}}
    assert READER.sniff(original(reaction)) == 0.0
