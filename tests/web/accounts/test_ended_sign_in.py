"""What a page and a script get when the sign-in has ended."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_page_leads_to_the_sign_in_and_back(nobody: Client) -> None:
    answer = nobody.get("/incidents/?q=x")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=%2Fincidents%2F%3Fq%3Dx"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true"},
        {"Accept": "application/json"},
        {"X-Requested-With": "fetch"},
        {"Sec-Fetch-Mode": "cors"},
        {"X-CSRFToken": "x"},
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_script_gets_401_that_it_can_read(nobody: Client, headers: dict[str, str], method: str) -> None:
    answer = getattr(nobody, method)(
        "/incidents/", headers={**headers, "Referer": "http://testserver/incidents/INC-1/"}
    )
    assert answer.status_code == 401
    said = answer.json()
    assert said["error"] == "signed_out"
    assert said["sign_in"] == "/accounts/login/?next=%2Fincidents%2FINC-1%2F"


def test_a_form_comes_back_to_its_page_and_never_to_where_it_was_sent(nobody: Client) -> None:
    answer = nobody.post("/account/change/", headers={"Referer": "http://testserver/account/?a=1"})
    assert answer["Location"] == "/accounts/login/?next=%2Faccount%2F%3Fa%3D1"


@pytest.mark.parametrize(
    "page", ["https://evil.example/incidents/", "//evil.example/x", "", "javascript:x", "http://["]
)
def test_a_page_of_another_site_is_no_way_back(nobody: Client, page: str) -> None:
    answer = nobody.post("/account/change/", headers={"Referer": page, "HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.json()["sign_in"] == "/accounts/login/?next=%2F"


def test_an_ended_sign_in_is_called_so_even_where_the_form_is_too_old() -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/account/change/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
