"""What a team has set for its texts: `.afteraction.toml`, or `[tool.afteraction.lint]` of a pyproject.toml.

Knows the keys and where the file is found. Refuses to go on with a key it does not know.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from afteraction.core.errors import AfteractionError
from afteraction.engine.language.rule import Severity
from afteraction.engine.language.rules import MAY_GATE, unknown_names

NAME = ".afteraction.toml"
FAIL_ON = ("gate", "nudge", "note", "never")
_KEYS = (
    "off",
    "loudness",
    "packs",
    "languages",
    "include",
    "exclude",
    "fail-on",
    "known-people",
    "several-contributors",
)
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


class SettingsUnusable(AfteractionError):
    """A file of settings that cannot be used as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a file of settings says; `folder` is where it stands, and paths in it are meant from there."""

    path: Path | None = None
    off: frozenset[str] = frozenset()
    loudness: Mapping[str, Severity] = field(default_factory=dict)
    packs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    known_people: str = ""
    fail_on: str = ""
    several_contributors: bool = False

    @property
    def folder(self) -> Path:
        """The folder of the file; the current one where there is none."""
        return self.path.parent if self.path else Path()


def settings_above(folder: Path) -> Settings:
    """The settings of the nearest folder at or above one that has any. Raises SettingsUnusable."""
    start = folder.resolve()
    for each in (start, *start.parents):
        for path, table in ((each / NAME, ()), (each / "pyproject.toml", ("tool", "afteraction", "lint"))):
            if path.is_file():
                told = _told(path, table)
                if told is not None:
                    return _settings(path, told)
    return Settings()


def read_settings(path: Path) -> Settings:
    """The settings of a file that somebody named. Raises SettingsUnusable."""
    if not path.is_file():
        raise SettingsUnusable("There is no such file.", where=str(path), next_step="Check the path.")
    table = ("tool", "afteraction", "lint") if path.name == "pyproject.toml" else ()
    return _settings(path, _told(path, table) or {})


def _told(path: Path, table: tuple[str, ...]) -> dict[str, Any] | None:
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        told: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        place = _PLACE.search(str(problem))
        if table and place is None:
            return None
        line = place[1] if place else text.count("\n", 0, len(text.rstrip())) + 1
        where = f"{path}, line {line}"
        raise SettingsUnusable(
            f"{_PLACE.sub('', str(problem)).strip()}.", where=where, next_step="Mend the TOML."
        ) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingsUnusable(f"{problem}.", where=str(path), next_step="Save it as UTF-8.") from None
    for name in table:
        told = told.get(name) if isinstance(told, dict) else None
        if told is None:
            return None
    if not isinstance(told, dict):
        raise SettingsUnusable("This is no table.", where=f"{path}, {'.'.join(table)}", next_step="Write it as one.")
    return told


def _settings(path: Path, told: dict[str, Any]) -> Settings:
    unknown = [key for key in told if key not in _KEYS]
    if unknown:
        raise SettingsUnusable(
            f'"{unknown[0]}" is no setting.', where=str(path), next_step=f"The settings are {', '.join(_KEYS)}."
        )
    fail_on = told.get("fail-on", "")
    if fail_on and fail_on not in FAIL_ON:
        raise _wrong(path, "fail-on", fail_on, f"Use {', '.join(FAIL_ON)}.")
    several = told.get("several-contributors", False)
    if not isinstance(several, bool):
        raise _wrong(path, "several-contributors", several, "Use true or false.")
    people = told.get("known-people", "")
    if not isinstance(people, str):
        raise _wrong(path, "known-people", people, "Use the path of a file with one name a line.")
    return Settings(
        path=path, off=named_rules(_texts(path, told, "off"), f"{path}, off"), loudness=_loudness(path, told),
        packs=_texts(path, told, "packs"),
        languages=_texts(path, told, "languages"),
        include=_texts(path, told, "include"), exclude=_texts(path, told, "exclude"), known_people=people,
        fail_on=fail_on, several_contributors=several,
    )  # fmt: skip


def named_rules(names: Iterable[str], where: str) -> frozenset[str]:
    """Codes and categories as the catalogue has them, whatever their case. Raises SettingsUnusable for others."""
    found = frozenset(_spelled(name) for name in names)
    unknown = unknown_names(sorted(found))
    if unknown:
        raise SettingsUnusable(
            f'There is no rule "{unknown[0]}".', where=where,
            next_step="Use codes such as L1 or categories such as PERSON; docs/reference/language-rules.md lists them.",
        )  # fmt: skip
    return found


def _spelled(name: str) -> str:
    return "L2g" if name.upper() == "L2G" else name.strip().upper()


def _loudness(path: Path, told: dict[str, Any]) -> dict[str, Severity]:
    said = told.get("loudness", {})
    if not isinstance(said, dict):
        raise _wrong(path, "loudness", said, 'Use a table such as {L5 = "note"}.')
    loud: dict[str, Severity] = {}
    for name, value in said.items():
        (code,) = named_rules([name], f"{path}, loudness")
        if value not in [each.value for each in Severity]:
            raise _wrong(path, f"loudness.{name}", value, "Use gate, nudge or note; a rule is switched off in off.")
        if value == Severity.GATE and code not in MAY_GATE:
            raise _wrong(path, f"loudness.{name}", value, f"Only {' and '.join(sorted(MAY_GATE))} can be a gate.")
        loud[code] = Severity(value)
    return loud


def _texts(path: Path, told: dict[str, Any], key: str) -> tuple[str, ...]:
    said = told.get(key, [])
    if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
        raise _wrong(path, key, said, f'Use a list of texts, e.g. {key} = ["…"].')
    return tuple(said)


def _wrong(path: Path, key: str, value: object, next_step: str) -> SettingsUnusable:
    line = next(
        (at for at, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
         if re.match(rf"\s*(?:loudness\.)?[\"']?{re.escape(key.rpartition('.')[2])}[\"']?\s*=", text)), 0,
    )  # fmt: skip
    where = f"{path}, line {line}" if line else str(path)
    return SettingsUnusable(f"{key} = {value!r} cannot be used.", where=where, next_step=next_step)
