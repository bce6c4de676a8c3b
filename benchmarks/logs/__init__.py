"""Grouping of generated logs against drain3 and the simplest way."""
