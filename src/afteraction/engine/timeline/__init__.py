"""From events to one timeline: merge, dedupe, milestones, windows, conflicts, gaps, and the overlay of edits."""
