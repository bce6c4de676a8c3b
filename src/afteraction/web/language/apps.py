"""The language app."""

from __future__ import annotations

from django.apps import AppConfig


class LanguageConfig(AppConfig):
    """The rules of the language as a team chose them."""

    name = "afteraction.web.language"
    label = "language"
