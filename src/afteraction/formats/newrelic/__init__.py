"""Issues, incidents and query results of New Relic."""
