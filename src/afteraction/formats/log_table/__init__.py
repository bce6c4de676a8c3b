"""Logs in CSV or TSV tables."""
