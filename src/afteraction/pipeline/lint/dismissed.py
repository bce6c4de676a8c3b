"""Sentences that somebody looked at and keeps: one line each in `.afteraction-dismissed`, a hash and a rule.

Knows the file. Refuses to keep the sentence itself: a text may be secret, its hash is not readable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from afteraction.engine.language.findings import LanguageFinding
from afteraction.pipeline.lint.settings import SettingsUnusable

NAME = ".afteraction-dismissed"
_LINE = re.compile(r"([0-9a-f]{16})[ \t]+(\w+)[ \t]*(?:#.*)?$")
_HEAD = "# Sentences that stay as they are: a hash of the sentence and the rule. Delete a line to see it again.\n"


@dataclass(frozen=True, slots=True)
class Dismissed:
    """What was dismissed: (hash, rule); `path` is the file, which need not be there."""

    path: Path
    kept: frozenset[tuple[str, str]] = frozenset()

    def holds(self, finding: LanguageFinding) -> bool:
        """Whether a finding's sentence was dismissed for its rule; white space does not matter."""
        return bool(self.kept) and (digest_of(finding.sentence), finding.rule) in self.kept


def digest_of(sentence: str) -> str:
    """Sixteen hexadecimal digits that stand for a sentence."""
    return sha256(" ".join(sentence.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def dismissed_above(folder: Path) -> Dismissed:
    """The nearest file at or above a folder; where there is none, one of that folder that is empty. Raises
    SettingsUnusable for a line that says nothing."""
    start = folder.resolve()
    path = next((each / NAME for each in (start, *start.parents) if (each / NAME).is_file()), start / NAME)
    if not path.is_file():
        return Dismissed(path)
    kept: set[tuple[str, str]] = set()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingsUnusable(f"{problem}.", where=str(path), next_step="Save it as UTF-8.") from None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.match(line)
        if found is None:
            raise SettingsUnusable(
                "This is no hash and rule.", where=f"{path}, line {number}",
                next_step="Write it with afteraction lint --dismiss, or delete the line.",
            )  # fmt: skip
        kept.add((found[1], found[2]))
    return Dismissed(path, frozenset(kept))


def dismiss(dismissed: Dismissed, findings: Iterable[LanguageFinding]) -> int:
    """Writes findings into the file; answers how many are new. OSError where it cannot be written."""
    new = {(digest_of(each.sentence), each.rule) for each in findings} - dismissed.kept
    if not new:
        return 0
    before = dismissed.path.read_text(encoding="utf-8") if dismissed.path.is_file() else _HEAD
    added = "".join(f"{digest} {rule}\n" for digest, rule in sorted(new))
    aside = dismissed.path.with_name(dismissed.path.name + ".part")
    aside.write_text(before + ("" if before.endswith("\n") else "\n") + added, encoding="utf-8")
    aside.replace(dismissed.path)
    return len(new)
