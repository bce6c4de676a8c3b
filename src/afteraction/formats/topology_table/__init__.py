"""Which service calls which, as a table."""
