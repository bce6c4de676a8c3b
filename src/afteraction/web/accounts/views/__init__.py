"""Pages of people and signing in. Thin: every write is an action."""
