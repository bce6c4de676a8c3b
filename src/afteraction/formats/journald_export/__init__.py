"""`journalctl -o export`."""
