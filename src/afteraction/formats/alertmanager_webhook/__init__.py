"""Notifications that Alertmanager sends to webhooks."""
