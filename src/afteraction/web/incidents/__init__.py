"""Incidents: their analyses, their timeline and report pages, and people's edits."""
