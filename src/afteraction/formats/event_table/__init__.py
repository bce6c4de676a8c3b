"""Timelines that people kept in a table."""
