"""The report of a whole review: one source, told to three audiences, in five forms."""
