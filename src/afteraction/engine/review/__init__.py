"""The review: its parts, its states, what opens one, and when it is due."""
