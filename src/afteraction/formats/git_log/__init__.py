"""What `git log` prints."""
