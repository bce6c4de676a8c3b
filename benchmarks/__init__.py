"""Benchmarks: ratios measured in one run, never part of the tests. `python -m benchmarks` writes RESULTS.md."""
