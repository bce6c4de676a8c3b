"""Every operation of the API, called with what its description allows: never a 5xx, and every refusal is a problem."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afteraction.web.accounts.actions.tokens import make_token
from afteraction.web.accounts.models import SiteRole
from afteraction.web.api.application import described
from afteraction.web.config.wsgi import application
from afteraction.web.reviews.actions import PartWish, change_parts, open_review
from tests.effort import examples

DESCRIBED = {
    f"{method.upper()} {path}": operation
    for path, methods in described()["paths"].items()
    for method, operation in methods.items()
}
PARTS = (
    ("node", "N1", {"kind": "outcome", "statement": "Checkout failed", "top": "happened"}),
    ("node", "N2", {"kind": "event", "statement": "All connections were in use"}),
    ("edge", "L1", {"source": "N2", "target": "N1"}),
    ("change", "C1", {"text": "The pool grows with its demand", "targets": ["N2"]}),
)
ANSWERS = ("application/json", "application/problem+json")
# What an operation may answer with instead of JSON.
FILES = {name: tuple(each["responses"].get("200", {}).get("content", {})) for name, each in DESCRIBED.items()}


@pytest.fixture
def secret(incident, person) -> str:
    """A token that may do everything, of an admin who owns the small incident and its review."""
    person.role = SiteRole.ADMIN
    person.save()
    parts = [PartWish(sort, ident, body) for sort, ident, body in PARTS]
    change_parts(open_review(incident, actor=person), parts, verb="add", actor=person)
    return make_token("fuzz", ("read", "write", "evidence", "admin"), days=1, actor=person)[1]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A server gives its connection back after each request; here the test's transaction stands in it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("name", DESCRIBED)
def test_no_call_breaks_the_server(name: str, secret: str) -> None:
    method, path = name.split(" ", 1)
    operation = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)[path][method]

    @settings(
        max_examples=examples(4), deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), is_ours=st.booleans())
    def call(case, is_ours: bool) -> None:
        if is_ours and "key" in case.path_parameters:
            case.path_parameters["key"] = "INC-2041"
        answer = case.call(headers={"Authorization": f"Bearer {secret}"})
        told = (case.as_curl_command(), answer.content[:2000])
        assert answer.status_code < 500, told
        kind = answer.headers.get("content-type", [""])[0]
        # A file is of the kind that is described; an address that no operation has is a page of the site.
        is_file = answer.status_code == 200 and kind.startswith(FILES.get(name, ANSWERS))
        assert is_file or answer.status_code in (204, 404) or kind.startswith(ANSWERS), told

    call()
