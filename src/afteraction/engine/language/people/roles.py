"""Roles instead of names, in structure and in running text (SPEC §2.0, GUIDE "People").

Knows who holds which role from stated titles and from what people did, and how names, handles and addresses stand in
text. Refuses to guess a person's rank or team, and to let a name through that any evidence has told it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from afteraction.core.records import Document, Event, EventKind, Lane
from afteraction.engine.language.people.people import recognise_people, stands_for_person

# Titles that say what somebody is for; seniority and praise are left out of a role.
_NEUTRAL = re.compile(r"^[A-Za-z][A-Za-z &/,.()-]{2,59}$")
_RANKS = re.compile(r"\b(?:senior|sr|junior|jr|principal|staff|chief|head|vp|vice president|director|lead of|ninja|guru|rockstar)\b\.?\s*(?:of\s+)?", re.IGNORECASE)  # fmt: skip  # noqa: E501
_COMMANDS = re.compile(
    r"\bi(?:['’]?m| am| will be| take| have)?\s*(?:the )?(?:ic\b|incident (?:commander|lead|manager))", re.IGNORECASE
)
_TAKES_COMMUNICATION = re.compile(
    r"\bi(?:['’]ll| will)? (?:take|handle|do|own) (?:the )?comm(?:s|unications?)\b", re.IGNORECASE
)
_ON_CALL = re.compile(r"\bon-?call for (?P<what>[a-z][\w-]+)|\b(?P<before>[a-z][\w-]+) on-?call here\b|\bi have the (?P<pager>[a-z][\w-]+) pager\b", re.IGNORECASE)  # fmt: skip  # noqa: E501
_DECLARES = re.compile(r"\bdeclar(?:e|ing|ed)\b.{0,40}\b(?:incident|sev|inc-?\d)", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# Parts of names that are also plain words are replaced only where they are written as names.
_PLAIN_TEXT = """
    will mark may grace rose art bill rob sue pat dean earl faith hope joy june april august summer dawn drew chance
    grant gray green brown black white young long page price rich stone wood bell ball cook cross day field fox frost
    hall hunt king knight lane law love marsh miles noble park pike pool power reed rush savage sharp short small swift
    wolf case cash church cole first last root admin support team service bot user test data release ray sky max guy
    jack don dale van von der den del ten san mac bin ben
"""
_PLAIN_WORDS = frozenset(_PLAIN_TEXT.split())
_WORD = r"[\w]"
_ROLE_KEY = "role:"
# The key of a spelling that running text alone has told: it stands for itself, in exactly this form.
TOLD_KEY = "told:"
# Where people write about people. Logs and metrics name programs.
_TALK = (Lane.DOCUMENT, Lane.CHAT, Lane.STATUS, Lane.CUSTOMERS, Lane.CHANGES)
CUSTOMER, RESPONDER, PARTICIPANT, AUTOMATION = "Customer", "Responder", "Participant", "Automation"


def assign_roles(events: Iterable[Event], documents: Iterable[Document] = ()) -> dict[str, str]:
    """A role for every actor key: what they said they are, else a neutral stated title, else Responder, Customer or
    Participant with a number by first appearance. Two holders of one title are numbered. Machines are Automation."""
    seen = sorted((e for e in events if e.actor is not None), key=lambda e: (e.instant.utc, e.own_id))
    wanted: dict[str, str] = {}
    for event in seen:
        key, role = _role_from(event)
        if key and (key not in wanted or _RANK.get(role, 1) < _RANK.get(wanted[key], 1)):
            wanted[key] = role
    for document in documents:
        if document.captured_by is not None and not document.captured_by.is_bot:
            wanted.setdefault(document.captured_by.key, _title(document.captured_by.role) or PARTICIPANT)
    return _numbered(wanted)


# A stated duty of this incident goes before a title, a title before a mere part in it.
_RANK = {"Incident commander": 0, "Communications lead": 0, RESPONDER: 3, CUSTOMER: 3, PARTICIPANT: 4}


def with_people_in_text(
    roles: Mapping[str, str], names: Mapping[str, str], events: Iterable[Event], documents: Iterable[Document]
) -> dict[str, str]:
    """The roles with those of people whom running text names and no source knows: every spelling under a key of its
    own, `told:` and the spelling. `names` are the known actors' names by key; whoever they name keeps that role."""
    known = {part.casefold() for name in names.values() for part in (name, *re.findall(r"[^\W\d_]+", name))}
    known |= {key.rpartition(":")[2].casefold() for key in names}
    events = list(events)
    texts = [text for document in documents for text in (document.title, document.text)]
    for event in events:
        if event.lane in _TALK:
            texts += [event.title, event.body, event.evidence.excerpt]
    things = {word for event in events for word in (event.service, *event.service.split("-")) if len(word) > 3}
    found = dict(roles)
    last = {word: _highest(roles, word) for word in (RESPONDER, PARTICIPANT)}
    for person in recognise_people(dict.fromkeys(texts), things):
        strange = [spelling for spelling in person.spellings if spelling.casefold() not in known]
        if not strange:
            continue
        word = RESPONDER if person.acted else PARTICIPANT
        last[word] += 1
        for spelling in strange:
            found[TOLD_KEY + spelling] = f"{word} {last[word]}"
    return found


