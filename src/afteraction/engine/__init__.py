"""Pure analysis: values in, values out. No files, no network, no database, no clock."""
