"""Pages opened in browsers of their own, and what those browsers complained about."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests.browser.serving import Demo

Visit = Callable[..., Page]
SIGN_IN = re.compile("^Sign in(?! (with|and))")
PASSWORD = "correct horse battery"


@contextlib.contextmanager
def visiting(
    browser: Browser, demo: Demo, state: StorageState, *, is_strict: bool = True, permissions: tuple[str, ...] = ()
) -> Iterator[Visit]:
    """Gives what opens a page of the demo with these cookies, at a width and in a theme, each in a browser context of
    its own. At the end no script may have failed; where it `is_strict` the console may have said nothing either."""
    opened: list[tuple[Page, list[str]]] = []

    def go(
        path: str, *, width: int = 1440, theme: str = "light", script: bool = True,
        state: StorageState | None = state,
    ) -> Page:  # fmt: skip
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, java_script_enabled=script,
            storage_state=state, permissions=list(permissions),
        )  # fmt: skip
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if is_strict:
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        opened.append((page, complaints))
        page.goto(demo.address + path)
        return page

    yield go
    for page, complaints in opened:
        page.context.close()
        assert complaints == []


def come_in(browser: Browser, demo: Demo) -> StorageState:
    """Signs in by the printed address, once for each server; give what it gives to `new_context(storage_state=…)`."""
    return _signed_in(browser, demo, demo.way_in)


def sign_in(browser: Browser, demo: Demo, email: str) -> StorageState:
    """The cookies of somebody who has an account."""
    return _signed_in(browser, demo, f"{demo.address}/accounts/login/", Email=email, Password=PASSWORD)


def _signed_in(browser: Browser, demo: Demo, address: str, **fields: str) -> StorageState:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    for label, text in fields.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name=SIGN_IN).first.click()
    page.wait_for_url(demo.address + "/")
    state = context.storage_state()
    context.close()
    return state


def join(browser: Browser, demo: Demo, admin: StorageState, email: str, name: str, page: Page | None = None) -> Page:
    """Somebody whom the admin invites and who makes an account with a password; their browser, signed in."""
    inviting = browser.new_context(storage_state=admin).new_page()
    inviting.goto(f"{demo.address}/people/invitations/")
    inviting.get_by_label("Email").fill(email)
    inviting.get_by_role("button", name="Make the link").click()
    link = inviting.get_by_label("The link").input_value()
    inviting.context.close()
    page = page or browser.new_context().new_page()
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url(f"{demo.address}/")
    return page


def press_enter(button: Locator) -> None:
    """Enter on a button that may go by being pressed, where Playwright's own `press` would look for it again."""
    button.focus()
    expect(button).to_be_focused()
    button.page.keyboard.press("Enter")


def stop_the_clock(page: Page) -> None:
    """Time stands still in the page until the test lets it run, so nothing happens by itself meanwhile."""
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 3600)


def eventually(page: Page, is_so: Callable[[], bool]) -> None:
    """Waits for what happens outside of the page; what it does goes on meanwhile."""
    for _ in range(1200):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not happen within a minute")
