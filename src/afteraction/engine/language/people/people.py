"""People named in running text, where no message or commit says who they are.

Knows how a sentence treats a person: whose verb it is, by whom, at whom, in a list of responders, above a chat message.
A common given name is one more sign. Refuses to take a service, a product, a month or a heading for somebody, and to
say who a person is: that is `roles`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from afteraction.engine.language.people.given_names import AMBIGUOUS, CLEAR
from afteraction.engine.language.people.not_people import (
    MONTHS,
    NO_NAME_ENDINGS,
    NO_NICKS,
    NOT_PEOPLE,
    PROGRAMS,
    SURNAMES_TOO,
)
from afteraction.engine.language.people.people_signs import (
    ACCOUNT,
    ADDRESS,
    ADDRESSED,
    AFTER_DETERMINER,
    BY,
    DETERMINED,
    ENTRY_SUBJECT,
    HANDLE,
    JOINED,
    LABELLED,
    LOOSE_VERB,
    LOWER,
    LOWER_SUBJECT,
    MONTH_BEFORE,
    NAME,
    NICK,
    NO_HANDLE,
    OBJECT,
    PLACE_BEFORE,
    REAL_PLACE,
    ROLE_AFTER,
    ROLE_BEFORE,
    RUN,
    SLACK_HEAD,
    SOMEBODY,
    STRICT_BY,
    STRICT_VERB,
    THING_AFTER,
    USER,
    WORD,
)

LONGEST_TEXT = 400_000


@dataclass(slots=True)
class Person:
    """Somebody a text names: the longest form of the name first, then every other spelling of it. `acted` is True
    when a sentence has them do something to a system."""

    spellings: list[str]
    acted: bool = False


@dataclass(slots=True)
class _Seen:
    """What the texts say of one run of words: signs that it is a person, and that it is none."""

    name: str
    words: list[str]
    order: int
    strict: int = 0
    loose: int = 0
    told: int = 0
    plain: int = 0
    barred: int = 0
    acted: bool = False


@dataclass(slots=True)
class _Reading:
    seen: dict[str, _Seen] = field(default_factory=dict)
    handles: dict[str, int] = field(default_factory=dict)
    subjects: Counter[str] = field(default_factory=Counter)
    lower: Counter[str] = field(default_factory=Counter)
    determined: set[str] = field(default_factory=set)
    order: int = 0

    def note(self, name: str) -> _Seen:
        if name not in self.seen:
            self.order += 1
            self.seen[name] = _Seen(name, WORD.findall(name), self.order)
        return self.seen[name]


def recognise_people(texts: Iterable[str], things: Iterable[str] = ()) -> list[Person]:
    """Everybody whom the texts name, by first appearance; the texts are read as one document. `things` are names of
    services and systems that the evidence knows: none of them is somebody, whatever it is said to do."""
    reading = _Reading()
    passed_over: list[str] = []
    for text in texts:
        if text and SOMEBODY.search(text):
            _read(text[:LONGEST_TEXT], reading)
        else:
            passed_over.append(text)
    if reading.subjects:
        for text in passed_over:
            reading.lower.update(LOWER.findall(text))
    no_people = {_folded(thing) for thing in things}
    _take_subjects(reading)
    reading.handles = {handle: n for handle, n in reading.handles.items() if _folded(handle) not in no_people}
    reading.seen = {name: seen for name, seen in reading.seen.items() if _folded(name) not in no_people}
    names = [seen for seen in reading.seen.values() if _is_person(seen, reading)]
    # A given name within a run that is no name as a whole: "Monday Sean".
    within = {word for seen in reading.seen.values() if seen.plain for word in seen.words if _folded(word) in CLEAR}
    known = {word for seen in names for word in (seen.words[0], *seen.words[1:] * (len(seen.words) == 1))}
    names += [reading.note(word) for word in sorted(within - known)]
    return _people(sorted(names, key=lambda seen: seen.order), reading)


def stands_for_person(text: str, start: int, end: int) -> bool:
    """False where a name that somebody has is a place, a month or a verb: "San Jose", "in May", "Will retry"."""
    if REAL_PLACE.search(text, max(0, start - 12), start):
        return False
    word = _folded(text[start:end].lstrip("@"))
    if word not in AMBIGUOUS and word not in MONTHS:
        return True
    if word in MONTHS and (MONTH_BEFORE.search(text[max(0, start - 12) : start]) or re.match(r"[ ,.]*\d", text[end:])):
        return False
    after = text[end : end + 60]
    if DETERMINED.search(text[max(0, start - 8) : start]) or THING_AFTER.match(after):
        return False
    if not re.match(r"\s+[a-z]", after):
        return True
    return bool(
        STRICT_VERB.match(after)
        or LOOSE_VERB.match(after)
        or re.match(r"\s+(?:and|or|to|from|at|in|on|for|with|about|if|that|but|as|who)\b", after)
    )


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    """The word as lists hold it: small letters, no accents."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.casefold().replace("ø", "o").replace("ł", "l"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def _read(text: str, reading: _Reading) -> None:
    shown = ADDRESS.sub(lambda match: " " * len(match[0]), text)
    reading.lower.update(LOWER.findall(shown))
    reading.determined.update(_folded(word) for word in AFTER_DETERMINER.findall(shown))
    _read_runs(shown, reading)
    _read_labels(shown, reading)
    for match in SLACK_HEAD.finditer(shown):
        reading.note(match["name"]).told += 1
    for match in USER.finditer(text) if "ser:" in text else ():
        for name in (match["user"], match["shown"] or ""):
            if name and WORD.fullmatch(name.split()[0]):
                reading.note(" ".join(name.split())).told += 1
            elif name:
                reading.handles.setdefault(name.strip(), 1)
    for match in HANDLE.finditer(shown) if "@" in shown else ():
        if not NO_HANDLE.search(match["handle"]):
            reading.handles[match["handle"]] = reading.handles.get(match["handle"], 0) + 1
    for match in NICK.finditer(shown) if "> " in shown else ():
        nick = match["nick"].lstrip("@+ ")
        if not NO_HANDLE.search(nick) and _folded(nick) not in NOT_PEOPLE:
            reading.handles[nick] = reading.handles.get(nick, 0) + 1
    for match in ADDRESSED.finditer(shown) if "> " in shown else ():
        nick = match["nick"]
        if nick.casefold() not in NOT_PEOPLE | NO_NICKS and not NO_HANDLE.search(nick):
            reading.handles.setdefault(nick, 1)
    for match in ENTRY_SUBJECT.finditer(shown):
        if _folded(match["name"]) not in NOT_PEOPLE:
            reading.note(match["name"]).strict += 1
    for match in ACCOUNT.finditer(text) if "](" in text or "]:" in text else ():
        nick = match["nick"]
        does = re.search(rf"\[{re.escape(nick)}\](?:\([^)\s]*\))?(?:\s\([^()]{{1,40}}\))?(?=\s)", text)
        acts = does and (STRICT_VERB.match(text, does.end()) or LOOSE_VERB.match(text, does.end()))
        if acts or re.search(rf"\b(?:by|and|contacts?|contacted) \[{re.escape(nick)}\]", text):
            reading.handles.setdefault(nick, 1)
    for match in LOWER_SUBJECT.finditer(shown):
        nick = match["nick"]
        if nick not in NOT_PEOPLE and not nick.endswith((*NO_NAME_ENDINGS, "s")) and nick not in NO_NICKS:
            reading.subjects[nick] += 1


