"""What bulk logs say, from counts and templates: onsets and notable lines."""
