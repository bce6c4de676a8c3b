"""Calls lost, and calls made once per item.

Knows habits of naming calls. Refuses to know what is called.
"""

from __future__ import annotations

import re

from afteraction.engine.suspects.changes.facts.reading import (
    LOOP,
    Fact,
    Reading,
    calls_in,
    lines_in_loops,
    made_less,
    new_lines_in_loops,
    paired,
)
from afteraction.engine.suspects.changes.words import parts_of

_ASKS = re.compile(
    r"\.(objects|query|get|find\w*|fetch\w*|select|execute|exec|request|post|put\w*|do|call|send|load\w*|lookup\w*|read|write|save|"
    r"insert|update|delete|publish|one|first|Get\w*|Query\w*|Find\w*|Fetch\w*|Put\w*|Do|Call|Send|Load\w*|Lookup\w*|Exec\w*|Invoke)\s*\("
    r"|\b(SELECT|INSERT|UPDATE)\b.+|\b(fetch|axios|http)\b.*\(|\bawait\b|repo\w*\.|client\.|db\.|store\.|rpc\.|dao\."
)


_BATCH_CALL = re.compile(r"batch|bulk|many|multi|mget|chunk|prefetch|select_related|joined|include|dataloader|"
                         r"list_?by|by_?ids|_all$|in_$|"
                         r"pipeline|aggregate|coalesce|group", re.I)  # fmt: skip


_REGISTERS = frozenset(["wait", "ready", "ensure", "verify", "register", "registration", "init", "initialize",
    "initialise", "bootstrap", "setup",
    "subscribe", "mount", "install", "seed", "configure", "bind", "wire", "warm", "warmup", "provision", "attach",
    "migrate", "preload", "populate", "listen", "startup"])  # fmt: skip


def find_loop_call(reading: Reading) -> Fact | None:
    """A call that asks another, inside a loop that came; strongest where a call for all at once went."""
    inside = new_lines_in_loops(reading)
    asked = [line for line in inside if _ASKS.search(line)]
    if not asked:
        return None
    before = [line for line in lines_in_loops(reading.removed) if _ASKS.search(line)]
    if len(asked) <= len(before):
        return None
    return (0.9 if any(_BATCH_CALL.search(name) for name in made_less(reading)) or not before else 0.7), asked[
        0
    ].strip()


def find_batch_lost(reading: Reading) -> Fact | None:
    """A call that served many at once is gone."""
    lost = [name for name in made_less(reading) if _BATCH_CALL.search(name)]
    if not lost or any(_BATCH_CALL.search(name) for name in reading.gained_calls):
        return None
    return (1.0 if new_lines_in_loops(reading) else 0.6), f"{lost[0]}() is gone"


def find_registration_lost(reading: Reading) -> Fact | None:
    """A call that registers, starts or prepares something is made less often."""
    lost = [name for name in reading.lost_calls | made_less(reading) if _REGISTERS & set(parts_of(name))]
    return (1.0, f"{lost[0]}() is gone") if lost else None


_TRIVIAL = re.compile(r"^(Error|Errorf|log|Log|Info|Debug|Warn|Printf?|Println|format|Sprintf|toString|String|New|of|"
                      r"copy|Sleep|get|set|map|filter|"
                      r"Inc|Add|Observe|Now|Since|Background|List|Array|add|forEach|stream|collect|toList|Sort|Slice|"
                      r"Equal|ListOf)$")  # fmt: skip


def find_argument_lost(reading: Reading) -> Fact | None:
    """A call or literal stands as before without one of its parts."""
    part = re.compile(r"\b(\w+)\s*[:=]\s*(?=[^\s=])|(?<=[(,])\s*([\w.\"']+)\s*(?=[,)])")
    for before, after in paired(reading):
        one = {name for match in part.findall(before) for name in match if name}
        two = {name for match in part.findall(after) for name in match if name}
        called = set(calls_in([before])) | set(re.findall(r"[\w.]+(?=\{)", before))
        kept = called & (set(calls_in([after])) | set(re.findall(r"[\w.]+(?=\{)", after)))
        if kept and one > two and len(after) < len(before):
            return 1.0, f"{', '.join(sorted(one - two))} is left out of {min(kept)}"
    return None


def find_call_lost(reading: Reading) -> Fact | None:
    """A call is gone, and no other of a like name takes its place."""
    lost = [name for name in reading.lost_calls if not _TRIVIAL.match(name)]
    if not lost:
        return None
    return (1.0 if not reading.gained_calls else 0.4), f"{lost[0]}() is gone"


def find_nested_loops(reading: Reading) -> Fact | None:
    """A loop came inside a loop."""
    nested = [line for line in new_lines_in_loops(reading) if LOOP.search(line)]
    return (
        (1.0, nested[0].strip())
        if nested and not lines_in_loops([line for line in reading.removed if LOOP.search(line)])
        else None
    )
