"""What picture files are made of: their parts, the time in them, and the same picture without its metadata."""
