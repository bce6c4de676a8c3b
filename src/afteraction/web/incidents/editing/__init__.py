"""People's edits: what a form or script asks for, the rows they become, and the versions of facts people confirmed."""
