"""Words that a team brings along: packs as TOML files, and names of people.

Knows where they are read from. Refuses to know how a pack is written: `engine.language.words.parsing` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from afteraction.engine.language.packs import LANGUAGES, english, shipped
from afteraction.engine.language.words.pack import Pack
from afteraction.engine.language.words.parsing import PackError, parse_pack
from afteraction.pipeline.lint.settings import SettingsUnusable


def read_pack(path: Path) -> Pack:
    """The pack of a file. Raises SettingsUnusable, naming the file, the line and the key."""
    try:
        return parse_pack(path.read_text(encoding="utf-8-sig"), name=str(path), below=english().lists)
    except PackError as problem:
        raise SettingsUnusable(str(problem)) from None
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise SettingsUnusable(f"{reason}.", where=str(path), next_step="Check the path; save it as UTF-8.") from None


def packs_of(languages: Iterable[str], where: str) -> tuple[Pack, ...]:
    """The packs that are shipped for languages, English aside: that one is always on. Raises SettingsUnusable."""
    wanted = [each for each in languages if each != "en"]
    unknown = [each for each in wanted if each not in LANGUAGES]
    if unknown:
        raise SettingsUnusable(
            f'There is no pack for "{unknown[0]}".', where=where, next_step=f"There are {', '.join(LANGUAGES)}."
        )
    return tuple(shipped(each) for each in dict.fromkeys(wanted))


def read_people(path: Path) -> tuple[str, ...]:
    """Names of people, one a line. Raises SettingsUnusable."""
    try:
        lines: Iterable[str] = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise SettingsUnusable(f"{reason}.", where=str(path), next_step="One name a line, as UTF-8.") from None
    return tuple(name for name in (line.strip() for line in lines) if name and not name.startswith("#"))
