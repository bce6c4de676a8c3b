"""Registers the app under a label of its own."""

from __future__ import annotations

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """The app `incidents`."""

    name = "afteraction.web.incidents"
    label = "incidents"

    def ready(self) -> None:
        """Says who may see and stop the jobs of incidents, and who may read their trail."""
        from afteraction.web.accounts.trail import answer_for
        from afteraction.web.incidents.background import register_jobs
        from afteraction.web.incidents.permissions import seated_in

        register_jobs()
        answer_for("incident", seated_in)
