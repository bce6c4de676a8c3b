"""Steps of the tables of incidents, in order."""
