"""The accounts app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, teams and the audit trail."""

    name = "afteraction.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Starts noticing what allauth does."""
        from afteraction.web.accounts.noticing import notice

        notice()
