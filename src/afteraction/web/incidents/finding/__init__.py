"""Finding incidents: lists, search, and what needs somebody today."""
