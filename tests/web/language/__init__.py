"""The language rules on the web."""
