"""Django's two databases, to which nothing is handed that one of them refuses.

Knows that evidence has NUL, halves of surrogate pairs and numbers that are none, that PostgreSQL fails on each and
SQLite on some, and that whatever is kept has to be kept alike by both. What somebody typed is refused earlier, at the
doors (`ui.characters`); what came from evidence is whole in its original, and here its text gets signs for them.
"""
