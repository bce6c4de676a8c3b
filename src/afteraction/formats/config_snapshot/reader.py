"""Reads configuration snapshots: what was set, where and when, with every secret masked.

Knows how sure it may be that a file is configuration. Refuses to claim what other readers know better, and to hand on
any text of the file: only its flattened keys leave, after redaction.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.file_names import last_part, time_in_name
from afteraction.core.reading import Source, typed_instant
from afteraction.core.records import Document, Record
from afteraction.formats.config_snapshot.flatten import flatten
from afteraction.formats.config_snapshot.syntax import Tree, Unparsable, parse, syntax_of
from afteraction.formats.config_snapshot.whereabouts import is_manifest, place_of, taken_at

LARGEST = 8 * 1024 * 1024
_NAMED = re.compile(
    r"(?i)(?:^|[/!_.\s-])(?:config|configuration|configmap|settings|appsettings|snapshot|values)(?=[/!_.\s-]|$)"
)
_MANIFEST = re.compile(r"""(?m)^\s{0,4}"?apiVersion"?\s*:\s*"?[\w./-]+""")
_KINDS = (
    "ConfigMap|Secret|Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|Service|Ingress|CronJob|Job"
    "|HorizontalPodAutoscaler|PodDisruptionBudget|NetworkPolicy|ServiceMonitor|List"
)
_MANIFEST_KIND = re.compile(rf"""(?m)^\s{{0,4}}"?kind"?\s*:\s*"?({_KINDS})\b""")
_CONFIGURES = re.compile(rf"(?:{_KINDS})|(?:{_KINDS})List")
# Kubernetes' own log of what happened is written as objects too.
_HAPPENED = re.compile(r"""(?m)^[\s{]{0,4}"?kind"?\s*:\s*"?Event(?:List)?\b|"kind"\s*:\s*"Event(?:List)?\"""")
# First keys of files that are YAML or JSON and no configuration of a running service.
_FOREIGN = re.compile(
    r"""(?m)^\s{0,2}"?(?:openapi|swagger|asyncapi|alerts|incidents|incident_updates|events|messages|resourceMetrics"""
    r"""|resourceLogs|resourceSpans|jobs|on|devDependencies|lockfileVersion|\$schema|traces|spans|results?|errorType)"?\s*:"""
)
_ASSIGNED = re.compile(r"^\s*(?:export\s+)?[\w.\-/\[\]]+\s*[=:]|^\s*\[[^\]]+\]\s*$|^\s*[#;!]|^\s*$")
_YAML_KEY = re.compile(r"^\s*(?:- )?[\"']?[\w./$-][\w ./$-]*[\"']?\s*:(?:\s|$)|^\s*- \S|^\s*#|^\s*$|^---\s*$|^\s+\S")
_HAPPENING = frozenset(
    {"timestamp", "time", "ts", "event", "message", "status", "state", "data", "action", "created_at"}
)
_EMBEDDED = ("json", "yaml", "toml", "ini", "properties", "env")


