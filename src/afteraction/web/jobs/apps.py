"""The jobs app."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The queue and its workers."""

    name = "afteraction.web.jobs"
    label = "jobs"
