"""The API as one object, and its addresses.

Knows which rooms it is made of. Its description is kept in `docs/reference/openapi.json`, and a test compares.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.parser import Parser

from afteraction.web.api import (
    account,
    audits,
    commitments,
    comparing,
    embargo,
    evidence,
    exports,
    incidents,
    insights,
    jobs,
    language,
    mappings,
    meetings,
    metrics,
    near_misses,
    people,
    policies,
    pulls,
    repeats,
    reports,
    retention,
    review_findings,
    review_verbs,
    reviews,
    set_off,
    suspects,
    timeline,
)
from afteraction.web.api.problems import Problem, tell_problems
from afteraction.web.ui.characters import json_of


class HeldJson(Parser):
    """JSON without what could not be kept."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body. Raises NoJson and Unheld, which `problems` answers."""
        return json_of(request.body)


api = NinjaAPI(
    title="Afteraction",
    version="1",
    description="Everything the pages do, for programs. Make a token on your account page and send it as "
    "`Authorization: Bearer <token>`. Times are RFC 3339 in UTC; unknown is null. Errors are "
    "`application/problem+json` with what happened and the next step.",
    urls_namespace="api",
    docs_url=None,
    parser=HeldJson(),
)
tell_problems(api)
for _prefix, _room in (
    ("/incidents", comparing.router),
    ("/incidents", set_off.router),
    ("/incidents", incidents.router),
    ("/incidents", embargo.router),
    ("/incidents", timeline.router),
    ("/incidents", evidence.router),
    ("/incidents", pulls.router),
    ("/incidents", metrics.router),
    ("/incidents", reports.router),
    ("/incidents", jobs.router),
    ("/incidents", reviews.router),
    ("/incidents", repeats.router),
    ("/incidents", suspects.router),
    ("/incidents", review_findings.router),
    ("/incidents", review_verbs.router),
    ("/incidents", meetings.router),
    ("/incidents", mappings.router),
    ("/incidents", commitments.out_of_scope),
    ("/commitments", commitments.router),
    ("/incidents", retention.of_incidents),
    ("/retention", retention.router),
    ("/incidents", insights.of_incidents),
    ("/insights", insights.router),
    ("/commitments", audits.router),
    ("/export", exports.router),
    ("/policy", policies.router),
    ("/language", language.router),
    ("/near-misses", near_misses.router),
    ("", reports.finder),
    ("", people.router),
    ("", account.router),
):
    api.add_router(_prefix, _room)


def described() -> dict[str, Any]:
    """The OpenAPI description, with the answers that every operation may give."""
    schema: dict[str, Any] = api.get_openapi_schema()
    schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
    told = {
        "400": "The request cannot be done as it is.",
        "401": "Nobody is signed in.",
        "403": "The seat or the scope is missing.",
        "404": "Not there, or not for you.",
        "409": "Somebody else was first, or the state of things rules it out.",
        "422": "The request is not valid.",
        "503": "The database is busy.",
    }
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in schema["paths"].values():
        for operation in path.values():
            operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}
            for status, text in told.items():
                operation["responses"].setdefault(status, {"description": text, "content": content})
    return schema
