"""The metrics of SPEC §3.2, each with its definition, clock and evidence."""
