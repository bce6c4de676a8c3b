"""The cause graph: one graph of what happened and why it was possible, and everything that is computed from it."""
