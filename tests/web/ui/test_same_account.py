"""Scripts act as whom their page was made for, or not at all. Robin made the page; Alex signs in in another tab."""

from __future__ import annotations


def test_a_script_of_the_same_account_passes(client, person) -> None:
    assert client.get("/", headers={"X-Account": str(person.pk)}).status_code == 200


def test_after_somebody_else_signed_in_the_page_of_the_first_changes_nothing(client, person, make_person) -> None:
    client.force_login(make_person("alex@example.org"))
    response = client.post("/theme", {"back": "/"}, headers={"X-Account": str(person.pk)})
    assert response.status_code == 401
    assert response.json()["error"] == "other_account"
    assert "theme" not in response.cookies


def test_pages_without_scripts_say_no_account_and_pass(client) -> None:
    assert client.get("/").status_code == 200
