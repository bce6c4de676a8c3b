"""Registers the app under a label of its own."""

from __future__ import annotations

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """The app `incidents`."""

    name = "afteraction.web.incidents"
    label = "incidents"

    def ready(self) -> None:
        """Says who may see and stop the jobs of incidents."""
        from afteraction.web.incidents.background import register_jobs

        register_jobs()
