"""Incidents of Google Cloud Monitoring (Stackdriver)."""
