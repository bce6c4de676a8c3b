"""People, teams, invitations, tokens, and the audit trail.

Knows who somebody is on this site: member or admin. Refuses to know what they may do in one incident: that stands with
the incident.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


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
    """A person with an account. `single_keys` False turns off shortcuts that need no Ctrl."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=128, blank=True)
    role = models.CharField(max_length=16, choices=SiteRole.choices, default=SiteRole.MEMBER)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    single_keys = models.BooleanField(default=True)

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
    def initials(self) -> str:
        """Two letters for the account button."""
        words = (self.name or self.email.partition("@")[0].replace(".", " ")).split()
        return "".join(word[0] for word in words[:2]).upper()


class Team(models.Model):
    """Some people who are asked together."""

    name = models.CharField(max_length=128, unique=True)
    slug = models.SlugField(max_length=64, unique=True)
    people = models.ManyToManyField(User, related_name="teams", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AuditEntry(models.Model):
    """One thing that somebody did, written in the transaction that did it and never changed.

    `subject` names what it was done to ("incident:12", "user:3"), `via` how (page, api, cli, job). `actor` is empty
    for what the system did by itself. `detail` holds the values before and after, never text of evidence.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    via = models.CharField(max_length=8, default="page")
    verb = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject", "-id"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