def _take_subjects(reading: _Reading) -> None:
    """Nicks in small letters that say or notice something. A word that stands anywhere else is a word: "checkout says
    try again later" is no person where somebody else writes that checkout is down."""
    for nick, times in reading.subjects.items():
        if reading.lower[nick] <= times:
            reading.handles.setdefault(nick, 1)


def _read_runs(text: str, reading: _Reading) -> None:
    """Every run of words with capitals, with what stands around it."""
    before: tuple[_Seen, int, bool] | None = None
    pending: list[tuple[_Seen, int]] = []
    for start, end, name in _runs(text):
        seen = reading.note(name)
        left, right = text[max(0, start - 32) : start], text[end : end + 80]
        line_left = left.rpartition("\n")[2]
        barred = bool(DETERMINED.search(line_left) or PLACE_BEFORE.search(line_left)) or (
            THING_AFTER.match(right) is not None
        )
        word = _folded(seen.words[0])
        if word in MONTHS and (MONTH_BEFORE.search(line_left) or re.match(r"[ ,.]*\d", right)):
            barred = True
        strict = STRICT_VERB.match(right) is not None or STRICT_BY.search(line_left) is not None
        loose = LOOSE_VERB.match(right) is not None or BY.search(line_left) is not None
        told = bool(ROLE_AFTER.match(right) or (ROLE_BEFORE.search(line_left) and len(seen.words) > 0))
        joined = before is not None and JOINED.match(text[before[1] : start]) is not None
        if not joined:
            pending = []
        if not barred:
            seen.told += told
            seen.strict += strict
            seen.loose += loose or OBJECT.search(line_left) is not None
            seen.acted |= LOOSE_VERB.match(right) is not None
            if strict or loose or told or (joined and before is not None and before[2]):
                for other, _ in pending:
                    other.loose += 1
                    other.strict += strict and _folded(other.words[0]) in AMBIGUOUS
                if joined and before is not None and before[2]:
                    seen.loose += 1
            beside_whom = before[0] if joined and before else None
            if beside_whom is not None:
                # Whoever stands beside somebody is somebody.
                for one, beside in ((seen, beside_whom), (beside_whom, seen)):
                    doubtful = _folded(one.words[0]) in AMBIGUOUS | MONTHS
                    one.strict += doubtful and _folded(beside.words[0]) in CLEAR
        seen.barred += barred
        seen.plain += not barred
        pending.append((seen, end))
        before = (seen, end, not barred and (strict or loose or told))


