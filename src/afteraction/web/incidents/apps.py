"""Registers the app under a label of its own."""

from __future__ import annotations

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """The app `incidents`."""

    name = "afteraction.web.incidents"
    label = "incidents"
