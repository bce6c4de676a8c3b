"""The alert of a case folder."""
