"""What holds for every reader of JSON evidence: nothing makes it raise, and no two records share a place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afteraction import formats
from afteraction.core.evidence import Locator
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import original, read, winner

READERS = (
    "alertmanager_api",
    "alertmanager_webhook",
    "generic_json",
    "prometheus_query",
    "prometheus_state",
    "statuspage",
)
SAMPLES = {
    name: [json.loads(path.read_text()) for path in sorted((Path(formats.__file__).parent / name).glob("*.json"))]
    for name in READERS
}
EVERYTHING = [sample for samples in SAMPLES.values() for sample in samples]


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_wrong_value_makes_a_reader_raise(name, data):
    reader = formats.reader_named(name)
    text = data.draw(mutated(SAMPLES[name]) | mutated(EVERYTHING))
    source = original(text, zone=data.draw(st.sampled_from([None, "Europe/Berlin", "Nowhere/There"])))
    assert 0 <= reader.sniff(source) <= 1
    records, failures = read(reader, source)
    for record in records:
        assert record.evidence.locator != Locator()
    assert all(failure.reason for failure in failures)


@pytest.mark.parametrize("name", READERS)
def test_each_has_a_readme_with_a_source_and_an_example_that_it_wins(name):
    reader = formats.reader_named(name)
    assert winner(original(reader.example)) == name
    readme = (Path(formats.__file__).parent / name / "README.md").read_text()
    assert "https://" in readme


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_byte_order_marks_and_utf_16_change_nothing(name, encoding):
    reader = formats.reader_named(name)
    for sample in SAMPLES[name]:
        text = json.dumps(sample, indent=1)
        plain, _ = read(reader, original(text))
        other = original(text.encode(encoding))
        assert winner(other) == name
        found, failures = read(reader, other)
        assert failures == [] and [one.evidence for one in found] == [one.evidence for one in plain]
