"""The web application: people, their records and the pages they work on."""
