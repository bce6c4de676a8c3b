"""`journalctl -o json`."""
