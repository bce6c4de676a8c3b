"""Failed checks of Dash0."""
