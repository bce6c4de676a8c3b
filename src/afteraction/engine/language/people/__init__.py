"""The people of a sentence and of a running text: names, handles, roles, somebody."""
