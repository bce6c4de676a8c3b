"""Error logs of nginx and Apache."""
