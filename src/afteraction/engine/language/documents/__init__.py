"""Whole documents: their sections, lists, pages and switches."""
