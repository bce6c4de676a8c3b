"""Bringing a review in from a file: the Markdown of a report, edited or not, or the JSON of a review.

Knows files and what is said of them. Refuses to read what is too large, and to hide what was not taken.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from afteraction.core.errors import AfteractionError
from afteraction.core.evidence import Failure
from afteraction.pipeline.review.exchange import NoReview
from afteraction.pipeline.review.markdown_in import read_markdown
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.actions.import_review import import_review

LARGEST = 5_000_000


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in_page(request: HttpRequest, key: str) -> HttpResponse:
    """The page with the form; after a file was sent, what came of it."""
    incident = access_incident(request, key, WORK)
    context: dict[str, Any] = {**page_context(incident, latest_analysis(incident), "review"), "largest": "5 MB"}
    if request.method != "POST":
        return render(request, "reviews/bring_in.html", context)
    try:
        document, name, listed = _read(request.FILES.get("file"))
        review, failures = import_review(incident, document, name, actor=person_of(request))
    except AfteractionError as problem:
        return render(request, "reviews/bring_in.html", {**context, "problem": problem}, status=400)
    context |= {"review": review, "name": name, "failures": (*listed, *failures)}
    return render(request, "reviews/bring_in.html", context)


def _read(file: object) -> tuple[object, str, tuple[Failure, ...]]:
    """(document, name, what was not taken) of an uploaded file. Raises NoReview."""
    if not isinstance(file, UploadedFile):
        raise NoReview("No file was chosen.", next_step="Choose the Markdown or the JSON of a review.")
    name = str(file.name or "file")
    if (file.size or 0) > LARGEST:
        raise NoReview(f"{name} is larger than 5 MB.", next_step="A review never is: choose its Markdown or JSON.")
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise NoReview(f"{name} is no text in UTF-8 (byte {problem.start:,}).", next_step="Save it as UTF-8.") from None
    if not text.lstrip().startswith("{"):
        document, failures = read_markdown(text, name)
        return document, name, failures
    try:
        return json.loads(text), name, ()
    except (ValueError, RecursionError) as problem:
        raise NoReview(f"{name} is no JSON ({problem}).", next_step="Export the review once more.") from None
