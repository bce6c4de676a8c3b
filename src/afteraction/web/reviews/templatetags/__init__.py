"""Tags that other pages use to speak of a review."""
