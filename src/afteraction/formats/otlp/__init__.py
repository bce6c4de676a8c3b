"""OpenTelemetry's own export format: logs, metrics and traces."""
