"""OTLP in protobuf: the same records as its JSON, and whatever damage leaves of them."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction import formats
from afteraction.core.records import Record
from afteraction.formats.otlp.reader import READER
from tests.effort import examples
from tests.formats.originals import original, read, winner

HOME = Path(formats.__file__).parent / "otlp"
# The lines of sample.jsonl, written by Google's own protobuf as frames of the collector's file exporter.
FRAMES = (HOME / "sample.pb").read_bytes()
FIRST = FRAMES[4 : 4 + int.from_bytes(FRAMES[:4], "big")]
AT = "1778594531000000000"
# Written by Google's own protobuf from METRICS.
RICH = base64.b64decode(
    "Cv0BEvoBElEKAWVSTApIGQAetXNN1q4YIQYAAAAAAAAAKQAAAAAAACRAMAE5AQAAAAAAAABCBwgCEgMBrAJKBQgFEgECYQAAAAAA"
    "APi/aQAAAAAAACBAEAESSgoBc1pFCkMZAB61c03WrhghBgAAAAAAAAApAAAAAAAAJEAyEgkAAAAAAADgPxEAAAAAAAD4PzISCa5H"
    "4XoUru8/EQAAAAAAACJAElkKAWMaAkJ5OlAKShkAHrVzTdauGDH5/////////zojCgFhEh4qHAoLGP///////////wEKAhABCgkh"
    "AAAAAAAA+D86EQoBaxIMMgoKCAoBeBIDCgF5EAIYAQ=="
)
METRICS: list[dict[str, Any]] = [
    {
        "name": "e",
        "exponentialHistogram": {
            "aggregationTemporality": 1,
            "dataPoints": [
                {
                    "timeUnixNano": AT, "count": "6", "sum": 10, "scale": -1, "zeroCount": "1", "min": -1.5, "max": 8,
                    "negative": {"offset": -3, "bucketCounts": ["2"]},
                    "positive": {"offset": 1, "bucketCounts": ["1", "300"]},
                }
            ],
        },
    },
    {
        "name": "s",
        "summary": {
            "dataPoints": [
                {
                    "timeUnixNano": AT, "count": "6", "sum": 10,
                    "quantileValues": [{"quantile": 0.5, "value": 1.5}, {"quantile": 0.99, "value": 9}],
                }
            ]
        },
    },
    {
        "name": "c", "unit": "By",
        "sum": {
            "aggregationTemporality": 2, "isMonotonic": True,
            "dataPoints": [
                {
                    "timeUnixNano": AT, "asInt": "-7",
                    "attributes": [
                        {"key": "a", "value": {"arrayValue": {"values": [
                            {"intValue": "-1"}, {"boolValue": True}, {"doubleValue": 1.5},
                        ]}}},
                        {"key": "k", "value": {"kvlistValue": {"values": [
                            {"key": "x", "value": {"stringValue": "y"}},
                        ]}}},
                    ],
                }
            ],
        },
    },
]  # fmt: skip


def placeless(content: bytes | str | object) -> list[Record]:
    found, failures = read(READER, original(content))
    assert failures == []
    return [replace(one, evidence=None) for one in found]


def test_protobuf_gives_the_records_of_the_same_json():
    assert winner(original(FRAMES, "telemetry.pb")) == "otlp"
    assert placeless(FRAMES) == placeless((HOME / "sample.jsonl").read_text())
    assert len(placeless(FRAMES)) == 10


def test_every_shape_of_a_metric_is_decoded():
    assert winner(original(RICH, "metrics.bin")) == "otlp"
    assert placeless(RICH) == placeless({"resourceMetrics": [{"scopeMetrics": [{"metrics": METRICS}]}]})


@pytest.mark.parametrize("prefix", [b"", b"varint"])
def test_a_request_alone_and_frames_with_a_short_length_are_read(prefix):
    size = bytes([len(FIRST) & 0x7F | 0x80, len(FIRST) >> 7]) if prefix else b""
    assert winner(original(size + FIRST, "traces.bin")) == "otlp"
    assert placeless(size + FIRST) == placeless(FRAMES)[:3]


def test_a_place_is_a_pointer_and_the_bytes_of_the_record():
    span = read(READER, original(FRAMES))[0][0]
    place = span.evidence.locator
    assert place.pointer == "/0/resource/0/scope/0/0/startTimeUnixNano"
    assert b"POST /pay" in FRAMES[place.byte_start : place.byte_end]


def test_a_file_that_breaks_off_keeps_what_stands_before():
    found, failures = read(READER, original(FIRST[:-10]))
    assert [one.name for one in found if hasattr(one, "span_id")] == ["POST /pay"]
    assert len(failures) == 1 and "cut short" in failures[0].reason and failures[0].next_step


def test_other_bytes_are_left_alone():
    for content in (b"\x0a\x03abc", b"\n\nplain text below empty lines\n", bytes(400), b"\x0a" * 400):
        assert READER.sniff(original(content, "x.bin")) == 0.0


@settings(max_examples=examples(80), deadline=None)
@given(st.integers(0, len(FRAMES)), st.binary(max_size=6), st.integers(0, 12))
def test_no_damage_makes_it_raise(at, junk, gap):
    read(READER, original(FRAMES[:at] + junk + FRAMES[at + gap :]))
    read(READER, original(RICH[: at % len(RICH)] + junk + RICH[at % len(RICH) + gap :]))
