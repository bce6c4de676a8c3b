"""The cause graph under the hands of people: entered by keyboard, seen in four views, by two at once, and large."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Route, StorageState, expect

from tests.browser.axe import problems_in_every_look
from tests.browser.visiting import Visit, eventually, press_enter

pytestmark = pytest.mark.browser
VIEWS = ("whys", "fishbone", "fault-tree", "causal")
# The six conditions that had to come together when a live table was dropped: take one away and nothing is lost.
SIX = ("cron runs the wrapper", "the wrapper runs update hooks", "the production guard is bypassed",
       "the drop list names a live table", "no old table is there today", "the database user can drop")  # fmt: skip
# Flags timed out: a rollout or a fix of its symptom, small nodes, retries or a slow start, and a shared store.
ROLLOUT, FIX, SMALL = "a deploy rolls out", "a fix of the symptom deploys", "nodes have too little cpu"
REPLICAS = ("replica a lagged", "replica b lagged", "replica c lagged")
WRITE, WINDOW = "a write was repeated", "no key marked it as the same"
LATER, EARLIER = "the ledger was read", "the charge was booked"
RETRIES, SLOW, SHARED = "retries have no bound", "the start waits 20 s", "redis is shared"


def begin(page: Page, title: str) -> str:
    """A new incident with a review and a graph that has its first top event; the address of its graph."""
    page.locator("#id_title").fill(title)
    page.locator("#id_title").press("Enter")
    page.wait_for_url(re.compile(r"/incidents/INC-\d+/"))
    key = re.search(r"INC-\d+", page.url)
    assert key
    return begin_review(page, key[0])


def begin_review(page: Page, key: str) -> str:
    """Opens a review of an incident and makes the first top event of its graph."""
    root = re.match(r"https?://[^/]+", page.url)
    assert root
    address = f"{root[0]}/incidents/{key}/review/"
    page.goto(address)
    reason = page.locator("#open-reason")
    if reason.count():
        reason.fill("To see what led there")
        page.get_by_role("button", name="Open a review").click()
        page.wait_for_url(address)
    page.goto(f"{address}graph/")
    page.get_by_role("button", name="Begin the graph").click()
    expect(node(page, "N1")).to_be_visible()
    return f"{address}graph/"


def node(page: Page, ident: str):
    """A node in the drawing."""
    return page.locator(f'.graph-canvas [data-part="node:{ident}"]').first


def add_by_keys(page: Page, statement: str) -> None:
    """A cause of the top event: `a`, the clause, Enter, then back to the top event with an arrow."""
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Add a cause")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_label("What was so, in one clause")).to_be_focused()
    page.keyboard.type(statement)
    page.keyboard.press("Enter")
    expect(page.locator(".inspector h3")).to_have_text(statement)
    expect(page.locator(".graph-canvas :focus")).to_have_attribute("aria-label", re.compile(f"^{statement}"))
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".graph-canvas :focus")).to_have_attribute("data-part", "node:N1")


def enter(page: Page, statements: tuple[str, ...]) -> None:
    node(page, "N1").focus()
    page.keyboard.press("Enter")
    for each in statements:
        add_by_keys(page, each)


def group(page: Page, *statements: str, kind: str = "or") -> None:
    """Marks causes in the open dialog and groups them, by keys."""
    dialog = page.get_by_role("dialog")
    for each in statements:
        dialog.get_by_role("checkbox", name=each, exact=True).focus()
        page.keyboard.press("Space")
    dialog.get_by_label("The marked ones together").select_option(kind)
    press_enter(dialog.get_by_role("button", name="Group the marked"))


def rows(page: Page, panel: str) -> list[list[str]]:
    """The statements of each cut set or path set."""
    return [
        [letter.get_attribute("title") or "" for letter in row.locator(".letters b").all()]
        for row in page.locator(f"#{panel} .cutset").all()
    ]


def see_in_all_views(page: Page, statements: tuple[str, ...]) -> None:
    for key, view in enumerate(VIEWS, 1):
        page.keyboard.press(str(key))
        expect(page.locator("svg.drawing")).to_have_attribute("data-view", view)
        for each in statements:
            expect(page.locator(f'.graph-canvas [aria-label^="{each}."]')).not_to_have_count(0)


def test_four_conditions_with_two_alternatives_are_entered_by_keys(visit: Visit) -> None:
    page = visit("/incidents/new")
    address = begin(page, "Feature flags timed out")
    enter(page, (ROLLOUT, FIX, SMALL, RETRIES, SLOW, SHARED))
    page.keyboard.press("c")
    group(page, ROLLOUT, FIX)
    group(page, RETRIES, SLOW)
    told = f"({ROLLOUT} OR {FIX}) AND {SMALL} AND ({RETRIES} OR {SLOW}) AND {SHARED}"
    expect(page.locator(".combine .formula")).to_have_text(told)
    press_enter(page.get_by_role("button", name="Save logic"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    see_in_all_views(page, (ROLLOUT, FIX, SMALL, RETRIES, SLOW, SHARED))
    page.keyboard.press("3")
    expect(page.locator("#cut-sets .cutset")).to_have_count(4)
    assert sorted(map(sorted, rows(page, "cut-sets"))) == sorted(
        sorted((one, SMALL, other, SHARED)) for one in (ROLLOUT, FIX) for other in (RETRIES, SLOW)
    )
    assert sorted(map(sorted, rows(page, "path-sets"))) == sorted(
        map(sorted, ([SMALL], [SHARED], [RETRIES, SLOW], [ROLLOUT, FIX]))
    )
    expect(page.locator("#cut-sets .foot")).to_contain_text("No single point of failure. Matter most:")
    expect(page.locator("#cut-sets .foot")).to_contain_text("in 4 of 4 (decides 28 % of states)")
    expect(page.locator(".coverage")).to_contain_text("4 ways in which this could happen again; no change cuts any")
    change(page, address, "C1", "Bound the retries", "N5")
    expect(page.locator(".coverage")).to_contain_text("2 of 4 ways this could happen again are cut by these changes")
    expect(page.locator(".cutset.is-left")).to_have_count(2)
    change(page, address, "C2", "Give flags a store of their own", "N7")
    expect(page.locator(".coverage")).to_contain_text("All 4 ways this could happen again are cut")


def change(page: Page, address: str, ident: str, text: str, target: str) -> None:
    """A change that works on a node, as the page of changes saves it."""
    body = {"sort": "change", "id": ident, "body": {"text": text, "targets": [target]}, "based_on": 0}
    url = address.replace("graph/", "save")
    asked = {"parts": [body], "verb": "propose"}
    status = page.evaluate("([url, json]) => afteraction.send(url, {json}).then(each => each.status)", [url, asked])
    assert status == 200
    page.goto(f"{address}?view=fault-tree")


def test_six_conditions_that_were_all_needed_make_one_way(visit: Visit) -> None:
    page = visit("/incidents/new")
    address = begin(page, "A live table was dropped")
    enter(page, SIX)
    page.keyboard.press("c")
    expect(page.locator(".combine .formula")).to_have_text(" AND ".join(SIX))
    press_enter(page.get_by_role("button", name="Save logic"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    see_in_all_views(page, SIX)
    page.keyboard.press("3")
    expect(page.locator("#cut-sets .cutset")).to_have_count(1)
    assert sorted(rows(page, "cut-sets")[0]) == sorted(SIX)
    assert sorted(rows(page, "path-sets")) == sorted([each] for each in SIX)
    expect(page.locator("#cut-sets .foot")).to_contain_text("in 1 of 1 (decides 3 % of states)")
    expect(page.locator(".lgate-t").first).to_have_text("AND")
    expect(page.locator(".coverage")).to_contain_text("1 way in which this could happen again; no change cuts any")
    change(page, address, "C1", "Take the right to drop from the user", "N7")
    expect(page.locator(".coverage")).to_contain_text("this could happen again is cut")
    expect(page.locator(".cutset.is-left")).to_have_count(0)


def test_some_of_many_one_while_another_and_one_after_another_are_entered_and_kept(visit: Visit) -> None:
    page = visit("/incidents/new")
    begin(page, "Orders were charged twice")
    enter(page, (*REPLICAS, WRITE, WINDOW, LATER, EARLIER))
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    group(page, *REPLICAS, kind="vote")
    dialog.get_by_label("How many are enough").fill("4")
    press_enter(dialog.get_by_role("button", name="Save logic"))
    expect(dialog.get_by_role("alert")).to_have_text("Between 1 and 3 of 3 can be enough.")
    dialog.get_by_label("How many are enough").fill("2")
    group(page, WRITE, WINDOW, kind="inhibit")
    group(page, LATER, EARLIER, kind="pand")
    # The order counts, and what was entered last came first.
    press_enter(dialog.locator("li", has_text=EARLIER).last.get_by_role("button", name="Earlier"))
    told = f"(2 of 3: {', '.join(REPLICAS)}) AND ({WRITE} IF {WINDOW}) AND ({EARLIER}, then {LATER})"
    expect(page.locator(".combine .formula")).to_have_text(told)
    press_enter(dialog.get_by_role("button", name="Save logic"))
    expect(dialog).to_have_count(0)
    see_in_all_views(page, (*REPLICAS, WRITE, WINDOW, LATER, EARLIER))
    page.keyboard.press("3")
    expect(page.locator(".lgate-t")).to_have_count(4)
    assert sorted(page.locator(".lgate-t").all_text_contents()) == ["2 of 3", "AND", "AND, in order", "IF"]
    expect(page.locator("#cut-sets .cutset")).to_have_count(3)
    rest = [WRITE, WINDOW, EARLIER, LATER]
    assert sorted(map(sorted, rows(page, "cut-sets"))) == sorted(
        sorted([*(each for each in REPLICAS if each != spared), *rest]) for spared in REPLICAS
    )
    assert sorted(map(sorted, rows(page, "path-sets"))) == sorted(
        [[each] for each in rest] + [sorted(each for each in REPLICAS if each != spared) for spared in REPLICAS]
    )
    page.reload()
    node(page, "N1").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    expect(page.locator(".combine .formula")).to_have_text(told)


def test_a_level_a_second_account_what_helped_and_luck_are_said(visit: Visit) -> None:
    page = visit("/incidents/new")
    begin(page, "Orders were delayed")
    enter(page, ("the queue had no alert",))
    page.keyboard.press("ArrowRight")
    inspector, dialog = page.locator(".inspector"), page.get_by_role("dialog")
    expect(inspector.locator("h3")).to_have_text("the queue had no alert")
    inspector.get_by_role("button", name="Decide otherwise").click()
    dialog.get_by_label("Level").select_option("systemic")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_have_text("Say why; without a reason the rules decide.")
    dialog.get_by_label("Why").fill("No team owns alerts of queues")
    page.keyboard.press("Enter")
    expect(inspector).to_contain_text("No team owns alerts of queues")
    inspector.locator("[data-verb=wording]").click()
    dialog.get_by_label("How somebody else puts it").fill("an alert was there and told nobody")
    page.keyboard.press("Enter")
    expect(inspector.locator("blockquote")).to_have_text("an alert was there and told nobody")
    for verb, said, shown in (
        ("helped", "a replay brought every order back", "What helped"),
        ("lucky", "it was a quiet Sunday", "Luck"),
    ):
        page.locator(f"[data-verb={verb}]").click()
        dialog.get_by_label("What made it less bad").fill(said)
        page.keyboard.press("Enter")
        expect(page.locator(".apart > div", has_text=shown).locator("li")).to_contain_text(said)
    page.reload()
    expect(page.locator(".apart")).to_contain_text("a replay brought every order back")
    expect(page.locator(".apart .luck")).to_contain_text("it was a quiet Sunday")
    page.goto(page.url.split("?")[0] + "?node=N2")
    expect(inspector).to_contain_text("No team owns alerts of queues")
    expect(inspector.locator("blockquote")).to_have_text("an alert was there and told nobody")


def test_a_node_is_worded_judged_linked_removed_and_brought_back_by_keys(visit: Visit) -> None:
    page = visit("/incidents/new")
    begin(page, "Orders were lost")
    enter(page, ("the queue was full", "nobody was paged"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("r")
    page.get_by_role("textbox", name="Statement").fill("the queue had no room")
    page.keyboard.press("Enter")
    expect(page.locator('.graph-canvas [aria-label^="the queue had no room"]')).to_be_focused()
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(page.locator(".inspector .pill")).to_have_text("Supported")
    page.keyboard.press("Delete")
    expect(page.get_by_role("dialog")).to_contain_text("On it hang 1 effect")
    press_enter(page.get_by_role("button", name="Remove").last)
    expect(page.locator('.graph-canvas [aria-label^="the queue had no room"]')).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator('.graph-canvas [aria-label^="the queue had no room. Condition, supported"]')).to_have_count(1)
    page.keyboard.press("Control+Shift+Z")
    expect(page.locator('.graph-canvas [aria-label^="the queue had no room"]')).to_have_count(0)


def test_evidence_is_found_laid_and_dragged(visit: Visit) -> None:
    page = visit("/incidents/new")
    begin(page, "Checkout was slow")
    enter(page, ("the pool was small",))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("e")
    page.get_by_role("dialog").get_by_label("What it shows").fill("said in the review")
    page.keyboard.press("Enter")
    expect(page.locator(".inspector .evid").first).to_contain_text("said in the review")
    page.locator(".inspector .cite").first.drag_to(node(page, "N1"))
    page.get_by_role("dialog").get_by_role("button", name="Add evidence").click()
    expect(page.locator(".inspector h3")).to_have_text("Checkout was slow")
    expect(page.locator(".inspector .evid").first).to_contain_text("said in the review")


def test_two_people_who_reword_the_same_node_see_both(browser: Browser, visit: Visit, signed_in: StorageState) -> None:
    address = begin(visit("/incidents/new"), "Two saw it differently")
    pages = [browser.new_context(storage_state=signed_in).new_page() for _ in range(2)]
    for page, words in zip(pages, ("Checkout broke for a third", "Checkout was down for some"), strict=True):
        page.goto(f"{address}?node=N1")
        page.locator(".inspector h3").wait_for()
        page.get_by_role("button", name="Reword").click()
        page.get_by_role("textbox", name="Statement").fill(words)
    pages[0].keyboard.press("Enter")
    expect(pages[0].locator('.graph-canvas [aria-label^="Checkout broke for a third"]')).to_have_count(1)
    pages[1].keyboard.press("Enter")
    versions = pages[1].locator("two-versions")
    expect(versions).to_contain_text("Two people changed the statement")
    expect(versions.locator("[data-theirs]")).to_have_text("Checkout broke for a third")
    pages[1].locator("[data-choice=mine]").click()
    expect(pages[1].locator('.graph-canvas [aria-label^="Checkout was down for some"]')).to_have_count(1)
    for page in pages:
        page.context.close()


def test_no_view_keeps_anybody_out(visit: Visit) -> None:
    page = visit("/incidents/new")
    address = begin(page, "Seen in every look")
    for view in VIEWS:
        page.goto(f"{address}?view={view}&node=N1")
        assert problems_in_every_look(page) == [], view


def a_very_large_graph(page: Page) -> None:
    """Opens the graph of a new incident with 500 nodes."""
    address = begin(page, "A very large graph")
    url = address.replace("graph/", "save")
    parts = [
        each
        for at in range(2, 501)
        for each in (
            {"sort": "node", "id": f"N{at}", "body": {"kind": "condition", "statement": f"cause number {at}"}},
            {"sort": "edge", "id": f"L{at}", "body": {"source": f"N{at}", "target": f"N{at // 3 or 1}"}},
        )
    ]
    sent = "([url, parts]) => afteraction.send(url, {json: {parts, verb: 'add'}}).then(each => each.status)"
    assert page.evaluate(sent, [url, parts]) == 200
    page.goto(f"{address}?node=N1")
    expect(page.locator(".graph-canvas .node")).to_have_count(500)


def arrange(page: Page) -> int:
    """Arranges the nodes; how long it took, in milliseconds."""
    page.get_by_role("button", name="Arrange").click()
    graph = page.locator("aa-graph")
    expect(graph).to_have_attribute("data-arranged-in", re.compile(r"^\d+$"))
    took = int(graph.get_attribute("data-arranged-in") or "")
    page.evaluate("document.querySelector('aa-graph').removeAttribute('data-arranged-in')")
    return took


def test_five_hundred_nodes_are_arranged_and_a_new_wording_waits_for_no_server(visit: Visit) -> None:
    page = visit("/incidents/new")
    a_very_large_graph(page)
    with page.expect_response(lambda answer: answer.url.endswith("/save") and answer.ok):
        arrange(page)
    held: list[Route] = []
    page.route("**/review/save", lambda route: held.append(route))
    node(page, "N7").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("r")
    page.get_by_role("textbox", name="Statement").fill("worded anew")
    page.keyboard.press("Enter")
    expect(page.locator('.graph-canvas [aria-label^="worded anew"]')).to_have_count(1)
    eventually(page, lambda: bool(held))
    with page.expect_response(lambda answer: answer.url.endswith("/save") and answer.ok):
        held[0].continue_()


# A clock is read here, which a busy machine makes meaningless; the fast lane shows the same without one.
@pytest.mark.slow
def test_five_hundred_nodes_are_arranged_within_a_second_and_shown_at_once(visit: Visit) -> None:
    page = visit("/incidents/new")
    a_very_large_graph(page)
    # The first time the browser reads and compiles the layout engine; whatever else runs here slows some of the rest.
    took = [arrange(page) for _ in range(4)]
    assert min(took[1:]) < 1000, took
    assert shown_after(page) < 50


def shown_after(page: Page) -> float:
    """How long after Enter a new statement stands in the drawing, in milliseconds."""
    node(page, "N7").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("r")
    page.get_by_role("textbox", name="Statement").fill("worded anew")
    waiting = """() => { window.shown = new Promise(done => addEventListener("keydown", () => {
        const start = performance.now();
        const look = () => document.querySelector('.graph-canvas [aria-label^="worded anew"]')
            ? done(performance.now() - start) : setTimeout(look, 1);
        look();
    }, {capture: true, once: true})); }"""
    page.evaluate(waiting)
    page.keyboard.press("Enter")
    return float(page.evaluate("window.shown"))
