"""Changes to the inventory in NetBox."""
