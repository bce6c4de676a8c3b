"""Syslog messages, RFC 3164 and RFC 5424."""
