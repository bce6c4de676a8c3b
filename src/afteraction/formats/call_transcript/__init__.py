"""Transcripts of calls."""
