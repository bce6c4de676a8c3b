"""Another past than the one that was: what should, could or would have been."""
