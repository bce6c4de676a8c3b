"""Links that let somebody in once: the first admin's, and one that an admin makes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo, NotAdmin
from afteraction.web.accounts.actions import entering
from afteraction.web.accounts.models import AuditEntry, EntryLink, User
from tests.web.accounts.conftest import PASSWORD


def test_opening_the_link_changes_nothing_and_the_button_works_once(nobody: Client, person: User) -> None:
    secret = entering.make_entry_link(person, actor=None, wants_password=False)
    for _ in range(3):
        assert person.email in Client().get(f"/enter/{secret}").content.decode()
    assert nobody.post(f"/enter/{secret}")["Location"] == "/"
    assert nobody.get("/").status_code == 200
    again = Client().post(f"/enter/{secret}")
    assert again.status_code == 410
    assert "was used or has expired" in again.content.decode()


def test_only_its_hash_is_kept(person: User) -> None:
    secret = entering.make_entry_link(person, actor=None)
    assert all(secret not in str(value) for row in EntryLink.objects.values() for value in row.values())
    assert all(secret not in str(entry.detail) for entry in AuditEntry.objects.all())


def test_it_ends_after_a_day_by_a_newer_one_and_with_the_account(person: User) -> None:
    first = entering.make_entry_link(person, actor=None)
    second = entering.make_entry_link(person, actor=None)
    assert entering.open_entry(first) is None
    assert entering.open_entry(second) is not None
    EntryLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert entering.open_entry(second) is None
    third = entering.make_entry_link(person, actor=None)
    User.objects.update(is_active=False)
    assert entering.open_entry(third) is None


def test_a_link_of_an_admin_sets_a_new_password_and_ends_what_was_open(
    admin_client: Client, client: Client, person: User, nobody: Client
) -> None:
    page = admin_client.post(f"/people/{person.pk}/link/").content.decode()
    path = re.search(r"/enter/[-\w]+", page).group()
    assert client.get("/").status_code == 200
    weak = nobody.post(path, {"password": "short"})
    assert weak.status_code == 200
    assert "too short" in weak.content.decode()
    assert nobody.post(path, {"password": "entirely new words"}).status_code == 302
    assert client.get("/").status_code == 302, "sessions from before the new password have ended"
    assert nobody.get("/").status_code == 200
    person.refresh_from_db()
    assert person.check_password("entirely new words")


def test_a_member_makes_nobody_a_link(person: User, make_person) -> None:
    with pytest.raises(NotAdmin):
        entering.make_entry_link(make_person("other@example.org"), actor=person)
    assert not EntryLink.objects.exists()


def test_nobody_who_was_deactivated_gets_a_link(admin: User, person: User) -> None:
    person.is_active = False
    person.save()
    with pytest.raises(CannotDo, match="deactivated"):
        entering.make_entry_link(person, actor=admin)


def test_the_first_admin_is_made_once(db) -> None:
    first = entering.first_admin()
    assert (first.email, first.role, first.has_usable_password()) == ("admin@localhost", "admin", False)
    assert entering.first_admin() == first
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["create_person"]


def test_a_site_with_an_admin_gets_no_other(admin: User) -> None:
    assert entering.first_admin() == admin
    assert entering.has_way_in(admin)


def run_admin(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("AFTERACTION", "DATABASE"))
    }
    return subprocess.run(
        [Path(sys.executable).parent / "afteraction", "admin", *arguments], input=typed, capture_output=True, text=True,
        env={**environment, "AFTERACTION_DATA": str(folder / "data")}, check=False,
    )  # fmt: skip


def test_the_command_line_makes_an_admin_with_a_password_or_a_link(tmp_path: Path) -> None:
    weak = run_admin(tmp_path, "ops@example.org", typed="short\n")
    assert weak.returncode == 1
    assert "too short" in weak.stderr
    made = run_admin(tmp_path, "ops@example.org", typed=f"{PASSWORD}\n")
    assert (made.returncode, made.stdout) == (0, "ops@example.org is an admin of this site.\n")
    linked = run_admin(tmp_path, "ops@example.org", "--link", "--address", "https://aa.example.org/")
    assert re.search(r"https://aa\.example\.org/enter/[-\w]{43}$", linked.stdout.strip())
    wrong = run_admin(tmp_path, "not an address", "--link")
    assert wrong.returncode == 1
    assert "valid email" in wrong.stderr
