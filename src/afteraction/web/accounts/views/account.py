"""One's own page: name, password, passkeys, tokens, browsers.

Knows only the person who asks. Refuses every other.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from afteraction.web.accounts.access import CannotDo, person_of
from afteraction.web.accounts.actions import people, tokens
from afteraction.web.accounts.forms import AccountForm, TokenForm
from afteraction.web.accounts.models import User
from afteraction.web.accounts.views.entering import sign_in


def _context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    person = person_of(request)
    return {
        "place": "account",
        "form": AccountForm(initial={"name": person.name, "single_keys": person.single_keys}),
        "token_form": TokenForm(person=person),
        "tokens": person.api_tokens.all(),
        "passkeys": Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN),
        "has_codes": Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).exists(),
        "has_password": person.has_usable_password(),
        "sessions": UserSession.objects.filter(user=person).order_by("-created_at"),
        "this_session": request.session.session_key,
        "teams": person.teams.all(),
        **more,
    }


@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """The page of one's own account."""
    return render(request, "accounts/me.html", _context(request))


def _back(part: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("accounts:me") + part)


@require_POST
def change_me(request: HttpRequest) -> HttpResponse:
    """Keeps name and keys."""
    form = AccountForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/me.html", _context(request, form=form), status=422)
    people.change_account(actor=person_of(request), **form.cleaned_data)
    return _back()


@never_cache
@require_POST
def make_token(request: HttpRequest) -> HttpResponse:
    """Makes a token and shows its secret, this once: a redirect would have to keep it."""
    person = person_of(request)
    form = TokenForm(request.POST, person=person)
    secret = ""
    if form.is_valid():
        said = form.cleaned_data
        try:
            _, secret = tokens.make_token(said["name"], said["scopes"], days=said["days"] or None, actor=person)
            form = TokenForm(person=person)
        except CannotDo as error:
            form.add_error(None, str(error))
    context = _context(request, token_form=form, secret=secret)
    return render(request, "accounts/me.html", context, status=200 if secret else 422)


@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends one of one's own tokens."""
    person = person_of(request)
    tokens.revoke_token(get_object_or_404(person.api_tokens, pk=pk), actor=person)
    return _back("#tokens")


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs one browser out."""
    session = get_object_or_404(UserSession, pk=pk, user=person_of(request))
    is_this = session.session_key == request.session.session_key
    session.end()
    return HttpResponseRedirect(settings.LOGIN_URL) if is_this else _back("#browsers")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Signs every browser out but this one."""
    person: User = person_of(request)
    people.end_sessions(actor=person)
    UserSession.objects.filter(user=person).delete()
    sign_in(request, person, "session")
    return _back("#browsers")
