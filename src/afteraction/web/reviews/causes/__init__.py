"""The cause graph on its page: its drawing, what is open beside it, its lists, and the evidence at hand."""
