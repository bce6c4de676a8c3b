"""Pages of evidence, and the addresses that take it in."""