class ConfigSnapshot:
    """The reader of settings as they were at one moment."""

    name = "config_snapshot"
    title = "Configuration snapshot (JSON, YAML, TOML, INI, properties, .env)"
    kind = EvidenceKind.CONFIG_SNAPSHOT
    example = "payments-api.2026-05-12T13-50Z.yaml"

    def sniff(self, source: Source) -> float:
        """0.8 for Kubernetes objects that configure; at most 0.45 for anything else, by its name and shape."""
        syntax = syntax_of(source.name)
        if not syntax or source.is_binary or source.size > LARGEST:
            return 0.0
        head = source.head_text()
        if not head.strip():
            return 0.0
        if syntax in ("yaml", "json"):
            return _sniff_tree(source, head, syntax)
        lines = head.splitlines()[:200]
        fitting = sum(bool(_ASSIGNED.match(line)) for line in lines)
        enough = fitting >= (0.5 if syntax == "toml" else 0.9) * len(lines)
        sure = 0.45 if syntax in ("env", "properties") or _NAMED.search(source.name) or _dated(source.name) else 0.3
        return sure if enough else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One document per configuration in the file; several only in YAML streams and Kubernetes lists."""
        if source.size > LARGEST:
            yield Failure(
                source.name, "the file is too large for a configuration.", "Give only the settings in question."
            )
            return
        text = source.read_text()
        syntax = syntax_of(source.name) or _guessed(text)
        try:
            trees = parse(text, syntax)
        except Unparsable as error:
            where = Locator(line=error.line)
            yield Failure(source.name, f"{error.reason}.", "Correct this place or export the settings again.", where)
            return
        for tree, locator in _objects(trees):
            if isinstance(tree, dict) and tree:
                yield from _snapshot(source, tree, locator, text, syntax)
            elif tree is not None and tree != "" and tree != {}:
                yield Failure(source.name, "this holds no settings: it is no mapping of keys to values.",
                              "Export the settings by name.", locator)  # fmt: skip


def _sniff_tree(source: Source, head: str, syntax: str) -> float:
    if _MANIFEST.search(head):
        if _HAPPENED.search(head):
            return 0.0
        return 0.8 if _MANIFEST_KIND.search(head) else 0.0
    whole = _loaded(head) if syntax == "json" and source.size <= len(source.head) else {}
    if _configures(whole) and not _HAPPENED.search(head):
        return 0.8
    if head.lstrip()[:1] == "[" or _FOREIGN.search(head):
        return 0.0
    named = bool(_NAMED.search(source.name))
    dated = _dated(source.name)
    if syntax == "json":
        return (0.45 if dated else 0.4) * named or 0.2 * dated if _looks_set(whole) else 0.0
    lines = head.splitlines()[:100]
    if sum(bool(_YAML_KEY.match(line)) for line in lines) < 0.9 * len(lines):
        return 0.0
    return 0.45 if named or dated else 0.25


def _configures(tree: object) -> bool:
    """True for a Kubernetes object of a kind that configures, on however many lines it stands."""
    return isinstance(tree, dict) and is_manifest(tree) and _CONFIGURES.fullmatch(str(tree["kind"])) is not None


def _dated(name: str) -> bool:
    try:
        return time_in_name(name, "UTC") is not None
    except UnreadableTime:
        return False


def _looks_set(tree: object) -> bool:
    """True for an object that is no happening and no table: no time or status of its own, no long list of rows."""
    if not isinstance(tree, dict) or _HAPPENING & tree.keys():
        return False
    return not any(isinstance(value, list) and len(value) > 20 for value in tree.values())


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _guessed(text: str) -> str:
    return "json" if text.lstrip()[:1] == "{" else "yaml"


def _objects(trees: list[Tree]) -> Iterator[tuple[object, Locator]]:
    """Each configuration with its place; the items of a Kubernetes list are configurations of their own."""
    for tree in trees:
        value = tree.value
        items = value.get("items") if isinstance(value, dict) and str(value.get("kind", "")).endswith("List") else None
        if isinstance(items, list):
            for number, item in enumerate(items):
                yield item, Locator(line=tree.line, pointer=f"/items/{number}")
        else:
            yield value, Locator(line=tree.line) if tree.line else Locator()


def _snapshot(
    source: Source, tree: Mapping[str, object], locator: Locator, text: str, syntax: str
) -> Iterator[Record | Failure]:
    flat = flatten(_unfolded(tree))
    place, environment, thing = place_of(tree, flat.settings, source.name)
    captured, origin, unplaced, problems = taken_at(source, flat.settings, text)
    if source.options.captured_at:
        captured, origin, problems = typed_instant(source.options), "typed", []
    attributes = {"syntax": syntax, "thing": thing, "stated_time": unplaced}
    yield Document(
        kind=EvidenceKind.CONFIG_SNAPSHOT,
        title=f"{thing} {place}".strip() or last_part(source.name),
        evidence=EvidenceRef(source.evidence_id, locator),
        captured_at=captured,
        captured_from=origin,
        place=source.options.place or place,
        environment=environment,
        settings=flat.settings,
        attributes={name: value for name, value in attributes.items() if value},
    )
    yield from problems
    if flat.cut:
        step = "Give only the settings in question; those before this bound were read."
        yield Failure(source.name, f"{flat.cut}.", step, locator, lost=0)


def _unfolded(tree: Mapping[str, object]) -> dict[str, object]:
    """A manifest with its secrets under a key that says so and the files inside a ConfigMap parsed."""
    unfolded = dict(tree)
    if not is_manifest(tree):
        return unfolded
    data = tree.get("data")
    if tree.get("kind") == "Secret":
        for key in ("data", "stringData"):
            if key in unfolded:
                unfolded[key] = {"secrets": unfolded[key]} if unfolded[key] else unfolded[key]
    elif isinstance(data, dict):
        unfolded["data"] = {key: _embedded(str(key), value) for key, value in data.items()}
    annotations = tree.get("metadata")
    if isinstance(annotations, dict) and isinstance(annotations.get("annotations"), dict):
        # kubectl keeps the whole manifest in this annotation once more, secrets included.
        kept = {key: value for key, value in annotations["annotations"].items() if "last-applied" not in str(key)}
        unfolded["metadata"] = {**annotations, "annotations": kept}
    return unfolded


def _embedded(name: str, value: object) -> object:
    syntax = syntax_of(name)
    if not isinstance(value, str) or syntax not in _EMBEDDED:
        return value
    try:
        trees = parse(value, syntax)
    except Unparsable:
        return value
    return trees[0].value if len(trees) == 1 and isinstance(trees[0].value, dict) else value


READER = ConfigSnapshot()
