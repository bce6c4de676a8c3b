"""A team's own rules: for admins to change, with a reason and an entry, held by every face; lowered by themselves where
hardly anybody takes what they say."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from afteraction.web.accounts.models import AuditEntry, SiteRole
from afteraction.web.language.actions import note_use
from afteraction.web.language.current import Checker, rules_now
from afteraction.web.language.models import RuleUse, TeamRules
from afteraction.web.reviews.actions import PartWish, change_parts, open_review
from afteraction.web.reviews.causes.refusals import CauseRefused

pytestmark = pytest.mark.django_db
RULES, PAGE, CHECK = "/api/v1/language/rules", "/language/", "/api/v1/language/check"
BLAME = "The engineer forgot to run the canary."


@pytest.fixture
def admin(make_person) -> Client:
    cache.clear()
    browser = Client()
    browser.force_login(make_person("admin@example.org", role=SiteRole.ADMIN))
    return browser


def put(by: Client, choices: dict, based_on: int = 0, reason: str = "We decided so"):
    return by.put(RULES, {"choices": choices, "based_on": based_on, "reason": reason}, content_type="application/json")


def rules_of(text: str, **said) -> list[tuple[str, str]]:
    return [(each.rule, each.severity.value) for each in Checker()(text, **said)]


def test_a_rule_that_is_off_or_quieter_is_so_in_every_face(admin, client, incident, person) -> None:
    answer = "John deployed v2.14 without review."
    review = open_review(incident, actor=person)
    change_parts(review, [PartWish("answer", "q2", {"text": answer})], verb="edit", actor=person)
    findings = "/api/v1/incidents/INC-2041/review/findings"
    assert client.get(findings).json()["before_everyone"]
    assert put(admin, {"loudness": {"L1": "note"}}).status_code == 200
    assert rules_of(answer, field="cause") == [("L1", "note")]
    assert client.get(findings).json()["before_everyone"] == []
    assert put(admin, {"loudness": {"L1": "off"}}, based_on=1).json()["number"] == 2
    assert client.post(CHECK, {"text": answer}, content_type="application/json").json()["findings"] == []


def test_words_are_added_and_left_alone(admin) -> None:
    said = "The engineer zibbled the release."
    assert rules_of(said) == []
    put(admin, {"words": {"faults": ["Zibbled"]}})
    assert [rule for rule, _ in rules_of(said)] == ["L1"]
    put(admin, {"words": {"faults": ["zibbled"]}, "left_alone": ["engineer zibbled"]}, based_on=1)
    assert rules_of(said) == []


def test_words_that_mean_nobody_here_are_taken_out_of_their_list_for_causes_and_refusals_too(
    admin, incident, person
) -> None:
    said = "The careless engineer"
    assert [rule for rule, _ in rules_of(said)] == ["L1"]
    review = open_review(incident, actor=person)
    wish = PartWish("node", "N1", {"kind": "condition", "statement": said, "status": "confirmed"})
    with pytest.raises(CauseRefused):
        change_parts(review, [wish], verb="add", actor=person)
    put(admin, {"loudness": {"L1": "off"}})
    with pytest.raises(CauseRefused):
        change_parts(review, [wish], verb="add", actor=person)
    assert put(admin, {"removed": {"poems": ["x"]}}, based_on=1).status_code == 400
    put(admin, {"removed": {"people": ["engineer"]}}, based_on=1)
    assert rules_of(said) == []
    change_parts(review, [wish], verb="add", actor=person)
    page = admin.get(PAGE).content.decode()
    assert "not these: added engineer" in page and 'name="removed.people"' in page


def test_a_rule_that_is_off_is_off_in_the_graph_and_in_the_plan(admin, client, incident, person) -> None:
    review = open_review(incident, actor=person)
    wishes = [
        PartWish("node", "N1", {"kind": "condition", "statement": "The careless engineer"}),
        PartWish("change", "C1", {"text": "Improve the monitoring."}),
    ]
    change_parts(review, wishes, verb="add", actor=person)

    def codes() -> set[str]:
        told = client.get("/api/v1/incidents/INC-2041/review/findings").json()
        return {each["code"] for each in (*told["must"], *told["may"])}

    assert {"W01", "A2"} <= codes()
    put(admin, {"loudness": {"L1": "off", "A2": "off"}})
    assert not {"W01", "W25", "A2"} & codes()


@pytest.mark.parametrize(
    "choices",
    [{"loudness": {"L9": "gate"}}, {"loudness": {"LW": "nudge"}}, {"loudness": {"L99": "off"}},
     {"loudness": {"L1": "loud"}}, {"words": {"poems": []}},
     {"words": {"people": "engineer"}}, {"words": {"people": ["x" * 61]}}, {"poems": 1}, {"loudness": 3}],
)  # fmt: skip
def test_a_choice_that_cannot_be_is_named_and_nothing_is_saved(admin, choices) -> None:
    assert put(admin, choices).status_code in (400, 422)
    assert not TeamRules.objects.exists()


def test_only_admins_change_them_with_a_reason_on_what_they_read(admin, client) -> None:
    assert put(client, {"loudness": {"L8": "off"}}).status_code == 403
    assert put(admin, {"loudness": {"L8": "off"}}, reason=" ").status_code in (400, 409)
    assert put(admin, {"loudness": {"L8": "off"}}).status_code == 200
    assert put(admin, {"loudness": {}}, based_on=0).status_code == 409
    assert client.get(PAGE).status_code == 200 and b"Save version" not in client.get(PAGE).content
    assert AuditEntry.objects.get(verb="change_language_rules").detail["reason"] == "We decided so"


def test_the_page_saves_what_the_api_saves_and_takes_it_back(admin) -> None:
    form = {"based_on": "0", "loud.L8": "off", "words.people": "hotfixer, deployer", "reason": "Too loud"}
    assert admin.post(PAGE, form).status_code == 302
    choices = rules_now().choices
    assert choices.loudness == {"L8": "off"} and choices.words == {"people": ("deployer", "hotfixer")}
    page = admin.get(PAGE).content.decode()
    assert "Too loud" in page and "note → off" in page
    stale = admin.post(PAGE, form)
    assert stale.status_code == 409 and "Version 1 was saved meanwhile" in stale.content.decode()
    assert admin.post("/language/versions/0/restore", {"based_on": "1", "reason": "No"}).status_code == 302
    assert rules_now().choices.loudness == {} and TeamRules.objects.get(number=2).restores == 0


def use(rule: str, shown: int, taken: int) -> None:
    RuleUse.objects.update_or_create(rule=rule, defaults={"shown": shown, "taken": taken})


def test_a_rule_that_hardly_anybody_takes_is_lowered_once_and_says_so(admin, client) -> None:
    use("L3", 48, 14)
    assert note_use("L3", "shown") is None
    row = note_use("L3", "shown")
    assert row is not None and row.by is None and "14 of 50" in row.reason
    assert rules_now().choices.loudness == {"L3": "note"} and not RuleUse.objects.filter(rule="L3").exists()
    assert "lowered from nudge to note" in client.get(PAGE).content.decode()
    assert AuditEntry.objects.get(verb="lower_language_rule").actor is None
    admin.post("/language/versions/0/restore", {"based_on": "1", "reason": "We want it"})
    assert rules_now().choices.kept == ("L3",)
    use("L3", 60, 1)
    assert note_use("L3", "dismissed") is None and rules_now().choices.loudness == {}


def test_a_rule_that_is_taken_or_may_gate_stays_as_it_is(client) -> None:
    use("L2", 99, 30)
    use("L1", 99, 0)
    assert note_use("L2", "shown") is None and note_use("L1", "shown") is None
    assert not TeamRules.objects.exists()


def test_uses_are_counted_for_the_rule_and_for_nobody(client) -> None:
    cache.clear()
    uses = "/api/v1/language/uses"
    for deed in ("shown", "shown", "taken"):
        assert client.post(uses, {"rule": "L2", "deed": deed}, content_type="application/json").status_code == 204
    assert client.post(uses, {"rule": "L77", "deed": "shown"}, content_type="application/json").status_code == 404
    assert client.post(uses, {"rule": "L2", "deed": "seen"}, content_type="application/json").status_code == 422
    told = {each["code"]: each for each in client.get(RULES).json()["rules"]}
    assert (told["L2"]["shown"], told["L2"]["taken"], told["L2"]["dismissed"]) == (2, 1, 0)
    assert {field.name for field in RuleUse._meta.get_fields()} == {"id", "rule", "shown", "taken", "dismissed"}
    assert not AuditEntry.objects.filter(verb__contains="use").exists()
