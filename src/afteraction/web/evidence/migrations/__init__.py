"""Steps of the tables of evidence, in order."""
