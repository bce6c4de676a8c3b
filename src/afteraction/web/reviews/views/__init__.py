"""Pages of a review, one file each."""
