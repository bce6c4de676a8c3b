"""Made-up incidents told by requests: random services that call each other, spans of both ends of a call, log lines,
and a fault in one service, or none. Nothing of the product is used here.

Seeds below 1000 are for tuning, those from 1000 on for scoring.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

FAULTS = ("network", "cpu", "error", "silent", "timeout")
START = 1_780_000_000.0
_NAMES = ("cart", "order", "user", "pay", "ship", "stock", "mail", "search", "price", "auth", "seat", "route", "feed",
          "ads", "media", "post", "rating", "geo", "tax", "gift")  # fmt: skip
_NORMAL, _FAULTY = 900.0, 240.0


@dataclass
class Told:
    """One case: rows of spans and of log lines by time, the alert, and where it began ("" where nothing did)."""

    spans: list[tuple[str, str, str, str, str, float, float, bool]] = field(default_factory=list)
    lines: list[tuple[float, str, str, str, str]] = field(default_factory=list)
    fired_at: float = 0.0
    answer: str = ""
    fault: str = ""


@dataclass
class _World:
    random: np.random.Generator
    told: Told
    names: list[str]
    callees: list[list[int]]
    usual: np.ndarray
    chatty: np.ndarray
    noisy: np.ndarray
    begun: float
    where: int
    fault: str
    size: float
    share: float
    trace: str = ""
    number: int = 0


def make(seed: int, fault: str | None = None) -> Told:
    """The incident of a seed: 8 to 20 services, a quarter of an hour of normal, four minutes of fault. `fault` "none"
    makes a quiet one."""
    random = np.random.default_rng(seed)
    fault = fault if fault is not None else FAULTS[seed % len(FAULTS)]
    names = ["gateway", *random.permutation(_NAMES)[: int(random.integers(7, 20))]]
    callees: list[list[int]] = [[] for _ in names]
    for number in range(1, len(names)):
        for caller in {int(random.integers(0, number)) for _ in range(int(random.choice([1, 1, 2])))}:
            callees[caller].append(number)
    begun = START + _NORMAL + float(random.uniform(-20, 20))
    told = Told(fired_at=begun + float(random.uniform(0, 120)), fault=fault)
    where = int(random.integers(1, len(names)))
    told.answer = "" if fault == "none" else str(names[where])
    world = _World(
        random, told, [str(one) for one in names], callees, random.lognormal(1.5, 0.7, len(names)),
        random.integers(1, 4, len(names)), np.where(random.random(len(names)) < 0.25, random.uniform(0, 0.03), 0.0),
        begun, where, fault, float(random.uniform(15, 200) if fault == "network" else random.uniform(2.5, 6)),
        float(random.uniform(0.3, 1.0)),
    )  # fmt: skip
    rush = float(random.choice([0.5, 1, 1, 2]))
    per_second = float(random.uniform(0.7, 1.5))
    moments = START + random.uniform(0, _NORMAL, int(_NORMAL * per_second))
    after = START + _NORMAL + random.uniform(0, _FAULTY, int(_FAULTY * per_second * rush))
    for number, at in enumerate(np.sort(np.concatenate((moments, after)))):
        world.trace = f"{seed:04x}{number:08x}"
        _visit(world, 0, float(at), "")
    _beside(world)
    told.lines.sort()
    return told


def _visit(world: _World, number: int, at: float, parent: str) -> tuple[float, bool]:
    """(milliseconds of the server span, whether it failed). What others do for it lies inside."""
    random, name = world.random, world.names[number]
    hit = at >= world.begun and number == world.where
    slow = world.size if hit and world.fault == "cpu" else 1.0
    own = float(world.usual[number] * random.lognormal(0, 0.3)) * slow
    failed = hit and world.fault in ("error", "timeout") and random.random() < world.share
    span = _own(world)
    silent = hit and world.fault == "silent"
    inside = own * 0.4
    for line in range(int(world.chatty[number])):
        if not (silent and line == 0):
            _say(world, at + inside / 1000, name, "INFO", f"{name} step {'abc'[line]} of {random.integers(1, 9999)}")
    if random.random() < world.noisy[number]:
        _say(world, at + inside / 1000, name, "ERROR", f"{name} cache entry {random.integers(1, 999)} is stale")
    if failed and world.fault == "error":
        _say(world, at + inside / 1000, name, "ERROR", "NullPointerException: value of field discount is null")
    for callee in world.callees[number] if not (failed and world.fault == "error") and not silent else []:
        if random.random() < 0.8:
            took, bad = _call(world, number, callee, at + inside / 1000, span)
            inside += took
            if bad and random.random() < 0.9:
                failed = True
                code = random.choice([500, 503])
                _say(world, at + inside / 1000, name, "ERROR", f"call to {world.names[callee]} failed: status {code}")
                break
    if failed and world.fault == "timeout" and hit:
        inside += 3000.0
        _say(world, at + inside / 1000, name, "ERROR", f"timed out after 3000 ms waiting for lock {name}-7")
    whole = inside + own * 0.6
    world.told.spans.append((world.trace, span, parent, name, f"handle {name}", at, whole, failed))
    return whole, failed


def _call(world: _World, caller: int, callee: int, at: float, parent: str) -> tuple[float, bool]:
    span, random = _own(world), world.random
    there, back = random.lognormal(-0.2, 0.4), random.lognormal(-0.2, 0.4)
    if at >= world.begun:
        if world.fault == "network":
            there += (caller == world.where) * world.size * random.uniform(0.8, 1.2)
            back += (callee == world.where) * world.size * random.uniform(0.8, 1.2)
        if world.fault == "cpu" and world.where in (caller, callee):
            there, back = there * 1.5, back * 1.5
    took, failed = _visit(world, callee, at + there / 1000, span)
    whole = there + took + back
    world.told.spans.append(
        (world.trace, span, parent, world.names[caller], f"call {world.names[callee]}", at, whole, failed)
    )
    return whole, failed


def _own(world: _World) -> str:
    world.number += 1
    return f"{world.number:x}"


def _say(world: _World, at: float, service: str, level: str, message: str) -> None:
    world.told.lines.append((at, service, level, message, world.trace))


def _beside(world: _World) -> None:
    """Lines of work that no request asked for, some of it in the minutes of the fault by chance."""
    random = world.random
    for name in random.permutation(world.names)[:3]:
        for _ in range(int(random.integers(1, 12))):
            world.trace = ""
            at = START + float(random.uniform(0, _NORMAL + _FAULTY))
            _say(world, at, str(name), str(random.choice(["INFO", "WARN"])), f"compaction of {name} segment took long")
