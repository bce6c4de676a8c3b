"""Who works here: people, teams, invitations, tokens, and the record of what they did."""
