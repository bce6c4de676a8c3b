"""What opens reviews, when they are due, and which incidents have none."""
