"""What templates may call about jobs."""
