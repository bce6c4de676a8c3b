"""Secrets that are shown once.

Knows how they are made and what is kept of them: their SHA-256, which is enough since they are 256 random bits.
Refuses to keep or to guess one.
"""

from __future__ import annotations

import hashlib
import secrets


def fresh_secret() -> str:
    """A new secret for an address: 43 characters of letters, digits, - and _."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret: its SHA-256 in hex."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
