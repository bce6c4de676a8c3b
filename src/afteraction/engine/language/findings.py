"""What in a text accuses somebody or hides how it happened, as findings with a place, a question and a way to say it.

Knows the rules that are on and how loud each is in which field. Refuses to change a text, and to block for what people
say of themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from afteraction.engine.language.glancing import Cut, cut_up, is_worth_reading, spaced, words_in
from afteraction.engine.language.languages import is_foreign_at_all, language_of
from afteraction.engine.language.packs import english
from afteraction.engine.language.reading import Place, as_written, forget_sentences, remarks_of_pack, remarks_on
from afteraction.engine.language.remarks import Remark
from afteraction.engine.language.rewording.rewriting import Wording
from afteraction.engine.language.rules import CATALOGUE, EVERYTHING_ON, Rules, Severity
from afteraction.engine.language.telling.manner import Said
from afteraction.engine.language.texts.legible import Legible
from afteraction.engine.language.texts.masking import mask
from afteraction.engine.language.texts.pasted import as_meant
from afteraction.engine.language.texts.plain import plain
from afteraction.engine.language.texts.sentences import Block
from afteraction.engine.language.triggers import ACCUSING, triggers_of
from afteraction.engine.language.words import laid_over
from afteraction.engine.language.words.pack import Pack

__all__ = ("FIELDS", "LanguageFinding", "Severity", "check_text", "forget_texts", "unread_in")
FIELDS = ("prose", "cause", "question", "heading", "timeline", "action", "external")
# A longer paragraph nearly always holds a word of some rule, and is not looked at as a whole.
_LONG = 250
# Fields in which every sentence is read, whatever its words.
_WHOLE = frozenset({"cause", "question", "timeline", "external"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageFinding:
    """One place that reads as an accusation. `rule` is the code of SPEC §4.2 and `category` its name; `start` and `end`
    are code points in the text, end exclusive. `sentence` is as written; `suggestion` says the same of the system and
    would replace the sentence, "" where there is none. `question` asks for what would help instead. `more` counts the
    findings of the same paragraph that are left out after this one, where `Rules.per_paragraph` left some out.
    `by_likeness`: no rule found it, its words are like those of such sentences; it stays a note."""

    rule: str
    category: str
    severity: Severity
    start: int
    end: int
    sentence: str
    sentence_start: int
    message: str
    question: str
    suggestion: str = ""
    more: int = 0
    by_likeness: bool = False


def check_text(
    text: str, *, field: str = "prose", known_people: Iterable[str] = (), rules: Rules = EVERYTHING_ON
) -> tuple[LanguageFinding, ...]:
    """Findings in the order of the text. `field` says what the text is for: in a cause, or under a heading of causes,
    a person or human error as the explanation is a GATE; a question is looked at for whom it seeks; a timeline for what
    it concludes; an external text for names. An action is looked at as prose: `check_action` knows the rules of
    actions. `known_people` are names as they are written. `rules` is what a team chose. A sentence in a language
    without an active pack is left alone: `unread_in` counts it. ValueError for another field."""
    if field not in FIELDS:
        raise ValueError(f"There is no field {field!r}. Use one of {', '.join(FIELDS)}.")
    known = _known_words(known_people)
    return (_read_once if len(text) <= _SHORT else _read)(text, field, known, rules)


def unread_in(text: str, *, rules: Rules = EVERYTHING_ON) -> Mapping[str, int]:
    """How many sentences of a text are in a language without an active pack, by the tag of the language."""
    masked = spaced(mask(text))
    packs = _packs_of(rules.packs)
    unread: dict[str, int] = {}
    cut = cut_up(masked)
    for block in cut.blocks:
        part = masked[block.start : block.end]
        if is_foreign_at_all(words_in(part), part, expected=len(packs) > 1):
            for start, end in cut.sentences(block):
                language = language_of(masked[start:end], around=language_of(part))
                if language not in packs:
                    unread[language] = unread.get(language, 0) + 1
    return unread


def _read(text: str, field: str, known: frozenset[str], rules: Rules) -> tuple[LanguageFinding, ...]:
    meant = as_meant(text)
    if meant is None:
        return _found(text, field, known, rules)
    found = _found(meant.text, field, known, rules)
    return tuple(_as_pasted(each, text, meant) for each in found)


def _as_pasted(found: LanguageFinding, text: str, meant: Legible) -> LanguageFinding:
    """The finding at the places of the text as it was pasted."""
    first = meant.start_of(found.sentence_start)
    last = max(first, meant.end_of(found.sentence_start + len(found.sentence)))
    start, end = meant.start_of(found.start), meant.end_of(found.end)
    return replace(found, start=start, end=max(start, end), sentence_start=first, sentence=text[first:last])


def _found(text: str, field: str, known: frozenset[str], rules: Rules) -> tuple[LanguageFinding, ...]:
    masked = spaced(mask(text))
    packs = _packs_of(rules.packs)
    off = rules.off.union(*(pack.off for pack in rules.packs)) if rules.packs else rules.off
    found: list[LanguageFinding] = []
    cut = cut_up(masked)
    words = cut.words
    for block in cut.blocks:
        part = masked[block.start : block.end]
        said = words.within(block.start, block.end)
        families: int | None = None
        foreign = is_foreign_at_all(said, part, expected=len(packs) > 1)
        if not foreign and field not in _WHOLE and len(part) < _LONG:
            families = _families(part, said, known, packs["en"])
            if not is_worth_reading(families, part, said, packs["en"]):
                continue
        place = Place(
            field, field == "cause" or block.causes, block.heading, rules.several_contributors, rules.weighs_words
        )
        around = language_of(part) if foreign else "en"
        told = list(_told(text, cut, block, place, known, packs, around, said, families))
        found.extend(_chosen(told, rules, off))
    return tuple(found)


def _told(
    text: str,
    cut: Cut,
    block: Block,
    place: Place,
    known: frozenset[str],
    packs: Mapping[str, Pack],
    around: str,
    whole: Said,
    asked: int | None,
) -> Iterator[LanguageFinding]:
    """The findings of a block, by the pack of the language of each sentence. `whole` are the words of the block, and
    `asked` the families of rules that may find something in it, where that was asked."""
    masked, words = cut.masked, cut.words
    mixed = around != "en" or not masked[block.start : block.end].isascii() or len(packs) > 1
    for start, end in cut.sentences(block):
        sentence = masked[start:end].replace("\n", " ")
        alone = start == block.start and end == block.end
        said = whole if alone else words.within(start, end)
        language = "en"
        if mixed and (around != "en" or is_foreign_at_all(said, sentence, expected=len(packs) > 1)):
            language = language_of(sentence, around=around)
        pack = packs.get(language)
        if pack is None:
            continue
        if language != "en":
            for remark in remarks_of_pack(sentence, place, pack):
                yield _finding(remark, text, start, end)
            continue
        seen = alone and asked is not None and "\n" not in masked[start:end]
        families = asked if seen and asked is not None else _families(sentence, said, known, pack)
        if (
            not seen
            and place.field not in _WHOLE
            and not place.causes
            and not is_worth_reading(families, sentence, said, pack)
        ):
            continue
        read = plain(text[start:end], sentence, first=start == block.start)
        for remark in remarks_on(read.written, read.masked, said, place, known, pack, families):
            placed = replace(
                remark, start=read.place(remark.start), end=read.place(remark.end - 1) + 1,
                suggestion=read.marked(remark.suggestion),
            )  # fmt: skip
            yield _finding(placed, text, start, end)


def _families(part: str, said: Said, known: frozenset[str], pack: Pack) -> int:
    """The families of rules that may find something in a part of a text: whoever is known may be accused anywhere."""
    return triggers_of(pack).families(part, said) | (ACCUSING if known else 0)


# The statements of a review are read again for each of its pages, and seldom changed in between.
_SHORT = 1_000
_read_once = lru_cache(maxsize=4096)(_read)


def forget_texts() -> None:
    """Forgets what was read before, for whoever measures the reading."""
    _read_once.cache_clear()
    forget_sentences()


def _known_words(people: Iterable[str]) -> frozenset[str]:
    """Words of names: as written where they begin with a capital ("Will" is somebody, "will" is none), otherwise in
    small letters, by which they are found however they are written."""
    words = [word for name in people for word in name.split() if len(word) > 1]
    return frozenset(word if word[0].isupper() else word.casefold() for word in words)


@lru_cache(maxsize=8)
def _packs_of(packs: tuple[Pack, ...]) -> Mapping[str, Pack]:
    """One pack for each active language: what a team adds to English over English, others by themselves."""
    by: dict[str, Pack] = {"en": english()}
    for pack in packs:
        by[pack.language] = laid_over(by[pack.language], pack) if pack.language in by else pack
    return by


_LOUDEST = {Severity.GATE: 0, Severity.NUDGE: 1, Severity.NOTE: 2}
_ENTRIES = {each.code: each for each in CATALOGUE}


def _finding(remark: Remark, text: str, start: int, end: int) -> LanguageFinding:
    if remark.category == remark.rule:
        rule = _ENTRIES.get(remark.rule)
        wording = Wording(f"{rule.title}.", rule.question) if rule else Wording("A phrase of your own pack.", "")
        remark = as_written(remark, rule.category if rule else "OWN", wording)
    return LanguageFinding(
        rule=remark.rule, category=remark.category, severity=remark.severity, start=start + remark.start,
        end=start + remark.end, sentence=text[start:end], sentence_start=start, message=remark.wording.message,
        question=remark.wording.question, suggestion=remark.suggestion or remark.wording.suggestion,
        by_likeness=remark.by_likeness,
    )  # fmt: skip


def _chosen(told: list[LanguageFinding], rules: Rules, off: frozenset[str]) -> list[LanguageFinding]:
    """What of a paragraph is shown, as loud as the team has it."""
    shown = [
        replace(each, severity=rules.severity_of(each.rule, each.severity))
        if rules.loudness and not each.by_likeness
        else each
        for each in told
        if off.isdisjoint((each.rule, each.category))
    ]
    most = rules.per_paragraph
    if most is None or len(shown) <= most:
        return shown
    kept = sorted(sorted(range(len(shown)), key=lambda at: (_LOUDEST[shown[at].severity], at))[:most])
    last = replace(shown[kept[-1]], more=len(shown) - most)
    return [*(shown[at] for at in kept[:-1]), last]
