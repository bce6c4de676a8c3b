"""Settings of the web application, read from the environment with defaults that work on one machine.

Knows where data lives (`AFTERACTION_DATA`, default `var` below the working directory), which database serves
(`DATABASE_URL`, default SQLite in that folder) and what a browser may load. Refuses to write anything: `serve` makes
the folder and the secret key.
"""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path

from afteraction.web.config.database import database_from_url
from afteraction.web.config.logs import logging_settings
from afteraction.web.config.sign_in import *  # noqa: F403 - settings by name
from afteraction.web.config.sign_in import ALLAUTH_APPS, FORM_TARGETS, HOSTS

DATA = Path(os.environ.get("AFTERACTION_DATA") or "var").absolute()
EVIDENCE_STORE = DATA / "evidence"
# The largest file that is taken in, in bytes, and hosts that copies of links may be fetched from (also private ones
# where they are named in AFTERACTION_FETCH_PRIVATE).
UPLOAD_LIMIT = int(os.environ.get("AFTERACTION_UPLOAD_LIMIT") or 64 * 2**30)
FETCH_HOSTS = [*filter(None, os.environ.get("AFTERACTION_FETCH_HOSTS", "").lower().replace(" ", "").split(","))]
FETCH_PRIVATE = [*filter(None, os.environ.get("AFTERACTION_FETCH_PRIVATE", "").replace(" ", "").split(","))]
# The file that says what may be pulled from where; tokens are in the environment.
SOURCES_FILE = os.environ.get("AFTERACTION_SOURCES", "")
SECRET_KEY_FILE = DATA / "secret.key"

DEBUG = os.environ.get("AFTERACTION_DEBUG") == "1"
SECRET_KEY = os.environ.get("AFTERACTION_SECRET_KEY") or (
    SECRET_KEY_FILE.read_text().strip() if SECRET_KEY_FILE.is_file() else secrets.token_urlsafe(48)
)
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *HOSTS,
    *filter(None, os.environ.get("AFTERACTION_HOSTS", "").split(",")),
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "rules",
    "django_tasks",
    # Before allauth, whose templates these apps replace.
    "afteraction.web.evidence",
    "afteraction.web.reviews",
    "afteraction.web.incidents",
    "afteraction.web.language",
    "afteraction.web.accounts",
    "afteraction.web.jobs",
    "afteraction.web.ui",
    *ALLAUTH_APPS,
]
CSRF_FAILURE_VIEW = "afteraction.web.ui.refusals.forged"
# What somebody reads out who reports a failed request; the same stands in the log.
CURRENT_REFERENCE = "afteraction.web.jobs.reference.current_reference"
MIDDLEWARE = [
    "afteraction.web.config.requests.RequestMiddleware",
    "afteraction.web.ui.characters.AddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Before the check of forms, so that an ended sign-in is called by its name.
    "afteraction.web.accounts.middleware.SignInMiddleware",
    "afteraction.web.ui.same_account.SameAccountMiddleware",
    "afteraction.web.incidents.by_person.ByPersonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "afteraction.web.ui.characters.FormMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "afteraction.web.config.urls"
FORM_RENDERER = "afteraction.web.ui.forms.HouseLook"
WSGI_APPLICATION = "afteraction.web.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "afteraction.web.ui.preferences.preferences",
            ],
            "builtins": ["afteraction.web.ui.templatetags.afteraction"],
        },
    }
]

DATABASES = {"default": database_from_url(os.environ.get("DATABASE_URL", ""), DATA)}
# Attempts to sign in are counted here: by all processes that answer together, where there are several.
TOGETHER = os.environ.get("AFTERACTION_TOGETHER", "")
if TOGETHER:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(Path(TOGETHER) / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What workers do by themselves, and how often.
CHORES = {
    "afteraction.web.evidence.tasks.clear": timedelta(hours=1),
    "afteraction.web.evidence.tasks.keep_no_longer": timedelta(hours=6),
    "afteraction.web.jobs.chores.forget_old_jobs": timedelta(days=1),
    "afteraction.web.reviews.tasks.judge_again": timedelta(minutes=5),
}
TASKS = {"default": {"BACKEND": "afteraction.web.jobs.backend.LeaseBackend"}}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False

STATIC_URL = "/static/"
# The report brings the style that it shares with the pages; it lives with the report, one floor below.
STATICFILES_DIRS = [("css", Path(__file__).parents[2] / "pipeline" / "report" / "assets" / "css")]
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "worker-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *FORM_TARGETS],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = logging_settings()
# Who shows it as a bearer token may read /metrics from another machine.
METRICS_TOKEN = os.environ.get("AFTERACTION_METRICS_TOKEN", "")
