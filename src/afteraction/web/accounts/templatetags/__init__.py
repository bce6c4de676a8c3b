"""What templates of people may call."""
