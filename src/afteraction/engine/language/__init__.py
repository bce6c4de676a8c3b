"""Words: roles in place of names, and how an incident is told without accusing anyone."""
