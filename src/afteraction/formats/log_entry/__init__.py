"""What responders logged line by line while it happened."""
