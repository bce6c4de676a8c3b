"""Written postmortems in Markdown or plain text: times, milestones and figures that the text itself states."""
