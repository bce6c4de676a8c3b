"""The review of INC-2041 as parts: `review.yaml` with its short names resolved.

Knows hashes and labels of the demo's files. Refuses to add anything to what the people wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]
WRITTEN = Path(__file__).with_name("review.yaml")
HISTORY = ("people", "parts", "teams", "owners", "steps")


def history() -> Json:
    """Who took part and how, who owns what, and when each step was taken (UTC, ISO)."""
    written: Json = yaml.safe_load(WRITTEN.read_text(encoding="utf-8"))
    steps = {step: at.isoformat() for step, at in written["steps"].items()}
    return {**{name: written[name] for name in HISTORY}, "steps": steps}


def parts(contents: Mapping[str, bytes]) -> dict[str, dict[str, Json]]:
    """Every part by sort and id; evidence by the hash of the demo's files."""
    written: dict[str, dict[str, Json]] = yaml.safe_load(WRITTEN.read_text(encoding="utf-8"))
    for beside in HISTORY:
        del written[beside]
    files: Mapping[str, str] = written.pop("files")  # type: ignore[assignment]
    says: Mapping[str, str] = written.pop("says")  # type: ignore[assignment]
    hashes = {alias: sha256(contents[name]).hexdigest() for alias, name in files.items()}
    numbered = {name: f"E{at}" for at, name in enumerate(sorted(contents, key=_order), 1)}
    labels = {alias: numbered[name] for alias, name in files.items()}
    supports: dict[str, Json] = {}
    for claims in (written["node"], written["edge"]):
        for ident, body in claims.items():
            for support in _supports(ident, body.pop("evidence", ""), hashes, labels, says):
                supports[f"S{len(supports) + 1}"] = support
    return {
        **written,
        "node": {ident: _node(body) for ident, body in written["node"].items()},
        "edge": {ident: {"status": "confirmed", **body} for ident, body in written["edge"].items()},
        "gate": {ident: _gate(body, labels) for ident, body in written["gate"].items()},
        "answer": {ident: _cited(body, labels) for ident, body in written["answer"].items()},
        "support": supports,
    }


def _order(name: str) -> tuple[tuple[bool, str], ...]:
    # As files are taken in: those of a folder before the folders in it.
    steps = name.split("/")
    return tuple((at < len(steps) - 1, step) for at, step in enumerate(steps))


def _at(text: str) -> Json:
    if "T" in text:
        day, clock = text.split("T")
        exact = clock.count(":") == 2
        return {"utc": f"2026-05-{day}T{clock}{'' if exact else ':00'}Z", **({} if exact else {"precision": "min"})}
    if text.count("-") == 2:
        return {"utc": f"{text}T00:00:00Z", "precision": "day", "source": "human"}
    return {"utc": f"{text}-15T00:00:00Z", "precision": "≈", "spread": "P16D", "source": "human"}


def _node(body: Json) -> Json:
    since, until = str(body.pop("since")), body.pop("until", None)
    held = {"valid_from": _at(since), **({"valid_to": _at(str(until))} if until else {})}
    return {"status": "confirmed", "confidence": "high", **body, **held}


def _supports(
    claim: str, told: str, hashes: Mapping[str, str], labels: Mapping[str, str], says: Mapping[str, str]
) -> list[Json]:
    named, _, account = told.partition("~")
    found: list[Json] = []
    for word in named.split():
        alias = word.removeprefix("-")
        stance = {"stance": "contradicts"} if word.startswith("-") else {}
        cited = {"evidence_id": hashes[alias], "label": labels[alias], "note": says[alias]}
        found.append({"claim": claim, **cited, **stance})
    return [*found, {"claim": claim, "strength": "stated", "note": account}] if account else found


def _gate(body: Json, labels: Mapping[str, str]) -> Json:
    cited = [labels[alias] for alias in body.pop("cited").split()]
    return {**body, "labels": cited}


def _cited(body: Json, labels: Mapping[str, str]) -> Json:
    text = str(body["text"])
    for alias, label in labels.items():
        text = text.replace("{" + alias + "}", f"[{label}]")
    return {**body, "text": text}
