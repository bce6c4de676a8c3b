"""Alerts and annotations of Grafana."""
