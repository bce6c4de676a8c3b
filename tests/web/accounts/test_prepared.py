"""Queries whose SQL is written once: each call has its own values, and answers are never remembered."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet

from afteraction.web.accounts.models import User
from afteraction.web.accounts.prepared import prepared

pytestmark = pytest.mark.django_db


@prepared
def named(email: str, name: str) -> QuerySet[User]:
    return User.objects.filter(name=name, email=email, is_active=True)


def test_each_value_goes_to_its_own_place(either_database, make_person):
    one, other = make_person("one@example.org"), make_person("other@example.org")
    assert named(one.email, one.name) == [one]
    assert named(other.email, other.name) == [other]
    assert named(one.email, "somebody else") == []
    assert named("' OR 1=1 --", one.name) == []


def test_an_answer_is_never_remembered(make_person):
    one = make_person("one@example.org")
    assert named(one.email, one.name) == [one]
    User.objects.filter(pk=one.pk).update(is_active=False)
    assert named(one.email, one.name) == []


def test_a_value_without_a_place_is_a_fault_of_the_query():
    @prepared
    def forgetful(email: str) -> QuerySet[User]:
        return User.objects.filter(is_active=True)

    with pytest.raises(AssertionError, match="does not use its values"):
        forgetful("one@example.org")
