"""Access logs of web servers and proxies as JSON lines."""
