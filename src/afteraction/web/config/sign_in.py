"""Settings of signing in: password, passkey, and a provider of OpenID Connect where one is configured.

Knows these variables, all optional: `AFTERACTION_URL`, the address people type (https makes cookies secure);
`AFTERACTION_PROXIES`, how many reverse proxies stand in front; `AFTERACTION_OIDC_URL`, `…_CLIENT_ID`, `…_SECRET`,
`…_NAME` (on the button), `…_DOMAINS` (whose verified addresses need no invitation) and `…_FORM_ORIGINS` (where its
sign-in page is, if not at that URL); `AFTERACTION_MAIL`, as in smtp+tls://user:password@mail.example.org:587, and
`AFTERACTION_MAIL_FROM`. Refuses to let anybody sign up by themselves.
"""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

ADDRESS = os.environ.get("AFTERACTION_URL", "").rstrip("/")
IS_HTTPS = ADDRESS.startswith("https://")
HOSTS = [host] if (host := urlsplit(ADDRESS).hostname) else []
CSRF_TRUSTED_ORIGINS = [ADDRESS] if ADDRESS else []

ALLAUTH_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]  # fmt: skip

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = IS_HTTPS
if IS_HTTPS:
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("AFTERACTION_PROXIES") or 0)
ACCOUNT_ADAPTER = "afteraction.web.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
# Per minute and address, or per five minutes and account.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "10/m/ip,3/10m/key"}

MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]
ACCOUNT_FORMS = {"login": "afteraction.web.accounts.forms.SignInForm"}
MFA_ADAPTER = "afteraction.web.accounts.adapters.PasskeyAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True

OIDC_URL = os.environ.get("AFTERACTION_OIDC_URL", "")
OIDC_DOMAINS = [each.strip().lower() for each in os.environ.get("AFTERACTION_OIDC_DOMAINS", "").split(",") if each]
SOCIALACCOUNT_ADAPTER = "afteraction.web.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "oidc"
SOCIALACCOUNT_PROVIDERS = {}
FORM_TARGETS: list[str] = []
if OIDC_URL:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "provider",
                    "name": os.environ.get("AFTERACTION_OIDC_NAME", "") or urlsplit(OIDC_URL).hostname or "OpenID",
                    "client_id": os.environ.get("AFTERACTION_OIDC_CLIENT_ID", ""),
                    "secret": os.environ.get("AFTERACTION_OIDC_SECRET", ""),
                    "settings": {"server_url": OIDC_URL},
                }
            ],
        }
    }
    # A browser follows the redirect of a form only to where the policy lets forms lead.
    FORM_TARGETS = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_URL))]
    FORM_TARGETS += filter(None, os.environ.get("AFTERACTION_OIDC_FORM_ORIGINS", "").split(","))

MAIL = os.environ.get("AFTERACTION_MAIL", "")
DEFAULT_FROM_EMAIL = os.environ.get("AFTERACTION_MAIL_FROM") or f"afteraction@{HOSTS[0] if HOSTS else 'localhost'}"
if MAIL:
    _mail = urlsplit(MAIL)
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps"
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
