"""What the tests of readers of payloads share: checks that hold for every provider."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from afteraction.core.evidence import Failure
from afteraction.core.records import Record
from tests.corpus import corpus
from tests.formats.mutations import mutated
from tests.formats.originals import file, original, read, winner


def corpus_files(*patterns: str) -> list[Path]:
    """Files of the shared corpus below `payloads/open` that fit these patterns; skips the test without the corpus."""
    found = sorted(path for pattern in patterns for path in corpus("payloads/open").glob(pattern))
    assert found, f"the corpus holds nothing like {patterns}"
    return found


def read_corpus(reader: object, name: str, *patterns: str) -> dict[str, tuple[list[Record], list[Failure]]]:
    """Records and failures of each such file, each won by this reader."""
    read_files = {}
    for path in corpus_files(*patterns):
        assert winner(file(path)) == name, path.name
        read_files[path.name] = read(reader, file(path))  # type: ignore[arg-type]
    return read_files


def check_no_silence(reader: object, data: st.DataObject, originals: Sequence[object]) -> None:
    """Whatever stands in a field, the reader does not raise, and each of several elements leaves a record or a
    failure of its own: one that is broken takes nothing from its neighbours."""
    text = data.draw(mutated(list(originals)))
    zone = data.draw(st.sampled_from([None, "Europe/Berlin"]))
    read(reader, original(text, zone=zone))  # type: ignore[arg-type]
    whole = [json.dumps(one) for one in originals]
    lines = [whole[0], text.replace("\n", " "), "17", whole[-1]]
    records, failures = read(reader, original("\n".join(lines) + "\n", "all.jsonl", zone=zone))  # type: ignore[arg-type]
    spoken = {record.evidence.locator.line for record in records} | {failure.locator.line for failure in failures}
    assert {1, 2, 3, 4} <= spoken
