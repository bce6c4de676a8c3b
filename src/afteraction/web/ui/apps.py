"""Registers the app under a label of its own."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The app `ui`."""

    name = "afteraction.web.ui"
    label = "ui"
