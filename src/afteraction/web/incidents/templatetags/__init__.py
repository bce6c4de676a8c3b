"""What templates of incidents need beyond values."""
