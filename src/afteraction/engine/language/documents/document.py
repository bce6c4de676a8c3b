"""Reads a whole document section by section: what in it accuses somebody, and which of its actions cannot be done yet.

Knows kinds of documents and puts every finding at its line and column. Refuses to open a file, and to read what the
document's authors did not say themselves: evidence, chats, code.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from afteraction.engine.language.actions.checking import check_action
from afteraction.engine.language.documents import review as document_review
from afteraction.engine.language.documents.html import looks_like_html, read_html
from afteraction.engine.language.documents.lines import statements_apart
from afteraction.engine.language.documents.listed import actions_in
from afteraction.engine.language.documents.sections import Section, sections_of
from afteraction.engine.language.documents.switches import Switches, switches_in
from afteraction.engine.language.documents.titles import Profile
from afteraction.engine.language.findings import LanguageFinding, check_text, unread_in
from afteraction.engine.language.glancing import cut_up, spaced
from afteraction.engine.language.languages import is_foreign_at_all, language_of
from afteraction.engine.language.rules import CATALOGUE, EVERYTHING_ON, Rules
from afteraction.engine.language.texts.legible import Legible
from afteraction.engine.language.texts.masking import mask

_LINE_END = re.compile(r"\r\n|\n|\r")
_WORD = re.compile(r"[^\W_][\w'’-]*")
_PAGES = (".html", ".htm", ".xhtml")
_MARKED = (".md", ".markdown", ".mdx", ".rst", ".adoc", ".asciidoc", ".wiki", ".mediawiki", ".textile", ".org")
# So much of a section tells its language.
_ENOUGH = 5_000
_KNOWN = frozenset(each.code for each in CATALOGUE) | frozenset(each.category for each in CATALOGUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A finding of a document. Lines and columns count from 1, in code points, and the end is exclusive; `finding` has
    its places in the file's text. `field` is what the section was read as."""

    finding: LanguageFinding
    line: int
    column: int
    end_line: int
    end_column: int
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a document holds, in the order of the text. `silenced` are findings that the document itself switches off;
    `words` and `sentences` are those that were read, `unread` counts sentences by language that no pack reads, and
    `problems` are (line, what is wrong) of switches and of the file."""

    findings: tuple[Placed, ...] = ()
    silenced: tuple[Placed, ...] = ()
    words: int = 0
    sentences: int = 0
    unread: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[tuple[int, str], ...] = ()


def check_document(
    text: str,
    *,
    name: str = "",
    rules: Rules = EVERYTHING_ON,
    known_people: Iterable[str] = (),
    field: str | None = None,
) -> Read:
    """Everything found in a document; its kind is told by the ending of `name`, else by how it begins. With `field` the
    whole document is read as that field of `check_text` whatever its headings say; as "action" each of its items and
    lines is one action. ValueError for a field that there is not."""
    forced = Profile(field) if field not in (None, "heading") else None
    people = tuple(known_people)
    lines = _Lines(text)
    counted = _Counted()
    if document_review.is_review(text):
        until, problem = document_review.whole_until(text)
        found = list(_of_review(text, until, rules, people, counted))
        if problem:
            counted.problems.append((lines.place(until)[0], f"This is no JSON from here on: {problem}."))
        masked = ""
    else:
        is_page = name.lower().endswith(_PAGES) or looks_like_html(text)
        masked = "" if is_page else mask(text)
        is_marked = name.lower().endswith(_MARKED)
        legible = read_html(text) if is_page else statements_apart(text, masked, plain=not is_marked)
        hidden = masked if legible.text is text else mask(legible.text)
        found = list(_of_text(legible, hidden, forced, rules, people, counted))
    switches = switches_in(text, masked, lines.starts, _KNOWN)
    placed = sorted((lines.placed(*each) for each in found), key=lambda each: (each.finding.start, each.finding.rule))
    loud = tuple(each for each in placed if not _is_silenced(switches, each))
    return Read(
        findings=loud, silenced=tuple(each for each in placed if _is_silenced(switches, each)), words=counted.words,
        sentences=counted.sentences, unread=counted.unread, problems=(*counted.problems, *switches.wrong),
    )  # fmt: skip


def _is_silenced(switches: Switches, placed: Placed) -> bool:
    found = placed.finding
    by_weight = found.by_likeness and switches.silence(placed.line, "LW", "LIKENESS")
    return by_weight or switches.silence(placed.line, found.rule, found.category)


@dataclass
class _Counted:
    words: int = 0
    sentences: int = 0
    unread: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def add(self, masked: str, start: int, end: int, rules: Rules) -> None:
        """Counts what is read of a masked text, and what no pack reads."""
        said = spaced(masked[start:end])
        self.words += len(_WORD.findall(said))
        cut = cut_up(said)
        for block in cut.blocks:
            self.sentences += len(cut.sentences(block))
        # Where the whole is in no other language, no part of it is.
        if not is_foreign_at_all(cut.words.within(0, len(said)), said):
            return
        for block in cut.blocks:
            part = said[block.start : block.end]
            if is_foreign_at_all(cut.words.within(block.start, block.end), part):
                for language, count in unread_in(part, rules=rules).items():
                    self.unread[language] = self.unread.get(language, 0) + count


@dataclass(frozen=True)
class _Reading:
    """One legible text on its way through the rules."""

    legible: Legible
    masked: str
    rules: Rules
    people: tuple[str, ...]

    def said(self, start: int, end: int, profile: Profile, *, is_title: bool = False) -> Iterator[_Found]:
        """Findings of the language rules in a stretch."""
        asked = "heading" if is_title else profile.value
        text = self.legible.text[start:end]
        for each in check_text(text, field=asked, known_people=self.people, rules=self.rules):
            yield self.moved(each, start), asked

    def done(self, start: int, end: int, *, lines_too: bool) -> Iterator[_Found]:
        """Findings of the action rules in a stretch; they are English alone."""
        text = self.legible.text
        around = language_of(self.masked[start : min(end, start + _ENOUGH)])
        for action in actions_in(text, self.masked, start, end, lines_too=lines_too):
            if language_of(self.masked[action.start : action.end], around=around) != "en":
                continue
            for each in check_action(text[action.start : action.end], owner=action.owner):
                if self.rules.is_on(each.rule, each.category):
                    severity = self.rules.severity_of(each.rule, each.severity)
                    yield self.moved(replace(each, severity=severity), action.start), Profile.ACTION.value

    def moved(self, each: LanguageFinding, by: int) -> LanguageFinding:
        """A finding of a stretch that begins at `by`, with its places in the file."""
        start, end, begin = each.start + by, each.end + by, each.sentence_start + by
        return replace(
            each, start=self.legible.start_of(start), end=self.legible.end_of(max(end, start)),
            sentence_start=self.legible.start_of(begin),
        )  # fmt: skip


_Found = tuple[LanguageFinding, str]


def _of_text(
    legible: Legible, masked: str, forced: Profile | None, rules: Rules, people: tuple[str, ...], counted: _Counted
) -> Iterator[_Found]:
    reading = _Reading(legible, masked, rules, people)
    whole = Section(0, len(legible.text), forced) if forced else None
    for section in (whole,) if whole else sections_of(legible.text, masked):
        if section.profile is Profile.EVIDENCE:
            continue
        counted.add(masked, section.start, section.end, rules)
        yield from reading.said(section.start, section.end, section.profile, is_title=section.is_title)
        if section.profile is Profile.ACTION and not section.is_title:
            yield from reading.done(section.start, section.end, lines_too=whole is not None)


def _of_review(text: str, until: int, rules: Rules, people: tuple[str, ...], counted: _Counted) -> Iterator[_Found]:
    for written in document_review.written_texts(text, until):
        masked = mask(written.legible.text)
        reading = _Reading(written.legible, masked, rules, people)
        counted.add(masked, 0, len(masked), rules)
        yield from reading.said(0, len(masked), written.profile)
        if written.profile is Profile.ACTION and language_of(masked) == "en":
            for each in check_action(written.legible.text):
                if rules.is_on(each.rule, each.category):
                    severity = rules.severity_of(each.rule, each.severity)
                    yield reading.moved(replace(each, severity=severity), 0), written.profile.value


class _Lines:
    """Where the lines of a file begin."""

    def __init__(self, text: str) -> None:
        self.starts: Sequence[int] = array("L", [0, *(match.end() for match in _LINE_END.finditer(text))])

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of a place, both from 1."""
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1

    def placed(self, finding: LanguageFinding, asked: str) -> Placed:
        """A finding with its lines and columns."""
        line, column = self.place(finding.start)
        end_line, end_column = self.place(finding.end)
        return Placed(finding=finding, line=line, column=column, end_line=end_line, end_column=end_column, field=asked)
