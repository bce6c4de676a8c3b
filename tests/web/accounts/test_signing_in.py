"""Signing in with a password: who gets in, who does not, and what the cookies allow."""

from __future__ import annotations

import pytest
from django.test import Client

from afteraction.web.accounts.models import User
from tests.web.accounts.conftest import PASSWORD

LOGIN = "/accounts/login/"


def try_in(browser: Client, email: str, password: str = PASSWORD, **more):
    return browser.post(LOGIN, {"login": email, "password": password, **more})


def test_a_password_lets_in_and_leads_to_where_one_was(nobody: Client, person: User) -> None:
    answer = try_in(nobody, person.email, next="/incidents/?q=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/incidents/?q=1"
    assert nobody.get("/").status_code == 200


def test_the_address_is_the_same_in_any_case(nobody: Client, person: User) -> None:
    assert try_in(nobody, person.email.upper()).status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "https:evil.example", "javascript:alert(1)"],
)
def test_no_sign_in_leads_to_another_site(nobody: Client, person: User, elsewhere: str) -> None:
    answer = try_in(nobody, person.email, next=elsewhere)
    assert answer["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(nobody: Client, person: User) -> None:
    wrong = try_in(nobody, person.email, "not this one")
    unknown = try_in(nobody, "nobody@example.org", "not this one")
    assert wrong.status_code == unknown.status_code == 200
    told = [answer.context["form"].non_field_errors() for answer in (wrong, unknown)]
    assert told[0] == told[1] == ["The email address and/or password you specified are not correct."]


def test_after_five_wrong_passwords_even_the_right_one_waits(nobody: Client, person: User) -> None:
    for _ in range(5):
        try_in(nobody, person.email, "not this one")
    answer = try_in(nobody, person.email)
    assert answer.status_code == 200
    assert "Too many" in answer.content.decode()
    assert nobody.get("/").status_code == 302


def test_many_tries_from_one_place_get_429_in_our_own_words(nobody: Client, person: User) -> None:
    answers = [try_in(nobody, f"someone{number}@example.org", "wrong") for number in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many tries" in answers[-1].content.decode()


def test_a_session_from_before_the_sign_in_is_not_the_one_after(nobody: Client, person: User) -> None:
    session = nobody.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    try_in(nobody, person.email)
    assert nobody.session.session_key != planted
    attacker = Client()
    attacker.cookies["sessionid"] = planted
    assert attacker.get("/").status_code == 302


def test_cookies_are_for_this_site_and_out_of_reach_of_scripts(nobody: Client, person: User) -> None:
    answer = try_in(nobody, person.email)
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert answer.cookies["csrftoken"]["samesite"] == "Lax"


def test_with_an_https_address_cookies_are_secure() -> None:
    import os
    import subprocess
    import sys

    asked = (
        "from afteraction.web.config import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0,"
        "'aa.example.org' in s.ALLOWED_HOSTS)"
    )
    said = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True,
        env={**os.environ, "AFTERACTION_URL": "https://aa.example.org"},
    )  # fmt: skip
    assert said.stdout.split() == ["True"] * 4


def test_signing_out_takes_a_post_and_ends_the_session(client: Client) -> None:
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/").status_code == 302


def test_a_form_from_elsewhere_is_refused_in_our_own_words(person: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    answer = browser.post("/account/change/", {"name": "Mallory"})
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()
    person.refresh_from_db()
    assert person.name != "Mallory"


def test_nobody_signs_up_by_themselves(nobody: Client, db) -> None:
    answer = nobody.post(
        "/accounts/signup/", {"email": "mallory@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert "by invitation" in answer.content.decode()
    assert not User.objects.filter(email="mallory@example.org").exists()


def test_who_cannot_sign_in_is_told_whom_to_ask(nobody: Client, db) -> None:
    assert "afteraction admin" in nobody.get("/accounts/password/reset/").content.decode()


def test_where_mail_is_configured_a_link_comes_by_mail_and_works_once(
    nobody: Client, person: User, settings, mailoutbox
) -> None:
    settings.MAIL = "smtp://localhost"
    assert nobody.post("/accounts/password/reset/", {"email": person.email}).status_code == 302
    link = next(word for word in mailoutbox[0].body.split() if "/accounts/password/reset/key/" in word)
    path = link.split("testserver", 1)[1]
    form = nobody.get(path, follow=True)
    assert form.status_code == 200
    new = "another horse battery"
    done = nobody.post(form.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
    assert "Your password is set" in done.content.decode()
    assert "This link has ended" in Client().get(path, follow=True).content.decode()
    assert try_in(Client(), person.email, new).status_code == 302


def test_pages_of_signing_in_are_of_one_look_and_run_no_script_of_their_own(nobody: Client, db) -> None:
    for path in (LOGIN, "/accounts/password/reset/", "/accounts/signup/", "/enter/nothing", "/join/nothing"):
        body = nobody.get(path).content.decode()
        assert 'class="topbar"' in body
        assert "style=" not in body
        assert body.count("<script") == 1
