"""Each reader against its own samples, damaged at random: two seconds of it here, sixty in the slow lane.

Whatever comes, no error escapes, every record has a place of its own, no input takes out of all proportion to its size,
and memory stays bounded. Bulk readers' plans are carried out by the store as well. The seed of a run that fails is in
its message, and the input lies beside it.
"""

from __future__ import annotations

import os
import random
import resource
import time
from pathlib import Path
from typing import Any

import pytest

from afteraction.core.errors import AfteractionError
from afteraction.core.reading import BulkReader
from afteraction.stores.evidence import EvidenceStore
from tests.effort import THOROUGH
from tests.formats.damage import damaged
from tests.formats.originals import original
from tests.formats.test_every_reader import DECLARED, NAMES, reader, samples, try_out

SECONDS = 60.0 if THOROUGH else 2.0
MOST_MEMORY = 768 * 1024  # KiB of growth, over inputs of at most 256 KiB each
OPTIONS: tuple[dict[str, Any], ...] = ({}, DECLARED, {"zone": "Nowhere/There"}, {"zone": "UTC", "year": 2026})


@pytest.mark.parametrize("name", NAMES)
def test_random_damage_breaks_no_reader(name, tmp_path):
    found, own = reader(name), samples(name)
    seed = random.SystemRandom().randrange(2**32) if THOROUGH else 20_261_121
    rng = random.Random(f"{name} {seed}")
    contents = list(own.values())
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, tried = time.process_time(), 0
    while time.process_time() - began < SECONDS:
        content, path = damaged(rng, contents), rng.choice(list(own))
        options = rng.choice(OPTIONS)
        try:
            try_out(found, content, path, **options)
            if isinstance(found, BulkReader) and tried % 8 == 0:
                carry_out(found, content, path, tmp_path / str(tried), options)
        except Exception as error:
            kept = Path(os.environ.get("AFTERACTION_FUZZ_KEEP") or tmp_path) / f"{name}-{seed}-{tried}"
            kept.write_bytes(content)
            raise AssertionError(f"seed {seed}, input {tried} in {kept} as {path} with {options}") from error
        tried += 1
    assert tried > 0
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown
    assert grown < MOST_MEMORY, f"seed {seed}: {grown // 1024} MiB more for {tried} inputs"


def carry_out(found: Any, content: bytes, path: str, folder: Path, options: dict[str, Any]) -> None:
    """Imports what a plan promises into a store of its own; only errors that name the next step may come of it."""
    source = original(content, path, **options)
    try:
        outcome = EvidenceStore(folder).import_plan(source, found.plan(source))
    except AfteractionError as error:
        assert error.what
        return
    assert all(failure.reason for failure in outcome.failures)
