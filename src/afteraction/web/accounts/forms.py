"""Forms about people. Knows their fields and labels; whether something may be done is asked of the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from afteraction.web.accounts.models import User


def _new_password() -> forms.CharField:
    attributes = {"autocomplete": "new-password"}
    return forms.CharField(label="New password", strip=False, widget=forms.PasswordInput(attrs=attributes))


class NewPasswordForm(forms.Form):
    """A new password for `person`, checked by the site's rules."""

    password = _new_password()

    def __init__(self, *given: Any, person: User, **said: Any) -> None:
        super().__init__(*given, **said)
        self.person = person
        self.fields["password"].help_text = "At least 10 characters; several words are fine."

    def clean_password(self) -> str:
        """The password, or what is weak about it."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class JoinForm(NewPasswordForm):
    """What somebody says about themselves who was invited."""

    name = forms.CharField(label="Your name", max_length=128, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "password"]
