"""People, teams, invitations, tokens, and the audit trail.

Knows who somebody is on this site: member or admin. Refuses to know what they may do in one incident: that stands with
the incident.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac


class SiteRole(models.TextChoices):
    """What somebody is on the whole site."""

    MEMBER = "member", "Member"
    ADMIN = "admin", "Admin"


class People(BaseUserManager["User"]):
    """How a person comes to be."""

    def create_user(self, email: str, password: str | None = None, **said: Any) -> User:
        """A person who signs in with this address; without a password, by link, passkey or provider only."""
        user = self.model(email=self.normalize_email(email).lower(), **said)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The person of this address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person with an account. `single_keys` False turns off shortcuts that need no Ctrl.

    `reports_to` is recorded where whoever leads their teams is not the whole line; `reports_to_nobody` says that the
    line ends here. Neither means that nobody said. It serves the seats of reviews alone.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=128, blank=True)
    role = models.CharField(max_length=16, choices=SiteRole.choices, default=SiteRole.MEMBER)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    single_keys = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)
    reports_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reports")
    reports_to_nobody = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = People()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_admin(self) -> bool:
        """True for who may invite people and purge evidence."""
        return self.role == SiteRole.ADMIN

    @property
    def subject(self) -> str:
        """How the audit trail names them."""
        return f"user:{self.pk}"

    @property
    def initials(self) -> str:
        """Two letters for the account button."""
        words = (self.name or self.email.partition("@")[0].replace(".", " ")).split()
        return "".join(word[0] for word in words[:2]).upper()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Counting the epoch up ends every session of somebody at once, wherever the session is kept.
        salt = f"afteraction.accounts.session.{self.session_epoch}"
        return salted_hmac(salt, self.password, secret=secret, algorithm="sha256").hexdigest()


class Team(models.Model):
    """Some people who are asked together. `leads` answer for it and need not be in it; `nobody_leads` says that it has
    none, which is not the same as that nobody said."""

    name = models.CharField(max_length=128, unique=True)
    slug = models.SlugField(max_length=64, unique=True)
    people = models.ManyToManyField(User, related_name="teams", blank=True)
    leads = models.ManyToManyField(User, related_name="teams_led", blank=True)
    nobody_leads = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """How the audit trail names it."""
        return f"team:{self.pk}"


class EntryLink(models.Model):
    """A way in that works once: of the first start, or made by an admin for who lost their password.

    Only the SHA-256 of its secret is kept. `wants_password` asks for a new password on the way in.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="entry_links")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    wants_password = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"entry of {self.person}"


class Invitation(models.Model):
    """A seat on this site that is offered to an address. Its link was shown once; only the SHA-256 is kept."""

    email = models.EmailField()
    role = models.CharField(max_length=16, choices=SiteRole.choices, default=SiteRole.MEMBER)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"invitation of {self.email}"

    @property
    def subject(self) -> str:
        """How the audit trail names it."""
        return f"invitation:{self.pk}"

    @property
    def state(self) -> str:
        """One of accepted, revoked, expired, open."""
        if self.accepted_at:
            return "accepted"
        if self.revoked_at:
            return "revoked"
        return "open" if self.expires_at > timezone.now() else "expired"


class ApiToken(models.Model):
    """A secret by which a program acts as its person, within `scopes`.

    The secret was shown once; `prefix` finds the row, `digest` (SHA-256) proves the rest.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=128)
    prefix = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} of {self.person}"

    @property
    def state(self) -> str:
        """One of revoked, expired, open."""
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at and self.expires_at <= timezone.now() else "open"


class AuditEntry(models.Model):
    """One thing that somebody did, written in the transaction that did it and never changed.

    `subject` names what it was done to ("incident:12", "user:3"), `via` how (page, api, cli, job). `actor` is empty
    for what the system did by itself. `day` is set where one entry per person, subject and day is enough. `detail`
    holds the values before and after, never text of evidence.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    via = models.CharField(max_length=8, default="page")
    verb = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    day = models.DateField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject", "-id"], name="audit_by_subject"),
            models.Index(fields=["verb", "-id"], name="audit_by_verb"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "verb", "subject", "day"],
                condition=models.Q(day__isnull=False),
                name="audit_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    @property
    def done_by(self) -> str:
        """Who did it, as pages say it: a person, the system, or somebody who did it as nobody."""
        return str(self.actor) if self.actor else str(self.detail.get("by") or "the system")
