"""The frame around every page in a real browser: keys, commands, toasts, dialogs, drafts, waiting, and what happens
when the connection, the sign-in or a part of the page is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, StorageState, expect

from tests.browser.serving import Demo
from tests.browser.visiting import Visit, eventually, stop_the_clock, visiting

pytestmark = pytest.mark.browser
TIMELINE = "/incidents/INC-2041/"

SAVE = "([url, queue, text]) => void afteraction.send(url, {json: {title: text}, queue, quiet: !queue})"
BEHIND_WHO_SENDS = "navigator.locks.request(`aa-queue-${document.documentElement.dataset.account}`, () => undefined)"
FIELD = """key => {
  const label = document.createElement("label");
  label.textContent = "Why it happened";
  const field = document.createElement("textarea");
  field.dataset.draft = key;
  label.htmlFor = field.id = "why";
  document.querySelector("main").prepend(label, field);
}"""


@pytest.fixture
def visit(browser: Browser, demo: Demo, signed_in: StorageState) -> Iterator[Visit]:
    """Opens a page of the demo; fails when a script does. What the network refuses is what these tests are about."""
    with visiting(browser, demo, signed_in, is_strict=False) as go:
        yield go


class TestKeys:
    def test_the_sheet_lists_the_keys_that_work_on_this_page(self, visit: Visit) -> None:
        page = visit(TIMELINE)
        page.keyboard.press("?")
        sheet = page.get_by_role("dialog", name="Keyboard")
        expect(sheet).to_contain_text("search")
        expect(sheet).to_contain_text("commands")
        expect(sheet.get_by_role("heading", name="Timeline")).to_be_visible()
        page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)
        page.goto(re.sub(r"/incidents/.*", "/", page.url))
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
        expect(page.get_by_role("heading", name="Timeline")).to_have_count(0)

    def test_two_keys_in_a_row_go_to_a_place(self, visit: Visit) -> None:
        page = visit(TIMELINE)
        # Two keys are a pair when they follow within a second, however slow the machine is.
        stop_the_clock(page)
        page.keyboard.press("g")
        page.keyboard.press("l")
        page.wait_for_url("**/incidents/")

    def test_slash_goes_to_the_search_and_typing_there_presses_no_keys(self, visit: Visit) -> None:
        page = visit(TIMELINE)
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox", name="Search incidents, events, evidence")).to_be_focused()
        page.keyboard.type("gh?n")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page).to_have_url(re.compile(TIMELINE))

    def test_who_turned_single_keys_off_presses_none_by_accident(self, visit: Visit) -> None:
        page = visit(TIMELINE)
        page.evaluate("document.documentElement.dataset.singleKeys = 'off'")
        page.keyboard.press("?")
        page.keyboard.press("n")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("Control+k")
        expect(page.get_by_role("dialog", name="Commands")).to_be_visible()

    def test_the_focus_stays_in_a_dialog_and_goes_back_to_where_it_was(self, visit: Visit) -> None:
        page = visit(TIMELINE)
        theme = page.get_by_role("button", name="Switch between light and dark")
        theme.focus()
        page.keyboard.press("?")
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
            )
        page.keyboard.press("Escape")
        expect(theme).to_be_focused()


class TestCommands:
    def test_by_keys_alone_an_incident_is_found_and_opened(self, visit: Visit) -> None:
        page = visit("/")
        page.keyboard.press("Control+k")
        # Others that have checkout in their title may be there too.
        page.keyboard.type("after payments-api v2.14")
        options = page.get_by_role("option")
        expect(options.first).to_contain_text("INC-2041")
        expect(page.locator("dialog [role=status]")).to_contain_text("for after payments-api v2.14")
        field = page.get_by_role("combobox", name="Type a command or search")
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-activedescendant", "palette-0")
        page.keyboard.press("Enter")
        page.wait_for_url("**/incidents/INC-2041/**")

    def test_arrows_go_around_and_enter_does_what_is_marked(self, visit: Visit) -> None:
        page = visit("/")
        page.keyboard.press("Control+k")
        page.keyboard.type("incidents")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("option", selected=True)).to_have_text(re.compile("Incidents|INC"))
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)

    def test_what_is_called_nothing_says_so_and_offers_the_search(self, visit: Visit) -> None:
        page = visit("/")
        page.keyboard.press("Control+k")
        page.keyboard.type("zzqq")
        expect(page.get_by_role("option")).to_have_text(["Search everything for “zzqq”"])
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=zzqq")


class TestToasts:
    def test_one_is_shown_and_the_rest_wait(self, visit: Visit) -> None:
        page = visit("/")
        stop_the_clock(page)
        page.evaluate("for (const n of [1, 2, 3]) afteraction.toast(`Saved ${n}`)")
        toasts = page.locator(".toast")
        page.clock.run_for(30)
        expect(toasts).to_have_text(["Saved 1"])
        page.clock.run_for(8100)
        expect(toasts).to_have_text(["Saved 2"])

    def test_it_stays_while_it_is_hovered(self, visit: Visit) -> None:
        page = visit("/")
        stop_the_clock(page)
        page.evaluate("afteraction.toast('Read me')")
        page.clock.run_for(30)
        page.locator(".toast").hover()
        page.clock.run_for(20_000)
        expect(page.locator(".toast")).to_have_text("Read me")
        page.mouse.move(5, 300)
        page.clock.run_for(8100)
        expect(page.locator(".toast")).to_have_count(0)

    def test_u_takes_back_the_newest_thing(self, visit: Visit) -> None:
        page = visit("/")
        stop_the_clock(page)
        page.evaluate(
            "window.undone = [];"
            "for (const n of [1, 2]) afteraction.toast(`Hid ${n}`, {undo: async () => undone.push(n)})"
        )
        page.keyboard.press("u")
        page.wait_for_function("undone.length === 1 && undone[0] === 2")
        page.clock.run_for(30)
        expect(page.locator(".toast")).to_contain_text("Hid 1")

    def test_a_failure_is_an_alert_comes_first_and_says_when_undo_failed(self, visit: Visit) -> None:
        page = visit("/")
        page.evaluate("afteraction.toast('Hid 1', {undo: async () => { throw new Error('it is gone') }})")
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("alert")).to_contain_text("Not undone: it is gone")

    def test_it_can_be_reached_above_a_dialog(self, visit: Visit) -> None:
        page = visit("/")
        page.keyboard.press("?")
        page.evaluate("afteraction.toast('Not saved', {failure: true})")
        page.get_by_role("button", name="Close this message").click()
        expect(page.locator(".toast")).to_have_count(0)
        page.keyboard.press("Escape")
        page.evaluate("afteraction.toast('Said again')")
        expect(page.locator(".toast")).to_be_visible()


class TestDrafts:
    def test_what_was_written_is_there_after_the_browser_was_closed(self, visit: Visit) -> None:
        page = visit("/")
        page.evaluate(FIELD, "why-1")
        page.get_by_label("Why it happened").fill("Redis was not involved")
        page.reload()
        page.evaluate(FIELD, "why-1")
        expect(page.get_by_label("Why it happened")).to_have_value("Redis was not involved")
        page.get_by_role("button", name="Throw it away").click()
        expect(page.get_by_label("Why it happened")).to_have_value("")
        page.reload()
        page.evaluate(FIELD, "why-1")
        expect(page.get_by_label("Why it happened")).to_have_value("")

    def test_somebody_else_in_the_same_browser_does_not_see_it(self, visit: Visit) -> None:
        page = visit("/")
        page.evaluate(FIELD, "why-2")
        page.get_by_label("Why it happened").fill("Mine alone")
        page.reload()
        page.evaluate("document.documentElement.dataset.account = '4711'")
        page.evaluate(FIELD, "why-2")
        expect(page.get_by_label("Why it happened")).to_have_value("")

    def test_it_goes_when_it_was_saved(self, visit: Visit) -> None:
        page = visit("/")
        page.evaluate(FIELD, "why-3")
        page.get_by_label("Why it happened").fill("Saved soon")
        page.evaluate("afteraction.clearDraft('why-3')")
        page.reload()
        page.evaluate(FIELD, "why-3")
        expect(page.get_by_label("Why it happened")).to_have_value("")


class TestFormsThatLeaveThePage:
    """The page of a new incident: its words are a draft until it is open."""

    def test_what_a_refused_form_held_is_offered_again(self, visit: Visit) -> None:
        page = visit("/incidents/new")
        page.get_by_label("Services").fill("checkout, ledger-db")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("alert")).to_contain_text("One thing before this can be saved")
        expect(page.locator("[data-errors]")).to_be_focused()
        page.get_by_role("link", name="Home").click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text("New incident")
        page.wait_for_load_state()
        page.keyboard.press("n")
        expect(page.get_by_label("Services")).to_have_value("checkout, ledger-db")
        page.get_by_role("button", name="Throw it away").click()
        expect(page.get_by_label("Services")).to_have_value("")

    def test_what_was_sent_after_the_sign_in_ended_is_there_when_it_is_back(self, visit: Visit) -> None:
        page = visit("/incidents/new")
        page.get_by_label("What went wrong").fill("Half a title")
        cookies = page.context.cookies()
        page.context.clear_cookies()
        page.get_by_role("button", name="Open the incident").click()
        page.wait_for_url("**/accounts/login/**")
        page.context.add_cookies(cookies)
        page.goto(page.url.split("/accounts/")[0] + "/incidents/new")
        expect(page.get_by_label("What went wrong")).to_have_value("Half a title")

    def test_a_form_that_lost_its_proof_shows_what_was_typed(self, visit: Visit) -> None:
        page = visit("/incidents/new", script=False)
        page.get_by_label("What went wrong").fill("Half a title")
        page.context.clear_cookies(name="csrftoken")
        page.get_by_role("button", name="Open the incident").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("This was not sent")
        expect(page.get_by_role("textbox", name="Title")).to_have_value("Half a title")


class Server:
    """What stands behind a page for a few addresses: it can be away, and it remembers what it took."""

    def __init__(self, page: Page, status: int = 200) -> None:
        self.is_away = True
        self.status = status
        self.took: list[dict[str, str]] = []
        page.context.route("**/edit-*", self.take)
        page.context.route("**/healthz", self.look)

    def take(self, route: Route) -> None:
        if self.is_away:
            route.abort()
            return
        self.took.append(route.request.post_data_json)
        route.fulfill(status=self.status, json={"detail": "Somebody saved first."})

    def look(self, route: Route) -> None:
        if self.is_away:
            route.abort()
        else:
            route.fulfill(body="ok")


class TestTheConnection:
    def test_changes_wait_in_order_and_are_sent_once_when_it_is_back(self, visit: Visit) -> None:
        page = visit("/")
        stop_the_clock(page)
        server = Server(page)
        for number in range(4):
            page.evaluate(SAVE, [f"/edit-{number}", f"Title of E{number}", f"text {number}"])
        bar = page.locator("#connection")
        expect(bar).to_contain_text(re.compile(r"No connection since \d\d:\d\d\."))
        expect(bar).to_contain_text("4 changes wait in this browser and are sent in order.")
        server.is_away = False
        bar.get_by_role("button", name="Try now").click()
        expect(bar).to_contain_text("Back, 4 changes saved.")
        assert [each["title"] for each in server.took] == ["text 0", "text 1", "text 2", "text 3"]
        assert len({each["edit_id"] for each in server.took}) == 4

    def test_it_tries_again_by_itself(self, visit: Visit) -> None:
        page = visit("/")
        stop_the_clock(page)
        server = Server(page)
        page.evaluate(SAVE, ["/edit-1", "Title of E1", "x"])
        expect(page.locator("#connection")).to_contain_text("1 change waits")
        server.is_away = False
        page.clock.run_for(2000)
        expect(page.locator("#connection")).to_contain_text("Back, 1 change saved.")

    def test_what_waits_survives_a_closed_tab_and_is_sent_once_by_two(self, visit: Visit) -> None:
        page = visit("/")
        stop_the_clock(page)
        server = Server(page)
        page.evaluate(SAVE, ["/edit-9", "Title of E9", "kept"])
        expect(page.locator("#connection")).to_contain_text("1 change waits")
        server.is_away = False
        tabs = [page.context.new_page() for _ in range(2)]
        for tab in tabs:
            tab.goto(page.url)
        # Each tab asked for its turn when it opened; behind both of them nothing is left to send.
        for tab in tabs:
            tab.evaluate(BEHIND_WHO_SENDS)
        eventually(page, lambda: bool(server.took))
        assert [each["title"] for each in server.took] == ["kept"]

    def test_what_was_not_taken_is_kept_and_shown(self, visit: Visit) -> None:
        page = visit("/")
        server = Server(page, status=409)
        page.evaluate(SAVE, ["/edit-5", "Title of E5", "my words"])
        expect(page.locator("#connection")).to_contain_text("1 change waits")
        server.is_away = False
        page.get_by_role("button", name="Look at it").click()
        dialog = page.get_by_role("dialog", name="Changes that were not taken")
        expect(dialog).to_contain_text("Title of E5")
        expect(dialog).to_contain_text("Somebody saved first.")
        expect(dialog).to_contain_text("my words")
        dialog.get_by_role("button", name="Put away").click()
        expect(page.locator("#connection")).to_be_empty()


class TestAnEndedSignIn:
    def test_it_says_what_is_kept_and_after_signing_in_offers_it(self, visit: Visit) -> None:
        page = visit(TIMELINE)
        page.evaluate(FIELD, "why-7")
        page.get_by_label("Why it happened").fill("One two three")
        page.route("**/edit-7", lambda route: route.fulfill(status=401, json={"error": "signed_out", "detail": "x"}))
        page.evaluate(SAVE, ["/edit-7", "", "x"])
        dialog = page.get_by_role("dialog", name="Your sign-in has ended")
        expect(dialog).to_contain_text("kept in this browser: 3 words in “Why it happened”")
        dialog.get_by_role("button", name="Sign in and continue").click()
        # The sign-in still holds in truth, so the way leads straight back.
        page.wait_for_url(f"**{TIMELINE}")
        page.evaluate(FIELD, "why-7")
        expect(page.get_by_label("Why it happened")).to_have_value("One two three")

    def test_a_page_of_somebody_else_changes_nothing(self, visit: Visit) -> None:
        page = visit("/")
        page.evaluate("document.documentElement.dataset.account = '4711'")
        page.evaluate(SAVE, ["/theme", "", "x"])
        expect(page.get_by_role("dialog", name="Somebody else has signed in here")).to_be_visible()


class TestPartsOfAPage:
    HTMX = """([address, waits]) => {
      const place = document.createElement("div");
      place.id = "part";
      place.innerHTML = `<button hx-get="${address}" hx-target="#here">Draw</button><div id="here"></div>`;
      if (waits) place.querySelector("#here").dataset.waits = waits;
      document.querySelector("main").prepend(place);
      afteraction.wire(place);
    }"""

    def test_a_panel_that_fails_says_so_in_its_place_and_can_be_tried_again(self, visit: Visit) -> None:
        page = visit("/")
        answers = [
            {"status": 500, "json": {"error": "broken", "detail": "No.", "reference": "7f3a-19"}},
            {"status": 200, "body": "<p>Drawn</p>", "content_type": "text/html"},
        ]
        page.route("**/part", lambda route: route.fulfill(**answers.pop(0)))
        page.evaluate(self.HTMX, ["/part", ""])
        page.get_by_role("button", name="Draw").click()
        here = page.locator("#here")
        expect(here.get_by_role("alert")).to_contain_text("This panel could not be drawn")
        expect(here).to_contain_text("7f3a-19")
        here.get_by_role("button", name="Try again").click()
        expect(here).to_have_text("Drawn")

    def test_a_page_for_people_is_never_swapped_into_a_panel(self, visit: Visit) -> None:
        page = visit("/")
        page.evaluate(self.HTMX, ["/incidents/INC-9999/", ""])
        page.get_by_role("button", name="Draw").click()
        expect(page.get_by_role("alert")).to_contain_text("This address leads nowhere")
        expect(page.locator("#here")).to_be_empty()

    def test_an_ended_sign_in_opens_its_dialog_instead_of_a_sign_in_page_in_the_panel(self, visit: Visit) -> None:
        page = visit("/")
        page.route("**/part", lambda route: route.fulfill(status=401, json={"error": "signed_out"}))
        page.evaluate(self.HTMX, ["/part", ""])
        page.get_by_role("button", name="Draw").click()
        expect(page.get_by_role("dialog", name="Your sign-in has ended")).to_be_visible()
        expect(page.locator("#here")).to_be_empty()

    def test_waiting_shows_nothing_then_a_shape_then_words(self, visit: Visit) -> None:
        page = visit("/")
        held: list[Route] = []
        page.route("**/part", lambda route: held.append(route))
        page.evaluate(self.HTMX, ["/part", "Merging 214 events of 38 files"])
        page.get_by_role("button", name="Draw").click()
        here = page.locator("#here")
        expect(here).to_have_attribute("aria-busy", "true")
        expect(here.locator(".skeleton")).to_have_count(4)
        expect(here.get_by_role("status")).to_have_text("")
        expect(here.get_by_role("status")).to_have_text("Merging 214 events of 38 files")
        held[0].fulfill(body="<p>Merged</p>", content_type="text/html")
        expect(here).to_have_text("Merged")
        expect(here).not_to_have_attribute("aria-busy", "true")


class TestTwoVersions:
    OPEN = """versions => { afteraction.openVersions(versions).then(chosen => { window.chosen = chosen ?? null }) }"""
    CLASH = {
        "title": "Two people changed this title",
        "about": "E7",
        "mine": "The canary was skipped because the label <b>removes</b> it.",
        "mineSaid": "not saved yet",
        "theirs": "The canary was skipped because the guide allows it here.",
        "theirsName": "Robin Keller",
        "theirsSaid": "saved 2 min ago",
    }

    def open(self, page: Page) -> None:
        page.evaluate("versions => { " + f"({self.OPEN})(versions)" + " }", self.CLASH)

    def test_both_are_shown_with_what_differs_as_text(self, visit: Visit) -> None:
        page = visit("/")
        self.open(page)
        dialog = page.get_by_role("dialog", name="Two people changed this title")
        expect(dialog.locator(".side-a ins")).to_have_text("label <b>removes</b> it.")
        expect(dialog.locator(".side-b ins")).to_have_text("guide allows it here.")
        expect(dialog.locator(".side-b")).to_contain_text("Robin Keller’s")

    @pytest.mark.parametrize(("key", "choice", "text"), [("1", "mine", "mine"), ("2", "theirs", "theirs")])
    def test_one_key_keeps_one_side(self, visit: Visit, key: str, choice: str, text: str) -> None:
        page = visit("/")
        self.open(page)
        page.keyboard.press(key)
        page.wait_for_function("window.chosen !== undefined")
        assert page.evaluate("window.chosen") == {"choice": choice, "text": self.CLASH[text]}

    def test_three_goes_to_the_joined_text_where_figures_are_figures(self, visit: Visit) -> None:
        page = visit("/")
        self.open(page)
        page.keyboard.press("3")
        joined = page.get_by_label("Joined text")
        expect(joined).to_be_focused()
        expect(joined).to_have_value(re.compile("label .* guide allows it here"))
        joined.fill("Both of 12")
        page.keyboard.press("Control+Enter")
        page.wait_for_function("window.chosen !== undefined")
        assert page.evaluate("window.chosen") == {"choice": "joined", "text": "Both of 12"}

    def test_leaving_it_chooses_nothing(self, visit: Visit) -> None:
        page = visit("/")
        self.open(page)
        page.keyboard.press("Escape")
        page.wait_for_function("window.chosen !== undefined")
        assert page.evaluate("window.chosen") is None


def test_a_double_click_sends_a_form_once(visit: Visit) -> None:
    page = visit("/")
    sent: list[str] = []

    def take(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    page.route("**/theme-twice", take)
    page.evaluate(
        """() => {
          const form = document.createElement("form");
          form.method = "post"; form.action = "/theme-twice";
          form.innerHTML = "<button>Send it</button>";
          document.querySelector("main").prepend(form);
          window.let = [];
          addEventListener("submit", (event) => window.let.push(!event.defaultPrevented));
        }"""
    )
    page.get_by_role("button", name="Send it").dblclick(no_wait_after=True)
    eventually(page, lambda: bool(sent))
    assert page.evaluate("window.let") == [True, False]
    assert sent == ["POST"]


def test_scripts_in_a_page_that_evidence_could_bring_run_nothing(visit: Visit) -> None:
    page = visit(TIMELINE)
    # The picture is not there, so its handler would have run by the time that others hear of it.
    page.evaluate(
        """() => new Promise(heard => {
          window.ran = 0;
          const raw = document.createElement("div");
          raw.innerHTML = '<img src="/nowhere.png" onerror="ran++"><style>main{display:none}</style>';
          const script = document.createElement("script");
          script.textContent = "ran++";
          raw.querySelector("img").addEventListener("error", heard);
          document.querySelector("main").append(raw, script);
        })"""
    )
    assert page.evaluate("window.ran") == 0
    expect(page.locator("main")).to_be_visible()


def test_the_frame_works_without_script(visit: Visit) -> None:
    page = visit(TIMELINE, script=False)
    page.get_by_role("button", name="your account").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.get_by_role("searchbox").fill("checkout")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=checkout"))
