"""Registers the app under a label of its own."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from afteraction.web.accounts.models import User
    from afteraction.web.incidents.models import Incident
    from afteraction.web.incidents.reports.editions import ReportEdition


class ReviewsConfig(AppConfig):
    """The app `reviews`."""

    name = "afteraction.web.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Listens to what happens below that concerns reviews."""
        from afteraction.web.incidents.actions.forget import evidence_forgotten
        from afteraction.web.reviews.actions import hear_facts
        from afteraction.web.reviews.actions.forget_evidence import forget_evidence

        def forget(incident: Incident, hashes: Collection[str], **_: object) -> None:
            forget_evidence(incident, hashes)

        from afteraction.web.incidents.actions.opening_widely import opening_widely

        def refuse(incident: Incident, **_: object) -> None:
            # The language rules are half the engine; a server that starts needs none of them.
            from afteraction.web.reviews.blaming import refuse_blame

            refuse_blame(incident)

        opening_widely.connect(refuse, weak=False, dispatch_uid="reviews.refuse_blame")
        hear_facts.listen()
        evidence_forgotten.connect(forget, weak=False, dispatch_uid="reviews.forget_evidence")

        from afteraction.web.incidents.reports.reviewed import ReviewedReport, composes_reports
        from afteraction.web.reviews.triggering.listening import listen

        listen()

        def compose(edition: ReportEdition, audience: str, reader: User, asked: bool) -> ReviewedReport | None:
            # Composing loads half the engine; a server that starts needs none of it.
            from afteraction.web.reviews.report import compose as composed

            return composed(edition, audience, reader, asked)

        composes_reports(compose)
