"""Slack exports and `conversations.history` answers."""
