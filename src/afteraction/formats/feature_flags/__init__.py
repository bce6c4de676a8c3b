"""Audit logs of feature flag services."""
