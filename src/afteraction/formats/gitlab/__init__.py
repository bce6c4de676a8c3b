"""Webhooks and API answers of GitLab."""
