"""Pages of an incident, one module per page. Thin: nothing is computed or written here."""
