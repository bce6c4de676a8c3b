"""Coming in: by a link that works once, by an invitation, and what shows when neither works.

Knows how a browser gets its session. Refuses to change anything on a GET: chat programs open what they preview.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import password_reset
from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.actions import entering, inviting
from afteraction.web.accounts.forms import JoinForm, NewPasswordForm
from afteraction.web.accounts.models import User


def sign_in(request: HttpRequest, person: User, method: str) -> None:
    """Gives the browser a fresh session of that person."""
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, person, method=method)
    UserSession.objects.create_from_request(request)


def _too_often(request: HttpRequest) -> HttpResponse | None:
    answer: HttpResponse | None = ratelimit.consume_or_429(request, action="login")
    return answer


def _ended(request: HttpRequest, told: str) -> HttpResponse:
    return render(request, "accounts/link_ended.html", {"told": told}, status=410)


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """The page of an entry link; pressing its button uses the link up."""
    if refused := _too_often(request):
        return refused
    link = entering.open_entry(secret)
    if link is None:
        return _ended(request, "This link was used or has expired. Ask an admin of this site for a new one.")
    form = NewPasswordForm(request.POST or None, person=link.person) if link.wants_password else None
    context: dict[str, Any] = {"link": link, "form": form}
    if request.method != "POST" or (form is not None and not form.is_valid()):
        return render(request, "accounts/enter.html", context)
    try:
        person = entering.use_entry(secret, form.cleaned_data["password"] if form else "")
    except CannotDo as error:
        return _ended(request, str(error))
    sign_in(request, person, "entry_link")
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """The page of an invitation: name, password, in."""
    if refused := _too_often(request):
        return refused
    invitation = inviting.open_invitation(secret)
    if invitation is None:
        return _ended(request, inviting.USED)
    form = JoinForm(request.POST or None, person=User(email=invitation.email))
    if request.method == "POST" and form.is_valid():
        try:
            person = inviting.accept_invitation(
                secret, name=form.cleaned_data["name"], password=form.cleaned_data["password"]
            )
        except CannotDo as error:
            return _ended(request, str(error))
        except ValidationError as error:
            form.add_error("password", error)
        else:
            sign_in(request, person, "invitation")
            return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/join.html", {"invitation": invitation, "form": form})


@never_cache
@login_not_required
def reset_password(request: HttpRequest) -> HttpResponseBase:
    """By mail where mail is configured; else the page says whom to ask."""
    if settings.MAIL:
        return password_reset(request)
    return render(request, "account/password_reset.html")
