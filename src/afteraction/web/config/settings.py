"""Settings of the web application, read from the environment with defaults that work on one machine."""

from __future__ import annotations

import os

SECRET_KEY = os.environ.get("AFTERACTION_SECRET_KEY", "only-for-this-machine")
USE_TZ = True
TIME_ZONE = "UTC"
INSTALLED_APPS: list[str] = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
