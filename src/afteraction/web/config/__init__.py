"""Settings, addresses and the server of the web application."""
