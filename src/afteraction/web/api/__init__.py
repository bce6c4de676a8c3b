"""The HTTP API: everything the pages do, for programs.

Knows addresses, shapes and scopes. Refuses to decide anything: it calls the same actions and queries as the pages.
"""
