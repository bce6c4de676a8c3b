"""Spans of distributed traces in CSV or TSV tables."""
