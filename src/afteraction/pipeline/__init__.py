"""Source, format, store and engine in one line; the same code serves the command line and the worker."""
