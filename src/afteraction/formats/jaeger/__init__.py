"""Traces as Jaeger exports them."""
