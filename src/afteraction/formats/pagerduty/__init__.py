"""What PagerDuty says of incidents, by webhook and by its REST API."""
