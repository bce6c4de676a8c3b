"""Where reports learn of reviews: whoever keeps them says here what a report of the whole review is.

Knows the audiences, and what a report of a review can be asked for. Refuses to know reviews: they lie above.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django.http import HttpRequest

from afteraction.web.accounts.models import User
from afteraction.web.incidents.reports.editions import ReportEdition

AUDIENCES = ("internal", "executive", "public")
TITLES = {"internal": "Internal", "executive": "Executive", "public": "Public"}


class ReviewedReport(Protocol):
    """A report of the whole review for one audience."""

    @property
    def audience(self) -> str:
        """One of AUDIENCES."""
        ...

    @property
    def words(self) -> str:
        """What this edition is: published or not, and on which facts it rests."""
        ...

    @property
    def hints(self) -> Sequence[str]:
        """What whoever publishes should look at once more."""
        ...

    @property
    def leaks(self) -> Sequence[Any]:
        """What its audience must not get: each with `kind`, `text` and `place`."""
        ...

    def paper(self) -> str:
        """The report as HTML for a page that has the styles."""
        ...

    def file(self, form: str) -> tuple[str, bytes]:
        """(media type, bytes) as html, md, pdf, json or docx. Raises AfteractionError where it may not be made."""
        ...


Composer = Callable[[ReportEdition, str, User, bool], ReviewedReport | None]
_composers: list[Composer] = []


def composes_reports(composer: Composer) -> None:
    """Says who composes reports of reviews. It is given the edition, the audience, the reader, and whether a report of
    the review was asked for even though nobody wrote anything yet."""
    _composers[:] = [composer]


def reviewed_report(edition: ReportEdition, request: HttpRequest, reader: User) -> ReviewedReport | None:
    """The report of the whole review that a request asks for; None where the evidence alone is told: before anybody
    wrote into a review, and as it was known at some moment."""
    asked = request.GET.get("audience", "")
    audience = asked if asked in AUDIENCES else "internal"
    if not _composers or edition.known is not None:
        return None
    return _composers[0](edition, audience, reader, asked in AUDIENCES)
