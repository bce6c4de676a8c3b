"""Plain JSON records whose field names tell what they are."""
