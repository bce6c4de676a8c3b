"""Signing in, people and one's account in a real browser, with a passkey of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.axe import serious_violations
from tests.browser.conftest import Demo

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
PUBLIC = ("/accounts/login/", "/accounts/password/reset/", "/accounts/signup/")
PAGES = ("/account/", "/people/", "/people/1/", "/people/invitations/", "/teams/", "/trail/", "/incidents/enter")
DEVICE = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
          "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_no_serious_violation_of_signing_in_and_people(visit: Visit, theme: str, width: int) -> None:
    for paths, who in ((PUBLIC, {"state": None}), (PAGES, {})):
        page = visit(paths[0], width=width, theme=theme, **who)
        for path in paths:
            page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + path)
            assert serious_violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_who_is_not_signed_in_comes_back_to_where_they_wanted_to_go(
    browser: Browser, demo: Demo, signed_in: StorageState
) -> None:
    admin = browser.new_context(storage_state=signed_in).new_page()
    admin.goto(f"{demo.address}/people/invitations/")
    admin.get_by_label("Email").fill("robin@example.org")
    admin.get_by_role("button", name="Make the link").click()
    link = admin.get_by_label("The link").input_value()
    admin.context.close()

    page = browser.new_context().new_page()
    page.goto(link)
    page.get_by_label("Your name").fill("Robin Keller")
    page.get_by_label("New password").fill("correct horse battery")
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url(f"{demo.address}/")
    page.get_by_role("button", name="RK, your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{demo.address}/teams/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("Email").fill("robin@example.org")
    page.get_by_label("Password").fill("correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.address}/teams/")
    # The demo is published, so everybody who signs in reads it; without a seat nothing in it can be changed.
    page.goto(f"{demo.address}/incidents/INC-2041/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Checkout")
    expect(page.locator("li.event").first).to_be_visible()
    expect(page.locator("li.event").get_by_role("button", name="Keep")).to_have_count(0)
    page.context.close()


def test_a_passkey_is_added_and_signs_in_alone(browser: Browser, demo: Demo, signed_in: StorageState) -> None:
    here = demo.address.replace("127.0.0.1", "localhost")
    admin = browser.new_context(storage_state=signed_in).new_page()
    admin.goto(f"{demo.address}/people/invitations/")
    admin.get_by_label("Email").fill("key@example.org")
    admin.get_by_role("button", name="Make the link").click()
    link = admin.get_by_label("The link").input_value().replace("127.0.0.1", "localhost")
    admin.context.close()

    page = browser.new_context().new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto(link)
    page.get_by_label("Your name").fill("Kim Key")
    page.get_by_label("New password").fill("correct horse battery")
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url(f"{here}/")
    page.goto(f"{here}/accounts/passkeys/add/")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    assert page.locator(".codes li").count() == 10
    assert serious_violations(page) == []
    page.reload()
    assert page.locator(".codes li").count() == 0
    page.goto(f"{here}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{here}/accounts/login/?next=/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{here}/account/")
    expect(page.locator("main")).to_contain_text("key@example.org")
    page.context.close()
