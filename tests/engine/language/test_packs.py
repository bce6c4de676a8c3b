"""A team's words and phrases are a file laid over English; other languages are packs of their own, off by default."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text, unread_in
from afteraction.engine.language.languages import language_of
from afteraction.engine.language.packs import LANGUAGES, shipped
from afteraction.engine.language.rules import Rules
from afteraction.engine.language.words.pack import Pack
from afteraction.engine.language.words.parsing import PackError, parse_pack
from tests.engine.language.other_languages import GERMAN, SPANISH

OWN = """
language = "en"
name = "Our words"
off = ["L6"]

[words]
people = ["lampwright"]
hats = "bowler trilby"

[remove]
"strong judgements" = ["lousy"]

[[phrase]]
rule = "L8"
says = ["as per my last (mail|message)", "the {hats} … [quite] crowd"]
unless = "not"
message = "This says that somebody did not read."
severity = "note"

[[phrase]]
rule = "X1"
says = "grumbl*"
question = "What happened?"
"""


def found(text: str, pack: Pack | None = None) -> list[str]:
    return [each.rule for each in check_text(text, rules=Rules(packs=(pack,)) if pack else Rules())]


def test_a_pack_adds_words_takes_words_away_and_switches_rules_off() -> None:
    pack = parse_pack(OWN, name="own.toml", below=shipped("en").lists)
    assert found("The lampwright forgot to close the valve.", pack) == ["L1"]
    assert found("A lousy plan was made.") == ["L5"]
    assert found("A lousy plan was made.", pack) == []
    assert found("The root cause was a missing index.", pack) == []


@pytest.mark.parametrize("text", ["As per my last mail, it runs.", "The bowler and some other crowd came.",
                                  "The trilby quite crowd came."])  # fmt: skip
def test_a_phrase_of_a_team_is_found_under_the_rule_it_names(text: str) -> None:
    pack = parse_pack(OWN, name="own.toml", below=shipped("en").lists)
    (told,) = check_text(text, rules=Rules(packs=(pack,)))
    assert (told.rule, told.category, told.severity) == ("L8", "DIMINISHING", "note")
    assert told.message == "This says that somebody did not read."
    assert told.question


def test_a_phrase_means_nothing_beside_what_takes_it_back() -> None:
    pack = parse_pack(OWN, name="own.toml", below=shipped("en").lists)
    assert found("This is not as per my last mail.", pack) == []


def test_a_rule_of_ones_own_keeps_its_code() -> None:
    pack = parse_pack(OWN, name="own.toml", below=shipped("en").lists)
    (told,) = check_text("The pager was grumbling.", rules=Rules(packs=(pack,)))
    assert (told.rule, told.category, told.question) == ("X1", "OWN", "What happened?")
    assert found("The pager was grumbling.") == []


@pytest.mark.parametrize(("text", "said"), [
    ("[words\n", "own.toml: "),
    ('colour = "red"', "own.toml, line 1: colour: there is no such key"),
    ("\n[words]\npeople = 3", "own.toml, line 3: words.people: this is a list of words"),
    ('language = "English!"', "line 1: language: 'English!' is no tag"),
    ('\n\n[remove]\nhats = ["bowler"]', "line 4: remove.hats: there is no such list"),
    ('[[phrase]]\nrule = "L8"\nsays = "a {nobody} here"', "line 3: says: there is no list “nobody”"),
    ('[[phrase]]\nrule = "L8"\nsays = "a (b c"', "line 3: says: “(” does not close"),
    ('[[phrase]]\nrule = "L8"\nsays = "a …99 b"', "a gap of 99 words is too wide"),
    ('[[phrase]]\nrule = "L8"\nsays = "a"\n[[phrase]]\nsays = "b"', "line 4: phrase.rule: a phrase belongs to a rule"),
    ('[[phrase]]\nrule = "L2"\nsays = "a"\nseverity = "gate"', "line 4: severity: 'gate' is not possible for L2"),
    ('[[phrase]]\nrule = "L8"\nsays = "…"', "no word that must be there"),
])  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_line_and_key(text: str, said: str) -> None:
    with pytest.raises(PackError) as told:
        parse_pack(text, name="own.toml")
    assert said in str(told.value)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "The queue was empty after four minutes."),
    ("de", "Der Entwickler hat vergessen, die Migration auszuführen."),
    ("es", "La causa fue un error humano."),
    ("fr", "Le serveur est tombé parce que le disque était plein."),
    ("pt", "O serviço não respondeu por causa de uma falha."),
    ("nl", "De server werd niet op tijd gestart door het team."),
    ("it", "Il server è stato riavviato dopo la mezzanotte."),
    ("ja", "サーバーが停止しました。"),
    ("zh", "数据库连接池已满。"),
    ("ko", "서버가 중단되었습니다."),
    ("und-Cyrl", "Сервер был перезапущен в полночь."),
    ("und-Arab", "توقف الخادم عند منتصف الليل."),
])  # fmt: skip
def test_the_language_of_a_sentence_is_recognised(language: str, text: str) -> None:
    assert language_of(text) == language


def test_a_sentence_in_a_language_without_a_pack_is_left_alone_and_counted() -> None:
    text = "The developer forgot to test it.\n\nDer Entwickler hat vergessen, die Änderung zu testen.\n\nСервер упал."
    assert found(text) == ["L1"]
    assert unread_in(text) == {"de": 1, "und-Cyrl": 1}
    rules = Rules(packs=(shipped("de"),))
    assert [each.rule for each in check_text(text, rules=rules)] == ["L1", "L1"]
    assert unread_in(text, rules=rules) == {"und-Cyrl": 1}


def test_other_languages_are_marked_as_started_and_off() -> None:
    assert {language: shipped(language).state for language in LANGUAGES} == {
        "en": "measured", "de": "started", "es": "started"
    }  # fmt: skip
    assert [found(text) for _, text in GERMAN + SPANISH] == [[]] * len(GERMAN + SPANISH)
    with pytest.raises(KeyError, match="no pack for 'fr'"):
        shipped("fr")


@pytest.mark.parametrize(("language", "sentences"), [("de", GERMAN), ("es", SPANISH)])
def test_a_started_pack_finds_more_than_half_and_little_that_is_harmless(
    language: str, sentences: list[tuple[str, str]]
) -> None:
    rules = Rules(packs=(shipped(language),))
    said = [(label, {each.category for each in check_text(text, rules=rules)}) for label, text in sentences]
    wanted = [label in categories for label, categories in said if label]
    wrong = [categories - {label} for label, categories in said if categories - {label}]
    assert sum(wanted) / len(wanted) > 0.7
    assert len(wrong) <= 2
