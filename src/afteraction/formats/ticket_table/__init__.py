"""Support tickets in CSV or TSV tables."""
