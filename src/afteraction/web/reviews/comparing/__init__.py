"""Incidents side by side: which ones, the table as shown, the timelines on one axis, and the table as a file."""
