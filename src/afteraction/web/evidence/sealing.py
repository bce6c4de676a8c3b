"""Secrets that have to be used again, sealed with the site's key.

Knows how to seal and to open. Refuses to open what another key sealed: then there is no secret.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def _box() -> Fernet:
    key = hashlib.sha256(b"afteraction.sealed:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def sealed(secret: str) -> str:
    """The secret so that only this site can read it."""
    return _box().encrypt(secret.encode()).decode()


def opened(told: str) -> str:
    """The secret again; empty when there is none, or the site's key has changed."""
    try:
        return _box().decrypt(told.encode()).decode()
    except InvalidToken:
        return ""
