"""Reports of test runners."""
