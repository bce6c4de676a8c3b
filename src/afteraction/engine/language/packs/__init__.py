"""The packs that are shipped: words and phrases as data, one file for each language.

Knows which languages there are and how far each is. Refuses to switch one on: a team does.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources

from afteraction.engine.language.words import Pack, laid_over
from afteraction.engine.language.words.english import ENGLISH as WORDS
from afteraction.engine.language.words.parsing import parse_pack

LANGUAGES = ("en", "de", "es")


@cache
def shipped(language: str) -> Pack:
    """The pack of a language as it is shipped; its `state` says whether it meets its targets ("measured") or is only
    "started". KeyError with the languages there are for another one."""
    if language not in LANGUAGES:
        raise KeyError(f"There is no pack for {language!r}. There are {', '.join(LANGUAGES)}.")
    text = resources.files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    if language == "en":
        read = parse_pack(text, name="en.toml", below=WORDS.lists)
        return replace(laid_over(WORDS, read), name=read.name, state=read.state)
    return parse_pack(text, name=f"{language}.toml")


@cache
def english() -> Pack:
    """The English pack, which is always on."""
    return shipped("en")
