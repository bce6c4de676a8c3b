"""What templates may call about evidence."""
