"""Answers of Grafana Loki."""
