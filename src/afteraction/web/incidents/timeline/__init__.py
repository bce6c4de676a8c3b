"""The timeline page and its parts, as plain values."""
