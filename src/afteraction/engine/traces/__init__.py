"""Who calls whom, as spans show it."""
