"""The sections of a report, one subject a module; each gives blocks for the audience it is asked for."""
