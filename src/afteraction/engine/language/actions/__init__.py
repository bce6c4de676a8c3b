"""Whether an action can be done as it is written, and which kind of change it is."""
