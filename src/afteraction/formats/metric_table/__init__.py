"""Metrics in CSV or TSV tables, long or wide."""
