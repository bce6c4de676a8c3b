"""Prometheus, and what answers like it (Mimir, Thanos, VictoriaMetrics)."""
