"""Addresses of signing in, under the names that allauth asks for.

Of allauth only those pages are here that have a template of ours; its other addresses do not exist.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path, reverse_lazy
from django.views.generic import RedirectView

from afteraction.web.accounts.views import entering

RESET = r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"
to_me = RedirectView.as_view(url=reverse_lazy("accounts:me"))

urlpatterns = [
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/signup/", account.signup, name="account_signup"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/password/set/", account.password_set, name="account_set_password"),
    path("accounts/password/reset/", entering.reset_password, name="account_reset_password"),
    path("accounts/password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(RESET, account.password_reset_from_key, name="account_reset_password_from_key"),
    path(
        "accounts/password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("accounts/second-step/", mfa.authenticate, name="mfa_authenticate"),
    path("accounts/second-step/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("accounts/passkeys/", to_me, name="mfa_index"),
    path("accounts/passkeys/", to_me, name="mfa_list_webauthn"),
    path("accounts/passkeys/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("accounts/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("accounts/passkeys/reauthenticate/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("accounts/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("accounts/passkeys/<int:pk>/edit/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("accounts/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("accounts/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("accounts/provider/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("accounts/provider/error/", login_not_required(social.login_error), name="socialaccount_login_error"),
    path("accounts/provider/", to_me, name="socialaccount_connections"),
    path("accounts/provider/signup/", social.signup, name="socialaccount_signup"),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
