"""Webhooks of GitHub: deployments, pushes, workflow runs and releases."""
