"""Forms about people. Knows their fields and labels; whether something may be done is asked of the actions."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from afteraction.web.accounts.models import SiteRole, Team, User
from afteraction.web.accounts.tokens import SCOPES


def _new_password() -> forms.CharField:
    attributes = {"autocomplete": "new-password"}
    return forms.CharField(label="New password", strip=False, widget=forms.PasswordInput(attrs=attributes))


class SignInForm(LoginForm):
    """Address and password; the way out for who forgot it stands below the form."""

    def __init__(self, *given: Any, **said: Any) -> None:
        super().__init__(*given, **said)
        self.fields["password"].help_text = ""


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


class AccountForm(forms.Form):
    """What somebody says about themselves."""

    name = forms.CharField(
        label="Name", max_length=128, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    single_keys = forms.BooleanField(
        label="Single keys act", required=False, help_text="Keys such as j, k and e, where no field has focus."
    )


class InviteForm(forms.Form):
    """Whom to invite, as what, into which team, for how long."""

    email = forms.EmailField(label="Email")
    role = forms.ChoiceField(label="Role", choices=SiteRole.choices, initial=SiteRole.MEMBER)
    team = forms.ModelChoiceField(label="Team", queryset=Team.objects.all(), required=False, empty_label="No team")
    days = forms.IntegerField(label="Valid for days", min_value=1, max_value=60, initial=7)


class TeamForm(forms.Form):
    """A team's name."""

    name = forms.CharField(label="Name", max_length=128)


class TokenForm(forms.Form):
    """A token's name, scopes and end."""

    name = forms.CharField(label="What uses it", max_length=128)
    scopes = forms.MultipleChoiceField(label="May", choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(
        label="Ends after", coerce=int, initial=90,
        choices=[(30, "30 days"), (90, "90 days"), (365, "a year"), (0, "never")],
    )  # fmt: skip

    def __init__(self, *given: Any, person: User, **said: Any) -> None:
        super().__init__(*given, **{"auto_id": "token_%s", **said})
        if not person.is_admin:
            self.fields["scopes"].choices = [item for item in SCOPES.items() if item[0] != "admin"]  # type: ignore[attr-defined]
