"""Messages of Microsoft Teams."""
