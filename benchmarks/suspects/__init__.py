"""Ranked suspects against labelled incidents: each case is written without its answer and read by the product."""