def _runs(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, words) of each run that may be a name: words that name no person end it."""
    for match in RUN.finditer(text):
        part: list[tuple[int, int, str]] = []
        for word in WORD.finditer(text, match.start(), match.end()):
            lowered = _folded(word[0])
            none = lowered in NOT_PEOPLE and lowered not in AMBIGUOUS and lowered not in CLEAR
            none = none and not (lowered in SURNAMES_TOO and part and _folded(part[-1][2]) in CLEAR)
            # A given name begins a name; it does not end a run of other words.
            begins = bool(part) and lowered in CLEAR and _folded(part[-1][2]) not in CLEAR | AMBIGUOUS
            if none or begins:
                yield from _whole(text, part)
                part = []
            if not none:
                part.append((word.start(), word.end(), word[0]))
        yield from _whole(text, part)


def _whole(text: str, part: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    if part:
        yield part[0][0], part[-1][1], " ".join(text[part[0][0] : part[-1][1]].split())


def _read_labels(text: str, reading: _Reading) -> None:
    """Names after "Responders:" and in the list below it."""
    open_list = False
    for line in text.split("\n"):
        match = LABELLED.match(line) if ":" in line or "|" in line or "=" in line else None
        if match:
            _read_names(match["rest"], reading)
            open_list = not match["rest"].strip()
        elif open_list and (item := re.match(r"^\s*[-*+•]\s+(.*)$", line)):
            _read_names(item[1], reading)
        elif line.strip():
            open_list = False


def _read_names(text: str, reading: _Reading) -> None:
    for item in re.split(r",|;|/|&|\band\b|\||\(|\)|\[|\]|@", text[:300]):
        name = " ".join(item.split()).strip("*_. ")
        if re.fullmatch(rf"{NAME}(?: (?:[A-Z]\. )?(?:(?:van|von|de|der|den|la) ){{0,2}}{NAME}){{0,2}}", name):
            words = [_folded(word) for word in WORD.findall(name)]
            if not any(
                (word in NOT_PEOPLE and word not in CLEAR | AMBIGUOUS) or word.endswith(NO_NAME_ENDINGS)
                for word in words
            ):
                reading.note(name).told += 1


def _is_person(seen: _Seen, reading: _Reading) -> bool:
    first = _folded(seen.words[0])
    if first in NOT_PEOPLE and first not in CLEAR and first not in AMBIGUOUS | MONTHS:
        return False
    if first in CLEAR:
        return seen.plain > 0 or seen.told > 0 or len(seen.words) > 1
    if seen.told and (len(seen.words) > 1 or first in AMBIGUOUS) and first not in NOT_PEOPLE:
        return True
    if first in AMBIGUOUS:
        if first in MONTHS:
            return seen.strict > 0
        if first in NOT_PEOPLE:
            return (seen.strict > 0 or seen.acted) and seen.barred == 0 and first not in PROGRAMS
        return (seen.strict > 0 or seen.loose > 0) and first not in reading.determined
    return _is_unlisted_person(seen, reading)


def _is_unlisted_person(seen: _Seen, reading: _Reading) -> bool:
    """A word that no list knows is somebody only where people alone could stand, and nowhere stands as a thing."""
    words = [_folded(word) for word in seen.words]
    if any(re.search(r"[a-z][A-Z]", word) and not re.match(r"(?:Mc|Mac|De|La|Van)[A-Z]", word) for word in seen.words):
        return False
    # A nick stands in small letters too; another word that does is a word.
    written_small = seen.strict < 2 and any(word in reading.lower for word in words)
    if written_small or any(word in reading.determined or word.endswith(NO_NAME_ENDINGS) for word in words):
        return False
    if (
        len(words[0]) < 3
        or (words[-1].endswith("ed") and not seen.strict)
        or (words[-1].endswith(("ss", "ies", "ects", "ents", "tems")) and len(words) == 1)
        or seen.barred > seen.strict + seen.told
    ):
        return False
    # "Sarika de Bruyn reports": a particle stands inside names alone.
    particled = re.search(r" (?:van|von|de|der|den|la|bin|el|da|di) ", seen.name) is not None
    return seen.strict > 0 or seen.told > 0 or (particled and seen.loose > 0)


def _people(names: list[_Seen], reading: _Reading) -> list[Person]:
    """Spellings put together: "Pietro" is Pietro Albini where there is one such, and so is @pietroalbini."""
    full = [seen for seen in names if len(seen.words) > 1]
    people = {seen.name: Person([seen.name], seen.acted) for seen in full}
    order = {seen.name: seen.order for seen in names}
    for seen in (seen for seen in names if len(seen.words) == 1):
        owners = [other for other in full if seen.words[0] in other.words]
        if len(owners) == 1:
            person = people[owners[0].name]
            person.spellings.append(seen.name)
            person.acted |= seen.acted
            order[owners[0].name] = min(order[owners[0].name], seen.order)
        else:
            people[seen.name] = Person([seen.name], seen.acted)
    taken = {spelling for person in people.values() for spelling in person.spellings}
    for seen in full:
        for word in (seen.words[0], seen.words[-1]):
            free = word not in taken and not (
                _folded(word) in reading.lower or _folded(word) in reading.determined or _folded(word) in NOT_PEOPLE
            )
            if free and (len(word) > 3 or _folded(word) in CLEAR) and sum(word in other.words for other in full) == 1:
                people[seen.name].spellings.append(word)
                taken.add(word)
    for handle in reading.handles:
        owner = next((p for p in people.values() if _is_handle_of(handle, p)), None)
        if owner is not None and handle not in owner.spellings:
            owner.spellings.append(handle)
        elif owner is None:
            people[handle] = Person([handle])
            order[handle] = len(order) + reading.order + 1
    return [person for _, person in sorted(people.items(), key=lambda item: order[item[0]])]


def _is_handle_of(handle: str, person: Person) -> bool:
    plain = re.sub(r"[^a-z0-9]", "", _folded(handle))
    return any(plain == re.sub(r"[^\w]|_", "", _folded(spelling)) for spelling in person.spellings)
