"""Evidence of an incident: what came in, what became of it, and the originals as they came."""
