"""A whole review in and out: its parts as JSON, its drawings, its report and what it takes back in."""
