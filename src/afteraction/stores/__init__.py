"""Evidence as it is kept: frozen originals and the Parquet that readers made of them, queried through DuckDB."""
