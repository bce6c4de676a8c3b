"""Traces as Zipkin v2 exports them."""
