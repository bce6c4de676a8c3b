"""Fixtures of the web tests: plain static files, and the small incident stored with its originals."""

from __future__ import annotations

import contextlib
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from afteraction.web.accounts.models import User
from afteraction.web.evidence.actions import keep
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import Incident
from afteraction.web.jobs.models import Job
from afteraction.web.jobs.running import drain
from tests.once import made_once
from tests.web import databases, documents


@pytest.fixture(autouse=True)
def plain_files(settings, tmp_path: Path) -> None:
    """No hashed names, and a folder of its own for originals."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True
    settings.EVIDENCE_STORE = tmp_path / "evidence"
    # A password is hashed slowly on purpose; here that would be most of the time.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _person(email: str = "owner@example.org", **said) -> User:
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, "correct horse battery", **said)


@pytest.fixture
def person(db) -> User:
    """An ordinary member, who owns the small incident."""
    return _person(name="Robin Keller")


@pytest.fixture
def make_person(db) -> Callable[..., User]:
    """Makes further people by address; without a seat anywhere they are outsiders."""
    return _person


@pytest.fixture
def client(person: User) -> Client:
    """A browser in which `person` is signed in."""
    signed_in = Client()
    signed_in.force_login(person)
    return signed_in


def _keep_small_incident(**changed) -> Incident:
    incident = open_incident(
        "INC-2041",
        owner=_person(),
        title="Checkout errors after payments-api v2.14",
        severity="SEV-2",
        zone="Europe/Berlin",
    )
    store = store_of(incident)
    for name, text in documents.FILES.items():
        store.freeze(io.BytesIO(text.encode()), name)
    store.close()
    keep(incident, documents.document(**changed), "fingerprint", "test")
    return incident


@pytest.fixture
def keep_small_incident(db) -> Callable[..., Incident]:
    """Stores the small incident; what is given replaces parts of its document."""
    return _keep_small_incident


@pytest.fixture
def incident(keep_small_incident: Callable[..., Incident]) -> Incident:
    """The small incident, stored."""
    return keep_small_incident()


@pytest.fixture
def run_jobs(db) -> Callable[[], list[Job]]:
    """Does every waiting job here and now; gives what they became."""
    return drain


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory, django_db_setup, django_db_blocker) -> Path:
    """A SQLite file with every table and nothing in them, to be copied: making them takes seconds."""

    def make(folder: Path) -> None:
        with django_db_blocker.unblock(), databases.as_default(f"sqlite:////{folder}/tables.sqlite3", folder):
            pass

    return made_once(tmp_path_factory, "sqlite", make) / "tables.sqlite3"


@pytest.fixture(scope="session")
def with_tables(sqlite_with_tables: Path) -> Callable[[Path], Path]:
    """Puts a database with every table and nothing in them where a server that is started in a folder looks for it;
    the folder."""

    def prepare(folder: Path) -> Path:
        (folder / "data").mkdir()
        shutil.copy(sqlite_with_tables, folder / "data" / "afteraction.sqlite3")
        return folder

    return prepare


@pytest.fixture(scope="session")
def postgresql_with_tables(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[tuple[str, str]]:
    """A PostgreSQL server, and the name of a database on it with every table and nothing in them, to be copied."""
    with databases.postgresql_server() as server, databases.database_on(server) as url:
        with django_db_blocker.unblock(), databases.as_default(url, tmp_path_factory.mktemp("database")):
            pass
        yield server, databases.name_of(url)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def _default_database(request, tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("database")
    with contextlib.ExitStack() as stack:
        if request.param == "postgresql":
            server, like = request.getfixturevalue("postgresql_with_tables")
            url = stack.enter_context(databases.database_on(server, like))
        else:
            shutil.copy(request.getfixturevalue("sqlite_with_tables"), folder / "test.sqlite3")
            url = f"sqlite:////{folder}/test.sqlite3"
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(databases.as_default(url, folder, has_tables=True))
        yield request.param


@pytest.fixture
def either_database(_default_database: str) -> Iterator[str]:
    """The name of the database that the test runs on, empty at first."""
    Incident.objects.all().delete()
    yield _default_database
    Incident.objects.all().delete()
