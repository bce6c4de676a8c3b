"""Post-incident analysis: evidence in, a trusted timeline and report out."""
