"""Registers the app under a label of its own."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The app `evidence`."""

    name = "afteraction.web.evidence"
    label = "evidence"
