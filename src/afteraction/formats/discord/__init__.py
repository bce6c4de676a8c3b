"""Messages of Discord."""
