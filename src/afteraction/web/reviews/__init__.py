"""The review of an incident: its parts, its steps, and the people around it."""
