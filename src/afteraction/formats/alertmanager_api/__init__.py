"""Answers of the Alertmanager API."""
