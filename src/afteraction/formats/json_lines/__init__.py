"""JSON-lines logs of any shape."""
