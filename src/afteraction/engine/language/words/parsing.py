"""A pack as a file: TOML that a team writes, read into words, phrases and rules that are off.

Knows the keys, and names the line and the key of what it cannot read. Refuses to open a file: a text is given.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from afteraction.engine.language.words.pack import Pack, Phrase
from afteraction.engine.language.words.phrases import PhraseError, any_of, pattern_of

_KEYS = frozenset({"language", "name", "state", "words", "remove", "off", "phrase", "measured"})
_PHRASE_KEYS = frozenset({"rule", "says", "unless", "message", "question", "suggestion", "severity"})
_SEVERITIES = ("gate", "nudge", "note")
_MAY_GATE = ("L1", "L4")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class PackError(ValueError):
    """A pack that cannot be read: which file, which line, which key, and what to do."""


def parse_pack(text: str, *, name: str = "pack", below: Mapping[str, frozenset[str]] | None = None) -> Pack:
    """The pack that a text of TOML describes. `below` are the lists it will be laid over: their names may be used in
    phrases and taken from. PackError names the line and the key of the first thing that cannot be read."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{name}: {error}. Mend the TOML there.") from error
    return _Reader(text, name, below or {}).pack(read)


class _Reader:
    def __init__(self, text: str, name: str, below: Mapping[str, frozenset[str]]) -> None:
        self.lines = text.splitlines()
        self.name = name
        self.below = below

    def refuse(self, key: str, why: str, *, nth: int = 0) -> PackError:
        return PackError(f"{self.name}, line {self.line_of(key, nth)}: {key}: {why}.")

    def line_of(self, key: str, nth: int) -> int:
        """The line of a key, 1-based: within the nth phrase where it is part of one."""
        heads = [at for at, line in enumerate(self.lines) if line.strip().startswith("[[phrase]]")]
        first = heads[nth - 1] if 0 < nth <= len(heads) else 0
        bare = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key.rpartition('.')[2])}[\"']?\s*(?:=|\])")
        return next((at + 1 for at in range(first, len(self.lines)) if bare.match(self.lines[at])), first + 1)

    def pack(self, read: dict[str, Any]) -> Pack:
        for key in read:
            if key not in _KEYS:
                raise self.refuse(key, f"there is no such key. Use one of {', '.join(sorted(_KEYS))}")
        language = read.get("language", "en")
        if not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
            raise self.refuse("language", f'{language!r} is no tag of a language. Write it as in language = "en"')
        words = self.lists(read, "words")
        lists = {**self.below}
        for each, said in words.items():
            lists[each] = lists.get(each, frozenset()) | said
        removed = self.lists(read, "remove")
        for each in removed:
            if each not in lists:
                raise self.refuse(
                    f"remove.{each}", f"there is no such list. There are {', '.join(sorted(lists)) or 'none'}"
                )
        found = read.get("phrase", [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise self.refuse("phrase", "phrases are tables. Begin each with [[phrase]]")
        return Pack(
            language, words, removed, tuple(self.phrase(each, at + 1, lists) for at, each in enumerate(found)),
            frozenset(self.texts(read, "off")), str(read.get("name", self.name)), str(read.get("state", "own")),
        )  # fmt: skip

    def lists(self, read: Mapping[str, Any], key: str) -> dict[str, frozenset[str]]:
        """Lists by name; a list is an array of words or phrases, or one text whose words are parted by white space."""
        table = read.get(key, {})
        if not isinstance(table, dict):
            raise self.refuse(key, f"this is a table of lists. Begin it with [{key}]")
        lists = {}
        for each, said in table.items():
            if isinstance(said, str):
                said = said.split()
            if not isinstance(said, list) or not all(isinstance(word, str) and word.strip() for word in said):
                raise self.refuse(f"{key}.{each}", 'this is a list of words. Write it as in people = ["stagehand"]')
            lists[each] = frozenset(word.casefold() for word in said)
        return lists

    def texts(self, read: Mapping[str, Any], key: str, nth: int = 0) -> list[str]:
        said = read.get(key, [])
        said = [said] if isinstance(said, str) else said
        if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
            raise self.refuse(key, "this is a text or a list of texts", nth=nth)
        return said

    def phrase(self, read: Mapping[str, Any], nth: int, lists: Mapping[str, frozenset[str]]) -> Phrase:
        for key in read:
            if key not in _PHRASE_KEYS:
                raise self.refuse(key, f"a phrase has no such key. Use {', '.join(sorted(_PHRASE_KEYS))}", nth=nth)
        rule, severity = read.get("rule"), read.get("severity", "nudge")
        if not isinstance(rule, str) or not rule:
            raise self.refuse("phrase.rule", 'a phrase belongs to a rule. Write it as in rule = "L8"', nth=nth)
        if severity not in _SEVERITIES or (severity == "gate" and rule not in _MAY_GATE):
            raise self.refuse("severity", f"{severity!r} is not possible for {rule}. Use nudge or note", nth=nth)
        for key in ("message", "question", "suggestion"):
            if not isinstance(read.get(key, ""), str):
                raise self.refuse(key, "this is a text", nth=nth)
        key = "says"
        try:
            pattern = any_of(self.texts(read, "says", nth), lists)
            key = "unless"
            unless = any_of(self.texts(read, "unless", nth), lists)
        except PhraseError as error:
            raise self.refuse(key, str(error), nth=nth) from error
        if pattern is None:
            raise self.refuse(
                "phrase.says", 'a phrase says something. Write it as in says = "as per my last mail"', nth=nth
            )
        return Phrase(
            rule,
            pattern,
            unless,
            read.get("message", ""),
            read.get("question", ""),
            read.get("suggestion", ""),
            severity,
        )


__all__ = ("PackError", "parse_pack", "pattern_of")
