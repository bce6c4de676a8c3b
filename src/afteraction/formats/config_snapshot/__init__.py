"""Configuration snapshots: JSON, YAML, TOML, INI, properties and .env."""
