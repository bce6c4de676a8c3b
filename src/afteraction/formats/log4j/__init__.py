"""Application logs as Java loggers and their likes write them."""
