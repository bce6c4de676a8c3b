"""Log lines from Amazon CloudWatch Logs."""
