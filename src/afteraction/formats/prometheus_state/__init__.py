"""What a Prometheus server says of its own rules, alerts and targets."""
