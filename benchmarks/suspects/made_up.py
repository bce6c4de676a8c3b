"""Made-up incidents told by metrics alone, with the answer: random calls, a fault in one service, what spreads of it.

Seeds below 1000 are for tuning, those from 1000 on for scoring. Nothing of the product is used here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FAULTS = ("cpu", "mem", "disk", "socket", "delay", "loss")
_FIRST = ("cart", "order", "user", "pay", "ship", "stock", "mail", "search", "price", "auth", "seat", "route", "feed",
          "ad", "media", "post", "rate", "geo", "tax", "gift")  # fmt: skip
_LAST = ("", "-service", "service", "-db", "-api", "_store")
START = 1_780_000_000.0


@dataclass
class Incident:
    """One case: wide columns by name, the calls, when it was said to begin and where it did."""

    times: Floats
    columns: dict[str, Floats]
    calls: list[tuple[str, str]]
    fired_at: float
    answer: str
    fault: str
    noise: str
    entry: str = ""
    extra: dict[str, str] = field(default_factory=dict)


def make(seed: int) -> Incident:
    """The incident of a seed: 10 to 40 services, 20 to 40 minutes of normal, 5 to 12 of fault, a sample every 1, 5
    or 15 s."""
    random = np.random.default_rng(seed)
    names = _names(random, int(random.integers(10, 41)))
    calls = _calls(random, len(names))
    step = float(random.choice([1, 1, 5, 15]))
    normal, faulty = float(random.integers(20, 41)) * 60, float(random.integers(5, 13)) * 60
    times = START + np.arange(0, normal + faulty, step)
    begun = START + normal + float(random.uniform(-30, 30))
    load = _load(random, times, begun)
    where = int(random.choice([i for i in range(1, len(names)) if any(b == i for _, b in calls)]))
    fault = FAULTS[seed % len(FAULTS)]
    noise = str(random.choice(["smooth", "heavy", "quantised", "gaps"]))
    columns: dict[str, Floats] = {}
    shape = _rise(random, times, begun)
    symptoms = _spread(random, times, begun, calls, len(names), where, fault, shape)
    usual = random.uniform(1, 15, len(names))
    for caller, callee in sorted(calls, key=lambda call: -call[1]):
        usual[caller] += float(random.uniform(0.3, 1.0)) * usual[callee]
    for number, name in enumerate(names):
        own = shape * (number == where)
        _measure(random, columns, name, load * _part(random), float(usual[number]), symptoms[number], own, fault, noise)
    return Incident(
        times=times, columns=columns, calls=[(names[a], names[b]) for a, b in calls], fired_at=begun,
        answer=names[where], fault=fault, noise=noise, entry=names[0],
    )  # fmt: skip


def _names(random: np.random.Generator, count: int) -> list[str]:
    end = str(random.choice(_LAST[:3]))
    found = ["front-end"]
    while len(found) < count:
        name = str(random.choice(_FIRST)) + (str(random.integers(1, 4)) if random.random() < 0.4 else "")
        name += str(random.choice(_LAST)) if random.random() < 0.3 else end
        if name not in found:
            found.append(name)
    return found


def _calls(random: np.random.Generator, count: int) -> list[tuple[int, int]]:
    found = set()
    for callee in range(1, count):
        for _ in range(1 + int(random.random() < 0.35)):
            low = max(0, callee - int(random.integers(1, 9)))
            found.add((int(random.integers(low, callee)), callee))
    return sorted(found)


def _load(random: np.random.Generator, times: Floats, begun: float) -> Floats:
    """Requests per second: a slow wave, sometimes a step to another regime while all is normal, or with the fault."""
    wave = 1 + 0.15 * np.sin((times - times[0]) / random.uniform(300, 1500) + random.uniform(0, 6))
    load = float(random.uniform(20, 200)) * wave
    kind = random.random()
    if kind < 0.35:
        at = random.uniform(times[0], begun)
        load = load * np.where((times > at) & (times < at + random.uniform(200, 900)), random.uniform(1.3, 2.5), 1)
    elif kind < 0.5:
        load = load * np.where(times > begun + random.uniform(-60, 60), random.uniform(1.1, 1.5), 1)
    return load


def _part(random: np.random.Generator) -> float:
    return float(random.uniform(0.1, 1.0))


def _rise(random: np.random.Generator, times: Floats, begun: float) -> Floats:
    ramp = float(random.choice([1.0, 10.0, 60.0]))
    return np.clip((times - begun) / ramp, 0, 1) * (1 + 0.1 * np.sin((times - begun) / 20))


def _spread(
    random: np.random.Generator, times: Floats, begun: float, calls: list[tuple[int, int]], count: int, where: int,
    fault: str, shape: Floats,
) -> list[dict[str, Floats]]:  # fmt: skip
    """What each service suffers: latency in ms and errors as a share. Callers wait for and fail with what they call,
    a little later and, as they do not always call it, a little less."""
    none = np.zeros_like(times)
    strength = float(random.uniform(1, 5))
    own = {
        "cpu": (20 * strength, 0.0), "mem": (8 * strength, 0.004 * strength), "disk": (15 * strength, 0.002),
        "socket": (12 * strength, 0.02 * strength), "delay": (60 * strength, 0.0),
        "loss": (30 * strength, 0.03 * strength),
    }[fault]  # fmt: skip
    latency = [none.copy() for _ in range(count)]
    errors = [none.copy() for _ in range(count)]
    latency[where], errors[where] = own[0] * shape, own[1] * shape
    lag = {where: 0.0}
    for callee in range(count - 1, 0, -1):
        if callee not in lag:
            continue
        for caller in [a for a, b in calls if b == callee]:
            late = lag[callee] + float(random.uniform(0, 12))
            share = float(random.uniform(0.3, 1.0))
            lag[caller] = min(lag.get(caller, np.inf), late)
            moved = np.interp(times - (late - lag[callee]), times, latency[callee], left=0)
            latency[caller] = latency[caller] + share * moved
            errors[caller] = errors[caller] + share * 0.8 * np.interp(times - late, times, errors[callee], left=0)
    return [{"latency": a, "errors": b} for a, b in zip(latency, errors, strict=True)]


def _measure(
    random: np.random.Generator, columns: dict[str, Floats], name: str, load: Floats, usual: float,
    suffered: dict[str, Floats], shape: Floats, fault: str, noise: str,
) -> None:  # fmt: skip
    latency = usual * (1 + 0.1 * load / load.mean()) + suffered["latency"]
    columns[f"{name}_latency-50"] = _noisy(random, latency, 0.06, noise)
    columns[f"{name}_latency-90"] = _noisy(random, latency * random.uniform(1.6, 3), 0.15, noise)
    failed = load * (suffered["errors"] + (random.random() < 0.3) * 0.002)
    columns[f"{name}_error"] = np.asarray(random.poisson(np.clip(failed, 0, None)), float)
    slowed = 1 / (1 + suffered["latency"] / 2000)
    columns[f"{name}_workload"] = _noisy(random, load * slowed, 0.05, noise)
    hard = float(random.uniform(0.5, 4))
    cpu = float(random.uniform(0.02, 0.5)) * (0.3 + 0.7 * load / load.mean())
    memory = float(random.uniform(50, 900)) * (1 + 0.02 * np.arange(load.size) / load.size)
    disk = float(random.uniform(0, 50)) * load / load.mean()
    socket = np.full(load.size, float(random.integers(5, 80)))
    if fault == "cpu":
        cpu = cpu + shape * hard * random.uniform(0.3, 1)
    if fault == "mem":
        memory = memory * (1 + shape * hard)
        cpu = cpu * (1 + 0.5 * shape)
    if fault == "disk":
        disk = disk + shape * hard * 300
        cpu = cpu * (1 + 0.2 * shape)
    if fault == "socket":
        socket = socket * (1 + shape * hard)
    columns[f"{name}_cpu"] = _noisy(random, cpu, 0.1, noise)
    columns[f"{name}_mem"] = _noisy(random, memory, 0.005, "smooth" if noise == "heavy" else noise)
    columns[f"{name}_diskio"] = _noisy(random, disk, 0.3, noise)
    columns[f"{name}_socket"] = np.round(socket + random.integers(-1, 2, load.size) * (random.random() < 0.6))


def _noisy(random: np.random.Generator, values: Floats, share: float, kind: str) -> Floats:
    told = values * random.lognormal(0, share, values.size)
    if kind == "heavy":
        told = told * np.where(random.random(values.size) < 0.01, random.uniform(2, 8, values.size), 1)
    if kind == "quantised":
        grain = max(float(np.median(np.abs(values))) * 0.08, 1e-9)
        told = np.round(told / grain) * grain
    if kind == "gaps":
        told = np.where(random.random(values.size) < 0.05, np.nan, told)
    return np.asarray(told)
