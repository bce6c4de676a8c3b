"""What bulk logs say, from counts and templates: onsets and notable lines."""

from afteraction.engine.logs.notable import log_events

__all__ = ["log_events"]
