"""The accounts app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, teams and the audit trail."""

    name = "afteraction.web.accounts"
    label = "accounts"
