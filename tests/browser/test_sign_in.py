"""Signing in, people and one's account in a real browser, with a passkey of its own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, StorageState, expect

from tests.browser.axe import problems_in_every_look, serious_violations
from tests.browser.serving import Demo
from tests.browser.visiting import PASSWORD, Visit, join

pytestmark = pytest.mark.browser
PUBLIC = ("/accounts/login/", "/accounts/password/reset/", "/accounts/signup/")
PAGES = ("/account/", "/people/", "/people/1/", "/people/invitations/", "/teams/", "/trail/", "/incidents/enter")
DEVICE = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
          "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip


def test_axe_finds_no_serious_violation_of_signing_in_and_people(visit: Visit, demo: Demo) -> None:
    for paths, who in ((PUBLIC, {"state": None}), (PAGES, {})):
        page = visit(paths[0], **who)
        for path in paths:
            page.goto(demo.address + path)
            assert problems_in_every_look(page) == [], path


def test_who_is_not_signed_in_comes_back_to_where_they_wanted_to_go(
    browser: Browser, demo: Demo, signed_in: StorageState
) -> None:
    page = join(browser, demo, signed_in, "robin@example.org", "Robin Keller")
    page.get_by_role("button", name="RK, your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{demo.address}/teams/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("Email").fill("robin@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.address}/teams/")
    page.context.close()


def test_an_outsider_reads_what_is_published_and_never_learns_of_a_draft(
    browser: Browser, demo: Demo, signed_in: StorageState, visit: Visit
) -> None:
    owner = visit("/incidents/new")
    owner.locator("#id_title").fill("Ledger rounds to zero")
    owner.locator("#id_title").press("Enter")
    owner.wait_for_url(re.compile(r"/incidents/INC-\d+/evidence/"))
    draft = owner.url.split("/")[-3]
    page = join(browser, demo, signed_in, "outsider@example.org", "Uma Outsider")
    # The demo is published, so everybody who signs in reads it; without a seat nothing in it can be changed.
    page.goto(f"{demo.address}/incidents/INC-2041/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Checkout")
    expect(page.locator("li.event").first).to_be_visible()
    expect(page.locator("li.event").get_by_role("button", name="Keep")).to_have_count(0)
    told = []
    for key in (draft, "INC-999999"):
        answer = page.goto(f"{demo.address}/incidents/{key}/")
        assert answer is not None and answer.status == 404
        told.append(page.get_by_role("main").inner_text().replace(key, "KEY"))
    assert told[0] == told[1]
    for path in ("/", "/incidents/", "/search?q=ledger"):
        page.goto(demo.address + path)
        expect(page.get_by_role("main")).to_be_visible()
        expect(page.get_by_text("Ledger rounds to zero")).to_have_count(0)
        expect(page.get_by_text(draft, exact=True)).to_have_count(0)
    owner.goto(f"{demo.address}/search?q=ledger")
    expect(owner.get_by_role("main")).to_contain_text("Ledger rounds to zero")
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
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url(f"{here}/")
    page.goto(f"{here}/accounts/passkeys/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    expect(page.locator(".codes li")).to_have_count(10)
    assert serious_violations(page) == []
    page.reload()
    expect(page.locator(".codes li")).to_have_count(0)
    page.goto(f"{here}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{here}/accounts/login/?next=/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{here}/account/")
    expect(page.locator("main")).to_contain_text("key@example.org")
    page.context.close()
