"""Answers of the Prometheus query API."""
