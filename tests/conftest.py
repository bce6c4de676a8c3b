"""How much the property tests try: a little in the fast lane, a lot in `make test-slow`."""

import os

from hypothesis import HealthCheck, settings

from tests.effort import examples

settings.register_profile(
    "fast", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile(
    "thorough", max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("AFTERACTION_TEST_PROFILE", "fast"))
