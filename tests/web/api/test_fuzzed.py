"""Every operation of the API, called with what its description allows: never a 5xx, and every answer is as
described, refusals too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from afteraction.web.accounts.actions.tokens import make_token
from afteraction.web.accounts.models import SiteRole
from afteraction.web.api.application import described
from afteraction.web.config.wsgi import application
from afteraction.web.reviews.actions import PartWish, change_parts, open_review
from tests.effort import examples

OPERATIONS = [f"{method.upper()} {path}" for path, methods in described()["paths"].items() for method in methods]
PARTS = (
    ("node", "N1", {"kind": "outcome", "statement": "Checkout failed", "top": "happened"}),
    ("node", "N2", {"kind": "event", "statement": "All connections were in use"}),
    ("edge", "L1", {"source": "N2", "target": "N1"}),
    ("change", "C1", {"text": "The pool grows with its demand", "targets": ["N2"]}),
)
AS_DESCRIBED = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@cache
def description() -> Any:
    """The description, read once over its own address."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


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
@pytest.mark.parametrize("name", OPERATIONS)
def test_no_call_breaks_the_server(name: str, secret: str) -> None:
    method, path = name.split(" ", 1)
    operation = description()[path][method]

    @settings(
        max_examples=examples(4), deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), is_ours=st.booleans())
    def call(case, is_ours: bool) -> None:
        if is_ours and "key" in case.path_parameters:
            case.path_parameters["key"] = "INC-2041"
        answer = case.call(headers={"Authorization": f"Bearer {secret}"})
        # An address that no operation has is a page of the site.
        if answer.status_code != 404:
            case.validate_response(answer, checks=AS_DESCRIBED)

    call()
