"""Reports of code coverage."""
