"""What `journalctl` prints: short, short-iso, short-precise and their kin."""
