"""The meeting of a review: its seats, whom to invite and why, its agenda, and what keeps it honest."""
