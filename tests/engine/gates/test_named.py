"""The gate that a sentence speaks of."""

from __future__ import annotations

import pytest

from afteraction.engine.gates.named import gate_named


@pytest.mark.parametrize(
    ("sentence", "gate"),
    [
        ("The canary would have shown it.", "canary"),
        ("A load test would have found the limit.", "load_test"),
        ("It could have been caught by tests.", "unit_tests"),
        ("There should have been an alert on errors.", "monitoring"),
        ("The reviewer could have seen it.", "code_review"),
        ("An end-to-end test would have failed.", "integration_tests"),
        ("Staging would have told.", "staging"),
        ("The queue would have been shorter.", ""),
    ],
)
def test_the_gate_is_the_one_that_is_named(sentence: str, gate: str) -> None:
    assert gate_named(sentence) == gate
