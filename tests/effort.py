"""How hard property tests try: as much as they ask for in the fast lane, many times that in the slow one."""

import os

THOROUGH = os.environ.get("AFTERACTION_TEST_PROFILE") == "thorough"
TIMES = 25 if THOROUGH else 1


def examples(asked: int) -> int:
    """Examples for a test that asks for this many in the fast lane."""
    return asked * TIMES
