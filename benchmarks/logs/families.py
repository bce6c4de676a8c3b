"""Generated logs that behave as those of well-known kinds of systems: templates with weights, and headers.

The templates are our own wording of what such systems log. Families of TUNED were looked at while the method was
written. Those of LOOKED_AT were sealed until a first figure was made, and looked at after it. Those of SEALED were not
looked at before the method was finished.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.logs.looked_at_templates import LOOKED_AT_TEMPLATES
from benchmarks.logs.sealed_templates import SEALED_TEMPLATES
from benchmarks.logs.tuned_templates import TUNED_TEMPLATES
from benchmarks.logs.values import filled

LINES = 2000
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class Log:
    """Generated lines with the number of the template that each was made from; `messages` are without headers."""

    name: str
    lines: list[str]
    messages: list[str]
    truth: list[int]


# `{now}` is the time of the line, `{ms}` its milliseconds, `{epoch_s}` its seconds since 1970; slots as in messages.
HEADERS = {
    "hadoop": "2025-10-18 {now},{ms} {level} [{thread}] org.acme.{who}: ",
    "compact": "081109 {plain_now} {small} {level} dfs.{who}: ",
    "syslog": "{month} {now} LabSZ {who}{pid}: ",
    "quorum": "2025-07-29 {now},{ms} - {level}  [QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:{who}@{small}] - ",
    "mobile": "03-17 {now}.{ms}  {port}  {port} {letter} {who}: ",
    "ras": "{tag} {epoch_s} 2025.06.03 {loc} 2025-06-03-{now}.{ms} {loc} RAS {who} {level} ",
    "cloud": "nova-{who}.log.1.2025-05-16_13:53:08 2025-05-16 {now}.{ms} {port} {level} nova.{who}.server [{request}] ",
    "program": "[10.30 {now}] {who}{bits} - ",
    "spark": "17/06/09 {now} {level} {who}: ",
    "apache": "[{day} Dec 04 {now} 2025] [{small_level}] ",
    "servicing": "2025-09-28 {now}, {level}                  CBS    ",
    "piped": "20251223-{now}:{ms}|{who}|30002312|",
    "mac": "{month} {now} studio {who}[{small}]{sub}: ",
    "epochs": "{int} {node} unix.hw {who} {epoch_s} 1 ",
    "klog": "{letter}0512 {now}.{ms}000   {port} {who}.go:{small}] ",
    "tbird": "- {epoch_s} 2025.11.09 {host} Nov 9 {now} {word}/{word} {who}[{port}]: ",
    "iso": "2026-05-12T{now}.{ms}Z {level} {who} - ",
}
_CHOICES = {
    "thread": ("main", "IPC Server handler 3 on 4000", "Allocator Thread"),
    "pid": ("[24200]", "[311]", ""),
    "tag": ("-", "-", "APPREAD"),
    "bits": ("", " *64"),
    "day": ("Sun", "Mon"),
    "sub": ("", " (com.acme.sub.agent)"),
}


def _header(kind: str, rng: Random, at: int, level: str, who: str) -> str:
    clock = f"{at // 3600 % 24:02}:{at // 60 % 60:02}:{at % 60:02}"
    said = {
        "now": clock, "plain_now": clock.replace(":", ""), "ms": f"{rng.randint(0, 999):03}", "level": level,
        "who": who,
        "letter": level[0], "small_level": level.lower(), "epoch_s": str(1117838570 + at),
        "month": f"{_MONTHS[at // 9000 % 12]} {at // 3600 % 28 + 1:>2}",
        "request": rng.choice(("-", filled("req-{uuid} {sha} - - -", rng))),
        **{slot: rng.choice(values) for slot, values in _CHOICES.items()},
    }  # fmt: skip
    text = HEADERS[kind]
    for slot, value in said.items():
        text = text.replace(f"{{{slot}}}", value)
    return filled(text, rng)


def made(name: str, header: str, table: str, seed: int, lines: int = LINES) -> Log:
    """A log of one family. A row of its table is `weight level who | template`; weight 0 is a line that comes once."""
    rng = Random(f"{name} {seed}")
    rows = [row.partition(" | ") for row in table.strip().splitlines()]
    heads = [head.split() for head, _, _ in rows]
    templates = [template for _, _, template in rows]
    weights = [float(head[0]) * rng.lognormvariate(0, 0.8) for head in heads]
    once = [place for place, weight in enumerate(weights) if not weight]
    common = rng.choices(range(len(rows)), weights, k=lines - len(once))
    truth = [*common, *once]
    rng.shuffle(truth)
    at, whole, messages = 30000, [], []
    for place in truth:
        at += rng.randint(0, 9)
        message = filled(templates[place], rng)
        messages.append(message)
        whole.append(_header(header, rng, at, heads[place][1], heads[place][2]) + message)
    return Log(name, whole, messages, truth)


def tuned(seed: int) -> list[Log]:
    """The families that the method was written on."""
    return [made(name, header, table, seed) for name, header, table in TUNED_TEMPLATES]


def looked_at(seed: int) -> list[Log]:
    """The families that were sealed at first."""
    return [made(name, header, table, seed) for name, header, table in LOOKED_AT_TEMPLATES]


def sealed(seed: int) -> list[Log]:
    """The families that were not looked at before the method was finished."""
    return [made(name, header, table, seed) for name, header, table in SEALED_TEMPLATES]
