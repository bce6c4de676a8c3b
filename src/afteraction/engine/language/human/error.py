"""Human error given as an explanation.

Knows which lapses explain by themselves, which need a frame, and which a heading. Refuses to mind the words where they
explain nothing: "designed to prevent human error", "'operator error' is never a root cause".
"""

from __future__ import annotations

from collections.abc import Sequence

from afteraction.engine.language.human.disowning import is_disowned
from afteraction.engine.language.human.explaining import is_explained, is_headed
from afteraction.engine.language.human.lapses import Lapse, Named, lapses_in
from afteraction.engine.language.people.agents import Token
from afteraction.engine.language.words.pack import Pack


def human_error_in(tokens: Sequence[Token], sentence: str, pack: Pack) -> tuple[int, int] | None:
    """The place in a masked sentence, given with its tokens, where human error explains something, or None."""
    words = [token.word for token in tokens]
    for lapse in lapses_in(words, pack):
        if _explains(words, lapse, pack) and not is_disowned(words, lapse.first, lapse.last, sentence, pack):
            return tokens[lapse.first].start, tokens[lapse.last].end
    return None


def _explains(words: Sequence[str], lapse: Lapse, pack: Pack) -> bool:
    if lapse.named is Named.WHOLE:
        return True
    if lapse.named is Named.HEADED:
        return is_headed(words, lapse.first, pack)
    return is_explained(words, lapse, pack)
