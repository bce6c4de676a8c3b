"""How much the property tests try: a little in the fast lane, a lot in `make test-slow`; and one database a process."""

import os

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as trying

from tests.effort import examples

trying.register_profile(
    "fast", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
trying.register_profile(
    "thorough", max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
trying.load_profile(os.environ.get("AFTERACTION_TEST_PROFILE", "fast"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """A database of its own for each process of tests on PostgreSQL. On SQLite each has one in its own memory, and a
    suffix would make a path of it, since our engine is not known by name."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    default = settings.DATABASES["default"]
    if worker and "postgresql" in default["ENGINE"]:
        default.setdefault("TEST", {})["NAME"] = f"test_{default['NAME']}_{worker}"
