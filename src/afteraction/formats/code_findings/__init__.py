"""Findings of static analysis."""
