"""The gates that a change passed: which were reached, which could have caught it, and why they did not."""
