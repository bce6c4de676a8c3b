"""Read-only collectors: given a window or a question, fetch, freeze, hand over. None ships yet."""
