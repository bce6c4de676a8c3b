"""Issues, events, alerts and releases of Sentry."""
