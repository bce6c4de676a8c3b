"""Reads files by the rules of whoever they belong to: each with the settings and dismissals above it.

Knows how what was asked goes before what a file of settings says. Refuses to print.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from afteraction.engine.language.documents.document import Placed, Read, check_document
from afteraction.engine.language.findings import LanguageFinding
from afteraction.engine.language.rules import CATALOGUE, Rules
from afteraction.pipeline.lint.dismissed import Dismissed, dismissed_above
from afteraction.pipeline.lint.settings import Settings, read_settings, settings_above
from afteraction.pipeline.lint.texts import Unreadable, Wanted, decoded, files_below, text_of
from afteraction.pipeline.lint.words import packs_of, read_pack, read_people


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked for on top of the settings. `only` leaves these rules alone on; `field` reads whole files as that
    field; `settings` is used in place of what is found above a file."""

    off: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    packs: tuple[Path, ...] = ()
    known_people: Path | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    field: str | None = None
    settings: Path | None = None
    fail_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """One file that was read: what is found in it, and what of that was dismissed before. `otherwise` are sentences,
    by their place and length, that the file writes otherwise (references of a page). The text itself is not kept: a
    folder may hold more of it than fits."""

    name: str
    otherwise: frozenset[tuple[int, int]]
    read: Read
    findings: tuple[Placed, ...]
    dismissed: tuple[Placed, ...]
    remembered: Dismissed
    fail_on: str

    def writes(self, finding: LanguageFinding) -> bool:
        """Whether the sentence of a finding stands in the file as it is told."""
        return (finding.sentence_start, len(finding.sentence)) not in self.otherwise

    @property
    def fails(self) -> bool:
        """Whether something is as loud as what was not to be there."""
        order = ("gate", "nudge", "note")
        if self.fail_on not in order:
            return False
        loud = order[: order.index(self.fail_on) + 1]
        return any(each.finding.severity.value in loud for each in self.findings)


@dataclass
class Linting:
    """One run over paths; what is above a folder is read once."""

    asked: Asked
    passed_over: int = 0
    _settings: dict[Path, Settings] = field(default_factory=dict)
    _dismissed: dict[Path, Dismissed] = field(default_factory=dict)
    _rules: dict[Path | None, tuple[Rules, tuple[str, ...]]] = field(default_factory=dict)

    def over(self, path: Path) -> Iterator[FileRead | Unreadable]:
        """What is found in a file, or in every text below a folder. Raises SettingsUnusable."""
        if not path.is_dir():
            yield self._one(path, str(path))
            return
        try:
            for each in files_below(path):
                settings = self._settings_of(each.parent)
                wanted = Wanted(self.asked.include or settings.include, (*self.asked.exclude, *settings.exclude))
                if wanted.takes(each, path):
                    yield self._one(each, each.as_posix())
                else:
                    self.passed_over += 1
        except OSError as problem:
            yield Unreadable(
                str(problem.filename or path), f"{problem.strerror or problem}.", "Check that it can be read."
            )

    def bytes_of(self, raw: bytes, name: str) -> FileRead | Unreadable:
        """What is found in bytes that came without a file; settings are those above the current folder."""
        text = decoded(raw, name)
        return text if isinstance(text, Unreadable) else self._read(text, name, Path())

    def _one(self, path: Path, name: str) -> FileRead | Unreadable:
        text = text_of(path, name)
        return text if isinstance(text, Unreadable) else self._read(text, name, path.parent)

    def _read(self, text: str, name: str, folder: Path) -> FileRead:
        settings = self._settings_of(folder)
        rules, people = self._rules_of(settings)
        read = check_document(text, name=name, rules=rules, known_people=people, field=self.asked.field)
        remembered = self._dismissed_of(folder)
        gone = [remembered.holds(each.finding) for each in read.findings]
        return FileRead(
            name=name, otherwise=_otherwise(text, read), read=read, remembered=remembered,
            findings=tuple(each for each, held in zip(read.findings, gone, strict=True) if not held),
            dismissed=tuple(each for each, held in zip(read.findings, gone, strict=True) if held),
            fail_on=self.asked.fail_on or settings.fail_on or "gate",
        )  # fmt: skip

    def _settings_of(self, folder: Path) -> Settings:
        if folder not in self._settings:
            named = self.asked.settings
            self._settings[folder] = read_settings(named) if named else settings_above(folder)
        return self._settings[folder]

    def _dismissed_of(self, folder: Path) -> Dismissed:
        if folder not in self._dismissed:
            self._dismissed[folder] = dismissed_above(folder)
        return self._dismissed[folder]

    def _rules_of(self, settings: Settings) -> tuple[Rules, tuple[str, ...]]:
        if settings.path not in self._rules:
            asked = self.asked
            off = settings.off | asked.off
            if asked.only:
                off |= {each.code for each in CATALOGUE if not {each.code, each.category} & asked.only}
            packs = [*(settings.folder / each for each in settings.packs), *asked.packs]
            people = asked.known_people
            if people is None and settings.known_people:
                people = settings.folder / settings.known_people
            shipped = packs_of((*settings.languages, *asked.languages), str(settings.path or "--language"))
            rules = Rules(
                off=off, loudness=settings.loudness, packs=(*shipped, *(read_pack(each) for each in packs)),
                several_contributors=settings.several_contributors, likeness=True,
            )  # fmt: skip
            self._rules[settings.path] = rules, read_people(people) if people else ()
        return self._rules[settings.path]


def _otherwise(text: str, read: Read) -> frozenset[tuple[int, int]]:
    places = ((each.finding.sentence_start, each.finding.sentence) for each in (*read.findings, *read.silenced))
    return frozenset((at, len(said)) for at, said in places if not text.startswith(said, at))
