"""People and their invitations.

Knows who may see whom: everybody sees names, roles and teams, so that one knows whom to ask; admins see the rest.
Refuses to count people and to sort them by what they did.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from afteraction.web.accounts.access import CannotDo, need_admin, person_of
from afteraction.web.accounts.actions import entering, inviting, people, tokens
from afteraction.web.accounts.forms import InviteForm
from afteraction.web.accounts.models import ApiToken, Invitation, SiteRole, User
from afteraction.web.ui.numbers import whole_number


def by_name() -> QuerySet[User]:
    """Everybody with their teams, in the order of the alphabet."""
    return User.objects.order_by(Lower("name"), Lower("email")).prefetch_related("teams")


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Does something and says so; what the action rules out is said as a failure."""
    try:
        act()
    except CannotDo as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)


def person_asked(text: str) -> User:
    """The account whose number a form names, else Http404."""
    return get_object_or_404(User, pk=whole_number(text, 11))


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """Who is on this site: for admins with those who were deactivated."""
    everybody = by_name()
    if not person_of(request).is_admin:
        everybody = everybody.filter(is_active=True)
    return render(request, "accounts/people.html", {"people": everybody, "place": "people"})


@never_cache
@require_safe
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One account, for admins."""
    need_admin(person_of(request))
    return _person(request, get_object_or_404(User, pk=pk))


def _person(request: HttpRequest, person: User, link: str = "") -> HttpResponse:
    context = {"person": person, "link": link, "roles": SiteRole.choices, "place": "people",
               "tokens": person.api_tokens.filter(revoked_at__isnull=True),
               "teams": person.teams.prefetch_related("leads"),
               "bosses": by_name().filter(is_active=True).exclude(pk=person.pk),
               "led": person.teams_led.all()}  # fmt: skip
    return render(request, "accounts/person.html", context)


def _to(person: User) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("accounts:person", args=[person.pk]))


@require_POST
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes somebody a member or an admin."""
    actor = person_of(request)
    need_admin(actor)
    person = get_object_or_404(User, pk=pk)
    role = request.POST.get("role", "")
    attempt(request, lambda: people.change_role(person, role, actor=actor), f"{person} is {role} now.")
    return _to(person)


@require_POST
def change_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom somebody reports to; `to` is "nobody" where the line ends, "" where whoever leads their teams counts."""
    actor = person_of(request)
    need_admin(actor)
    person = get_object_or_404(User, pk=pk)
    asked = request.POST.get("to", "")
    boss = None
    if asked not in ("", "nobody"):
        boss = person_asked(asked)
    attempt(
        request,
        lambda: people.change_line(person, boss, nobody=asked == "nobody", actor=actor),
        f"{person} reports to {boss}." if boss else f"The line of {person} is kept.",
    )
    return _to(person)


@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Shuts an account."""
    actor = person_of(request)
    need_admin(actor)
    person = get_object_or_404(User, pk=pk)
    attempt(request, lambda: people.deactivate(person, actor=actor), f"{person} is out. What they wrote stays.")
    return _to(person)


@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens an account again."""
    actor = person_of(request)
    need_admin(actor)
    person = get_object_or_404(User, pk=pk)
    attempt(request, lambda: people.reactivate(person, actor=actor), f"{person} may come in again.")
    return _to(person)


@never_cache
@require_POST
def make_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a link for a new password and shows it, this once."""
    actor = person_of(request)
    need_admin(actor)
    person = get_object_or_404(User, pk=pk)
    try:
        secret = entering.make_entry_link(person, actor=actor)
    except CannotDo as error:
        messages.error(request, str(error))
        return _to(person)
    return _person(request, person, _address(request, "accounts:enter", secret))


@require_POST
def revoke_their_token(request: HttpRequest, pk: int, token: int) -> HttpResponse:
    """Ends somebody's token."""
    actor = person_of(request)
    need_admin(actor)
    found = get_object_or_404(ApiToken, pk=token, person=pk)
    tokens.revoke_token(found, actor=actor)
    return _to(found.person)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    """Who was invited; inviting shows the link, this once."""
    actor = person_of(request)
    need_admin(actor)
    form, link, invited, mailed = InviteForm(request.POST or None), "", None, False
    if request.method == "POST" and form.is_valid():
        try:
            invited, secret = inviting.invite(actor=actor, **form.cleaned_data)
        except CannotDo as error:
            form.add_error("email", str(error))
        else:
            link, form = _address(request, "accounts:join", secret), InviteForm()
            mailed = bool(settings.MAIL) and _mail(invited, link)
    shown = Invitation.objects.select_related("team", "invited_by", "accepted_by")[:200]
    context = {"form": form, "link": link, "invited": invited, "invitations": shown, "place": "people",
               "mailed": mailed}  # fmt: skip
    return render(request, "accounts/invitations.html", context, status=422 if form.errors else 200)


def _mail(invitation: Invitation, link: str) -> bool:
    """Sends the link; False when the mail server did not take it. The link is on the page in any case."""
    text = f"{invitation.invited_by} invites you to Afteraction.\n\n{link}\n\nThe link works once."
    return send_mail("You are invited to Afteraction", text, None, [invitation.email], fail_silently=True) == 1


def _address(request: HttpRequest, name: str, secret: str) -> str:
    path = reverse(name, args=[secret])
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)


@require_POST
def revoke_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends an open invitation."""
    actor = person_of(request)
    need_admin(actor)
    found = get_object_or_404(Invitation, pk=pk)
    attempt(request, lambda: inviting.revoke_invitation(found, actor=actor), f"{found.email} is not invited any more.")
    return HttpResponseRedirect(reverse("accounts:invitations"))
