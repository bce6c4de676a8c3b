"""The language rules over files: which are read, what is found in them, and how that is told."""
