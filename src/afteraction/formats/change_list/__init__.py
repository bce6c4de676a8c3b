"""Lists of changes as a case folder holds them."""
