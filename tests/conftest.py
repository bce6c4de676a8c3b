"""How much the property tests try: a little in the fast lane, a lot in `make test-slow`; and one database a process."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.effort import examples

settings.register_profile(
    "fast", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile(
    "thorough", max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("AFTERACTION_TEST_PROFILE", "fast"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix() -> None:
    """Leaves the name as it is: processes side by side each have a database in their own memory. The suffix that is put
    there otherwise makes a path of it, since our engine for SQLite is not known by name."""
