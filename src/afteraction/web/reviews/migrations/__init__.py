"""Migrations of reviews."""
