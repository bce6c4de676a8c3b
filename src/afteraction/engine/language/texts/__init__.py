"""How a text becomes sentences in its author's own voice: what was pasted, masked and cut."""
