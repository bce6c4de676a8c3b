"""A team's own words, from a TOML file: `language = "en"` and lists by name.

Knows how the file is written. Refuses a list that no rule reads.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from afteraction.engine.language.words.english import ENGLISH
from afteraction.engine.language.words.pack import Pack
from afteraction.pipeline.lint.settings import SettingsUnusable


def read_pack(path: Path) -> Pack:
    """The words of a file. Raises SettingsUnusable, naming the file and the key."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise SettingsUnusable(f"{reason}.", where=str(path), next_step="Check the path; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as problem:
        raise SettingsUnusable(f"{problem}.", where=str(path), next_step="Mend the TOML.") from None
    lists = told.get("lists", {})
    if not isinstance(lists, dict):
        raise SettingsUnusable("[lists] is no table.", where=str(path), next_step="Write [lists] and names below it.")
    read: dict[str, frozenset[str]] = {}
    for name, words in lists.items():
        if name not in ENGLISH.lists:
            known = ", ".join(sorted(ENGLISH.lists))
            raise SettingsUnusable(f'"{name}" is no list.', where=f"{path}, lists", next_step=f"The lists are {known}.")
        if not isinstance(words, list) or not all(isinstance(each, str) for each in words):
            raise SettingsUnusable(
                f'"{name}" is no list of words.', where=f"{path}, lists", next_step=f'Write "{name}" = ["…"].'
            )
        read[name] = frozenset(word.casefold() for word in words)
    return Pack(str(told.get("language", "en")), read)


def read_people(path: Path) -> tuple[str, ...]:
    """Names of people, one a line. Raises SettingsUnusable."""
    try:
        lines: Iterable[str] = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise SettingsUnusable(f"{reason}.", where=str(path), next_step="One name a line, as UTF-8.") from None
    return tuple(name for name in (line.strip() for line in lines) if name and not name.startswith("#"))
