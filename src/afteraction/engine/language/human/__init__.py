"""Human error, given as an explanation or told in general."""