def _highest(roles: Mapping[str, str], word: str) -> int:
    numbers = (role.removeprefix(word).strip() for role in roles.values() if role.startswith(word))
    return max((int(number) for number in numbers if number.isdigit()), default=0)


def replace_names(text: str, roles: Mapping[str, str], names: Mapping[str, str]) -> str:
    """The text with every known name, handle, mention and mail address replaced by the person's role.

    `names` maps actor keys to names; both map the same keys as `roles`. Longest names go first, word boundaries and
    possessives are kept, addresses of nobody known become "[e-mail address]".
    """
    return replacer(roles, names)(text)


def replacer(roles: Mapping[str, str], names: Mapping[str, str]) -> Callable[[str], str]:
    """The replacement of `replace_names`, prepared once for many texts."""
    return _prepared(tuple(sorted(roles.items())), tuple(sorted(names.items())))


@lru_cache(maxsize=16)
def _prepared(roles: tuple[tuple[str, str], ...], names: tuple[tuple[str, str], ...]) -> Callable[[str], str]:
    loose, strict = _spellings(dict(roles), dict(names))
    # A name written by itself, with @ before it, or in another case; and parts that are plain words as names only.
    patterns = [
        (re.compile(_either(loose), re.IGNORECASE), {k.casefold(): v for k, v in loose.items()}, True),
        (re.compile(_either(strict)), strict, False),
    ]
    told = {key.removeprefix(TOLD_KEY): role for key, role in roles if key.startswith(TOLD_KEY)}
    in_text = re.compile(_either(told))
    by_address = {re.sub(r"[^a-z0-9]", "", spelling.casefold()): role for spelling, role in {**strict, **loose}.items()}

    def address(match: re.Match[str]) -> str:
        local = re.sub(r"[^a-z0-9]", "", match[0].partition("@")[0].partition("+")[0].casefold())
        return by_address.get(local, "[e-mail address]")

    def replaced(text: str) -> str:
        shown = _ADDRESS.sub(address, text) if "@" in text else text
        for pattern, spellings, folds in patterns:
            if spellings:
                shown = pattern.sub(lambda match, s=spellings, f=folds: _role_of(match[1], s, f), shown)  # type: ignore[misc]
        return in_text.sub(named, shown) if told else shown

    def named(match: re.Match[str]) -> str:
        if not stands_for_person(match.string, match.start(), match.end()):
            return match[0]
        return told.get(" ".join(match[1].split()), PARTICIPANT)

    return replaced


def _role_of(spelling: str, spellings: Mapping[str, str], folds: bool) -> str:
    plain = " ".join(spelling.split())
    # Cases fold differently in rare scripts; a match is a name in any case.
    return spellings.get(plain.casefold() if folds else plain, PARTICIPANT)


