"""The ranked suspects of an incident: what their page shows, and how one becomes a hypothesis of the cause graph."""
