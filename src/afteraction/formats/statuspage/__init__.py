"""Incident histories of Atlassian Statuspage."""