def _spellings(roles: Mapping[str, str], names: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """(spellings in any case, spellings exactly as written), each with its role. A part that two people share
    becomes the word for somebody taking part."""
    loose: dict[str, str] = {}
    strict: dict[str, str] = {}
    for key, name in names.items():
        role = roles.get(key, PARTICIPANT)
        if role == AUTOMATION:
            continue
        whole = " ".join(name.split()).lstrip("@")
        if whole.casefold() in _PLAIN_WORDS:
            for written in dict.fromkeys((whole, whole.capitalize())):
                _add(strict, written, role)
        elif whole:
            _add(loose, whole, role)
        for part in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", whole):
            if len(part) < 2 or part == whole:
                continue
            plain = part.casefold() in _PLAIN_WORDS or len(part) < 4
            _add(strict if plain else loose, part[:1].upper() + part[1:] if plain else part, role)
        handle = key.rpartition(":")[2]
        if len(handle) >= 2 and not handle.isdigit():
            _add(strict if handle.casefold() in _PLAIN_WORDS else loose, handle, role)
    return loose, strict


def _add(spellings: dict[str, str], spelling: str, role: str) -> None:
    known = next((k for k in (spelling, spelling.casefold()) if k in spellings), None)
    spellings[known or spelling] = role if known is None or spellings[known] == role else PARTICIPANT


def _either(spellings: Iterable[str]) -> str:
    ordered = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    inner = "|".join(r"\s+".join(re.escape(part) for part in spelling.split()) for spelling in ordered)
    return rf"(?<!{_WORD})(?:@)?({inner or '(?!)'})(?!{_WORD})"


def _role_from(event: Event) -> tuple[str, str]:
    """(actor key, the role that this event speaks for)."""
    actor = event.actor
    if actor is None:
        return "", ""
    if actor.is_bot:
        return actor.key, AUTOMATION
    text = f"{event.title}\n{event.body}"
    if event.lane is Lane.CHAT:
        if _COMMANDS.search(text) and not text.rstrip().endswith("?"):
            return actor.key, "Incident commander"
        if _TAKES_COMMUNICATION.search(text):
            return actor.key, "Communications lead"
        if match := _ON_CALL.search(text):
            what = match["what"] or match["before"] or match["pager"]
            return actor.key, _title(actor.role) or f"On-call {what.lower()}"
    if title := _title(actor.role):
        return actor.key, title
    if event.lane is Lane.CUSTOMERS:
        return actor.key, CUSTOMER
    if event.kind in (EventKind.ACTION, EventKind.MITIGATION, EventKind.DECISION) or _DECLARES.search(text):
        return actor.key, RESPONDER
    return actor.key, PARTICIPANT


def _title(stated: str) -> str:
    """A stated title as a role, without rank; empty when it says anything else than a function."""
    text = " ".join(_RANKS.sub("", stated).split()).strip(" ,-")
    return text[:1].upper() + text[1:] if _NEUTRAL.match(text) else ""


def _numbered(wanted: Mapping[str, str]) -> dict[str, str]:
    """Roles with numbers where several people share one; Responder, Customer and Participant always carry one."""
    holders: dict[str, list[str]] = {}
    roles: dict[str, str] = {}
    for key, role in wanted.items():
        if key.startswith(_ROLE_KEY):
            # Whoever wrote the log named a role and nobody: it is whoever else holds it, not one more holder.
            roles[key] = role
            continue
        holders.setdefault(role, []).append(key)
    for role, keys in holders.items():
        always = role in (RESPONDER, CUSTOMER, PARTICIPANT)
        for number, key in enumerate(keys, start=1):
            alone = role == AUTOMATION or (len(keys) == 1 and not always)
            roles[key] = role if alone else f"{role} {number}"
    return roles


__all__: Sequence[str] = ("assign_roles", "replace_names", "replacer", "with_people_in_text")
