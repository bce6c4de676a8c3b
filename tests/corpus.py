"""Finds real material beside the repository; tests that need it are skipped, loudly, where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


def corpus(path: str) -> Path:
    """A file or folder of the shared corpus; skips the test when it is not there."""
    shared = Path(os.environ.get("AFTERACTION_SHARED") or REPOSITORY.parent / "shared")
    found = shared / "corpus" / path
    if not found.exists():
        pytest.skip(f"NOT TESTED: {found} is absent; set AFTERACTION_SHARED to the folder that holds the corpus")
    return found
