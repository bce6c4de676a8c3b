"""Every write about people, one verb per function. Each is one transaction with its permission and its audit entry."""
